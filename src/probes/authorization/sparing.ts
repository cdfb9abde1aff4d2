/** Nothing that an account held before us is touched: where records are numbered for each user, A's number is that of another record for B. */
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { ask, isAskable, readsOf } from '../_shared/asking.ts';
import { mayBeTaken, type Pairs, renamed } from '../_shared/ids.ts';
import { forOther, type Person } from '../_shared/two-users.ts';

/** Was B's account made by us, or is there none? One that was given has rows of its owner's. */
export const isOurs = ({ actors, facts: { door } }: Pick<Context, 'actors' | 'facts'>): boolean =>
  actors.minted !== undefined || door.kind === 'none' || door.kind === 'name';

/**
 * B's request for a record of A, in the ways that can hit no row of B's owner. By a number alone it is sent only where B has no record of that
 * number: it is higher than that of what B made now, or B's own read of it is refused, or gives what A wrote. `own`: what B's record bears, by now too.
 */
export async function sparing(
  context: Context,
  b: Person,
  own: readonly Mark[],
  { write, pairs, victim }: { write: Sent; pairs: Pairs; victim: Mark },
): Promise<{ url: string; body: string }[]> {
  const [alone, ...within] = forOther(write, pairs);
  if (!alone || isOurs(context) || !mayBeTaken(pairs.record)) return alone ? [alone, ...within] : [];
  const reads = own.flatMap((mark) => readsOf(b.session, mark, b.since)).filter(isAskable);
  const trials = reads.flatMap((from) => {
    const to = renamed(from, pairs.record);
    return to ? [{ from, to }] : [];
  });
  for (const { from, to } of trials.slice(-2)) {
    const { status, body } = await ask(context, b.session, from, to);
    if (status < 400 && !holds(body, victim)) return within;
  }
  return trials.length ? [alone, ...within] : within;
}
