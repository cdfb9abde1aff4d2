import type { Context, Outcome, Session } from '../../model/context.ts';
import { plant } from './ground.ts';

/** A user of the app, who writes in one browser and looks from others, each logged in anew. */
export interface User {
  readonly own: boolean;
  readonly writer: Session;
  open(when: string): Promise<Session>;
}

export async function newcomer({ actors, facts }: Context): Promise<User | undefined> {
  const made = facts.door.logIn ? await actors.signUp() : undefined;
  return (
    made && {
      own: true,
      writer: made.session,
      open: async (when) => (await actors.logIn(made.values, `the new account, ${when}`)).session,
    }
  );
}

export const known = async ({ actors }: Context): Promise<User> => ({
  own: false,
  writer: await actors.fresh('A'),
  open: () => actors.fresh('A'),
});

/**
 * Somebody who can write, and the record that they wrote: a newcomer where accounts can be made, whom a restart has not locked out, else A.
 * `sent`: did a request leave the browser at the save? Undefined where it could not be tried.
 */
export async function someone(context: Context): Promise<{
  user: User;
  mark: string;
  outcome: Outcome;
  places: Awaited<ReturnType<typeof plant>>['places'];
  sent: boolean | undefined;
}> {
  const sentBy = (session: Session, { writes, missing }: Outcome): boolean | undefined =>
    writes.length > 0 ? true : session.inside && missing === undefined ? false : undefined;
  for (const make of [newcomer, known]) {
    const user = await make(context);
    if (!user) continue;
    const planted = await plant(context, user.writer);
    const sent = sentBy(user.writer, planted.outcome);
    if (sent !== undefined || make === known) return { user, ...planted, sent };
    await user.writer.close();
  }
  throw new Error('nobody can write');
}
