import { asSentence } from '../lib/text.ts';
import { catalogue, type Severity, sections } from '../model/catalogue.ts';
import { criterionName } from '../model/criteria.ts';
import type { EvidenceId, RunEvent } from '../model/evidence.ts';
import type { Result, Run } from '../model/run.ts';
import { tame } from './tame.ts';

/** What every report is made of. */
export interface ReportInput {
  readonly run: Run;
  readonly events: readonly RunEvent[];
  /** Bytes of a file under blobs/, where it is at hand. */
  readonly blobs?: (name: string) => Uint8Array | undefined;
  /** Paths in the run folder of the films of a claim. */
  readonly films?: (claim: string) => readonly string[];
  readonly color?: boolean;
  readonly width?: number;
  /** Where the report for people and the run folder lie, to be named at the end. */
  readonly files?: { readonly report?: string; readonly folder?: string };
}

type Sound = 'pass' | 'not-applicable';
type Of<S extends Result['status']> = Extract<Result, { status: S extends Sound ? Sound : S }>;

/** A result with what the catalogue says of its claim. A run of a newer version may hold claims that this one does not know. */
export interface Entry<R extends Result = Result> {
  readonly result: R;
  readonly says: string;
  readonly severity?: Severity;
  readonly hours?: number;
  readonly section: string;
  readonly references: readonly string[];
}

export type EntryOf<S extends Result['status']> = Entry<Of<S>>;

export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Criteria of the config: not in the catalogue, and last. */
const ofConfig = { id: 'criteria', title: 'What this app is to do' } as const;

const infos = new Map(catalogue.map((info) => [info.id, info]));
const order = new Map(catalogue.map((info, at) => [info.id, at]));

/** The results by section, in the order of the catalogue; sections without results are left out. */
export function chapters(run: Run): Chapter[] {
  const entries = run.results
    .map(entry)
    .sort((a, b) => (order.get(a.result.claim) ?? Infinity) - (order.get(b.result.claim) ?? Infinity));
  const known = sections.map(({ id, title }) => ({ id, title, entries: entries.filter((one) => one.section === id) }));
  const own = { ...ofConfig, entries: entries.filter((one) => one.section === ofConfig.id) };
  const rest = entries.filter((one) => one.section === '');
  return [...known, own, { id: 'others', title: 'Claims that this version does not know', entries: rest }].filter(
    (chapter) => chapter.entries.length > 0,
  );
}

function entry(result: Result): Entry {
  const info = infos.get(result.claim);
  return info
    ? {
        result,
        says: info.says,
        severity: info.severity,
        hours: info.hours,
        section: info.section,
        references: info.references,
      }
    : {
        result,
        says: saysOf(result.claim),
        section: criterionName(result.claim) === undefined ? '' : ofConfig.id,
        references: [],
      };
}

/** The entries of one status, in the order of the catalogue. */
export function entriesOf<S extends Result['status']>(run: Run, status: S): EntryOf<S>[] {
  return chapters(run)
    .flatMap((chapter) => chapter.entries)
    .filter(isOf(status));
}

/** Claims that stay open for one and the same reason, together. */
export function byReason(entries: readonly EntryOf<'unknown'>[]): EntryOf<'unknown'>[][] {
  const groups = Map.groupBy(entries, ({ result }) =>
    JSON.stringify([result.cause, result.because, result.wants, result.evidence]),
  );
  return [...groups.values()];
}

/** Narrows an entry to one status. */
export const isOf =
  <S extends Result['status']>(status: S) =>
  (one: Entry): one is EntryOf<S> =>
    one.result.status === status;

/** The claim's sentence; of a criterion of the config, its name. */
export function saysOf(claim: string): string {
  const name = criterionName(claim);
  return infos.get(claim)?.says ?? (name === undefined ? claim : asSentence(name));
}

/** All that a result cites, each once. */
export function cited(result: Result): EvidenceId[] {
  if (result.status === 'fail') return [...new Set(result.findings.flatMap((finding) => [...finding.evidence]))];
  return [...new Set(result.evidence ?? [])];
}

/** Hours as people say them: 13.5, 27. */
export const hours = (count: number): string => (Number.isInteger(count) ? String(count) : count.toFixed(1));

/** Milliseconds as people say them: 840 ms, 8.4 s, 2 min 5 s. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min${seconds % 60 ? ` ${seconds % 60} s` : ''}`;
}

/** How long the run took, by its own stamps. */
export const took = (run: Run): number => Math.max(0, Date.parse(run.finishedAt) - Date.parse(run.startedAt)) || 0;

/** The input with all that the app may have said tamed; the observations, which no report shows, left out. */
export const tamed = (input: ReportInput): ReportInput => ({
  ...input,
  run: tame({ ...input.run, observations: [] }),
  events: tame(input.events),
  files: tame(input.files),
});
