import type { Result } from './run.ts';
import type { Finding } from './verdict.ts';

/** What follows from what. `from` shown, `to` is shown too; nothing is implied by a failure but its root. */
export interface Implication {
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

const leaves = 'persistence/writes-leave-the-browser';
export const implications: readonly Implication[] = [
  {
    from: 'persistence/records-reach-other-browsers',
    to: leaves,
    because: 'A fresh browser shows the record, so the write has left the first one.',
  },
  {
    from: 'persistence/answers-come-from-data',
    to: leaves,
    because: 'The server answers with what was written, so the write has reached it.',
  },
];

/** One cause, and the failures that it explains. */
export interface RootCause {
  readonly root: string;
  readonly explains: readonly string[];
}

const kept = [
  'records-survive-reload',
  'records-survive-a-new-tab',
  'records-reach-other-browsers',
  'saved-forms-keep-their-values',
  'edits-persist',
  'moves-persist',
  'deletions-persist',
  'accounts-survive',
].map((name) => `persistence/${name}`);
const answers = 'persistence/answers-come-from-data';
const reload = 'persistence/records-survive-reload';
const others = 'persistence/records-reach-other-browsers';
const seen = 'concurrency/others-see-the-change';

/** The deepest cause first: the first whose root has failed explains the failure. */
export const rootCauses: readonly RootCause[] = [
  // Nothing is behind the screen: whatever asks for a server fails with it, and the screen goes on "saving" without one.
  {
    root: leaves,
    explains: [answers, ...kept, seen, 'fail-loud/absent-backend-is-an-error', 'fail-loud/lost-network-is-shown'],
  },
  // A server takes the write and forgets it.
  { root: answers, explains: [...kept, seen] },
  { root: reload, explains: ['persistence/records-survive-a-new-tab', others, seen] },
  { root: 'persistence/records-survive-a-new-tab', explains: [others, seen] },
  { root: others, explains: [seen] },
];

/** Names the root of each failure, and lifts to pass what was not told but follows from what was shown, with its evidence. Pure; applied twice it changes nothing more. */
export function applyImplications(results: readonly Result[]): Result[] {
  const passes = new Map(
    results.flatMap((result) => (result.status === 'pass' ? [[result.claim, result] as const] : [])),
  );
  const failed = new Set(results.flatMap((result) => (result.status === 'fail' ? [result.claim] : [])));
  return results.map((result) => {
    if (result.status === 'fail') {
      const root = rootOf(result.claim, failed);
      if (root === undefined) return result;
      const [first, ...more] = result.findings;
      const named = (finding: Finding): Finding => ({ ...finding, root });
      return { ...result, findings: [named(first), ...more.map(named)] };
    }
    if (result.status !== 'unknown') return result;
    for (const { from, to, because } of implications) {
      const source = to === result.claim ? passes.get(from) : undefined;
      if (source) return { claim: result.claim, status: 'pass', because, evidence: source.evidence };
    }
    return result;
  });
}

/** The failed claim at the bottom of this one's failure. The table is in order of depth, so one step is enough. */
function rootOf(claim: string, failed: ReadonlySet<string>): string | undefined {
  return rootCauses.find(({ root, explains }) => failed.has(root) && explains.includes(claim))?.root;
}
