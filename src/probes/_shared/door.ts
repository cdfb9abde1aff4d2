/** The log-in form as it is tried: with whose account, and what comes of it. */
import type { View } from '../../model/browser.ts';
import type { Context, Outcome, Session } from '../../model/context.ts';
import type { Facts, Place } from '../../model/facts.ts';
import { fold, type Mark } from '../../model/mark.ts';
import { openPlace } from '../../model/place.ts';
import type { Recipe, Step, Values } from '../../model/recipe.ts';
import { notApplicable, unknown, type Verdict } from '../../model/verdict.ts';
import { cite, noWay } from './ground.ts';

/** A recipe of the config is code: what it types is not seen. */
export const typesPassword = (recipe: Recipe | undefined): boolean =>
  recipe?.given === true ||
  (recipe?.steps.some(
    (s) =>
      ('value' in s && `${s.value}`.includes('{password}')) || (s.do === 'send' && !!s.body?.includes('{password}')),
  ) ??
    false);

/** Why nothing can be asked of a log-in with a password; undefined where there is one. */
export function noPassword(facts: Facts): Verdict | undefined {
  const { door, kind } = facts;
  if (kind === 'dead' || door.kind === 'closed') return noWay(facts);
  const [first] = [...door.evidence, ...facts.evidence];
  if (door.kind === 'given')
    return unknown(
      'needs-more',
      'the session was given, so no log-in was learned',
      '--login user:password',
      door.evidence,
    );
  if (door.kind === 'none' || door.kind === 'name')
    return first
      ? notApplicable(`no form has a password field: ${door.says}`, cite(first))
      : unknown('could-not-look', 'the door was not looked for');
  if (!door.logIn)
    return unknown('no-way-found', 'no log-in form was found', 'recipes.logIn in plummet.config.ts', door.evidence);
  if (typesPassword(door.logIn)) return undefined;
  return first && door.says.includes('without a password')
    ? notApplicable(`no form has a password field: ${door.says}`, cite(first))
    : unknown(
        'no-way-found',
        'the log-in that was learned types no password of ours',
        'recipes.logIn in plummet.config.ts',
        door.evidence,
      );
}

/** Of an account that was made for this alone, with its session, else of A, which others use as well. */
export async function account({
  actors,
}: Context): Promise<{ readonly own: boolean; readonly values: Values; readonly session?: Session }> {
  const made = await actors.signUp();
  if (made && made.outcome.said !== 'refused') return { own: true, values: made.values, session: made.session };
  await made?.session.close();
  return { own: false, values: actors.account };
}

/** The app runs on this machine. */
export const isHere = (url: string): boolean =>
  /^(localhost|127\.[\d.]+|\[::1\]|.+\.localhost)$/.test(new URL(url).hostname);

/** Where the log-in form stands. */
export const formAt = ({ door, entry }: Facts): string =>
  door.logIn?.steps[0]?.do === 'goto' ? door.logIn.steps[0].url : entry;

/** What leads to it. */
export const wayTo = (facts: Facts): Step[] => {
  const steps = facts.door.logIn?.steps ?? [];
  const way = steps.slice(
    0,
    Math.max(
      0,
      steps.findIndex((step) => step.do === 'fill' || step.do === 'type'),
    ),
  );
  return way.length ? way : [{ do: 'goto', url: facts.entry }];
};

export interface Tried {
  readonly done: Outcome;
  /** The page on which it ended. */
  readonly ended: View;
  /** What is shown there and at the place. */
  readonly lines: readonly string[];
  readonly marked: boolean;
  /** A field for a password stands there still: this browser is outside. */
  readonly shut: boolean;
  /** Asked to come later. */
  readonly limited: boolean;
}

/** Sends the log-in form once, and looks at where that ends, and at the place of the record with the mark. */
export async function attempt(
  { facts, clock }: Context,
  session: Session,
  values: Values,
  { mark, place }: { readonly mark?: Mark | undefined; readonly place: Place },
): Promise<Tried> {
  const tab = session.window.first;
  const recipe = facts.door.logIn as Recipe;
  if (!recipe.given && recipe.steps[0]?.do !== 'goto') await tab.goto(facts.entry);
  const done = await session.do(recipe, values);
  const ended = await tab.view();
  const here = await shows(session, mark);
  const there = await at(session, { mark, place }, clock);
  return {
    done,
    ended,
    lines: [...new Set([ended, there.view].flatMap((view) => linesOf(view, values, mark)))],
    marked: here || there.marked,
    shut: asksPassword(ended) && asksPassword(there.view),
    limited: [...done.writes, ...done.requests].some((r) => r.status === 429),
  };
}

const asksPassword = ({ controls }: View): boolean => controls.some((c) => c.type === 'password');
const shows = async (session: Session, mark: Mark | undefined): Promise<boolean> =>
  mark !== undefined && (await session.window.first.find([mark])).shown.includes(mark);

/** Opens the place afresh. Where no door stands it may only be slow to show what is there. */
export async function at(
  session: Session,
  { mark, place }: { readonly mark?: Mark | undefined; readonly place: Place },
  clock: Context['clock'],
): Promise<{ readonly view: View; readonly marked: boolean }> {
  const tab = session.window.first;
  await openPlace(tab, place);
  for (let tries = 0; ; tries++) {
    const marked = await shows(session, mark);
    const view = await tab.view();
    if (marked || mark === undefined || tries > 2 || asksPassword(view)) return { view, marked };
    await clock.sleep(400);
  }
}

/** What a page says, line by line and control by control, without numbers and without what names this account or a record of ours. Pure. */
export function linesOf({ text, controls }: Pick<View, 'text' | 'controls'>, values: Values, mark?: Mark): string[] {
  const names = [values['email'], values['username'], values['name'], mark].flatMap((v) =>
    v ? [fold(v), fold(v.replace(/@.*/, ''))] : [],
  );
  const all = [...text.split('\n'), ...controls.filter((c) => !c.editable).map((c) => `${c.role} ${c.name}`)];
  return [...new Set(all.map((line) => line.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim()))].filter(
    (line) => /\p{L}{2}/u.test(line) && !names.some((name) => name.length > 2 && fold(line).includes(name)),
  );
}
