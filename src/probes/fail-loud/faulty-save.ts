import { z } from 'zod';
import type { FaultKind, View } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Place } from '../../model/facts.ts';
import { holds, type Mark } from '../../model/mark.ts';
import type { Step } from '../../model/recipe.ts';
import { plainText, soundsRefused, soundsSaved } from '../../model/said.ts';
import { unknown, type Verdict } from '../../model/verdict.ts';
import { placesOf, recordOf } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';

/** What the screen did at a save that the network did not carry. */
export const faultySave = z.object({
  fault: z.string(),
  mark: z.string(),
  /** Requests that met the fault, seen at the relay. */
  hits: z.number(),
  /** A step was missing: nothing was tried. */
  missing: z.string().optional(),
  /** Words as at an honest save. */
  success: z.string().optional(),
  /** The record stands in the page, outside any field and live region. */
  stands: z.boolean(),
  /** Words that speak of a failure, or that no honest save brought. */
  told: z.string().optional(),
  /** They speak of a failure in words that we know, in a dialog or on the browser's own page; others may be anything. */
  sure: z.boolean(),
  /** What was typed is still in a field, or the browser's own error page stands there and Reload sends it again. */
  typed: z.boolean(),
  /** After healing the record is at its place in a fresh load: the write was only late. */
  arrived: z.enum(['yes', 'no', 'could-not-look', 'not asked']),
  screen: evidenceId,
  honest: evidenceId.optional(),
});
export type FaultySave = z.infer<typeof faultySave>;

/** The record stands there, and words appeared that may or may not speak of the failure. */
export const unsure = (s: FaultySave): Verdict =>
  unknown(
    'unclear',
    `at a save that ${s.fault} cut, ${s.mark} stands there and “${s.told?.slice(0, 80)}” appeared: whether that speaks of the failure could not be read`,
    undefined,
    [s.screen],
  );

const trivial =
  /^(saving|loading|sending|submitting|please wait|working|…|\.\.\.|speichern|enregistrement|guardando|salvando)[\s.…]*$/i;

/** The same words but for numbers and endings: “1 item left” and “2 items left”. */
function alike(a: string, b: string): boolean {
  const [one, two] = [plainText(a).split(' '), plainText(b).split(' ')];
  const near = (x: string, y: string): boolean =>
    x === y || (Math.abs(x.length - y.length) <= 2 && x.slice(0, 3) === y.slice(0, 3) && x.length > 2);
  return one.length === two.length && one.every((w, i) => near(w, two[i] ?? ''));
}

/** The words without what the record is called. */
function unmarked(words: string, mark: Mark): string {
  const at = words.toLowerCase().indexOf(mark.toLowerCase());
  return at < 0 ? words : `${words.slice(0, at)} ${words.slice(at + mark.length)}`;
}

/** New words of the page: those that appeared and those that stand there now and did not before. */
function newWords(before: View, after: View, appeared: readonly string[]): string[] {
  const old = new Set(before.text.split('\n').map(plainText));
  const lines = after.text.split('\n').filter((l) => !old.has(plainText(l)));
  return [...new Set([...appeared, ...after.live.filter((l) => !before.live.includes(l)), ...lines])]
    .map((l) => l.trim())
    .filter((l) => l.length > 2 && l.length < 300);
}

/** What the save met, as the ledger says it. */
const met: Readonly<Record<FaultKind, string>> = {
  refuse: 'its requests were refused',
  offline: 'there was no network',
  reset: 'its connection was reset',
  'error-500': 'it was answered 500',
  'html-503': 'it was answered 503, by a page',
  'lose-answer': 'its answer was lost',
};

/**
 * Opens the record's form over a whole network, cuts it, saves, looks at the screen, heals, and looks whether the write came after all.
 * Every request that the honest walk made by fetch, XHR, socket or form is cut; static files and plain pages pass.
 */
export async function saveUnder(
  context: Context,
  session: Session,
  fault: FaultKind,
  honest: { words: readonly string[]; sent: number; marked: boolean },
  sentinelAfter: boolean,
): Promise<FaultySave> {
  const { facts, clock } = context;
  const record = recordOf(facts);
  const tab = session.window.first;
  const mark = context.mark();
  const values = { mark, alt: context.marks.next() };
  const since = clock.now();
  const commit = record.create.steps.findIndex((s) => 'commits' in s && s.commits);
  const upTo = commit < 0 ? record.create.steps.length - 1 : commit;
  const nothing = async (missing: string): Promise<FaultySave> => ({
    fault,
    mark,
    hits: 0,
    missing,
    stands: false,
    sure: false,
    typed: false,
    arrived: 'not asked',
    screen: await tab.screen(missing),
  });
  for (const step of record.create.steps.slice(0, upTo)) {
    const done = await tab.act(step, { values });
    if ('missing' in done) return nothing(done.missing);
  }
  const before = await tab.view();
  if (!record.create.given) context.ledger.begin({ what: 'record', mark, how: `${record.says}, while ${met[fault]}` });
  const cut = session.window.cut(
    fault,
    // A recipe given runs as a whole: its form must open, so that only its writes are cut.
    (r) =>
      (r.kind === 'fetch' && !record.create.given) || r.kind === 'socket' || r.kind === 'ping' || r.method !== 'GET',
  );
  const appeared: string[] = [];
  const dialogs: string[] = [];
  let byForm = false;
  let after = before;
  let failed = false;
  let missing: string | undefined;
  for (const step of record.create.steps.slice(upTo)) {
    const done = await tab.act(step, { values });
    if ('missing' in done) {
      missing = done.missing;
      break;
    }
    appeared.push(...done.appeared);
    dialogs.push(...done.dialogs.map((d) => d.message));
    byForm ||= done.writes.some((w) => w.kind === 'document');
    after = done.after;
  }
  if (record.create.given) {
    // It may wait for what an honest save brings, and end with an error: what counts is whether it came to its save.
    const done = await session.do(record.create, values);
    appeared.push(...done.appeared);
    after = await tab.view();
    const cutWrites = session.window.traffic(since).filter((r) => r.error !== undefined && r.method !== 'GET');
    const saved = honest.marked ? cutWrites.some((r) => holds(r.body, mark)) : cut.hits() > 0;
    byForm = cutWrites.some((r) => r.kind === 'document');
    if (honest.sent > 0 ? !saved : done.missing) missing = done.missing ?? 'the recipe did not come to its save';
  }
  /** Said at an honest save too, whatever the record is called: “Offline” may be the state of a device. */
  const heard = (w: string): boolean => honest.words.some((u) => alike(u, unmarked(w, mark)));
  // Toasts come and go, retries take a moment: the screen has two seconds to say so, and a little more to say otherwise.
  // A row is no word of it: this record's, or one that another session wrote meanwhile and that the page was told of.
  const wordsOf = (view: View): string[] =>
    [...newWords(before, view, appeared), ...dialogs].filter((w) => !context.marks.anyIn(w) || soundsRefused(w));
  let later = after;
  for (let waited = 0; waited < 2000; waited += 250) {
    failed = tab.browserError;
    later = await tab.view().catch(() => after);
    if (failed || (waited >= 250 && wordsOf(later).some((w) => soundsRefused(w) && !heard(w)))) break;
    await clock.sleep(250);
  }
  const found = await tab.find([mark]);
  const words = wordsOf(later);
  const success = words.map(plainText).find((w) => record.successTexts.includes(w));
  const unheard = (w: string): boolean => !heard(w) && !trivial.test(w) && !soundsSaved(w) && plainText(w).length > 3;
  const surely = failed
    ? 'the browser’s own error page'
    : (words.find((w) => soundsRefused(w) && !heard(w)) ?? dialogs.find((w) => unheard(w)));
  // Where no save sends anything no fault is met, so words that are new are no word of it.
  const told = surely ?? (honest.sent > 0 ? words.find(unheard) : undefined);
  // A form that the browser itself sends: Reload sends it again, Back shows it.
  const postPage = failed || byForm;
  let typed = found.inField.includes(mark) || failed || postPage;
  const screen = await tab.screen(`the screen after saving with the network ${fault}`);
  if (!typed && !found.shown.includes(mark)) typed = await reopened(session, record.create.steps.slice(0, upTo), mark);
  await cut.heal();
  let arrived: FaultySave['arrived'] = 'not asked';
  // Only a screen that may be wrong is judged by what came later; where no save sends anything, nothing can come.
  const doubtful =
    honest.sent > 0 && (success !== undefined || found.shown.includes(mark) || told === undefined || !typed);
  if (!missing && doubtful) {
    await clock.sleep(700);
    const other = await session.window.tab();
    const places: readonly Place[] = placesOf(record, record.places[0]?.url ?? facts.entry).filter(
      (p) => p.what === 'list',
    );
    const sight = await session.look(mark, 'seen', {
      places: places.length ? places : record.places,
      tab: other,
      within: sentinelAfter ? 4500 : 2500,
    });
    arrived = sight.seen;
    await other.close();
    if (arrived === 'yes') context.ledger.settle(mark, 'ok');
  }
  return {
    fault,
    mark,
    hits: cut.hits(),
    ...(missing ? { missing } : {}),
    ...(success ? { success } : {}),
    stands: found.shown.includes(mark) && !failed,
    ...(told ? { told: told.slice(0, 200) } : {}),
    sure: surely !== undefined,
    typed,
    arrived,
    screen,
  };
}

/** A form that was closed may keep its draft: opened again, does it hold what was typed? */
async function reopened(session: Session, steps: readonly Step[], mark: Mark): Promise<boolean> {
  const tab = session.window.first;
  for (const step of steps) {
    if (step.do === 'fill' || step.do === 'goto' || step.do === 'select' || step.do === 'pick' || step.do === 'check')
      continue;
    const done = await tab.act(step, {});
    if ('missing' in done) return false;
  }
  return (await tab.find([mark])).inField.includes(mark);
}

/** One honest save in the same browser: the control, and the words that a save brings. */
export async function honestSave(
  context: Context,
  session: Session,
): Promise<{ ok: boolean; because: string; sent: number; marked: boolean; words: string[]; evidence: `e${number}` }> {
  const record = recordOf(context.facts);
  const mark = context.mark();
  const before = await session.window.first.view();
  const done = await session.do(record.create, { mark });
  const after = await session.window.first.view();
  return {
    ok: !done.missing && done.said !== 'refused',
    because: done.because,
    sent: done.writes.length,
    marked: done.writes.some((w) => holds(w.body, mark)),
    // With and without the record's name: its row may be drawn anew, and another's like it.
    words: newWords(before, after, done.appeared).flatMap((w) => [w, unmarked(w, mark)]),
    evidence: done.evidence,
  };
}
