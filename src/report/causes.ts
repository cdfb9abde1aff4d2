import type { Severity } from '../model/catalogue.ts';
import type { Run } from '../model/run.ts';
import { type EntryOf, entriesOf } from './outline.ts';

/** A cause, and the failures that it explains. */
export interface CauseOf {
  /** The claim at the bottom of it. */
  readonly root: string;
  /** Of the worst that it explains. */
  readonly severity: Severity;
  /** The root first, then the worst first. */
  readonly entries: readonly EntryOf<'fail'>[];
  /** Likely hours, counted once for all of it; undefined for claims that this version does not know. */
  readonly hours?: number;
}

export const ranks = { critical: 0, high: 1, medium: 2, low: 3 } as const satisfies Record<Severity, number>;
const rank = (entry: EntryOf<'fail'>): number => ranks[entry.severity ?? 'low'];

/** What is broken by its root, the worst first, then the dearest. Each failure is in one of them, as in the count of hours. */
export function causesOf(run: Run): CauseOf[] {
  const groups = Map.groupBy(entriesOf(run, 'fail'), ({ result }) => {
    const roots = result.findings.map((finding) => finding.root ?? result.claim);
    return roots.includes(result.claim) ? result.claim : (roots[0] ?? result.claim);
  });
  return [...groups]
    .map(([root, members]): CauseOf => {
      const depth = (entry: EntryOf<'fail'>): number => (entry.result.claim === root ? 0 : 1);
      const entries = members.sort((a, b) => depth(a) - depth(b) || rank(a) - rank(b));
      const hours = Math.max(...entries.map((entry) => entry.hours ?? 0));
      const worst = [...entries].sort((a, b) => rank(a) - rank(b))[0];
      return { root, severity: worst?.severity ?? 'low', entries, ...(hours > 0 ? { hours } : {}) };
    })
    .sort((a, b) => ranks[a.severity] - ranks[b.severity] || (b.hours ?? 0) - (a.hours ?? 0));
}
