import { catalogue } from '../model/catalogue.ts';
import { criterionName } from '../model/criteria.ts';
import { Failure } from '../model/failure.ts';
import type { Result, Run } from '../model/run.ts';
import { readRun, runNames } from './run-folder.ts';

/** What is known of the app of the latest run. */
export interface Standing {
  /**
   * By whose recipes and settings it is asked again: of the runs that asked most of what is broken one that wrote a record, looked for all that
   * an audit looks for, and is the newest. Its `asked` are those of all runs.
   */
  readonly run: Run;
  readonly dir: string;
  /** Of each claim the newest verdict that told anything; where there is none, that it is unknown. */
  readonly results: readonly Result[];
  /** The claims that are broken by these. */
  readonly broken: readonly string[];
  /** Those that the latest run could not tell, and that are not broken. */
  readonly open: readonly string[];
}

interface Stored {
  readonly run: Run;
  readonly dir: string;
}

/**
 * A run may have asked one claim, or none, or have been interrupted, and says nothing of the others: so each is taken from the newest run of the
 * same address that decided it, back to the oldest. Undefined where there is no run.
 */
export async function standingOf(cwd: string): Promise<Standing | undefined> {
  const walked = await runsOfOne(cwd);
  const [latest] = walked;
  if (!latest) return undefined;
  const verdicts = new Map<string, Result>();
  for (const { run } of walked)
    for (const result of run.results.filter(({ claim }) => isAsked(claim))) {
      const newer = verdicts.get(result.claim);
      if (!newer || (newer.status === 'unknown' && result.status !== 'unknown')) verdicts.set(result.claim, result);
    }
  const results = [...verdicts.values()];
  const broken = results.flatMap(({ claim, status }) => (status === 'fail' ? [claim] : []));
  const open = latest.run.results.flatMap(({ claim, status }) =>
    status === 'unknown' && isAsked(claim) && !broken.includes(claim) ? [claim] : [],
  );
  const { run, dir } = walked.reduce((best, one) => (fitter(one.run, best.run, [...broken, ...open]) ? one : best));
  const asked = [...new Set(walked.flatMap((one) => one.run.asked))];
  return { run: { ...run, asked }, dir, results, broken, open };
}

/** The runs here of the address of the latest, the newest first. An older one that cannot be read says nothing. */
async function runsOfOne(cwd: string): Promise<Stored[]> {
  const walked: Stored[] = [];
  for (const name of (await runNames(cwd)).reverse()) {
    const found = await readRun(cwd, name).catch((error: unknown) => {
      if (walked.length && error instanceof Failure) return undefined;
      throw error;
    });
    if (found && found.run.target.url === (walked[0] ?? found).run.target.url) walked.push(found);
  }
  return walked;
}

const ids = new Set(catalogue.map(({ id }) => id));
/** An earlier version may have asked what none asks now. */
const isAsked = (claim: string): boolean => ids.has(claim) || criterionName(claim) !== undefined;

/** Is a run the better one to ask these claims by? Equals are not. */
function fitter(one: Run, than: Run, claims: readonly string[]): boolean {
  const merits = ({ asked, facts, profile }: Run): number[] => [
    claims.filter((claim) => asked.includes(claim)).length,
    Number(facts.record !== undefined),
    Number(profile === 'audit'),
  ];
  const [mine, theirs] = [merits(one), merits(than)];
  const at = mine.findIndex((merit, index) => merit !== theirs[index]);
  return at >= 0 && (mine[at] ?? 0) > (theirs[at] ?? 0);
}
