import type { Change, Tab, View } from '../model/browser.ts';
import type { Said } from '../model/context.ts';
import type { Mark } from '../model/mark.ts';
import { locate } from '../model/match.ts';
import type { Step, Values } from '../model/recipe.ts';
import { saidOf } from '../model/said.ts';
import { type Form, forms } from './classify.ts';
import { firstWishes, learn, type Plan, plan, type Wishes } from './solve.ts';

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
  let wishes = {
    ...firstWishes(options.today),
    door: doorOf(options.purposes),
    all: options.all,
    text: options.text ?? 0,
  };
  const before: Step[] = [];
  let at = form;
  let from = view;
  let values = options.fresh(plan(form, view, wishes).carries);
  for (let round = 0, part = 0; round < 4 && part < 4; ) {
    const made = plan(at, from, wishes);
    if (round > 0) values = { ...options.fresh(made.carries), ...(before.length ? values : {}) };
    const mark: Mark = values['mark'] ?? values['email'] ?? '\u0000';
    const outcome = await attempt(tab, made, values);
    if (!outcome) return undefined;
    const { said, because, change, refusals, done } = outcome;
    const steps = [...before, ...done, made.submit];
    if (change && said !== 'refused') {
      // Another part of the same form: new empty fields, nothing written yet, the same purpose.
      const next =
        change.writes.length && !options.purposes ? undefined : following(change.after, at, options.purposes);
      if (next) {
        before.push(...done, made.submit);
        at = next;
        from = change.after;
        part++;
        continue;
      }
      return { steps, said, because, change, plan: made, appeared: change.appeared };
    }
    const taught = learn(wishes, at, refusals, change?.after ?? from);
    if (!taught)
      return {
        steps,
        said,
        because: `${because}${refusals.length ? `; it says “${refusals.join(' / ').slice(0, 160)}”` : ''}`,
        ...(change ? { change } : {}),
        plan: made,
        appeared: refusals,
      };
    wishes = taught;
    round++;
    const again = change ? forms(change.after).find((f) => f.signature === at.signature) : undefined;
    if (change && !again && round >= 2) return { steps, said, because, change, plan: made, appeared: refusals };
    void mark;
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

/** One round: the steps, then the trigger. A trigger that stays disabled is a refusal. */
async function attempt(
  tab: Tab,
  made: Plan,
  values: Values,
): Promise<{ said: Said; because: string; change?: Change; refusals: string[]; done: Step[] } | undefined> {
  // What could not be done was not needed, where the form is taken without it.
  const done: Step[] = [];
  for (const step of made.steps) {
    const change = await tab.act(step, { values });
    if (!('missing' in change)) done.push(step);
    else if (step.do === 'fill' && step.marked) return undefined;
  }
  if (made.submit.do === 'click') {
    const view = await tab.view();
    if (locate(view, made.submit.on)?.disabled)
      return { said: 'refused', because: 'the button stays disabled', refusals: view.live.slice(0, 4), done };
  }
  const change = await tab.act(made.submit, { values });
  if ('missing' in change) return { said: 'refused', because: change.missing, refusals: [], done };
  const mark = values['mark'] ?? values['email'] ?? '\u0000';
  const said = saidOf(change, mark);
  const answers = change.writes.filter((w) => (w.status ?? 0) >= 400).map((w) => w.answer.slice(0, 400));
  const described = change.after.controls
    .filter((c) => c.invalid && c.editable)
    .map((c) => `${c.name} ${c.describedBy}`);
  return {
    ...said,
    change,
    done,
    refusals: [
      ...new Set([...change.appeared.filter((t) => t.length < 240), ...change.after.live, ...described, ...answers]),
    ].slice(0, 12),
  };
}

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
          f.group.heading === before.group.heading &&
          f.group.kind !== 'container' &&
          f.purpose === before.purpose;
  });
}
