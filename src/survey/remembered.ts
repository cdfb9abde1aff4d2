/**
 * Goes by what an earlier survey learned instead of searching. Nothing of it is believed: one comes in by it with an account of now, and two
 * new marks are written and seen by it, as if the form had just been found. Where that does not work the survey searches as usual.
 */
import type { Outcome, Session } from '../model/context.ts';
import type { DoorFacts, RecordFacts } from '../model/facts.ts';
import { type Mark, markFor } from '../model/mark.ts';
import { locate } from '../model/match.ts';
import { pageThrough } from '../model/paging.ts';
import { openPlace } from '../model/place.ts';
import type { Recipe, Step, Values } from '../model/recipe.ts';
import type { Remembered } from '../model/remembered.ts';
import { forms, isDoor } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { shownOn } from './door.ts';
import type { Entered } from './log-in.ts';
import { cameFrom, holdsOurs } from './ours.ts';
import { peel } from './peel.ts';
import { valuesOf } from './published.ts';
import { toldBy } from './told.ts';
import { verifyWrite } from './verify.ts';

interface Inside {
  readonly door: DoorFacts;
  readonly account: Values;
  readonly session: Session;
  /** In a browser of its own, and not in the first. */
  readonly apart: boolean;
}

/**
 * Undefined where there is nothing to go by, or it leads there no longer: then the run is told why. Without a record where one is inside by
 * what was given all the same: the door stands open by now, and only a way to write is to be looked for.
 */
export async function goByRemembered(
  context: SurveyContext,
  first: Session,
  open: () => Promise<Entered>,
): Promise<(Inside & { readonly record?: RecordFacts }) | undefined> {
  const { remembered: known, memory, noted } = context;
  if (!known || context.given.create) return undefined;
  const before = memory.facts;
  const gone = async (because: string, to = context.url): Promise<undefined> => {
    memory.facts = before;
    await first.window.first.goto(to);
    noted(`The recipes of ${known.from} no longer lead there: ${because}. It was looked for anew.`);
  };
  context.progress(`going by the recipes of ${known.from}`);
  const inside = await comeIn(context, first, known, open);
  if (typeof inside === 'string') return gone(inside);
  memory.facts = { ...before, door: inside.door };
  const tab = inside.session.window.first;
  const landed = tab.url;
  // Behind a door the app may greet, and say more of itself than before it.
  if (inside.door.kind !== 'none') {
    const view = await peel(tab, context);
    memory.facts = { ...memory.facts, ...toldBy(view, memory.facts.told) };
  }
  const record = await writeAgain(context, inside.session, known);
  if (typeof record !== 'string') {
    noted(`Went by the recipes of ${known.from}: one came in and wrote by them anew before anything was asked.`);
    return { ...inside, record };
  }
  if (!inside.apart && inside.door.kind !== 'none') {
    await gone(record, landed);
    return inside;
  }
  if (inside.apart) await inside.session.window.close();
  return gone(record);
}

/** Through the door in a fresh browser, by the log-in that every later session takes; or why not. */
async function comeIn(
  context: SurveyContext,
  first: Session,
  { door: known, from }: Remembered,
  open: () => Promise<Entered>,
): Promise<Inside | string> {
  const { actors, memory, headers, storage, given } = context;
  if (headers || storage || given['log-in']) {
    const { door, account, in: inside } = await open();
    return inside ? { door, account, session: actors.wrap(first.window, 'A', account), apart: false } : door.says;
  }
  const { logIn, signUp } = known;
  if (known.kind === 'none') {
    // A record that anybody could write says nothing of a door that came since, nor of the account that was given for it.
    if (context.login) return 'they know of no door, and an account was given';
    if (isDoor(await first.window.first.view())) return 'they know of no door, and one is there now';
    const evidence = await first.window.first.screen('as nobody, where no form asks who one is');
    return {
      door: { kind: 'none', says: 'no form asks who one is', evidence: [evidence] },
      account: {},
      session: first,
      apart: false,
    };
  }
  if (!logIn) return 'they say no way to log in';
  const says = `by the ${signUp ? 'sign-up and the log-in' : 'log-in'} of ${from}`;
  memory.facts = { ...memory.facts, door: { ...known, says, evidence: [] } };
  const account = await accountFor(context, first, known);
  if (typeof account === 'string') return account;
  const session = actors.wrap(await context.windows.open({ label: 'A' }), 'A', account);
  const tab = session.window.first;
  if (logIn.steps[0]?.do !== 'goto') await tab.goto(context.url);
  const done = await session.do(logIn, account);
  const inside = !done.missing && done.said !== 'refused' && !isDoor(await tab.view());
  const evidence = await tab.screen(inside ? `inside, ${says}` : `not let in ${says}`);
  if (inside) return { door: { ...known, says, evidence: [evidence] }, account, session, apart: true };
  await session.window.close();
  return `logging in did not open the door (${done.missing ?? done.because})`;
}

/** The account given, a new one, or the one that was published; or why there is none. */
async function accountFor(
  context: SurveyContext,
  first: Session,
  { kind, account: how, signUp, logIn }: Remembered['door'],
): Promise<Values | string> {
  const { actors, login, ledger, published } = context;
  if (login) {
    context.journal.hide(login.password);
    return valuesOf(login);
  }
  if (signUp) {
    const made = await actors.signUp();
    await made?.session.window.close();
    const { missing, said, because } = made?.outcome ?? { missing: 'nothing was done', said: 'unclear', because: '' };
    if (missing) return `signing up came to an end (${missing})`;
    return said === 'refused' || !made ? `signing up was refused (${because})` : made.values;
  }
  if (kind === 'name' || how === 'signed-up') {
    const minted = actors.mint();
    ledger.begin({ what: 'account', mark: minted['email'] ?? '', how: 'a log-in by an address or a name alone' });
    return minted;
  }
  // One at most: each try is one of the few that a lock counts.
  const shown = how === 'shown' ? await waysShown(first, logIn) : published;
  const [way] = shown;
  if (!way) return `the account that was ${how ?? 'given'} is not in them: --login user:password`;
  if (way.password !== way.user && way.password.length > 5) context.journal.hide(way.password);
  return valuesOf(way);
}

async function waysShown(first: Session, logIn: Recipe | undefined): Promise<ReturnType<typeof shownOn>> {
  const tab = first.window.first;
  const start = logIn?.steps[0];
  if (start?.do === 'goto') await tab.goto(start.url);
  const view = await tab.view();
  const form = forms(view).find(({ purpose }) => purpose === 'log-in' || purpose === 'code-door');
  return form ? shownOn({ view, form, path: [] }) : [];
}

/** Two new marks by the form as it is remembered; that both stand after fresh loads is seen as of a form that was found. Or why not. */
async function writeAgain(context: SurveyContext, session: Session, known: Remembered): Promise<RecordFacts | string> {
  const { create, says, carries, seenAt } = known;
  const tab = session.window.first;
  if (create.steps[0]?.do !== 'goto') await tab.goto(context.url);
  const longText = known.longText && (await stillThere(session, create, known.longText)) ? known.longText : undefined;
  const mark = markFor(context.marks, carries);
  const before = await tab.view();
  const done = await session.do(create, { mark }, { how: says });
  if (done.missing || done.said === 'refused')
    return `writing by ${says} did not work (${done.missing ?? done.because})`;
  const record = await verifyWrite(context, session, {
    create: { ...create, learned: done.url },
    says,
    carries,
    mark,
    marks: [mark],
    change: { before, after: await tab.view(), appeared: done.appeared, writes: done.writes },
    places: [...seenAt, done.url],
    ...(longText ? { longText } : {}),
  });
  return record?.kind === 'kept' ? record : `what is written by ${says} is not seen after a fresh load`;
}

/** Does the form hold that field, too? */
async function stillThere(
  { window }: Session,
  create: Recipe,
  field: NonNullable<Remembered['longText']>,
): Promise<boolean> {
  const marked = create.steps.findIndex((step) => 'marked' in step && step.marked);
  for (const step of create.steps.slice(0, Math.max(0, marked)))
    if ('missing' in (await window.first.act(step))) return false;
  return locate(await window.first.view(), field) !== undefined;
}

const keyOf = (step: Step): string =>
  'on' in step ? `${step.do} ${step.on.role} ${step.on.tag} ${step.on.name}` : step.do;

/** Which of the edit and the delete remembered still do so to a record of ours; the others are to be looked for. */
export async function altersAgain(
  context: SurveyContext,
  session: Session,
  record: RecordFacts,
  { edit, delete: remove, from }: Remembered,
): Promise<{ edit?: Recipe; remove?: Recipe }> {
  const place = record.places.find(({ what }) => what === 'list');
  const [beside] = record.marks;
  if (!(edit || remove) || !place || beside === undefined) return {};
  context.progress(`editing and deleting by the recipes of ${from}`);
  const tab = session.window.first;
  /** In its place, loaded anew, where a record beside it stands: without that nobody has looked. */
  const settled = async (there: Mark | undefined, gone: Mark): Promise<boolean> => {
    for (let tries = 0; tries < 4; tries++) {
      if (tries) await context.clock.sleep(500);
      await openPlace(tab, place);
      const wanted = [beside, gone, ...(there ? [there] : [])];
      const { shown } = await tab.find(wanted);
      const seen: ReadonlySet<Mark> = shown.includes(beside) ? new Set(shown) : await pageThrough(tab, wanted, 6);
      if (seen.has(beside) && !seen.has(gone) && (there === undefined || seen.has(there))) return true;
    }
    return false;
  };
  let mark = markFor(context.marks, record.carries);
  const made = await session.do(record.create, { mark });
  if (made.missing || made.said === 'refused') return {};
  const own = made.url;
  await openPlace(tab, place);
  const way = cameFrom(await tab.view(), place);
  const toPlace = new Set((place.way ?? []).map(keyOf));
  /** What it finds today may be another's: that is left alone, and nothing is confirmed. */
  const doOnOurs = async (
    recipe: Recipe,
    values: { mark: Mark; new?: Mark },
  ): Promise<Pick<Outcome, 'said' | 'missing'>> => {
    const toOwn = recipe.steps.some((step) => step.do === 'goto' && step.url === '{own}');
    if (toOwn && record.places.some(({ url, what }) => what === 'list' && url === own))
      return { said: 'unclear', missing: 'a record has no page of its own by now' };
    return session.do(
      recipe,
      { ...values, own },
      {
        unless: (step, control, view) =>
          !toPlace.has(keyOf(step)) && !holdsOurs(control, view, Object.values(values), way)
            ? `${control.role} “${control.name.slice(0, 40)}” on ${view.url} may be another record's`
            : undefined,
      },
    );
  };
  let edits = false;
  if (edit) {
    const fresh = markFor(context.marks, record.carries);
    const done = await doOnOurs(edit, { mark, new: fresh });
    edits = !done.missing && done.said !== 'refused' && (await settled(fresh, mark));
    if (edits) {
      context.ledger.renamed(mark, fresh);
      mark = fresh;
    } else context.tried(`editing by the recipe of ${from}: ${done.missing ?? 'the new text was not seen'}`);
  }
  let removes = false;
  if (remove) {
    const done = await doOnOurs(remove, { mark });
    removes = !done.missing && done.said !== 'refused' && (await settled(undefined, mark));
    if (removes) context.ledger.removed(mark);
    else context.tried(`deleting by the recipe of ${from}: ${done.missing ?? 'it was not seen to go'}`);
  }
  return { ...(edit && edits ? { edit } : {}), ...(remove && removes ? { remove } : {}) };
}
