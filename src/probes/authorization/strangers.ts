/**
 * A and B make records of their own; then B looks for A's in lists, and tries to read, change and delete them by B's own honest requests with A's
 * names in them. Whether B is a stranger or a colleague is settled first, by B's own lists. Control: B's same request works for B's own records; A
 * reads what came of it. What could deceive it: a shared app (what all see is a question of intent); answers of success that did nothing; ids that are
 * numbered for each user (more records are made until they differ).
 */
import type { Context } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { recordOf } from '../_shared/ground.ts';
import { between, keepSockets, type Person, person, theirsOf } from '../_shared/two-users.ts';
import { change, remove } from './altering.ts';
import { judges } from './judging.ts';
import { type Observed, observed } from './observation.ts';
import { lists, read } from './reading.ts';
import { scripts } from './scripts.ts';
import { isOurs } from './sparing.ts';
import { walks } from './walking.ts';

async function observe(context: Context): Promise<Observed> {
  const { actors, facts, journal } = context;
  const record = recordOf(facts);
  const stop = (why: NonNullable<Observed['stop']>['why'], because: string): Observed => ({
    stop: { why, because },
    note: journal.note({ kind: 'note', who: 'B', says: because }),
    lists: [],
    reproduce: scripts(facts),
  });
  if (!record.requests.length) return stop('local', 'no write leaves the browser, so no other can come by a record');
  if (record.kind !== 'kept') return stop('unkept', 'the record is not kept where another could come by it');
  if (!(await actors.hasSecond()))
    return stop('alone', 'there is no second account: no sign-up was found and none was given');
  context.progress('A and B make records, and B tries to come by those of A');
  const [one, other] = await Promise.all([actors.fresh('A'), actors.fresh('B')]);
  try {
    if (!one.inside || !other.inside) return stop('outside', `${one.inside ? 'B' : 'A'} could not get in`);
    const theirs = await theirsOf(context, one, other);
    // Where B's account was given, A's come after B's: a higher number is that of no older record of B's.
    const made = person(context, other, theirs);
    if (!isOurs(context)) await made;
    const [first, b] = await Promise.all([person(context, one, []), made]);
    // Numbered for each user, the records of two are called alike: the next are not.
    const a = isAlike(context, first, b) ? await person(context, one, []) : first;
    const unmade = [...a.created, ...b.created].find((o) => o.missing !== undefined || o.said === 'refused');
    if (unmade) return stop('not-made', `a record could not be made: ${unmade.because}`);
    const seen = await lists(context, a, b);
    const shared = seen.some((l) => l.shown);
    const ground = { a, b, theirs, shared, now: new Map<string, string>() };
    await keepSockets(context, other);
    const { write, ...changed } = await change(context, ground);
    const { reading, walked } = await read(context, ground, write);
    const removed = await remove(context, ground);
    const [victim = ''] = a.marks;
    // What B's list was answered and does not show may stand elsewhere, for all to see; and what it shows, and refuses to open, too.
    const hidden = !shared && !reading.leak && seen.some((l) => l.carried !== undefined && l.control);
    const apart = shared && !reading.leak && reading.tried > 0 && reading.control;
    const elsewhere =
      hidden || apart ? (await walks(context, other, ground.now.get(victim) ?? victim, [])).walked : walked;
    return {
      note: journal.note({ kind: 'note', who: 'B', says: told(context, a, b, shared) }),
      lists: seen,
      read: reading,
      ...(elsewhere ? { walked: elsewhere } : {}),
      change: changed,
      remove: removed,
      reproduce: scripts(facts),
    };
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}

/** Do requests name the records of both, and alike? */
const isAlike = (context: Context, a: Person, b: Person): boolean =>
  a.marks.some((mark, at) => {
    const { objects, addresses } = a.known(mark);
    return objects.length + addresses.length > 0 && !between(context, b, b.marks[at] ?? '', a, mark).record.length;
  });

function told(context: Context, a: Person, b: Person, shared: boolean): string {
  const { record, around } = between(context, b, b.marks[0] ?? '', a, a.marks[0] ?? '');
  const names = record.map(({ from, to }) => `${from} of B is ${to} of A`).join(', ');
  return `${shared ? "B's lists show A's records" : "B's lists show none of A's records"}; ${names || 'no name of a record was learned'}${around.length ? `, in ${around.map((p) => `${p.from} and ${p.to}`).join(', ')}` : ''}`;
}

export const strangers = defineProbe<Observed>({
  id: 'authorization/strangers',
  version: 1,
  does: 'writes 2 records each as A and as a second account (made where none was given), and tries to read, change and delete those of A as the other',
  mess: 'own-rows',
  costs: 12_000,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: judges,
});
