import type { Result, Run } from '../model/run.ts';
import { readRun, runNames } from './run-folder.ts';

/** What is known of the app of the latest run. */
export interface Standing {
  /** By whose recipes it is asked again: the newest that looked for all that an audit looks for, else the newest. */
  readonly run: Run;
  readonly dir: string;
  /** Of each claim the newest verdict that told anything. */
  readonly results: readonly Result[];
  /** The claims that are broken by these. */
  readonly broken: readonly string[];
}

/**
 * A run that verified one claim says nothing of the others: so each is taken from the newest run of the same address that decided it, back to
 * the last whole look at the app. Undefined where there is no run.
 */
export async function standingOf(cwd: string): Promise<Standing | undefined> {
  const names = (await runNames(cwd)).reverse();
  const walked: { run: Run; dir: string }[] = [];
  for (const name of names) {
    const found = await readRun(cwd, name);
    if (walked[0] && found.run.target.url !== walked[0].run.target.url) continue;
    walked.push(found);
    if (found.run.profile === 'audit' && found.run.timings['survey'] !== undefined) break;
  }
  const by = walked.find(({ run }) => run.profile === 'audit') ?? walked[0];
  if (!by) return undefined;
  const verdicts = new Map<string, Result>();
  for (const { run } of walked)
    for (const result of run.results)
      if (result.status !== 'unknown' && !verdicts.has(result.claim)) verdicts.set(result.claim, result);
  const results = [...verdicts.values()];
  return { ...by, results, broken: results.flatMap(({ claim, status }) => (status === 'fail' ? [claim] : [])) };
}
