/**
 * What is written without words, done once and looked for as a record would be: each browser against what it showed before. Control: the page
 * in which it was done showed it. What could deceive it: clocks and random numbers (two looks that differ say nothing), a basket or a like
 * that is kept for a visitor without an account (nothing is said of other browsers then).
 */
import { z } from 'zod';
import type { Sent, Tab } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import type { Facts, WordlessFacts } from '../../model/facts.ts';
import type { Intent } from '../../model/run.ts';
import { isTelemetry, wasRefused } from '../../model/said.ts';
import { lookAt, lookTwice, type Reading, readingOf, sideOf, steady, tell } from '../../model/trace.ts';
import { fail, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite, meantForHere } from './ground.ts';
import { evidenceId, outcome, type SightingSeen, said, seen, sighting } from './observed.ts';
import { reproduceWordless } from './reproduce.ts';

export const wordlessSeen = z.object({
  kind: z.enum(['kept', 'held']),
  trace: z.enum(['count', 'state']),
  /** “Add to cart” on /shop (what it changes). */
  says: z.string(),
  where: z.string(),
  done: outcome.optional(),
  /** The page in which it was done showed it. */
  stood: z.boolean(),
  reload: sighting,
  tab: sighting,
  browser: sighting,
  inside: z.boolean(),
  /** Whoever comes with a fresh browser is another visitor. */
  visitor: z.boolean(),
  /** The first request that could have carried it. */
  sent: z.string().optional(),
  /** Something was asked for by GET that the page does not ask for by itself, or was sent later. */
  asked: z.boolean(),
  sentEvidence: evidenceId,
  reproduce: z.string(),
});
export type WordlessSeen = z.infer<typeof wordlessSeen>;

/** Milliseconds that the absence of a trace must last: longer where it was sent, for counts are made up later. */
const within = { unsent: 5000, sent: 15_000 };
const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Does it once, as A, and looks after a reload, in a new tab and in a fresh browser; takes it back where that was learned. */
export async function doWordless(context: Context, wordless: WordlessFacts): Promise<WordlessSeen> {
  const { actors, ledger, clock, facts, journal } = context;
  const { place, keys, says } = wordless;
  context.progress(`${says}: once more, and its trace looked for after a reload, in a new tab and in a fresh browser`);
  const mine = actors.A;
  const own = mine.window.first;
  const other = await actors.fresh('A');
  const began = clock.now();
  const [before, theirs] = await Promise.all([lookTwice(own, place), lookTwice(other.window.first, place)]);
  const since = clock.now();
  const read = new Set(mine.window.traffic(began).map((r) => r.url));
  const mark = `${says}, at ${context.marks.next()}`;
  ledger.begin({ what: 'act', mark, how: 'a write without words' });
  const done = await mine.do(wordless.act, {});
  const took = !done.missing && done.said !== 'refused';
  ledger.settle(mark, took ? 'ok' : 'nothing');
  try {
    const shown = readingOf(await own.view());
    const isHere = wordless.act.steps[0]?.do === 'goto' && wordless.act.steps[0].url === place.url;
    const stood = took && isHere && before !== undefined && sideOf(keys, before, shown) === 'changed';
    const isWrite = (r: Sent): boolean =>
      !isTelemetry(r) && !wasRefused(r) && (r.socket ? r.method === 'SEND' : writing.has(r.method));
    const sent = done.writes.filter(isWrite);
    // A link or a call may write by GET, against its meaning (RFC 9110, 9.2.1); what each load asks for does not.
    const asked = done.requests.some(
      (r) => r.method === 'GET' && (r.kind === 'document' || r.kind === 'fetch') && !read.has(r.url),
    );
    const end = clock.now() + (sent.length ? within.sent : within.unsent);
    await own.reload();
    const second = await mine.window.tab();
    const here = find(own, before, end, 'after a reload');
    const [reload, tab, browser] = await Promise.all([
      here,
      find(second, before, end, 'in a new tab'),
      here.then(({ now }) => find(other.window.first, theirs, end, 'in a fresh browser', now)),
    ]);
    await second.close();
    const [first] = sent;
    return {
      kind: wordless.kind,
      trace: wordless.trace,
      says: `${says} (${wordless.shows})`,
      where: place.url,
      ...(done.missing ? {} : { done: said(done) }),
      stood,
      reload: seen(reload),
      tab: seen(tab),
      browser: seen(browser),
      inside: other.inside,
      visitor: facts.door.kind !== 'password',
      ...(first ? { sent: `${first.socket ? 'a socket frame' : first.method} to ${new URL(first.url).pathname}` } : {}),
      asked: asked || mine.window.traffic(since).some(isWrite),
      sentEvidence: journal.note({
        kind: 'exchange',
        who: 'relay',
        says: `${sent.length} writes left the browser`,
        data: { writes: sent.slice(0, 8).map(({ method, url, status }) => ({ method, url, status })) },
      }),
      reproduce: reproduceWordless(facts, wordless),
    };
  } finally {
    await other.close();
    if (wordless.undo && took && before) {
      await mine.do(wordless.undo, {});
      const now = await lookTwice(own, place);
      if (now && sideOf(keys, before, now) === 'as-before') ledger.removed(mark);
    }
  }

  /** Looks until it is seen twice alike, or the end; in another browser only what its own browser shows counts. */
  async function find(
    at: Tab,
    was: Reading | undefined,
    until: number,
    where: string,
    like?: Reading,
  ): Promise<SightingSeen & { now?: Reading }> {
    let last: Reading | undefined;
    for (let looks = 1; ; looks++) {
      const now = await lookAt(at, place);
      const both = now && last && steady([last, now]);
      last = now;
      const side = !was || !both ? 'unclear' : sideOf(keys, was, both);
      const same = !like || keys.every((key) => like.get(key) === both?.get(key));
      if ((side === 'changed' && same) || (clock.now() > until && (both || looks > 3))) {
        const because =
          side === 'changed' && was && both
            ? `${where}: ${tell(keys, was, both)}${same ? '' : ', which is not what its own browser shows'}`
            : `${where} ${side === 'as-before' ? 'it is as it was before' : 'nothing can be read where it was seen'}`;
        const told = side === 'changed' && same ? 'yes' : side === 'as-before' ? 'no' : 'could-not-look';
        return { seen: told, because, evidence: await at.screen(because), ...(both ? { now: both } : {}) };
      }
      await clock.sleep(600);
    }
  }
}

/** What must hold before anything is said of it. */
function ground(o: WordlessSeen): Verdict | undefined {
  if (!o.done) return unknown('control-failed', `${o.says}: it could not be done this time`);
  if (o.done.said === 'refused')
    return unknown('control-failed', `${o.says}: refused this time, ${o.done.because}`, undefined, [o.done.evidence]);
  return undefined;
}

const asVisitor = (o: WordlessSeen): Verdict =>
  unknown(
    'intent',
    `${o.says}: kept for this visitor, and not in a fresh browser: without an account that may be meant`,
    '--intent storage=server|synced|local, or --login with an account',
    [o.browser.evidence],
  );

/** In the same browser: what only one page showed, and a load forgets, is lost. */
export function judgeHere(claim: string, o: WordlessSeen, key: 'reload' | 'tab'): Verdict {
  const seen = o[key];
  const lacking = ground(o);
  if (lacking) return lacking;
  if (seen.seen === 'yes') return pass(seen.because, cite(o.done?.evidence, seen.evidence));
  if (seen.seen === 'could-not-look') return unknown('could-not-look', seen.because, undefined, [seen.evidence]);
  // What was kept at two loads before is not said to be lost by one.
  if (o.kind === 'kept' || !o.stood)
    return unknown('control-failed', `${o.says}: this time it was not seen at all`, undefined, [seen.evidence]);
  return fail(claim, {
    where: o.where,
    because: `${o.says}: the page showed it, and ${seen.because}`,
    wrongIf: 'it is meant to last for one view of the page only',
    evidence: cite(o.done?.evidence, seen.evidence),
    reproduce: o.reproduce,
  });
}

/** In a fresh browser of the same account. */
export function judgeElsewhere(claim: string, o: WordlessSeen, facts: Facts, intent: Intent): Verdict {
  const lacking = ground(o);
  if (lacking) return lacking;
  if (o.browser.seen === 'yes') return pass(o.browser.because, cite(o.done?.evidence, o.browser.evidence));
  if (!o.inside)
    return unknown('could-not-look', 'the account could not be entered from a fresh browser', undefined, [
      o.browser.evidence,
    ]);
  if (o.browser.seen === 'could-not-look')
    return unknown('could-not-look', o.browser.because, undefined, [o.browser.evidence]);
  if (o.kind === 'held' ? !o.stood || o.reload.seen !== 'no' : o.reload.seen !== 'yes')
    return unknown('control-failed', `${o.says}: this time it was not seen in its own browser`, undefined, [
      o.reload.evidence,
    ]);
  const meant = meantForHere(o.sent !== undefined, facts, intent, cite(o.browser.evidence));
  if (meant) return meant;
  if (o.visitor && o.kind === 'kept') return asVisitor(o);
  return fail(claim, {
    where: o.where,
    because: `${o.says}: ${o.browser.because}${o.visitor ? '' : ', logged in to the same account'}`,
    wrongIf: 'it is meant for one browser only',
    evidence: cite(o.done?.evidence, o.browser.evidence),
    reproduce: o.reproduce,
  });
}

/** Did anything leave the browser for it? */
export function judgeLeaving(claim: string, o: WordlessSeen, facts: Facts, intent: Intent): Verdict {
  const lacking = ground(o);
  if (lacking) return lacking;
  if (o.sent) return pass(`${o.sent} left the browser when it was done: ${o.says}`, cite(o.sentEvidence));
  const meant = meantForHere(false, facts, intent, cite(o.sentEvidence));
  if (meant) return meant;
  if (!o.stood && o.reload.seen !== 'yes')
    return unknown('control-failed', `${o.says}: this time it was not seen at all`, undefined, [o.reload.evidence]);
  if (o.asked || o.browser.seen === 'yes')
    return unknown('unclear', `${o.says}: no request of a kind that writes was seen, but others were`, undefined, [
      o.sentEvidence,
    ]);
  if (o.visitor && o.kind === 'kept') return asVisitor(o);
  return fail(claim, {
    where: o.where,
    because: `${o.says}: no request left the browser, nor in the seconds after`,
    wrongIf: 'the page collects its writes and sends them later, or this is meant for one browser only',
    evidence: cite(o.done?.evidence, o.sentEvidence),
    reproduce: o.reproduce,
  });
}
