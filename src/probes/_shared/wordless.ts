/**
 * What is written without words, done once and looked for as a record would be: each browser against what it showed before. Control: the page
 * in which it was done showed it. What could deceive it: clocks and random numbers (two looks that differ say nothing), a basket or a like
 * that is kept for a visitor without an account (nothing is said of other browsers then).
 */
import { z } from 'zod';
import type { Tab } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import type { Facts, WordlessFacts } from '../../model/facts.ts';
import { openPlace } from '../../model/place.ts';
import type { Intent } from '../../model/run.ts';
import { isTelemetry, wasRefused } from '../../model/said.ts';
import { type Reading, readingOf, sideOf, steady, tell } from '../../model/trace.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { askStorage, cite, localByIntent, localByWords } from './ground.ts';
import { evidenceId, outcome, type SightingSeen, said, sighting } from './observed.ts';
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
  sentEvidence: evidenceId,
  reproduce: z.string(),
});
export type WordlessSeen = z.infer<typeof wordlessSeen>;

/** Milliseconds that the absence of a trace must last. */
const within = 5000;
const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Does it once, as A, and looks after a reload, in a new tab and in a fresh browser; takes it back where that was learned. */
export async function doWordless(context: Context, wordless: WordlessFacts): Promise<WordlessSeen> {
  const { actors, ledger, clock, facts, journal } = context;
  const { place, keys, says } = wordless;
  context.progress(`${says}: once more, and its trace looked for after a reload, in a new tab and in a fresh browser`);
  const mine = actors.A;
  const own = mine.window.first;
  const other = await actors.fresh('A');
  const [before, theirs] = await Promise.all([twice(own), twice(other.window.first)]);
  const since = clock.now();
  ledger.begin({ what: 'act', mark: says, how: 'a write without words' });
  const done = await mine.do(wordless.act, {});
  const took = !done.missing && done.said !== 'refused';
  ledger.settle(says, took ? 'ok' : 'nothing');
  const stood = took && sideOf(keys, before, readingOf(await own.view())) === 'changed';
  await own.reload();
  const second = await mine.window.tab();
  const [reload, tab, browser] = await Promise.all([
    find(own, before, 'after a reload'),
    find(second, before, 'in a new tab'),
    find(other.window.first, theirs, 'in a fresh browser'),
  ]);
  await second.close();
  await other.close();
  if (wordless.undo && took) {
    const undone = await mine.do(wordless.undo, {});
    if (!undone.missing && undone.said !== 'refused') ledger.removed(says);
  }
  const sent = mine.window
    .traffic(since)
    .filter((r) => !isTelemetry(r) && !wasRefused(r) && (r.socket ? r.method === 'SEND' : writing.has(r.method)));
  const [first] = sent;
  return {
    kind: wordless.kind,
    trace: wordless.trace,
    says: `${says} (${wordless.shows})`,
    where: place.url,
    ...(done.missing ? {} : { done: said(done) }),
    stood,
    reload,
    tab,
    browser,
    inside: other.inside,
    visitor: facts.door.kind !== 'password',
    ...(first ? { sent: `${first.socket ? 'a socket frame' : first.method} to ${new URL(first.url).pathname}` } : {}),
    sentEvidence: journal.note({
      kind: 'exchange',
      who: 'relay',
      says: `${sent.length} writes left the browser`,
      data: { writes: sent.slice(0, 8).map(({ method, url, status }) => ({ method, url, status })) },
    }),
    reproduce: reproduceWordless(facts, wordless),
  };

  async function look(at: Tab): Promise<Reading> {
    await openPlace(at, place);
    return readingOf(await at.view());
  }
  async function twice(at: Tab): Promise<Reading> {
    return steady([await look(at), await look(at)]);
  }
  async function find(at: Tab, was: Reading, where: string): Promise<SightingSeen> {
    const end = clock.now() + within;
    for (;;) {
      const now = await look(at);
      const side = sideOf(keys, was, now);
      if (side === 'changed' || clock.now() > end) {
        const because = {
          changed: `${where}: ${tell(keys, was, now)}`,
          'as-before': `${where} it is as it was before`,
          unclear: `${where} nothing stands where it was seen`,
        }[side];
        const seen = ({ changed: 'yes', 'as-before': 'no', unclear: 'could-not-look' } as const)[side];
        return { seen, because, evidence: await at.screen(because) };
      }
      await clock.sleep(800);
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

/** Where it is meant to live, by the app's own word or its owner's, when nothing leaves the browser. */
function local(o: WordlessSeen, facts: Facts, intent: Intent): Verdict | undefined {
  if (o.sent) return undefined;
  if (localByIntent(intent))
    return notApplicable('the data is meant to live on this device (storage: local)', cite(o.sentEvidence));
  const words = localByWords(facts, intent);
  return words ? askStorage(words, [o.sentEvidence]) : undefined;
}

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
  const meant = local(o, facts, intent);
  if (meant) return meant;
  if (o.visitor && o.kind === 'kept')
    return unknown(
      'intent',
      `${o.says}: kept for this visitor, and not in a fresh browser: without an account that may be meant`,
      '--intent storage=server|synced|local, or --login with an account',
      [o.browser.evidence],
    );
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
  const meant = local(o, facts, intent);
  if (meant) return meant;
  if (!o.stood && o.reload.seen !== 'yes')
    return unknown('control-failed', `${o.says}: this time it was not seen at all`, undefined, [o.reload.evidence]);
  if (o.browser.seen === 'yes')
    return unknown('unclear', 'a fresh browser shows it, and no request was seen that could have carried it');
  return fail(claim, {
    where: o.where,
    because: `${o.says}: no request left the browser, nor in the seconds after`,
    wrongIf: 'the page collects its writes and sends them later, or this is meant for one browser only',
    evidence: cite(o.done?.evidence, o.sentEvidence),
    reproduce: o.reproduce,
  });
}
