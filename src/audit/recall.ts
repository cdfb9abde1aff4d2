import type { Session } from '../model/context.ts';
import type { Ledger } from '../model/evidence.ts';
import type { Marks } from '../model/mark.ts';
import { markFor } from '../model/mark.ts';
import type { Recipe, Values } from '../model/recipe.ts';
import type { AuditOptions, Before } from '../model/target.ts';
import { accountOf, type World } from './world.ts';

interface Around {
  readonly ledger: Ledger;
  readonly marks: Marks;
  progress(says: string): void;
}

/**
 * Takes up what an earlier run learned: A comes in again, writes one record by the recipe learned, and sees it where records lived. False
 * where that does not work any more, or where too little was learned; then the app is to be surveyed anew.
 */
export async function recall(world: World, options: AuditOptions, before: Before, around: Around): Promise<boolean> {
  const { facts, profile } = before.run;
  const { record } = facts;
  const { memory, windows } = world;
  // A shorter survey looked for less; and what was not kept may be kept elsewhere by now.
  if (record?.kind !== 'kept' || (profile === 'reload' && options.profile === 'audit')) return false;
  if (options.permit === 'reads') return false;
  around.progress('taking up what was learned before');
  memory.facts = facts;
  const session = await comeIn(world, options, before.accounts?.A, true);
  if (session) {
    const mark = markFor(around.marks, record.carries);
    const outcome = await session.do(record.create, { mark });
    if (outcome.missing === undefined) {
      const { seen } = await session.look(mark, 'seen', { places: record.places });
      if (seen === 'yes') return true;
    }
  }
  await windows.closeAll();
  return false;
}

/** Does it take an account? A guest's is in the page. */
const asksWho = (logIn: Recipe | undefined): boolean =>
  !logIn || logIn.given === true || /\{(email|username|name|password|code)\}/.test(JSON.stringify(logIn.steps));

/** A's session, by what was given, or by the account of that run; where that one is not known any more by a new account, if `anew`. */
export async function comeIn(
  { actors, memory }: World,
  options: AuditOptions,
  known: Values | undefined,
  anew: boolean,
): Promise<Session | undefined> {
  const { headers, storageState, login } = options;
  const { door } = memory.facts;
  const take = (session: Session, account: Values): Session => {
    actors.adopt(session, account);
    return session;
  };
  if (headers || storageState || !door || door.kind === 'none') return take(await actors.fresh('A'), {});
  const account = login ? accountOf(login) : (known ?? (asksWho(door.logIn) ? undefined : {}));
  if (account) {
    const { session, in: inside } = await actors.logIn(account, 'A');
    if (inside) return take(session, account);
    await session.close();
  }
  const made = anew && door.signUp && !login ? await actors.signUp() : undefined;
  return made && take(made.session, made.values);
}
