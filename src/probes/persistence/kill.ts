/**
 * Keeps small marked writes in flight and kills the app (SIGKILL), ten times and more; then looks for every write that was acknowledged.
 * Runs on a copy of the store only. Control: the first records were seen before the first kill. What could deceive it: a write whose
 * answer never came (it does not count); sessions that end with the process (it logs in again).
 */
import { z } from 'zod';
import type { App } from '../../model/app.ts';
import type { Context, Session } from '../../model/context.ts';
import { fold, type Mark } from '../../model/mark.ts';
import { pageThrough, unusedPages } from '../../model/paging.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite, noWay, plant } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { pathOf, reproduce } from '../_shared/reproduce.ts';
import { appOf, disposable, leaveFor } from '../_shared/started.ts';
import { someone } from '../_shared/user.ts';
import { type WireWriter, wireWriter } from '../_shared/wire-writer.ts';

const claim = 'persistence/records-survive-a-kill';
const kills = 10;
/** Further kills are tried within so many milliseconds: not each one meets a weak moment. */
const enough = 30_000;
const wanted = 50;
/** Writers at once. */
const hands = 6;

const observed = z.object({
  none: z.string().optional(),
  precious: z.string().optional(),
  kept: z.boolean(),
  /** A request left the browser at the save; undefined where that could not be tried. */
  sent: z.boolean().optional(),
  by: z.string(),
  where: z.string(),
  /** Seen before the first kill. */
  control: z.boolean(),
  kills: z.number(),
  acknowledged: z.number(),
  unclear: z.number(),
  lost: z.array(z.string()),
  doubled: z.array(z.string()),
  /** Buttons with page numbers stand there, and were not used. */
  unused: z.boolean(),
  /** In the app's own words, where it did not start again. */
  notStarted: z.string().optional(),
  /** Nobody can log in any more. */
  outside: z.boolean(),
  save: evidenceId.optional(),
  killed: evidenceId.optional(),
  looked: evidenceId.optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

interface Tally {
  readonly acknowledged: Mark[];
  unclear: number;
}

/** Writes with several hands until told to stop; what is acknowledged is told as it comes. */
async function writeUntil(context: Context, writer: WireWriter, tally: Tally, over: () => boolean): Promise<void> {
  const hand = async (): Promise<void> => {
    while (!over()) {
      const mark = context.mark();
      const { said } = await writer.write(mark).catch(() => ({ said: 'unclear' as const }));
      if (said === 'ok') tally.acknowledged.push(mark);
      else {
        tally.unclear++;
        await context.clock.sleep(20);
      }
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
}

/** Writes, kills in the middle of it, and starts again. `notStarted` in the app's own words. */
async function killOnce(
  context: Context,
  app: App,
  writer: WireWriter,
  tally: Tally,
): Promise<{ killed: `e${number}`; notStarted?: string }> {
  const { clock } = context;
  const before = tally.acknowledged.length;
  let over = false;
  const writing = writeUntil(context, writer, tally, () => over);
  // A few are through, the rest in flight; the moment differs from kill to kill.
  const least = 5 + (context.marks.next().charCodeAt(0) % 8);
  for (const until = clock.now() + 3000; tally.acknowledged.length < before + least && clock.now() < until; )
    await clock.sleep(5);
  const { evidence } = await app.kill();
  over = true;
  await writing;
  const again = await app.start().catch((error: Error) => error);
  return { killed: evidence, ...(again instanceof Error ? { notStarted: again.message.slice(0, 600) } : {}) };
}

/** Writes by hand, a few, and kills once: what is lost so is lost for certain, what is kept proves little. */
async function killByHand(
  context: Context,
  app: App,
  session: Session,
  tally: Tally,
): Promise<Awaited<ReturnType<typeof killOnce>>> {
  for (let n = 0; n < 4; n++) {
    const { mark, outcome } = await plant(context, session, { quick: true });
    if (outcome.said === 'ok') tally.acknowledged.push(mark);
  }
  const { evidence } = await app.kill();
  const again = await app.start().catch((error: Error) => error);
  return { killed: evidence, ...(again instanceof Error ? { notStarted: again.message.slice(0, 600) } : {}) };
}

async function observe(context: Context): Promise<Observed> {
  const { facts, clock } = context;
  const app = appOf(context);
  const { record } = facts;
  const where = record?.places.find((p) => p.what === 'list')?.url ?? record?.places[0]?.url ?? facts.entry;
  const base: Observed = {
    kept: record?.kind === 'kept',
    by: '',
    where,
    control: false,
    kills: 0,
    acknowledged: 0,
    unclear: 0,
    lost: [],
    doubled: [],
    unused: false,
    outside: false,
    reproduce: '',
  };
  if (!record || record.kind === 'echo') return { ...base, none: noWay(facts).because };
  context.progress('killing the app while records are written');
  if (app.precious === undefined) await app.rewind();
  const first = app.running ? undefined : await app.start().catch((error: Error) => error);
  if (first instanceof Error) return { ...base, notStarted: first.message.slice(0, 600) };
  const since = clock.now();
  let who = await someone(context);
  const was = { ...base, sent: who.sent, save: who.outcome.evidence };
  if (!who.sent || !base.kept) return was;
  const leave = await leaveFor(app, who.mark, since);
  if (leave.kept === 'elsewhere') return { ...was, precious: leave.why };
  if (leave.kept === 'unseen') {
    // Written when it was stopped, or in memory alone: no kill can harm more than the copy.
    if ((await outlivesARestart(context, app, who)) && (await leaveFor(app, who.mark, since)).kept !== 'copy')
      return { ...was, precious: 'what it keeps outlives a restart, and was seen nowhere in its copy' };
    who = await someone(context);
  }
  const { user, mark, places } = who;
  let session = user.writer;
  const control = await session.look(mark, 'seen', { places });
  if (control.seen !== 'yes') return was;
  let writer = await wireWriter(context, session, where);
  const byHand = writer === undefined;
  const tally: Tally = { acknowledged: [mark], unclear: 0 };
  const dense = (): boolean => tally.acknowledged.length >= wanted;
  let killed: `e${number}` | undefined;
  let count = 0;
  let notStarted: string | undefined;
  const told = (): Observed => ({
    ...was,
    by: byHand ? 'the form' : 'the request that the form makes',
    control: true,
    kills: count,
    acknowledged: tally.acknowledged.length,
    unclear: tally.unclear,
    ...(killed ? { killed } : {}),
    ...(notStarted ? { notStarted } : {}),
    reproduce: reproduce(
      facts,
      `const marks = [];
for (let i = 0; i < 10; i++) { mark = 'plum' + stamp + String.fromCharCode(97 + i, 98 + i); marks.push(mark); await create(page); }
const { execSync } = await import('node:child_process');
if (process.env.APP_KILL_AND_START) execSync(process.env.APP_KILL_AND_START, { stdio: 'inherit' });
else { console.log('kill -9 the app, start it again, then press Enter'); await new Promise((go) => process.stdin.once('data', go)); }
const other = await fresh(); await enter(other); await other.goto(base + ${pathOf(where)}); await other.waitForTimeout(2000);
let seen = 0; for (mark of marks) if (await shows(other, mark)) seen++;
console.log('acknowledged before the kill: 10, there after it:', seen);`,
    ),
  });
  const began = clock.now();
  while (count < kills || (count < 2 * kills && (!dense() || clock.now() - began < enough))) {
    if (context.left() < 25_000) break;
    const done = writer ? await killOnce(context, app, writer, tally) : await killByHand(context, app, session, tally);
    killed = done.killed;
    notStarted = done.notStarted;
    count++;
    context.progress(`killed ${count} times, ${tally.acknowledged.length} records acknowledged`);
    if (notStarted !== undefined || byHand) break;
    const still = writer && (await writer.write(context.mark()).catch(() => undefined))?.said === 'ok';
    if (still) continue;
    await session.close();
    session = await user.open('after a kill');
    if (!session.inside) break;
    writer = await wireWriter(context, session, where);
    if (!writer) break;
  }
  if (notStarted !== undefined) return told();
  await session.close();
  const later = await user.open('after the kills');
  if (!later.inside) return { ...told(), outside: true };
  const { missing, twice, unused, evidence } = await lookFor(context, later, where, tally.acknowledged);
  await later.close();
  // What the list does not lead to and the store holds is not lost.
  const stored = missing.length ? (await app.stored(since, missing)).inCopy : [];
  return {
    ...told(),
    lost: missing.filter((m) => !stored.includes(m)),
    unused,
    doubled: twice,
    looked: evidence,
  };
}

async function outlivesARestart(
  { clock }: Context,
  app: App,
  { user, mark, places }: Awaited<ReturnType<typeof someone>>,
): Promise<boolean> {
  await user.writer.close();
  await app.stop();
  await app.start();
  await clock.sleep(500);
  const later = await user.open('after a restart');
  const { seen } = await later.look(mark, 'seen', { places });
  await later.close();
  return seen === 'yes';
}

/** Which are not reached any more, and which stand twice where others stand once. */
async function lookFor(
  { clock }: Context,
  session: Session,
  where: string,
  marks: readonly Mark[],
): Promise<{ missing: Mark[]; twice: Mark[]; unused: boolean; evidence: `e${number}` }> {
  const tab = session.window.first;
  let found = new Set<Mark>();
  let text = '';
  for (let tries = 0; tries < 3 && found.size < marks.length; tries++) {
    if (tries) await clock.sleep(1500);
    await tab.goto(where);
    text = fold((await tab.view()).text);
    found = new Set([...found, ...(await pageThrough(tab, marks, 80))]);
  }
  const times = (mark: Mark): number => text.split(fold(mark)).length - 1;
  const counts = marks
    .map(times)
    .filter((n) => n > 0)
    .sort((a, b) => a - b);
  const usual = counts[Math.floor(counts.length / 2)] ?? 1;
  const unused = unusedPages(await tab.view());
  const evidence = await tab.screen(`${found.size} of ${marks.length} acknowledged records are there after the kills`);
  return {
    missing: marks.filter((m) => !found.has(m)),
    twice: marks.filter((m) => times(m) >= 2 * usual),
    unused,
    evidence,
  };
}

export const kill = defineProbe<Observed>({
  id: 'persistence/kill',
  version: 1,
  does: 'writes 50 records and more while it kills the app 10 to 20 times (on a copy)',
  mess: 'breaks',
  costs: 30_000,
  session: 'own',
  profile: 'audit',
  needs: 'app',
  witnessed: true,
  observed,
  observe,
  claims: [
    {
      id: claim,
      judge(o) {
        if (o.none !== undefined) return unknown('no-way-found', o.none, 'a recipe in plummet.config.ts');
        if (o.sent === undefined && !o.notStarted)
          return unknown('control-failed', 'a record could not be written before the first kill');
        if (o.sent === false)
          return notApplicable(
            'no write leaves the browser, so no kill can lose it (root cause: persistence/writes-leave-the-browser)',
            cite(o.save),
          );
        if (!o.kept) return unknown('root-cause', 'the record is not kept at all (see records-survive-reload)');
        if (o.precious !== undefined) return unknown('permission', `nothing was killed: ${o.precious}`, disposable);
        if (o.kills === 0)
          return unknown('control-failed', o.notStarted ?? 'a record was not seen before the first kill');
        const evidence = cite(o.save, o.killed, o.looked);
        const broken = (because: string, wrongIf: string) =>
          fail(claim, { where: o.where, because, wrongIf, evidence, reproduce: o.reproduce });
        const after = `${o.kills} kill${o.kills > 1 ? 's' : ''} with records in flight`;
        if (o.notStarted !== undefined)
          return broken(
            `after ${after} the app does not start any more, and all ${o.acknowledged} acknowledged records are lost: ${o.notStarted}`,
            'the start command works once only, on purpose',
          );
        if (o.outside)
          return broken(
            `after ${after} its maker cannot log in any more, and so reaches none of ${o.acknowledged} acknowledged records`,
            'the log-in is refused for another reason than the kill, such as a limit on log-ins',
          );
        if (o.lost.length && o.unused)
          return unknown(
            'no-way-found',
            `${o.lost.length} of ${o.acknowledged} records were not reached; buttons with page numbers stand there, and were not used`,
            undefined,
            evidence,
          );
        if (o.lost.length)
          return broken(
            `${o.lost.length} of ${o.acknowledged} acknowledged records are gone after ${after}, for example ${o.lost.slice(0, 3).join(', ')}`,
            'the app says of a write that it is done later, and it was taken for done',
          );
        if (o.doubled.length)
          return broken(
            `${o.doubled.length} of ${o.acknowledged} acknowledged records are there twice after ${after}, for example ${o.doubled[0]}`,
            'the list shows some of its records in two places',
          );
        if (o.kills < kills || o.acknowledged < wanted)
          return unknown(
            'needs-more',
            `nothing was lost, but ${o.acknowledged} records written by ${o.by} around ${o.kills} kill${o.kills > 1 ? 's' : ''} show little: ${wanted} and ${kills} are asked for`,
            o.by === 'the form' ? 'a way to write by one request' : '--budget with more seconds',
            evidence,
          );
        return pass(
          `${o.acknowledged} records were acknowledged around ${o.kills} kills, all are there, once each`,
          evidence,
        );
      },
    },
  ],
});
