/**
 * The way in: seconds and acts from the start to the second mark seen, over the gallery and over whatever else is named: folders of
 * apps that `score.mjs` beside them starts, or folders with runs in them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { patterns, serveGallery } from '../fixtures/gallery/server.ts';
import { median, plummet, seconds, table, verifiedIn, writtenIn } from './measure.ts';

const goals = { median: 10_000, ninetieth: 30_000 };
type Row = readonly [name: string, verified: { at: number; acts: number } | undefined];

export async function survey(words: readonly string[]): Promise<void> {
  const rows: Row[] = await ofGallery();
  for (const word of words) rows.push(...ofFolder(resolve(word)));
  const times = rows.flatMap(([, verified]) => (verified ? [verified.at] : []));
  const ninetieth = [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.9) - 1];
  const slowest = [...rows].sort(([, a], [, b]) => (b?.at ?? Infinity) - (a?.at ?? Infinity)).slice(0, 12);
  const shown = words.length ? rows.slice(patterns.size) : [];
  const cells = ([name, verified]: Row): string[] => [
    name,
    seconds(verified?.at),
    verified ? String(verified.acts) : 'none',
  ];
  console.log(table([['the slowest', 'seconds', 'acts'], ...slowest.map(cells)]));
  if (shown.length) console.log(`\n${table([['beside the gallery', 'seconds', 'acts'], ...shown.map(cells)])}`);
  console.log(
    `\n${times.length} of ${rows.length} with a verified way to write; median ${seconds(median(times))} s (goal ${seconds(goals.median)}), ninetieth percentile ${seconds(ninetieth)} s (goal ${seconds(goals.ninetieth)}), median ${median(rows.flatMap(([, v]) => (v ? [v.acts] : [])))} acts`,
  );
}

async function ofGallery(): Promise<Row[]> {
  const gallery = await serveGallery();
  const rows: Row[] = [];
  try {
    for (const [name] of patterns) {
      const { run, events } = await plummet(`${gallery.url}${name}`, {
        flags: ['--only', 'persistence/records-survive-reload'],
      });
      const row: Row = [name, verifiedIn(run, events)];
      rows.push(row);
      process.stderr.write(`${name} ${seconds(row[1]?.at)}\n`);
    }
  } finally {
    await gallery.close();
  }
  return rows;
}

/** Apps are audited by their address first, where a script to do so stands beside them. */
function ofFolder(folder: string): Row[] {
  const script = join(folder, 'score.mjs');
  if (!existsSync(script)) return ofRuns(folder);
  const kept = mkdtempSync(join(tmpdir(), 'plummet-bench-'));
  try {
    const words = ['--mode', 'url', '--only', 'persistence/records-survive-reload', '--keep', kept];
    spawnSync(process.execPath, [script, ...words, '--project', join(import.meta.dirname, '..')], {
      stdio: ['ignore', 2, 2],
      // Apps are built and run by the machine's own node, not by the one that npm put first.
      env: {
        ...process.env,
        PATH: (process.env['PATH'] ?? '')
          .split(':')
          .filter((one) => !one.includes('node_modules'))
          .join(':'),
      },
    });
    return ofRuns(kept);
  } finally {
    rmSync(kept, { recursive: true, force: true });
  }
}

const ofRuns = (folder: string): Row[] =>
  readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'events.ndjson')))
    .map((name) => {
      const { run, events } = writtenIn(join(folder, name));
      return [name, verifiedIn(run, events)];
    });
