import { changes, worse } from '../model/changes.ts';
import { changeReports } from '../report/changes.ts';
import { chosen } from './format.ts';
import type { Io } from './parts.ts';
import { readRun } from './run-folder.ts';

/** `plummet diff <before> [after]`: 0 if nothing is broken that was not, 1 if something is. */
export async function runDiff(before: string, after: string | undefined, format: string, io: Io): Promise<number> {
  const form = chosen(changeReports, format);
  const [was, is] = [await readRun(io.cwd, before), await readRun(io.cwd, after)];
  const found = changes(was.run, is.run);
  io.out.write(form(found, io.out.columns));
  return worse(found) ? 1 : 0;
}
