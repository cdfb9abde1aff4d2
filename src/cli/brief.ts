import { type Dirent, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { oneLine, plural } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import type { Run } from '../model/run.ts';
import { cluesOf } from '../model/suspects/clues.ts';
import { type Brief, briefs, briefText, isBrief } from '../report/brief.ts';
import { causesOf } from '../report/causes.ts';
import type { Io } from './parts.ts';
import { inputOf, readRun } from './run-folder.ts';

export interface BriefFlags {
  /** A folder, or - for stdout. */
  readonly out?: string;
  readonly source?: string;
}

/** `plummet brief [run]`: a Markdown file for each root cause, beside the run or in `--out`. Exit code 0. */
export async function runBrief(given: string | undefined, { out, source }: BriefFlags, io: Io): Promise<number> {
  const { run, dir } = await readRun(io.cwd, given);
  const all = await briefsOf(run, dir, source, io);
  if (!all.length) {
    io.out.write('Nothing in that run is broken.\n');
    return 0;
  }
  if (out === '-') {
    io.out.write(briefText(all));
    return 0;
  }
  const files = await writeBriefs(run, dir, { out, source }, io);
  io.out.write(
    `${files.map((file, at) => `${file}   ${all[at]?.root}\n`).join('')}${plural(all.length, 'root cause')}. When one is mended: plummet verify\n`,
  );
  return 0;
}

/** Writes them into a folder; their paths from here, in the order of the causes. */
export async function writeBriefs(run: Run, dir: string, { out, source }: BriefFlags, io: Io): Promise<string[]> {
  const folder = out === undefined ? join(dir, 'briefs') : resolve(io.cwd, out);
  const all = await briefsOf(run, dir, source, io);
  await emptied(folder);
  for (const { name, text } of all) await writeFile(join(folder, name), text);
  return all.map(({ name }) => relative(io.cwd, join(folder, name)));
}

/** Those of a stored run, with the source searched where there is one. */
export async function briefsOf(run: Run, dir: string, source: string | undefined, io: Io): Promise<Brief[]> {
  const input = inputOf(dir, run);
  const folder = await sourceOf(run, source, io.cwd);
  if (folder === undefined) return briefs(input, undefined);
  const clues = causesOf(run).map(({ entries }) =>
    cluesOf(
      run,
      input.events,
      entries.map(({ result }) => result.claim),
    ),
  );
  return briefs(input, (await io.parts()).suspectsIn(folder, clues));
}

/** A folder that somebody works in holds one of these. */
const signs = [
  '.git',
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'manage.py',
  'go.mod',
  'Cargo.toml',
  'Gemfile',
  'composer.json',
  'pom.xml',
  'mix.exs',
];

/** The one given, that of the config or of the processes that the run started, else this folder where it looks like a source. */
async function sourceOf({ target }: Run, given: string | undefined, cwd: string): Promise<string | undefined> {
  if (given !== undefined && !existsSync(resolve(cwd, given)))
    throw new Failure('E_FILE', `--source: there is no folder ${given}.`);
  const told = given ?? (await loadConfig(cwd)).config.source ?? target.start?.[0]?.cwd;
  if (told !== undefined) return resolve(cwd, told);
  return signs.some((name) => existsSync(join(cwd, name))) ? cwd : undefined;
}

/** A folder that holds anything but briefs of ours is not touched. A name alone makes none: others number their files, too. */
async function emptied(folder: string): Promise<void> {
  const held = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException): Dirent[] => {
    if (error.code === 'ENOENT') return [];
    throw new Failure('E_OUT', `${folder} is not a folder. Give --out a new name.`);
  });
  for (const entry of held) {
    const ours =
      entry.isFile() &&
      named.test(entry.name) &&
      isBrief(await readFile(join(folder, entry.name), 'utf8').catch(() => ''));
    if (!ours)
      throw new Failure('E_OUT', `${folder} holds ${oneLine(entry.name)}, which is no brief. Give --out a new name.`);
  }
  for (const { name } of held) await rm(join(folder, name));
  await mkdir(folder, { recursive: true, mode: 0o700 });
}
const named = /^\d\d-[\p{L}\p{N}-]+\.md$/u;
