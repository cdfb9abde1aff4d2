import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { RunEvent } from '../model/evidence.ts';
import { Failure } from '../model/failure.ts';
import { filmFolder, filmsOf } from '../model/film.ts';
import { ledgerIn } from '../model/ledger.ts';
import type { Run } from '../model/run.ts';
import { type ReportInput, reports } from '../report/reports.ts';

const home = '.plummet';
const ours = ['run.json', 'events.ndjson', 'blobs', 'report.html', filmFolder, 'briefs'];

/** An empty folder for a run: the one given, or a new one under .plummet. A folder that holds anything but a run is not touched. */
export async function makeRunFolder(cwd: string, out: string | undefined, url: string, now: Date): Promise<string> {
  const dir = out === undefined ? await unused(resolve(cwd, home, nameOf(url, now))) : resolve(cwd, out);
  const held = await readdir(dir).catch((error: NodeJS.ErrnoException): string[] =>
    error.code === 'ENOENT' ? [] : refuse(dir),
  );
  if (held.length && !held.includes('run.json')) refuse(dir);
  await Promise.all(ours.map((name) => rm(join(dir, name), { recursive: true, force: true })));
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if (basename(dirname(dir)) === home) await writeFile(join(dirname(dir), '.gitignore'), '*\n');
  return dir;
}

function refuse(dir: string): never {
  throw new Failure('E_OUT', `${dir} is not an empty folder and holds no run. Give --out a new name.`);
}

/** "2026-11-25-200311-localhost-4100". */
function nameOf(url: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  return `${stamp}-${new URL(url).host.replace(/[^\w.]+/g, '-').replace(/^-|-$/g, '')}`;
}

async function unused(dir: string): Promise<string> {
  for (let count = 1; ; count++) {
    const name = count === 1 ? dir : `${dir}-${count}`;
    if (!(await stat(name).catch(() => undefined))) return name;
  }
}

/** Writes run.json and report.html, and points `latest` beside the folder to it. Gives the path of the report. */
export async function writeRun(dir: string, run: Run): Promise<string> {
  await writeFile(join(dir, 'run.json'), reports.json({ run }));
  const report = join(dir, 'report.html');
  await writeFile(report, reports.html(inputOf(dir, run)));
  if (basename(dirname(dir)) === home) await pointLatest(dir);
  return report;
}

/** Replaced in one step. Where links cannot be made there is none. */
async function pointLatest(dir: string): Promise<void> {
  const link = join(dirname(dir), 'latest');
  const fresh = `${link}-${process.pid}`;
  await symlink(basename(dir), fresh)
    .then(() => rename(fresh, link))
    .catch(() => rm(fresh, { force: true }));
}

/** What a report needs of the run folder. */
export function inputOf(dir: string, run: Run, cwd?: string): ReportInput {
  const named = (name: string): string => (cwd === undefined ? join(dir, name) : relative(cwd, join(dir, name)) || '.');
  const films = existsSync(join(dir, filmFolder)) ? readdirSync(join(dir, filmFolder)) : [];
  return {
    run,
    events: readEvents(dir),
    blobs: (name) =>
      /^[\w-][\w.-]*$/.test(name) && existsSync(join(dir, 'blobs', name))
        ? readFileSync(join(dir, 'blobs', name))
        : undefined,
    films: (claim) => filmsOf(claim, films).map((name) => `${filmFolder}/${name}`),
    files: { folder: named('.'), ...(existsSync(join(dir, 'report.html')) ? { report: named('report.html') } : {}) },
  };
}

function readEvents(dir: string): RunEvent[] {
  const file = join(dir, 'events.ndjson');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line ? [JSON.parse(line) as RunEvent] : [];
      } catch {
        // The last line of a run that was killed may be half a line.
        return [];
      }
    });
}

/** A stored run: its folder, its run.json, its name under .plummet, or nothing for the latest. */
export async function readRun(cwd: string, given = 'latest'): Promise<{ run: Run; dir: string }> {
  const places = [resolve(cwd, given), resolve(cwd, home, given)].map((place) =>
    basename(place) === 'run.json' ? dirname(place) : place,
  );
  const dir = places.find((place) => existsSync(join(place, 'run.json')));
  if (dir === undefined) {
    const runs = await runsIn(cwd);
    throw new Failure(
      'E_RUN',
      given === 'latest' && !runs.length
        ? 'There is no run here yet. Make one with: plummet <url>'
        : `There is no run at ${given}.${runs.length ? ` Runs here: ${runs.slice(-5).join(', ')}.` : ''}`,
    );
  }
  const run = parse(await readFile(join(dir, 'run.json'), 'utf8'), dir);
  return { run: run.interrupted ? { ...run, ledger: ledgerIn(readEvents(dir)) } : run, dir };
}

/** The newest run under .plummet, whole or not: `latest` is the newest that came to its end. */
export const newestRun = async (cwd: string): Promise<string | undefined> => (await runNames(cwd)).at(-1);

/** Names of the runs under .plummet that were named by us, the oldest first. */
export const runNames = async (cwd: string): Promise<string[]> =>
  (await runsIn(cwd)).filter((name) => /^\d{4}-/.test(name));

const runsIn = async (cwd: string): Promise<string[]> =>
  (await readdir(join(cwd, home)).catch(() => [] as string[]))
    .filter((name) => existsSync(join(cwd, home, name, 'run.json')))
    .sort();

function parse(text: string, dir: string): Run {
  try {
    const run = JSON.parse(text) as Run;
    if (run.schema === 1 && Array.isArray(run.results)) return run;
    throw new Error(`its schema is ${String(run.schema)}, and this version reads 1`);
  } catch (error) {
    throw new Failure(
      'E_RUN',
      `${join(dir, 'run.json')} is no run that this version can read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
