import { loadConfig } from '../config/load.ts';
import { reports } from '../report/reports.ts';
import { chosen } from './format.ts';
import { gate, gateText, passes } from './gate.ts';
import { colored, type Io } from './parts.ts';
import { exitCode } from './run-audit.ts';
import { inputOf, readRun, writeRun } from './run-folder.ts';

/** `plummet gate [run]`: 0 if all that the config wants was shown, 1 if not. */
export async function runGate(given: string | undefined, io: Io): Promise<number> {
  const { config } = await loadConfig(io.cwd);
  const { run } = await readRun(io.cwd, given);
  const checked = gate(run, config.accept ?? 'floor', config.waivers ?? [], io.now().toISOString().slice(0, 10));
  io.out.write(gateText(checked));
  return passes(checked) ? 0 : 1;
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
