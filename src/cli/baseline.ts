import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../model/failure.ts';
import type { Result, Run } from '../model/run.ts';
import type { Finding } from '../model/verdict.ts';

/** What of a run is compared later on. */
export type Baseline = Pick<Run, 'tool' | 'target' | 'profile' | 'startedAt' | 'asked' | 'results'>;

export const baselineName = 'plummet.baseline.json';

/** To be kept beside the config, and read in reviews: claims with what came of them; of what was broken, where. */
const file = z.object({
  schema: z.literal(1),
  version: z.string(),
  url: z.string(),
  profile: z.enum(['reload', 'audit']),
  startedAt: z.string(),
  claims: z.record(z.string(), z.union([z.enum(['pass', 'not-applicable', 'unknown']), z.array(z.string()).min(1)])),
});

/** Gives its path. */
export async function saveBaseline(cwd: string, run: Run): Promise<string> {
  if (run.interrupted)
    throw new Failure(
      'E_RUN',
      'That run was interrupted: it says too little to hold a line. Go on with it: plummet --resume',
    );
  const claims = run.results.map((one) => [
    one.claim,
    one.status === 'fail' ? [...new Set(one.findings.map(({ fingerprint }) => fingerprint))].sort() : one.status,
  ]);
  const kept: z.infer<typeof file> = {
    schema: 1,
    version: run.tool.version,
    url: run.target.url,
    profile: run.profile,
    startedAt: run.startedAt,
    claims: Object.fromEntries(claims),
  };
  const path = join(cwd, baselineName);
  await writeFile(path, `${JSON.stringify(kept, null, 2)}\n`);
  return path;
}

/** Undefined where there is none. */
export async function readBaseline(cwd: string): Promise<Baseline | undefined> {
  const path = join(cwd, baselineName);
  if (!existsSync(path)) return undefined;
  const kept = parsed(await readFile(path, 'utf8'), path);
  return {
    tool: { name: 'plummet', version: kept.version },
    target: { url: kept.url, permit: '', seed: 0, intent: {} },
    profile: kept.profile,
    startedAt: kept.startedAt,
    asked: Object.keys(kept.claims),
    results: Object.entries(kept.claims).map(([claim, came]) => resultOf(claim, came)),
  };
}

function parsed(text: string, path: string): z.infer<typeof file> {
  try {
    return file.parse(JSON.parse(text));
  } catch {
    throw new Failure(
      'E_FILE',
      `${path} is no baseline that this version can read. Make it anew: plummet gate --save-baseline`,
    );
  }
}

/** As in a run, as far as it is compared: nothing of it is shown. */
function resultOf(claim: string, came: z.infer<typeof file>['claims'][string]): Result {
  const because = '';
  if (came === 'unknown') return { claim, status: came, because, cause: 'unclear' };
  if (typeof came === 'string') return { claim, status: came, because, evidence: ['e0'] };
  const [first, ...more] = came.map(
    (fingerprint): Finding => ({ where: '', because, evidence: ['e0'], reproduce: '', fingerprint }),
  );
  return { claim, status: 'fail', because, wrongIf: '', findings: [first as Finding, ...more] };
}
