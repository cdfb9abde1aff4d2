/**
 * A writes a record. What A read that carries it is asked again by nobody, its places are opened by nobody, and A's write, edit and deletion
 * are sent by nobody with other words. Control: A's own replay of the same, by the same function. What could deceive it: what nobody's own
 * walk shows or offers is open by design; a status says nothing, only what was read back; a redirect may carry what it leads away from.
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import type { Facts } from '../../model/facts.ts';
import { defineProbe } from '../../model/probe.ts';
import type { Intent } from '../../model/run.ts';
import { unknown, type Verdict } from '../../model/verdict.ts';
import { isDoorless, withoutProof } from '../_shared/doorless.ts';
import { lacking, noWay, placesOf, plant, recordOf } from '../_shared/ground.ts';
import { fewPages, linksIn, mostPages, nobodyWalks, plain } from '../_shared/nobody.ts';
import { evidenceId, seen, sighting } from '../_shared/observed.ts';
import { learnedFrom } from '../_shared/resending.ts';
import { door as openDoor, tryDoors } from './nobody-doors.ts';
import { elsewhere, lookElsewhere } from './nobody-elsewhere.ts';
import { judgeReads, judgeWrites } from './nobody-judged.ts';
import { askReads, openPlaces, readings, readsToAsk } from './nobody-reads.ts';
import { reproduceElsewhere, reproduceReads, reproduceWrite } from './nobody-scripts.ts';
import { tryWrites, writing } from './nobody-writes.ts';

/** Links of A's page that nobody opens, at most. */
const mostBeside = 3;

const observed = z.object({
  /** What the survey said of the door. */
  door: evidenceId,
  mark: z.string(),
  where: z.string(),
  sent: z.boolean().optional(),
  socket: z.boolean(),
  save: evidenceId.optional(),
  before: sighting.optional(),
  walk: z
    .object({
      pages: z.array(z.string()),
      shown: z.object({ url: z.string(), evidence: evidenceId }).optional(),
      handed: z.string().optional(),
      evidence: evidenceId,
    })
    .optional(),
  reads: readings.shape.reads,
  places: readings.shape.places,
  elsewhere: z.array(elsewhere),
  writes: z.array(writing),
  doors: z.array(openDoor),
  reproduce: z.object({ reads: z.string(), elsewhere: z.string(), writes: z.string() }),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, intent, actors, journal, clock } = context;
  const door = journal.note({ kind: 'note', who: 'survey', says: `the door: ${facts.door.says}` });
  const base = {
    door,
    mark: '',
    where: facts.record?.places[0]?.url ?? facts.entry,
    socket: false,
    reads: [],
    places: [],
    elsewhere: [],
    writes: [],
    doors: [],
    reproduce: { reads: '', elsewhere: '', writes: '' },
  };
  if (isDoorless(facts) || intent.login === 'open') return base;
  const record = recordOf(facts);
  context.progress('asking and writing as nobody');
  const since = clock.now();
  const { mark, outcome, places } = await plant(context, actors.A);
  const sent = outcome.writes.length > 0 ? true : outcome.missing === undefined ? false : undefined;
  const planted = { ...base, mark, ...(sent === undefined ? {} : { sent }), save: outcome.evidence };
  if (!sent || record.kind !== 'kept') return planted;
  const [before, walk] = await Promise.all([
    actors.A.look(mark, 'seen', { places }),
    nobodyWalks(
      context,
      mark,
      places.map(({ url }) => url),
    ),
  ]);
  try {
    if (before.seen !== 'yes') return { ...planted, before: seen(before) };
    await walk.further(fewPages);
    const reads = readsToAsk(actors.A, mark, since);
    const nobody = walk.session;
    const asked = walk.shown ? [] : await askReads(context, nobody, reads, mark);
    // Some pages lead on by themselves, a moment after they have opened.
    const here = nobody.window.first.url;
    const opened = walk.shown ? [] : await openPlaces(context, nobody, placesOf(record, outcome.url), mark);
    const learned = learnedFrom(outcome, mark, facts.entry, true);
    const leaks = asked.some((r) => r.nobody === 'carries') || opened.some((p) => p.shown || p.carried);
    if (leaks) await walk.further(mostPages);
    // A page to which nobody is led, and what is pressed there, is a part of nobody's walk.
    const met = opened.find((p) => p.shown && !p.away && (walk.leads(p.url) || plain(p.url) === plain(here)));
    const shown = walk.shown ?? (met && { url: met.url, evidence: met.evidence });
    // What A's page links to beside the record may be its public page, to which nobody's walk does not come.
    const linked =
      leaks && !shown && opened.every(({ away }) => away)
        ? linksIn(await actors.A.window.first.view(), facts, []).filter(({ url }) => !walk.leads(url))
        : [];
    const beside = linked.slice(0, mostBeside).map(({ url }) => ({ url, what: 'own' as const }));
    opened.push(...(await openPlaces(context, nobody, beside, mark)).filter((p) => p.shown && !p.away && !p.asMember));
    const others =
      facts.kind === 'pages' && (shown || !leaks)
        ? await lookElsewhere(
            context,
            walk,
            record.places.map(({ url }) => url),
          )
        : [];
    await nobody.window.first.goto(facts.entry);
    const writes = await tryWrites({ context, walk, reads, planted: { mark, own: outcome.url, learned } });
    const doors = facts.kind === 'pages' ? await tryDoors(context, nobody, learned?.write.url ?? '') : [];
    const leak = others.find((e) => e.leaked);
    const worst = writes.find((w) => w.done && !w.offered);
    const evidence = journal.note({
      kind: 'note',
      who: 'nobody',
      says: `walked ${walk.pages.join(', ')}: ${shown ? `${mark} stands at ${shown.url}` : `no page showed ${mark}`}`,
    });
    return {
      ...planted,
      socket: learned === undefined,
      before: seen(before),
      walk: {
        pages: [...walk.pages],
        ...(shown ? { shown } : {}),
        ...(walk.handed ? { handed: `${walk.handed.method} ${walk.handed.url}` } : {}),
        evidence,
      },
      reads: asked,
      places: opened,
      elsewhere: others,
      writes,
      doors,
      reproduce: {
        reads: reproduceReads(facts),
        elsewhere: leak ? reproduceElsewhere(facts, leak.page) : '',
        writes: worst ? reproduceWrite(facts, worst.what) : '',
      },
    };
  } finally {
    await walk.session.close();
  }
}

/** What is said before anything was asked: of the door, of the ground, of the control. */
function beforehand(claim: string, o: Observed, facts: Facts, intent: Intent): Verdict | undefined {
  const open = withoutProof(claim, facts, intent, o.door);
  if (open) return open;
  if (facts.record?.kind === 'held' || facts.record?.kind === 'phantom' || !o.sent) {
    const kept = facts.record?.kind === 'kept';
    return (
      lacking({ sent: o.sent, save: o.save, kept }, 'there is nothing on a server to keep from nobody') ?? noWay(facts)
    );
  }
  if (o.before?.seen !== 'yes' || !o.walk)
    return unknown(
      'control-failed',
      `A did not see the record: ${o.before?.because ?? ''}`,
      undefined,
      o.before ? [o.before.evidence] : [],
    );
  return undefined;
}

export const nobody = defineProbe<Observed>({
  id: 'authentication/nobody',
  version: 1,
  does: 'writes 2 records, asks for them without a session, and tries to write, edit and delete them so',
  mess: 'own-rows',
  costs: 8000,
  session: 'shared',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'authentication/private-data-needs-a-session',
      judge(o, facts, intent) {
        const verdict = beforehand('authentication/private-data-needs-a-session', o, facts, intent);
        if (verdict || !o.walk) return verdict ?? noWay(facts);
        const wrote = o.writes.some((w) => w.done);
        return judgeReads(
          { ...o, walk: o.walk, wrote, reproduce: o.reproduce.reads, reproduceElsewhere: o.reproduce.elsewhere },
          facts,
          intent,
        );
      },
    },
    {
      id: 'authentication/writes-need-a-session',
      judge(o, facts, intent) {
        return (
          beforehand('authentication/writes-need-a-session', o, facts, intent) ??
          judgeWrites({ ...o, reproduce: o.reproduce.writes })
        );
      },
    },
  ],
});
