/** Whole processes, timed from outside; and numbers in columns. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunEvent } from '../src/model/evidence.ts';
import type { Run } from '../src/model/run.ts';

export const program = join(import.meta.dirname, '../bin/plummet.js');

/** Milliseconds from start to end; rejects where the code is none of those. */
export function timed(
  words: readonly string[],
  options: { cwd: string; env?: Readonly<Record<string, string>>; codes?: readonly number[] },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(process.execPath, words, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      const took = performance.now() - from;
      if ((options.codes ?? [0]).includes(code ?? -1)) resolve(took);
      else reject(new Error(`${words.join(' ')} ended with ${code}:\n${said.slice(-3000)}`));
    });
  });
}

/** One `plummet reload`, or the command given, as a user runs it; what it wrote is read and removed. */
export async function plummet(
  url: string,
  options: {
    cwd?: string;
    env?: Readonly<Record<string, string>>;
    flags?: readonly string[];
    codes?: readonly number[];
    command?: 'reload' | 'audit';
  } = {},
): Promise<{ took: number; run: Run; events: RunEvent[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'plummet-bench-'));
  try {
    const out = join(dir, 'run');
    const took = await timed([program, options.command ?? 'reload', url, '--out', out, ...(options.flags ?? [])], {
      cwd: options.cwd ?? dir,
      codes: options.codes ?? [0, 1, 2],
      env: { XDG_STATE_HOME: dir, ...options.env },
    });
    return { took, ...writtenIn(out) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** When and after how many acts the record was verified: written, seen again or side by side, written a second time. Milliseconds since the run began. */
export function verifiedIn(run: Run, events: readonly RunEvent[]): { at: number; acts: number } | undefined {
  const moment = run.facts.record && events.find((e) => e.id === run.facts.record?.evidence[0]);
  return moment && { at: moment.at, acts: events.filter((e) => e.kind === 'act' && e.at <= moment.at).length };
}

/** What a run wrote into its folder. */
export const writtenIn = (dir: string): { run: Run; events: RunEvent[] } => ({
  run: JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as Run,
  events: readFileSync(join(dir, 'events.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent),
});

export const median = (of: readonly number[]): number => {
  const sorted = [...of].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return ((low ?? 0) + (high ?? 0)) / 2;
};

export const seconds = (ms: number | undefined): string => (ms === undefined ? '-' : (ms / 1000).toFixed(2));

/** Columns as wide as they have to be; numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => (/^[\d.-]/.test(cell) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
