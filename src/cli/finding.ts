import { claimsNamed } from '../config/select.ts';
import { list } from '../lib/text.ts';
import { criterionName } from '../model/criteria.ts';
import { Failure } from '../model/failure.ts';
import type { Result, Run } from '../model/run.ts';

/** The verdict that is meant: by fingerprint, that place alone; by claim, all of it. `command` is who asks. */
export function verdictOf(run: Run, finding: string, command: string): Result {
  for (const result of run.results) {
    const place = result.status === 'fail' ? result.findings.find((one) => one.fingerprint === finding) : undefined;
    if (result.status === 'fail' && place) return { ...result, findings: [place] };
  }
  const own = run.results.map(({ claim }) => claim).filter((claim) => criterionName(claim) !== undefined);
  const [claim, ...more] = claimsNamed([finding], command, own);
  if (more.length) throw new Failure('E_USAGE', `"${finding}" means ${more.length + 1} claims. Name one.`);
  const result = run.results.find((one) => one.claim === claim);
  if (result) return result;
  const broken = run.results.filter(({ status }) => status === 'fail').map((one) => one.claim);
  throw new Failure(
    'E_USAGE',
    `That run holds no verdict of ${claim}.${broken.length ? ` Broken in it: ${list(broken)}.` : ''}`,
  );
}
