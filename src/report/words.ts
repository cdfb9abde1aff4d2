import { list, plural } from '../lib/text.ts';
import type { Run } from '../model/run.ts';
import { goneWith, leftBehind } from '../model/score.ts';
import { hours } from './outline.ts';

/** The sentences that every report says the same way. */

/** "12 of 100", or that there is no number. */
export const ready = (run: Run): string => (run.score.ready === undefined ? 'no number' : `${run.score.ready} / 100`);

/** The upper end and what holds it down. */
export function readyNote(run: Run): string {
  const { ready: now, readyAtBest, capped } = run.score;
  if (now === undefined) return 'No claim that counts could be asked.';
  const best =
    readyAtBest === now
      ? 'Nothing that is still open would raise it.'
      : `Up to ${readyAtBest}, if all that could not be told were sound.`;
  return capped ? `${best} A critical claim is broken: that holds it at 49 or below.` : best;
}

/** "11 of 13 claims that this run asked are decided; 35 more need --start or --source." */
export function coverage(run: Run): string {
  const { decided, asked, elsewhere } = run.score.coverage;
  return `${decided} of the ${plural(asked, 'floor claim')} asked ${decided === 1 ? 'is' : 'are'} decided${elsewhere ? `; ${elsewhere} more take more than this run had in hand` : ''}.`;
}

/** "12 to 60 hours". */
export const effortRange = (run: Run): string =>
  run.effort.hours === 0 ? 'nothing to fix was found' : `${hours(run.effort.low)} to ${hours(run.effort.high)} hours`;

/** What kind of estimate it is. */
export function effortNote(run: Run): string {
  if (run.effort.hours === 0) return '';
  return `An estimate that nobody has calibrated: the usual hours of ${plural(run.effort.groups.length, 'root cause')}, halved and times 2.5.`;
}

/** What the tool made and what of it is still there. */
export function ledgerNote(run: Run): string {
  if (run.ledger.length === 0) return 'Nothing was written to the app.';
  const left = leftBehind(run);
  const records = left.filter((made) => made.what === 'record').length;
  const accounts = left.filter((made) => made.what === 'account').length;
  const acts = left.length - records - accounts;
  const made = `${plural(run.ledger.length, 'thing')} made`;
  const end = left.length ? undefined : goneWith(run);
  if (end) return `${made}, all in ${end} that ended with the run.`;
  if (left.length === 0) return `${made}, all removed again.`;
  const what = list(
    [
      records ? plural(records, 'record') : '',
      accounts ? plural(accounts, 'account') : '',
      acts ? plural(acts, 'act') : '',
    ].filter(Boolean),
  );
  const unsure = left.filter((one) => !one.acknowledged).length;
  return `${made}; ${what} may still be in the app${unsure ? ` (${unsure} never acknowledged)` : ''}.`;
}

/** How to answer a question of intent. */
export const answerWith = {
  storage: 'storage=server, synced or local',
  login: 'login=required or open',
  records: 'records=private, shared or public',
} as const;

/** The same as one word: storage=server|synced|local. */
export const oneOf = (setting: keyof typeof answerWith): string => answerWith[setting].replace(/,? or |, /g, '|');
