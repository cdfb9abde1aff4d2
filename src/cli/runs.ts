import { type Wanted, wantedBy } from '../config/accept.ts';
import { loadConfig } from '../config/load.ts';
import { noNewFailure } from '../config/schema.ts';
import type { Result, Run } from '../model/run.ts';
import { reports } from '../report/reports.ts';
import { baselineName, readBaseline, saveBaseline } from './baseline.ts';
import { chosen } from './format.ts';
import { gate, gateText, passes } from './gate.ts';
import { colored, type Io } from './parts.ts';
import { exitCode } from './run-audit.ts';
import { inputOf, readRun, writeRun } from './run-folder.ts';

/** `plummet gate [run]`: 0 if all that the config wants was shown, 1 if not; what it wants must make sense, whatever the run holds. */
export async function runGate(given: string | undefined, flags: { saveBaseline?: boolean }, io: Io): Promise<number> {
  const { config } = await loadConfig(io.cwd);
  const wanted = wantedBy(config);
  const { run } = await readRun(io.cwd, given);
  if (flags.saveBaseline) return keepLine(run, wanted, io);
  const baseline = wanted.some(({ kind }) => kind === 'no-new-failure') ? await readBaseline(io.cwd) : undefined;
  const around = {
    waivers: config.waivers ?? [],
    today: io.now().toISOString().slice(0, 10),
    ...(baseline ? { baseline } : {}),
  };
  const checked = gate(run, wanted, around);
  // The joint is slow to load: asked only where something was not asked, to tell why.
  const unasked = checked.flatMap((one) => [one, ...(one.parts ?? [])]).some(({ status }) => status === 'not-asked');
  const probed = unasked ? (await io.parts()).probedClaims('audit', true) : undefined;
  io.out.write(gateText(probed ? gate(run, wanted, { ...around, probed }) : checked));
  return passes(checked) ? 0 : 1;
}

/** `plummet gate --save-baseline [run]`. */
async function keepLine(run: Run, wanted: readonly Wanted[], io: Io): Promise<number> {
  await saveBaseline(io.cwd, run);
  const count = (...of: Result['status'][]): number => run.results.filter(({ status }) => of.includes(status)).length;
  const holds = wanted.some(({ kind }) => kind === 'no-new-failure');
  io.out.write(
    `Wrote ${baselineName}: ${count('fail')} broken, ${count('unknown')} not told, ${count('pass', 'not-applicable')} shown or not applicable.${holds ? '' : ` It counts where accept holds '${noNewFailure}'.`}\n`,
  );
  return 0;
}

/** `plummet judge [run]`: judges what was observed anew, rewrites the run and its report, and says which verdicts changed. */
export async function runJudge(given: string | undefined, json: boolean, io: Io): Promise<number> {
  const { run, dir } = await readRun(io.cwd, given);
  const judged = (await io.parts()).judge(run);
  await writeRun(dir, judged);
  const before = new Map(run.results.map((result) => [result.claim, result.status]));
  const changed = judged.results.filter((result) => before.get(result.claim) !== result.status);
  io.out.write(
    json
      ? reports.json({ run: judged })
      : reports.text({ ...inputOf(dir, judged, io.cwd), color: colored(io, io.out), width: io.out.columns }),
  );
  io.err.write(
    changed.length
      ? `${changed.map((result) => `${result.claim}: ${before.get(result.claim) ?? 'not asked'} → ${result.status}`).join('\n')}\n`
      : 'No verdict changed.\n',
  );
  return exitCode(judged);
}

/** `plummet report [run] --format`: shows a stored run on stdout. */
export async function runReport(given: string | undefined, format: string, io: Io): Promise<number> {
  const form = chosen(reports, format);
  const { run, dir } = await readRun(io.cwd, given);
  io.out.write(form({ ...inputOf(dir, run, io.cwd), color: colored(io, io.out), width: io.out.columns }));
  return 0;
}
