import type { Change, Tab, View } from '../model/browser.ts';
import type { Shape } from '../model/chart.ts';
import type { Codes } from '../model/code.ts';
import type { Said } from '../model/evidence.ts';
import { holds, type Mark } from '../model/mark.ts';
import type { Step, Values } from '../model/recipe.ts';
import { claimIn, saidOf, soundsRefused, soundsSaved } from '../model/said.ts';
import { attempt } from './attempt.ts';
import { type Form, forms } from './classify.ts';
import { guessesFor } from './guess.ts';
import { finish, following, isSame } from './parts.ts';
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
    /** What the source says of fields. */
    shapes?: readonly Shape[];
    /** Where codes come from. */
    codes?: Codes;
    /** What is saved stands in the form still, as in settings. */
    keeps?: boolean;
  },
): Promise<Completed | undefined> {
  let wishes: Wishes = {
    ...firstWishes(options.today),
    door: doorOf(options.purposes),
    effort: options.all ? 1 : 0,
    text: options.text ?? 0,
    guesses: guessesFor(form, options.shapes),
  };
  const { purposes } = options;
  const before: Step[] = [];
  let earlier: readonly Step[] = [];
  let at = form;
  let from = view;
  let values = options.fresh(plan(form, view, wishes).carries);
  for (let round = 0, part = 0; round < 5 && part < 5; ) {
    const made = plan(at, from, wishes);
    // What was filled in a part before stands there.
    if (round > 0 && !before.length) values = options.fresh(made.carries);
    const mark = values['mark'] ?? values['email'] ?? '\u0000';
    const outcome = await attempt(tab, at, made, values, wishes, { earlier, codes: options.codes });
    if (!outcome) return undefined;
    const { said, because, change, refusals, done } = outcome;
    if (change && purposes) options.codes?.authenticator?.see(change.after, values);
    const steps = [...before, ...done];
    // A page that was loaded anew with the same form, what was typed in it, and a complaint, whatever its status.
    const back =
      change !== undefined &&
      said === 'ok' &&
      !change.appeared.length &&
      stands(change.after, mark) &&
      forms(change.after).some((f) => isSame(f, at)) &&
      !refusals.some(({ text }) => soundsSaved(text)) &&
      refusals.some(({ text }) => soundsRefused(text));
    const completed = {
      steps,
      said: back ? ('refused' as const) : said,
      because,
      plan: made,
      ...(change ? { change } : {}),
    };
    const silent = change !== undefined && !change.writes.length && !purposes;
    if (change && said !== 'refused' && !back) {
      const next = silent || purposes ? following(change.after, at, said, purposes, change.before) : undefined;
      if (next) {
        before.push(...done);
        if (made.carries === 'none') values = { ...values, ...options.fresh(plan(next, change.after, wishes).carries) };
        else wishes = { ...wishes, carried: true };
        [at, from] = [next, change.after];
        wishes = { ...wishes, guesses: guessesFor(next, options.shapes) };
        earlier = [];
        part++;
        continue;
      }
      const last = silent && (said === 'unclear' || before.length) ? await finish(tab, change, said) : undefined;
      if (last) {
        const { appeared } = last.change;
        return { ...completed, ...saidOf(last.change, mark), ...last, steps: [...steps, last.step], appeared };
      }
      // Nothing was sent and what was typed stands there still: whatever it says, it was not taken.
      const told = options.keeps === true && claimIn(change.appeared, change.after) !== undefined;
      const stuck = silent && said === 'unclear' && !change.navigated && stands(change.after, mark) && !told;
      if (!stuck) return { ...completed, appeared: change.appeared };
      // Where Enter makes a line, two keys may send it.
      if (made.submit.do === 'press' && wishes.key === 'Enter') {
        wishes = { ...wishes, key: 'Control+Enter' };
        continue;
      }
    }
    const texts = refusals.map((r) => r.text).filter(Boolean);
    const taught = learn(wishes, at, refusals, made);
    const words = texts.length ? `; it says “${texts.join(' / ').slice(0, 160)}”` : '';
    // An account that was refused is refused again, and who tries too often is locked out.
    const unchanged = taught && purposes?.includes('log-in') && same(plan(at, from, taught), made);
    if (!taught || unchanged) return { ...completed, because: because + words, appeared: texts };
    wishes = taught;
    earlier = [...earlier, ...done];
    round++;
    // What is filled stays as it was first seen: a recipe is done from a blank page.
    const again = change && forms(change.after).some((f) => isSame(f, at));
    if (change && !again && round >= 2) return { ...completed, appeared: texts };
  }
  return undefined;
}

const same = (a: Plan, b: Plan): boolean => JSON.stringify([a.steps, a.submit]) === JSON.stringify([b.steps, b.submit]);

const stands = (view: View, mark: Mark): boolean =>
  view.controls.some((c) => c.editable && holds(c.value, mark) !== undefined);

const doorOf = (purposes: readonly Form['purpose'][] | undefined): Wishes['door'] =>
  purposes === undefined
    ? false
    : purposes.includes('sign-up')
      ? 'sign-up'
      : purposes.includes('log-in')
        ? 'log-in'
        : 'any';
