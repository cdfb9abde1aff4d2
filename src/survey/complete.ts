import type { Change, Tab, View } from '../model/browser.ts';
import type { Said } from '../model/context.ts';
import { holds } from '../model/mark.ts';
import { describe, locate } from '../model/match.ts';
import type { Step, Values } from '../model/recipe.ts';
import { saidOf } from '../model/said.ts';
import { type Form, forms } from './classify.ts';
import { type Refusal, refusalsIn, saidAtFields } from './refusals.ts';
import { firstWishes, learn, type Plan, plan, type Wishes } from './solve.ts';
import { says } from './words.ts';

export interface Completed {
  readonly steps: readonly Step[];
  readonly said: Said;
  readonly because: string;
  readonly change?: Change;
  readonly plan: Plan;
  readonly appeared: readonly string[];
}

/**
 * Fills a form by what it says of itself and submits it; reads a refusal, adds what it taught, tries again (four rounds,
 * nothing retried unchanged); follows a form of several steps to its end. `values` hold {mark} and what else the plan names;
 * `fresh` makes values anew for each round, so that “already taken” is answered.
 */
export async function complete(
  tab: Tab,
  view: View,
  form: Form,
  options: {
    fresh(carries: Plan['carries']): Values;
    today: string;
    all: boolean;
    purposes?: readonly Form['purpose'][];
    text?: number;
  },
): Promise<Completed | undefined> {
  let wishes: Wishes = {
    ...firstWishes(options.today),
    door: doorOf(options.purposes),
    effort: options.all ? 1 : 0,
    text: options.text ?? 0,
  };
  const before: Step[] = [];
  let at = form;
  let from = view;
  let values = options.fresh(plan(form, view, wishes).carries);
  for (let round = 0, part = 0; round < 5 && part < 5; ) {
    const made = plan(at, from, wishes);
    if (round > 0) values = { ...options.fresh(made.carries), ...(before.length ? values : {}) };
    const outcome = await attempt(tab, at, made, values, wishes);
    if (!outcome) return undefined;
    const { said, because, change, refusals, done } = outcome;
    const steps = [...before, ...done];
    // Nothing was sent and what was typed stands there still: whatever it says, it was not taken.
    const stuck =
      change !== undefined &&
      said === 'unclear' &&
      !change.writes.length &&
      !change.navigated &&
      change.after.controls.some((c) => c.editable && holds(c.value, values['mark'] ?? '\u0000'));
    if (change && said !== 'refused') {
      const wrote = change.writes.length > 0 && !options.purposes;
      // Another part of the same form: new empty fields, nothing written yet, the same purpose.
      const next = wrote ? undefined : following(change.after, at, options.purposes);
      if (next) {
        before.push(...done);
        if (made.carries === 'none') values = { ...values, ...options.fresh(plan(next, change.after, wishes).carries) };
        else wishes = { ...wishes, carried: true };
        at = next;
        from = change.after;
        part++;
        continue;
      }
      const last = wrote || options.purposes ? undefined : await finish(tab, change);
      if (last)
        return {
          steps: [...steps, last.step],
          ...saidOf(last.change, values['mark'] ?? '\u0000'),
          change: last.change,
          plan: made,
          appeared: last.change.appeared,
        };
      // Where Enter makes a line, two keys may send it.
      const sends = made.submit.do === 'press' && wishes.key === 'Enter' && said === 'unclear';
      if (sends && !change.writes.length && !change.navigated && !options.purposes) {
        wishes = { ...wishes, key: 'Control+Enter' };
        from = change.after;
        at = forms(from).find((f) => f.signature === at.signature) ?? at;
        continue;
      }
      if (!stuck || options.purposes) return { steps, said, because, change, plan: made, appeared: change.appeared };
    }
    const texts = refusals.map((r) => r.text).filter(Boolean);
    const taught = learn(wishes, at, refusals, made);
    if (!taught)
      return {
        steps,
        said,
        because: `${because}${texts.length ? `; it says “${texts.join(' / ').slice(0, 160)}”` : ''}`,
        ...(change ? { change } : {}),
        plan: made,
        appeared: texts,
      };
    wishes = taught;
    round++;
    const again = change ? forms(change.after).find((f) => isSame(f, at)) : undefined;
    // What is filled stays as it was first seen: a recipe is done from a blank page.
    if (change && !again && round >= 2) return { steps, said, because, change, plan: made, appeared: texts };
  }
  return undefined;
}

const doorOf = (purposes: readonly Form['purpose'][] | undefined): Wishes['door'] =>
  purposes === undefined
    ? false
    : purposes.includes('sign-up')
      ? 'sign-up'
      : purposes.includes('log-in')
        ? 'log-in'
        : 'any';

/** One round: the steps, what they brought up, then the trigger. A trigger that stays disabled is a refusal. `done`: what is to be repeated. */
async function attempt(
  tab: Tab,
  form: Form,
  first: Plan,
  values: Values,
  wishes: Wishes,
): Promise<{ said: Said; because: string; change?: Change; refusals: Refusal[]; done: Step[] } | undefined> {
  // What could not be done was not needed, where the form is taken without it.
  const done: Step[] = [];
  const perform = async (steps: readonly Step[]): Promise<boolean> => {
    for (const step of steps) {
      const change = await tab.act(step, { values });
      if (!('missing' in change)) done.push(step);
      else if (step.do === 'fill' && step.marked) return false;
    }
    return true;
  };
  if (!(await perform(first.steps))) return undefined;
  const view = await tab.view();
  const now = wishes.door ? undefined : forms(view).find((f) => isSame(f, form));
  const second = now && plan(now, view, wishes);
  // Fields that came, or can be used, since others were filled.
  if (now && second) {
    const known = new Set(form.fields.map((f) => f.css));
    const came = new Set(now.fields.filter((f) => !known.has(f.css)).map((f) => f.css));
    const more = second.steps.filter((s) => 'on' in s && came.has(s.on.css ?? '') && !(s.do === 'fill' && s.marked));
    if (more.length) await perform(more);
  }
  const submit = first.submit.do === 'press' && second ? second.submit : first.submit;
  if (submit.do === 'click' && locate(second ? await tab.view() : view, submit.on)?.disabled)
    return {
      said: 'refused',
      because: 'the button stays disabled',
      refusals: [...view.live.slice(0, 4).map((text) => ({ text })), ...saidAtFields(view)],
      done: [...done, submit],
    };
  let change = await tab.act(submit, { values });
  if ('missing' in change) return { said: 'refused', because: change.missing, refusals: [], done: [...done, submit] };
  let last: Step = submit;
  // “Really add it?” is answered with yes where nothing went before it.
  if (asksOnly(change) && submit.do === 'click') {
    last = { ...submit, dialog: { accept: true } };
    const again = await tab.act(last, { values });
    if (!('missing' in again)) change = again;
  }
  const mark = values['mark'] ?? values['email'] ?? '\u0000';
  const answers = change.writes.filter((w) => (w.status ?? 0) >= 400);
  return {
    ...saidOf(change, mark),
    change,
    done: [...done, last],
    refusals: [
      ...change.appeared.filter((t) => t.length < 240).map((text) => ({ text })),
      ...change.after.live.map((text) => ({ text })),
      ...saidAtFields(change.after),
      ...answers.flatMap((w) => refusalsIn(w.answer.slice(0, 20_000))),
    ].slice(0, 30),
  };
}

/** A dialog of the browser asked, was told no, and nothing was sent. */
const asksOnly = (change: Change): boolean =>
  change.dialogs.some((d) => d.type === 'confirm' && !says('remove', d.message) && !says('danger', d.message)) &&
  !change.writes.length &&
  !change.navigated;

/** What is left to press where nothing was sent and all is filled: a last step that only shows what will be made, a layer that asks once more. */
async function finish(tab: Tab, change: Change): Promise<{ step: Step; change: Change } | undefined> {
  const { before, after } = change;
  const had = new Set(before.controls.filter((c) => !c.hidden).map((c) => `${c.css} ${c.name}`));
  const button = after.controls.find(
    (c) =>
      c.role === 'button' &&
      !c.disabled &&
      !c.hidden &&
      !had.has(`${c.css} ${c.name}`) &&
      (says('save', c.name) || says('confirm', c.name) || says('create', c.name)) &&
      !says('cancel', c.name) &&
      !says('remove', c.name) &&
      !says('danger', c.name),
  );
  const fresh = after.modal !== before.modal || !after.controls.some((c) => c.editable && c.group === button?.group);
  if (!button || !fresh) return undefined;
  const step: Step = { do: 'click', on: describe(button, after), commits: true };
  const done = await tab.act(step, { control: button });
  return 'missing' in done ? undefined : { step, change: { ...done, before } };
}

const isSame = (a: Form, b: Form): boolean =>
  a.signature === b.signature ||
  (a.group.kind === b.group.kind && a.fields.some((f) => b.fields.some((g) => g.css === f.css && g.attr === f.attr)));

/** The next part of a form in steps: same group or place, fields that were not there before, all empty. */
function following(view: View, before: Form, purposes?: readonly Form['purpose'][]): Form | undefined {
  const known = new Set(before.fields.map((f) => `${f.tag}.${f.type}.${f.attr}.${f.name}`));
  return forms(view).find((f) => {
    if (f.signature === before.signature) return false;
    const fresh = f.fields.filter((x) => !known.has(`${x.tag}.${x.type}.${x.attr}.${x.name}`));
    if (!fresh.length || fresh.some((x) => x.value && !['checkbox', 'radio'].includes(x.type) && x.tag !== 'select'))
      return false;
    return purposes
      ? purposes.includes(f.purpose)
      : f.group.kind === before.group.kind &&
          f.group.kind !== 'container' &&
          // Steps have headings of their own; then what was filled before is out of sight.
          (f.group.heading === before.group.heading ||
            !f.fields.some((x) => before.fields.some((y) => y.css === x.css && y.attr === x.attr))) &&
          (f.purpose === before.purpose || f.purpose === 'choice' || f.purpose === 'record');
  });
}
