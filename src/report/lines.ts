/** What `--ndjson` writes: objects for programs, one a line. docs/formats.md says what is in each; members are added, none changes its meaning. */
import type { Result, Run } from '../model/run.ts';
import type { Progress } from '../model/target.ts';
import { type ReportInput, saysOf } from './outline.ts';
import { tame } from './tame.ts';
import { counts, next } from './terse.ts';

export type Line =
  | {
      readonly kind: 'start';
      readonly schema: 1;
      readonly url: string;
      readonly folder: string;
      readonly asked: readonly string[];
    }
  | ({ readonly kind: 'progress' } & Progress)
  | { readonly kind: 'note'; readonly says: string }
  | ({ readonly kind: 'verdict' | 'revised'; readonly claim: string; readonly status: Result['status'] } & Readonly<
      Record<string, unknown>
    >)
  | ({ readonly kind: 'summary'; readonly exit: number; readonly folder: string } & Readonly<Record<string, unknown>>)
  | { readonly kind: 'failure'; readonly exit: number; readonly says: string; readonly code?: string };

/** One line, without what could drive a terminal that shows it. */
export const lineOf = (line: Line): string => `${JSON.stringify(tame(line))}\n`;

/** Without its scripts, which are long: they are in run.json. */
export function verdictLine(result: Result, kind: 'verdict' | 'revised' = 'verdict', folder?: string): Line {
  const { claim, status, because } = result;
  const command = next(result, folder);
  return {
    kind,
    claim,
    status,
    says: saysOf(claim),
    because,
    ...(result.status === 'fail'
      ? {
          wrongIf: result.wrongIf,
          findings: result.findings.map(({ reproduce: _, ...finding }) => finding),
        }
      : { evidence: result.evidence ?? [] }),
    ...(result.status === 'unknown' ? { cause: result.cause, ...(result.wants ? { wants: result.wants } : {}) } : {}),
    ...(command ? { next: command } : {}),
  };
}

export function summaryLine(run: Run, files: NonNullable<ReportInput['files']>, exit: number): Line {
  const of = (status: Result['status']): string[] =>
    run.results.filter((result) => result.status === status).map(({ claim }) => claim);
  return {
    kind: 'summary',
    exit,
    folder: files.folder ?? '',
    ...(files.report ? { report: files.report } : {}),
    counts: counts(run),
    fail: of('fail'),
    unknown: of('unknown'),
    ...(run.score.ready === undefined ? {} : { ready: run.score.ready }),
    hours: run.effort.hours,
    sentence: run.sentence,
    questions: run.questions.map(({ setting, asks }) => ({ setting, asks })),
    notes: run.notes,
    ...(run.interrupted ? { interrupted: true } : {}),
  };
}
