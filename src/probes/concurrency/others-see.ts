/**
 * B stands at the list; A writes. Does B see it at once, or after a reload? Applies where records are shared: the app says so, the
 * config says so, or B sees a record of A's already. Control: A sees the record itself.
 * What could deceive it: private records (not applicable), an app that anyone opens without a name (every visitor is B).
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { openPlace } from '../../model/place.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite, plant, recordOf } from '../_shared/ground.ts';
import { evidenceId, outcome, said, seen, sighting } from '../_shared/observed.ts';
import { reproduce } from '../_shared/reproduce.ts';

const observed = z.object({
  second: z.boolean(),
  inside: z.boolean(),
  sent: z.boolean(),
  where: z.string(),
  told: z.string().optional(),
  create: outcome.optional(),
  mine: sighting.optional(),
  live: z.boolean(),
  /** A request of B's pages there was refused. */
  shut: z.boolean(),
  theirs: sighting.optional(),
  note: evidenceId,
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

/** What keeps somebody out of what is not theirs. */
const isShut = new Set([401, 403, 404]);
const reads = /^(fetch|document)$/;

async function observe(context: Context): Promise<Observed> {
  const { actors, clock, journal } = context;
  const second = await actors.hasSecond();
  const { facts } = context;
  const record = recordOf(facts);
  const list = record.places.find((p) => p.what === 'list');
  const where = list?.url ?? record.places[0]?.url ?? facts.entry;
  const base = {
    second,
    inside: true,
    sent: record.requests.length > 0,
    where,
    ...(facts.told.shared ? { told: facts.told.shared } : {}),
    live: false,
    shut: false,
    reproduce: reproduce(
      facts,
      `await create(page);
const b = await fresh(); ${facts.door.signUp ? "account('b'); await signUp(b);" : facts.door.addUser ? "account('b'); await addUser(page); await enter(b);" : 'await enter(b);'}
await home(b); await b.waitForTimeout(3000);
console.log('B sees what A wrote:', await shows(b, mark));`,
    ),
  };
  const note = (says: string): `e${number}` => journal.note({ kind: 'note', who: 'B', says });
  if (!second) return { ...base, note: note('there is no second account: no sign-up was found and none was given') };
  if (record.kind !== 'kept' || !list)
    return { ...base, note: note(`the record is ${record.kind}${list ? '' : ' and has no list'}`) };
  context.progress('A writes, B looks');
  const b = await actors.fresh('B');
  const tab = b.window.first;
  const since = clock.now();
  await openPlace(tab, list);
  const { mark, outcome: create, places } = await plant(context, actors.A);
  let live = false;
  // Where nothing says that records are shared, a short look is enough: not seeing them accuses nobody.
  const shared = facts.told.shared !== undefined || context.intent.records !== undefined;
  for (const end = clock.now() + (shared ? 2500 : 700); clock.now() < end && !live; await clock.sleep(250))
    live = (await tab.find([mark])).shown.includes(mark);
  const within = shared ? undefined : Math.max(1500, 2 * record.delay);
  const theirs = live
    ? {
        seen: 'yes' as const,
        because: `B's open page shows ${mark} at once`,
        evidence: await tab.screen('B, without a reload'),
      }
    : await b.look(mark, 'seen', { places: places.filter((p) => p.what === 'list'), ...(within ? { within } : {}) });
  const mine = await actors.A.look(mark, 'seen', { places });
  const shut = b.window.traffic(since).some(({ status, kind }) => isShut.has(status ?? 0) && reads.test(kind));
  await b.close();
  return {
    ...base,
    inside: b.inside,
    shut,
    sent: create.writes.length > 0,
    create: said(create),
    mine: seen(mine),
    live,
    theirs: seen(theirs),
    note: note(
      `what one writes, the other ${theirs.seen === 'yes' ? `sees ${live ? 'at once' : 'after a reload'}` : 'does not see'}`,
    ),
  };
}

export const othersSee = defineProbe<Observed>({
  id: 'concurrency/others-see',
  version: 1,
  does: 'writes 1 record and changes it, watched by a second account (made where none was given)',
  mess: 'own-rows',
  costs: 7000,
  session: 'shared',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'concurrency/others-see-the-change',
      judge(o, facts, intent) {
        if (!o.sent && facts.record && !localShared(intent.records))
          return notApplicable(
            'no write leaves the browser, so no other can see it (root cause: persistence/writes-leave-the-browser)',
            cite(o.note),
          );
        if (intent.records === 'private') return notApplicable('records are private (records: private)', cite(o.note));
        const shared = intent.records === 'shared' || intent.records === 'public' || o.told !== undefined;
        const refused = facts.door.addUserRefused;
        if (!o.second)
          return shared
            ? unknown(
                'needs-more',
                `no second account could be had${refused ? `; of the form by which A makes accounts: ${refused}` : ''}`,
                '--login2 user:password',
                [o.note],
              )
            : notApplicable('no second account: nothing says that records are shared', cite(o.note));
        if (facts.record?.kind === 'phantom' && !shared)
          return notApplicable(
            'nothing says that records are shared, and what is written is there for nobody',
            cite(o.note, ...facts.record.evidence),
          );
        if (!o.theirs || !o.mine || !o.create)
          return facts.record?.kind === 'kept'
            ? unknown('no-way-found', 'no list was found that both could look at', undefined, [o.note])
            : unknown('root-cause', 'the record is not kept where another could see it', undefined, [o.note]);
        if (!o.inside)
          return unknown('could-not-look', 'B could not get in', '--login2 user:password', [o.theirs.evidence]);
        if (o.mine.seen !== 'yes')
          return unknown('control-failed', `A does not see it either: ${o.mine.because}`, undefined, [o.mine.evidence]);
        if (o.theirs.seen === 'yes')
          return pass(
            `what A writes, B sees ${o.live ? 'at once' : 'after a reload'}`,
            cite(o.create.evidence, o.theirs.evidence),
          );
        if (o.theirs.seen === 'could-not-look' && o.shut && !shared)
          return notApplicable(
            'B is refused where A writes, and nothing says that records are shared',
            cite(o.theirs.evidence),
          );
        if (o.theirs.seen === 'could-not-look')
          return unknown('could-not-look', o.theirs.because, undefined, [o.theirs.evidence]);
        if (!shared)
          return notApplicable(
            'B does not see what A writes, and nothing says that records are shared',
            cite(o.theirs.evidence),
          );
        return fail('concurrency/others-see-the-change', {
          where: o.where,
          because: `B does not see what A wrote, though ${o.told ? `the app says “${o.told}”` : 'records are meant to be shared'}`,
          wrongIf: 'B has to be invited to where A writes',
          evidence: cite(o.create.evidence, o.mine.evidence, o.theirs.evidence),
          reproduce: o.reproduce,
        });
      },
    },
  ],
});

const localShared = (records: string | undefined): boolean => records === 'shared' || records === 'public';
