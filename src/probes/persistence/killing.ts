/** What is written while the app is killed again and again, and what of it is there in the end. */
import { z } from 'zod';
import type { App } from '../../model/app.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Place } from '../../model/facts.ts';
import { fold, type Mark } from '../../model/mark.ts';
import { pageThrough, unusedPages } from '../../model/paging.ts';
import { openPlace } from '../../model/place.ts';
import { noWay, plant } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { phantom, phantomOf, reproduceNever } from '../_shared/phantom.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { appOf, leaveFor } from '../_shared/started.ts';
import { someone } from '../_shared/user.ts';
import { type WireWriter, wireWriter } from '../_shared/wire-writer.ts';

export const kills = 10;
/** Further kills are tried within so many milliseconds: not each one meets a weak moment. */
const enough = 30_000;
export const wanted = 50;
/** Writers at once. */
const hands = 6;

export const observed = z.object({
  none: z.string().optional(),
  precious: z.string().optional(),
  kept: z.boolean(),
  phantom: phantom.optional(),
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
  /** The list goes on in a way that was not used: buttons with page numbers, a total of an API. */
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
export type Observed = z.infer<typeof observed>;

interface Tally {
  readonly acknowledged: Mark[];
  unclear: number;
}

/** Writes with several hands until told to stop; what is acknowledged is told as it comes. */
async function writeUntil(context: Context, writer: WireWriter, tally: Tally, over: () => boolean): Promise<void> {
  const how = `${context.facts.record?.says}, around a kill`;
  const hand = async (): Promise<void> => {
    while (!over()) {
      const mark = context.mark();
      const { said } = await writer.write(mark, how).catch(() => ({ said: 'unclear' as const }));
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

export async function observe(context: Context): Promise<Observed> {
  const { facts, clock } = context;
  const app = appOf(context);
  const { record } = facts;
  const home = record?.places.find((p) => p.what === 'list') ?? record?.places[0] ?? { url: facts.entry };
  const where = home.url;
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
  const never = base.kept ? undefined : await phantomOf(context, who.user.writer);
  if (never)
    return {
      ...was,
      phantom: never,
      reproduce: reproduceNever(facts),
    };
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
const other = await fresh(); await enter(other); await home(other); await other.waitForTimeout(2000);
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
    const still = writer && (await writer.write(context.mark(), record.says).catch(() => undefined))?.said === 'ok';
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
  const { missing, twice, unused, evidence } = await lookFor(context, later, home, tally.acknowledged);
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
  { clock, facts }: Context,
  session: Session,
  home: Pick<Place, 'url' | 'way'>,
  marks: readonly Mark[],
): Promise<{ missing: Mark[]; twice: Mark[]; unused: boolean; evidence: `e${number}` }> {
  const tab = session.window.first;
  let found = new Set<Mark>();
  let text = '';
  let answered = true;
  for (let tries = 0; tries < 3 && found.size < marks.length; tries++) {
    if (tries) await clock.sleep(1500);
    const { status = 200 } = await openPlace(tab, home);
    answered = facts.kind !== 'api' || status < 400;
    text = fold((await tab.view()).text);
    found = new Set([...found, ...(await pageThrough(tab, marks, 80))]);
  }
  const times = (mark: Mark): number => text.split(fold(mark)).length - 1;
  const counts = marks
    .map(times)
    .filter((n) => n > 0)
    .sort((a, b) => a - b);
  const usual = counts[Math.floor(counts.length / 2)] ?? 1;
  const unused = !answered || unusedPages(await tab.view());
  const evidence = await tab.screen(`${found.size} of ${marks.length} acknowledged records are there after the kills`);
  return {
    missing: marks.filter((m) => !found.has(m)),
    twice: marks.filter((m) => times(m) >= 2 * usual),
    unused,
    evidence,
  };
}
