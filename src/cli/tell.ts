import { relative } from 'node:path';
import type { Command } from 'commander';
import { list, oneLine } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import type { Result, Run } from '../model/run.ts';
import { type Line, lineOf, summaryLine, verdictLine } from '../report/lines.ts';
import { reports } from '../report/reports.ts';
import { colored, type Io } from './parts.ts';
import { type Live, live } from './progress.ts';
import { inputOf } from './run-folder.ts';

/** How a run is told while it goes on and when it ends: for people, or for what reads a terminal. */
const shapes = ['json', 'terse', 'ndjson'] as const;
type Shape = (typeof shapes)[number] | 'text';
export type ShapeFlags = { readonly [shape in (typeof shapes)[number]]?: boolean };

export interface Teller extends Live {
  /** What is asked, and where it will stand. */
  begin(run: { url: string; claims: readonly string[] }, dir: string): void;
  /** `exit`: the code that the command ends with. */
  show(run: Run, dir: string, exit: number): void;
  /** It ends without a run to show. */
  failed(exit: number, error: unknown): void;
}

/** The flags of a command that makes a run. */
export const runFlags = (command: Command): Command =>
  command
    .option(
      '--trace',
      'film what is broken: a trace of each window in traces/ of the run folder, for npx playwright show-trace; it holds passwords and sessions',
    )
    .option('--show-rows', 'leave rows of others in pictures: they are painted over, unless the app runs on a copy')
    .option('--terse', 'a line for each claim that is not a pass, and a line of sum; no progress, no colour')
    .option('--ndjson', 'progress, verdicts and the sum as JSON, one object a line, as they come (docs/formats.md)');

export function tellerOf(flags: ShapeFlags, io: Io): Teller {
  const given = shapes.filter((shape) => flags[shape]);
  if (given.length > 1)
    throw new Failure(
      'E_USAGE',
      `${list(given.map((shape) => `--${shape}`))} each want stdout for themselves: give one.`,
    );
  const shape: Shape = given[0] ?? 'text';
  return shape === 'ndjson' ? byLine(io) : atOnce(shape, io);
}

/** The whole at the end; before that, what a person wants to see on stderr. */
function atOnce(shape: Exclude<Shape, 'ndjson'>, io: Io): Teller {
  const told = live(io.err);
  const quiet = shape === 'terse';
  return {
    ...told,
    ...(quiet ? { progress: () => undefined, found: () => undefined } : {}),
    begin: () => undefined,
    failed: () => undefined,
    show(run, dir) {
      if (shape === 'json') return io.out.write(reports.json({ run }));
      const input = inputOf(dir, run, io.cwd);
      io.out.write(
        quiet ? reports.terse(input) : reports.text({ ...input, color: colored(io, io.out), width: io.out.columns }),
      );
    },
  };
}

/** Each claim once as `verdict`, and again as `revised` where the end knew better. */
function byLine(io: Io): Teller {
  const told = new Map<string, Result['status']>();
  let folder: string | undefined;
  const write = (line: Line): void => io.out.write(lineOf(line));
  const verdict = (result: Result): void => {
    const before = told.get(result.claim);
    if (before === result.status) return;
    told.set(result.claim, result.status);
    write(verdictLine(result, before === undefined ? 'verdict' : 'revised', folder));
  };
  return {
    begin({ url, claims }, dir) {
      folder = relative(io.cwd, dir) || '.';
      write({ kind: 'start', schema: 1, url, folder, asked: claims });
    },
    progress: (event) => write({ kind: 'progress', ...event }),
    say: (says) => write({ kind: 'note', says }),
    found: verdict,
    end: () => undefined,
    show(run, dir, exit) {
      for (const result of run.results) verdict(result);
      write(summaryLine(run, inputOf(dir, run, io.cwd).files ?? {}, exit));
    },
    failed(exit, error) {
      const coded =
        error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
      const says = error instanceof Error ? oneLine(error.message) : 'interrupted';
      write({ kind: 'failure', exit, says, ...(coded ? { code: coded } : {}) });
    },
  };
}
