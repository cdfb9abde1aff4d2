import type { Session } from '../model/context.ts';
import type { RecordFacts } from '../model/facts.ts';
import { markFor } from '../model/mark.ts';
import type { Recipe, Values } from '../model/recipe.ts';
import { isDoor } from './classify.ts';
import type { SurveyContext } from './context.ts';
import type { Entered } from './log-in.ts';
import { verifyWrite } from './verify.ts';

/** Enters by the log-in of the config. Its values are those of --login, else an account of our own making. */
export async function givenDoor(context: SurveyContext, session: Session, logIn: Recipe): Promise<Entered> {
  context.progress('logging in by the recipe given');
  const { login } = context;
  const account: Values = login
    ? { email: login.user, username: login.user, password: login.password }
    : context.actors.mint();
  const done = await session.do(logIn, account);
  const tab = session.window.first;
  const inside = !done.missing && !isDoor(await tab.view());
  const evidence = await tab.screen(inside ? 'inside, by the recipe given' : 'the log-in given did not open the door');
  if (!inside) context.tried(`the log-in given: ${done.missing ?? 'the door still stands there'}`);
  return {
    door: {
      kind: inside ? 'password' : 'closed',
      says: inside ? 'log-in by the recipe given' : `the log-in given did not open it: ${done.missing ?? done.because}`,
      ...(inside ? { logIn, account: 'given' as const } : { wants: 'a recipes.logIn that ends inside the app' }),
      evidence: [evidence],
    },
    account,
    in: inside,
  };
}

/** Writes by the recipe of the config instead of searching; the replay control is the same. A field that takes no words is given a number or a date. */
export async function givenWrite(
  context: SurveyContext,
  session: Session,
  recipe: Recipe,
): Promise<RecordFacts | undefined> {
  const tab = session.window.first;
  const says = 'the recipe given (recipes.create)';
  context.progress('writing by the recipe given');
  let because = '';
  for (const carries of ['text', 'whole', 'number', 'date'] as const) {
    const mark = markFor(context.marks, carries);
    const before = await tab.view();
    const done = await session.do(recipe, { mark }, { how: says });
    if (done.missing || done.said === 'refused') {
      because ||= done.missing ?? done.because;
      if (context.left() < 3000) break;
      continue;
    }
    return verifyWrite(context, session, {
      create: { ...recipe, learned: done.url },
      says,
      carries,
      mark,
      marks: [mark],
      change: { before, after: await tab.view(), appeared: done.appeared, writes: done.writes },
      places: [done.url],
    });
  }
  context.tried(`${says}: ${because}`);
  return undefined;
}

/** Are the edit and the delete of the config what they say? Each is tried once on a record of ours. */
export async function givenAltering(
  context: SurveyContext,
  session: Session,
  record: RecordFacts,
): Promise<{ edit?: Recipe; remove?: Recipe }> {
  const { edit, delete: remove } = context.given;
  if (!edit && !remove) return {};
  const tab = session.window.first;
  let mark = markFor(context.marks, record.carries);
  const made = await session.do(record.create, { mark });
  if (made.missing || made.said === 'refused') return {};
  const place = record.places.find((p) => p.what === 'list')?.url ?? made.url;
  const own = made.url;
  /** On the page as the recipe left it, or at the place: what is not sent is still done on the screen, and is the probe's to find. */
  const shows = async (text: string, here = true): Promise<boolean> => {
    if (!here) await tab.goto(place);
    const found = await tab.find([text]);
    return [...found.shown, ...found.inField].includes(text);
  };
  let edits = false;
  if (edit) {
    const fresh = markFor(context.marks, record.carries);
    const done = await session.do(edit, { mark, new: fresh, own });
    edits = !done.missing && done.said !== 'refused' && ((await shows(fresh)) || (await shows(fresh, false)));
    if (!edits) context.tried(`editing by the recipe given: ${done.missing ?? 'the new text was not seen'}`);
    else if (await shows(fresh, false)) {
      context.ledger.renamed(mark, fresh);
      mark = fresh;
    }
  }
  let removes = false;
  if (remove) {
    const done = await session.do(remove, { mark, own });
    removes = !done.missing && done.said !== 'refused' && (!(await shows(mark)) || !(await shows(mark, false)));
    if (!removes) context.tried(`deleting by the recipe given: ${done.missing ?? 'the record still stands'}`);
    else if (!(await shows(mark, false))) context.ledger.removed(mark);
  }
  return { ...(edit && edits ? { edit } : {}), ...(remove && removes ? { remove } : {}) };
}
