import { commandOf } from '../lib/shell.ts';
import { asSentence, clip } from '../lib/text.ts';
import type { Result, Run } from '../model/run.ts';
import { entriesOf, type ReportInput, tamed } from './outline.ts';
import { answerWith, ready } from './words.ts';

const most = { because: 400, where: 160 };
const shownFirst = ['fail', 'unknown', 'not-applicable'] as const;

/**
 * One line for each claim that is not a pass, and one of sum. The fields of a line stand apart by a tab, which no text in them holds, so that
 * what the app says cannot pass for the command: status, claim, why, what to type next.
 */
export function terse(untamed: ReportInput): string {
  const { run, files } = tamed(untamed);
  const lines = shownFirst.flatMap((status) =>
    entriesOf(run, status)
      .filter(({ result }) => result.status === status)
      .map(({ result }) => [status, result.claim, why(result), next(result, files?.folder)].join('\t').trimEnd()),
  );
  return `${[...lines, sum(run, files)].join('\n')}\n`;
}

function why(result: Result): string {
  const because = asSentence(clip(result.because, most.because));
  if (result.status === 'fail') {
    const [first, ...more] = result.findings;
    return `${because} At ${clip(first.where, most.where)}${more.length ? ` and ${more.length} more` : ''}`;
  }
  return result.status === 'unknown' && result.wants
    ? `${because} It takes ${clip(result.wants, most.where)}`
    : because;
}

/** What shows that it is mended, or decides it; nothing for what does not apply. */
export function next(result: Result, folder = ''): string {
  const words = (...all: string[]): string => commandOf('plummet', ...all);
  if (result.status === 'fail') return words('verify', folder, result.claim);
  if (result.status !== 'unknown') return '';
  if (result.cause === 'no-time') return words('--resume', folder, '--deep');
  if (result.cause === 'intent') return words('init');
  const flag = /^--[a-z][a-z0-9-]*/.exec(result.wants ?? '');
  return flag ? words('explain', result.claim) : words('verify', folder, result.claim);
}

/** How many came out how. */
export function counts(run: Run): Readonly<Record<Result['status'], number>> {
  const count = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0 };
  for (const { status } of run.results) count[status]++;
  return count;
}

function sum(run: Run, files: ReportInput['files']): string {
  const count = counts(run);
  return [
    'sum',
    `${count.fail} fail, ${count.unknown} unknown, ${count.pass} pass, ${count['not-applicable']} not-applicable`,
    `ready: ${ready(run)}${run.interrupted ? ', interrupted' : ''}`,
    ...(run.questions.length ? [`answer: ${run.questions.map(({ setting }) => answerWith[setting]).join('; ')}`] : []),
    ...(files?.folder ? [files.folder] : []),
  ].join('\t');
}
