/**
 * Plants one record and looks for it one rung higher each time: after a reload, in a new tab, in a fresh browser logged in
 * to the same account; counts at the relay, outside the page, what left the browser; reads what the server answers.
 * Control: the record was seen where it lives while the survey learned it (kept), or stood beside a second one (held).
 * What could deceive it: a service worker or a patched fetch that plays the server (the relay sees neither); a list that opens on
 * another board or day (every place is tried); a late list (the deadline); a batch that is sent later (the window stays open to the end).
 */
import { z } from 'zod';
import type { Tab } from '../../model/browser.ts';
import type { Context, Session, Sighting } from '../../model/context.ts';
import type { Facts, SavedFacts } from '../../model/facts.ts';
import { asksOnly } from '../../model/graphql.ts';
import { holds } from '../../model/mark.ts';
import { locate } from '../../model/match.ts';
import { openPlace } from '../../model/place.ts';
import { defineProbe } from '../../model/probe.ts';
import type { Intent } from '../../model/run.ts';
import { isTelemetry } from '../../model/said.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite, meantForHere, noWay, plant, recordOf } from '../_shared/ground.ts';
import { evidenceId, outcome, said, seen, sent, sighting } from '../_shared/observed.ts';
import { reproduceLadder, reproduceSaving } from '../_shared/reproduce.ts';
import {
  doWordless,
  judgeElsewhere,
  judgeHere,
  judgeLeaving,
  type WordlessSeen,
  wordlessSeen,
} from '../_shared/wordless.ts';
import { readBack, readings } from './readings.ts';

const ofRecord = z.object({
  mark: z.string(),
  /** Which record it is: the form, on which page. */
  says: z.string().optional(),
  /** A profile of the account, where nothing better was found. */
  profile: z.boolean().optional(),
  where: z.string(),
  create: outcome,
  /** It stood on the page once it was written. */
  stood: z.boolean().optional(),
  reload: sighting,
  tab: sighting,
  browser: sighting,
  browserInside: z.boolean(),
  sent: z.array(sent),
  sentEvidence: evidenceId,
  readings,
  reproduce: z.string(),
});
/** A record by its mark; where none can be written, what is done without words. */
const observed = z.union([ofRecord, z.object({ wordless: wordlessSeen })]);
type Observed = z.infer<typeof observed>;
type OfRecord = z.infer<typeof ofRecord>;

async function observe(context: Context): Promise<Observed> {
  const { actors, facts, journal, clock } = context;
  if (facts.wordless) return { wordless: await doWordless(context, facts.wordless) };
  const profile = facts.record && facts.record.kind !== 'echo' ? undefined : facts.saved;
  const record = profile ? undefined : recordOf(facts);
  context.progress(
    `${profile ? 'saving a profile' : 'writing a record'} and looking for it after a reload, in a new tab and in a fresh browser`,
  );
  const mine: Session = actors.A;
  // The fresh browser logs in while the record is being written: it must not have seen anything of it.
  const otherReady = actors.fresh('A');
  const since = clock.now();
  const { mark, outcome: create, places } = profile ? await save(profile) : await plant(context, mine);
  const stood = (await mine.window.first.find([mark])).shown.includes(mark);
  // What is only held may live where its making ended, in a list or on a page of its own.
  const ended = {
    url: create.url,
    what: places.some((p) => p.url === create.url) ? ('list' as const) : ('own' as const),
  };
  const home = record?.kind === 'held' ? [ended, ...places] : places;
  const beside = record?.marks ?? [];
  const tabReady = mine.window.tab();
  const other = await otherReady;
  const second = await tabReady;
  const freshSince = clock.now();
  const [reload, tab, browser] = await Promise.all([
    (async () => {
      await mine.window.first.reload();
      const found = await mine.window.first.find([mark]);
      return found.shown.includes(mark)
        ? {
            seen: 'yes' as const,
            because: `after a reload ${mark} stands on ${mine.window.first.url}`,
            evidence: await mine.window.first.screen('after the reload'),
          }
        : atField(mine.window.first, await mine.look(mark, 'seen', { places: home, beside }));
    })(),
    mine.look(mark, 'seen', { places: home, beside, tab: second }).then((found) => atField(second, found)),
    other.look(mark, 'seen', { places: home, beside }).then((found) => atField(other.window.first, found)),
  ]);
  const back = await readBack(context, other, mine, mark, create, freshSince);
  await second.close();
  await other.close();
  const writes = mine.window.traffic(since).filter(
    (r) =>
      !isTelemetry(r) &&
      !asksOnly(r) &&
      (r.socket
        ? r.method === 'SEND' && r.bytes > 3
        : ['POST', 'PUT', 'PATCH', 'DELETE'].includes(r.method) || holds(r.url, mark)) &&
      // A browser that is led on hangs up before the end of the answer: a status says that it was sent and taken all the same.
      (r.error === undefined || r.status !== undefined),
  );
  const carried = writes.filter((r) => r.at < since + 60_000);
  const sentEvidence = journal.note({
    kind: 'exchange',
    who: 'relay',
    says: carried.length ? `${carried.length} writes left the browser` : 'no write left the browser in this window',
    data: {
      writes: carried
        .slice(0, 8)
        .map((r) => ({ method: r.method, url: r.url, status: r.status, bytes: r.bytes, body: r.body.slice(0, 400) })),
    },
  });
  return {
    mark,
    says: profile
      ? `${profile.says} (a profile: where nothing better is found, it serves as the record)`
      : (record?.says ?? ''),
    ...(profile ? { profile: true } : {}),
    where: create.url,
    create: said(create),
    stood,
    reload: seen(reload),
    tab: seen(tab),
    browser: seen(browser),
    browserInside: other.inside,
    sent: carried.slice(0, 20).map((r) => ({
      method: r.method,
      url: r.url,
      ...(r.status === undefined ? {} : { status: r.status }),
      bytes: r.bytes,
      marked: !!holds(r.body, mark) || !!holds(r.url, mark),
      socket: r.socket ?? false,
    })),
    sentEvidence,
    readings: back,
    reproduce: profile ? reproduceSaving(facts) : reproduceLadder(facts, mark),
  };

  /** A form that is not there, or not filled yet, is no form without it. */
  async function atField(at: Tab, found: Sighting): Promise<Sighting> {
    if (found.seen !== 'no' || !profile) return found;
    await openPlace(at, profile.place);
    return locate(await at.view(), profile.field)
      ? found
      : { ...found, seen: 'could-not-look', because: 'the form was not there' };
  }
  async function save({ recipe, place }: SavedFacts): ReturnType<typeof plant> {
    const text = context.marks.next();
    return {
      mark: text,
      outcome: await mine.do(recipe, { mark: text }),
      places: [{ ...place, what: 'field' }],
    };
  }
}

/** A write that was refused is no write, in whatever words; nothing may be said of it. */
function unless(o: OfRecord, then: () => Verdict): Verdict {
  if (o.create.said === 'unclear' && !o.sent.length && o.stood === false && o.reload.seen !== 'yes')
    return unknown('control-failed', 'this time the record was neither sent nor shown', undefined, [o.create.evidence]);
  if (o.profile && o.create.said !== 'ok' && o.reload.seen === 'no')
    return unknown('unclear', 'the app neither said that the profile was saved nor took it', undefined, [
      o.create.evidence,
    ]);
  return o.create.said === 'refused'
    ? unknown('control-failed', `this time the record was refused: ${o.create.because}`, undefined, [o.create.evidence])
    : then();
}

/** A state that is set is no record: see moves-persist. */
const isRecord = ({ wordless }: { wordless: WordlessSeen }): boolean => wordless.trace === 'count';

const rung = (claim: string, key: 'reload' | 'tab', gone: string, wrongIf: string) => ({
  id: `persistence/${claim}`,
  judge: (o: Observed, facts: Facts): Verdict => {
    if ('wordless' in o) return isRecord(o) ? judgeHere(`persistence/${claim}`, o.wordless, key) : noWay(facts);
    return unless(o, () => {
      if (facts.kind === 'api')
        return notApplicable('no pages: a fresh connection stands for the browser', cite(o.create.evidence));
      const s = o[key];
      if (s.seen === 'yes') return pass(s.because, cite(o.create.evidence, s.evidence));
      if (s.seen === 'could-not-look') return unknown('could-not-look', s.because, undefined, [s.evidence]);
      return fail(`persistence/${claim}`, {
        where: o.where,
        because: `the record ${o.mark} is ${gone}: it was written by ${o.says} and stood on the page before`,
        wrongIf,
        evidence: cite(o.create.evidence, s.evidence),
        reproduce: o.reproduce,
      });
    });
  },
});

const served = (o: OfRecord): boolean => o.sent.some((s) => s.marked || s.bytes > 0);

export const ladder = defineProbe<Observed>({
  id: 'persistence/ladder',
  version: 1,
  does: 'writes 1 record and looks for it after a reload, in a new tab and in a fresh browser',
  mess: 'own-rows',
  costs: 4000,
  session: 'shared',
  profile: 'reload',
  observed,
  observe,
  claims: [
    rung(
      'records-survive-reload',
      'reload',
      'gone after a reload',
      'the record has a place of its own that neither the page, home nor any list leads to',
    ),
    rung('records-survive-a-new-tab', 'tab', 'gone in a new tab', 'the record is meant to last for one tab only'),
    {
      id: 'persistence/records-reach-other-browsers',
      judge(o, facts, intent) {
        const claim = 'persistence/records-reach-other-browsers';
        if ('wordless' in o) return isRecord(o) ? judgeElsewhere(claim, o.wordless, facts, intent) : noWay(facts);
        return unless(o, () => {
          if (o.browser.seen === 'yes') return pass(o.browser.because, cite(o.create.evidence, o.browser.evidence));
          if (!o.browserInside)
            return unknown('could-not-look', 'the account could not be entered from a fresh browser', undefined, [
              o.browser.evidence,
            ]);
          if (o.browser.seen === 'could-not-look')
            return unknown('could-not-look', o.browser.because, undefined, [o.browser.evidence]);
          const local = intendedLocal(o, facts, intent);
          if (local) return local;
          return fail('persistence/records-reach-other-browsers', {
            where: o.where,
            because: `the record ${o.mark} is not in a fresh browser${facts.door.kind === 'password' ? ' logged in to the same account' : ''}, at none of its places`,
            wrongIf: 'the fresh browser stood in another workspace or board than the one that was written to',
            evidence: cite(o.create.evidence, o.browser.evidence),
            reproduce: o.reproduce,
          });
        });
      },
    },
    {
      id: 'persistence/writes-leave-the-browser',
      judge(o, facts, intent) {
        if ('wordless' in o) return judgeLeaving('persistence/writes-leave-the-browser', o.wordless, facts, intent);
        return unless(o, () => {
          if (o.sent.some((s) => s.marked))
            return pass(`${first(o)} carries the mark, seen at the proxy outside the page`, cite(o.sentEvidence));
          if (served(o))
            return pass(
              `${first(o)} left the browser in the window of the save (${o.sent[0]?.bytes} bytes, encoded)`,
              cite(o.sentEvidence),
            );
          if (o.browser.seen === 'yes')
            return pass(
              `a fresh browser shows the record, so its write has left the first one: ${o.browser.because}`,
              cite(o.browser.evidence),
            );
          const local = intendedLocal(o, facts, intent);
          if (local) return local;
          return fail('persistence/writes-leave-the-browser', {
            where: o.where,
            because: `no request left the browser when ${o.mark} was saved, nor in the seconds after`,
            wrongIf: 'the page collects its writes and sends them later than this window',
            evidence: cite(o.create.evidence, o.sentEvidence),
            reproduce: o.reproduce,
          });
        });
      },
    },
    {
      id: 'persistence/answers-come-from-data',
      judge: (o, facts, intent) => ('wordless' in o ? noWay(facts) : unless(o, () => answers(o, facts, intent))),
    },
  ],
});

const first = (o: OfRecord): string => {
  const s = o.sent.find((x) => x.marked) ?? o.sent[0];
  return s
    ? `${s.socket ? 'a socket frame' : s.method} to ${s.url.replace(/^\w+:\/\/[^/]+/, '').slice(0, 80)}`
    : 'nothing';
};

const intendedLocal = (o: OfRecord, facts: Facts, intent: Intent): Verdict | undefined =>
  meantForHere(o.sent.length > 0, facts, intent, cite(o.sentEvidence));

function answers(o: OfRecord, facts: Facts, intent: Intent): Verdict {
  const r = o.readings;
  const id = 'persistence/answers-come-from-data';
  if (o.profile && !r.carried)
    return unknown('unclear', 'no answer holds the profile in a readable form', undefined, [r.evidence]);
  if (r.item && r.item.carries === false && r.item.recordLike && !r.carried)
    return fail(id, {
      where: r.item.url,
      because: `the answer for the record's own id (${r.item.url}) lacks what was written (${o.mark})`,
      wrongIf: 'the written text is kept under another address',
      evidence: cite(o.create.evidence, r.evidence),
      reproduce: o.reproduce,
    });
  if (r.madeUp?.same && r.item?.carries === false)
    return fail(id, {
      where: r.madeUp.url,
      because: 'two made-up ids get the same answer, which looks like a record',
      wrongIf: 'the address shows a default for ids that do not exist',
      evidence: cite(r.evidence),
      reproduce: o.reproduce,
    });
  if (r.carried)
    return pass(`the server's answer to ${r.carried} carries what was written`, cite(o.create.evidence, r.evidence));
  const local = intendedLocal(o, facts, intent);
  if (local) return local;
  if (o.browser.seen === 'could-not-look') return unknown('could-not-look', o.browser.because, undefined, [r.evidence]);
  if (r.item && r.item.status === 404 && r.acknowledgedId)
    return fail(id, {
      where: r.item.url,
      because: `the record was acknowledged with an id that does not exist for its maker: ${r.item.url} answers 404, and no answer of the server carries ${o.mark}`,
      wrongIf: 'the work is still pending, and the app says so',
      evidence: cite(o.create.evidence, r.evidence),
      reproduce: o.reproduce,
    });
  if (!o.browserInside || o.browser.seen === 'yes')
    return unknown(
      'unclear',
      'the record is shown, but the answers that were seen do not hold it in a readable form',
      undefined,
      [r.evidence],
    );
  return fail(id, {
    where: o.where,
    because: `no answer of the server carries ${o.mark}, in this browser or a fresh one`,
    wrongIf: 'answers are encrypted or encoded in a way that hides the text',
    evidence: cite(o.create.evidence, r.evidence),
    reproduce: o.reproduce,
  });
}
