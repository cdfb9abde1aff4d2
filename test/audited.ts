/** An audit of a running app as the tests want it: every claim that is asked, nothing of the config, a run folder that goes again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit, probedClaims } from '../src/audit.ts';
import type { Run } from '../src/model/run.ts';
import type { AuditOptions } from '../src/model/target.ts';

const cheap = probedClaims('reload');
/** Read once: while a browser starts in this process, its temp folder is another. */
const temp = tmpdir();

/** The budget is a matter of patience only: no verdict of a test may hang on the machine's other work. */
export async function audited(
  url: string,
  claims: readonly string[],
  more: Partial<
    Pick<AuditOptions, 'start' | 'source' | 'storageState' | 'permit' | 'backends' | 'profile' | 'keepRows' | 'login'>
  > & {
    /** Looks into the run folder before it goes. */
    ended?(dir: string): void;
  } = {},
): Promise<Run> {
  const out = mkdtempSync(join(temp, 'plummet-audited-'));
  const { ended, ...options } = more;
  try {
    const { run } = await audit({
      url,
      // What the cheapest audit can tell is told by it.
      profile: claims.every((claim) => cheap.includes(claim)) ? 'reload' : 'audit',
      permit: 'writes',
      budget: 1_200_000,
      out,
      claims,
      intent: {},
      backends: [],
      browser: { headed: false, slow: 0 },
      seed: 1,
      signal: new AbortController().signal,
      progress: () => undefined,
      ...options,
    });
    ended?.(out);
    return run;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
