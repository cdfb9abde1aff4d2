import type { Change, Tab, View } from '../model/browser.ts';
import { type Codes, withCode } from '../model/code.ts';
import type { Said } from '../model/evidence.ts';
import { locate } from '../model/match.ts';
import type { Step, Values } from '../model/recipe.ts';
import { saidOf } from '../model/said.ts';
import { type Form, forms } from './classify.ts';
import { isSame } from './parts.ts';
import { type Refusal, refusalsIn, saidAtFields } from './refusals.ts';
import { type Plan, plan, type Wishes } from './solve.ts';
import { says } from './words.ts';

export interface Attempt {
  readonly said: Said;
  readonly because: string;
  readonly change?: Change;
  readonly refusals: readonly Refusal[];
  /** What is to be done to repeat it. */
  readonly done: readonly Step[];
}

/** One round: the steps, what they brought up, then the trigger. A trigger that stays disabled is a refusal. Undefined where the marked field went away. */
export async function attempt(
  tab: Tab,
  form: Form,
  first: Plan,
  values: Values,
  wishes: Wishes,
  { earlier, codes }: { earlier: readonly Step[]; codes: Codes | undefined },
): Promise<Attempt | undefined> {
  // What could not be done was not needed, where the form is taken without it.
  const done: Step[] = [];
  // Where several in a row are not there, what was typed before took them away: the rest is only done if it is at hand.
  let gone = 0;
  const perform = async (steps: readonly Step[]): Promise<boolean> => {
    for (const step of steps) {
      // What an earlier round chose stands there still, under another name maybe.
      const stands = earlier.find((one) => one.do === step.do && cssOf(one) === cssOf(step));
      if (gone > 1 && 'on' in step && !(step.do === 'fill' && step.marked) && !locate(await tab.view(), step.on)) {
        if (stands) done.push(stands);
        continue;
      }
      const known = await withCode(tab, step, values, codes);
      // A code that nobody was told is left out: an invitation, a discount.
      if (!known) continue;
      const change = await tab.act(step, { values: known });
      gone = 'missing' in change ? gone + 1 : 0;
      if (!('missing' in change)) done.push(step);
      else if (stands) done.push(stands);
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
    // Outside of a door no password is given.
    const came = new Set(now.fields.filter((f) => !known.has(f.css) && f.type !== 'password').map((f) => f.css));
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
      ...(change.appeared.length ? [] : newLines(change).map((text) => ({ text }))),
    ].slice(0, 30),
  };
}

const cssOf = (step: Step): string | undefined => ('on' in step ? step.on.css : undefined);

/** What a page that was loaded anew says and the one before it did not. */
export const newLines = ({ before, after }: Readonly<Record<'before' | 'after', View>>): string[] => {
  const had = new Set(before.text.split('\n'));
  return after.text
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => line.trim().length > 3 && line.length < 200 && !had.has(line))
    .slice(0, 20);
};

/** A dialog of the browser asked, was told no, and nothing was sent. */
const asksOnly = (change: Change): boolean =>
  change.dialogs.some(
    (d) =>
      d.type === 'confirm' &&
      d.message.length < 120 &&
      !says('remove', d.message) &&
      !says('danger', d.message) &&
      !/\b(all|every\w*|notify|overwrite|replace|order|alle|todos|tous|tutti)\b/i.test(d.message),
  ) &&
  !change.writes.length &&
  !change.navigated;
