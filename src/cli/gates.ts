import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { list, plural } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import { gates } from '../report/gates.ts';
import type { Io } from './parts.ts';
import { readRun } from './run-folder.ts';

/** What was written here, so that what somebody changed since is known: path → SHA-256. */
const manifest = '.written-by-plummet.json';

/** `plummet gates [run]`: plain tests of what the run decided. What is not ours, or was changed by hand, is left as it is unless `force`. */
export async function runGates(
  given: string | undefined,
  flags: { readonly out?: string; readonly force?: boolean },
  io: Io,
): Promise<number> {
  const { run } = await readRun(io.cwd, given);
  const folder = resolve(io.cwd, flags.out ?? 'e2e/plummet');
  // A folder elsewhere is a repository of its own, as far as the workflow is concerned.
  const root = isInside(folder, io.cwd) ? io.cwd : folder;
  const made = gates(run, {
    folder: slashes(relative(root, folder)) || '.',
    cwd: (path) => `${slashes(relative(folder, path)) || '.'}/`,
  });
  if ('why' in made) throw new Failure('E_GATES', `No test can be written of that run: ${made.why}.`);
  const workflow = slashes(relative(folder, join(root, '.github/workflows/plummet-gates.yml')));
  const files = { ...made.suite, [workflow]: made.workflow };
  const { wrote, left, old } = await put(folder, files, flags.force === true);
  const named = (name: string): string => relative(io.cwd, join(folder, name));
  const { tests, left: out } = made.plan;
  io.out.write(
    `${plural(new Set(tests.map(({ test }) => test)).size, 'test')} in ${relative(io.cwd, folder) || '.'}: ${plural(wrote, 'file')} written. README.md there says how they are run${out.length ? `, and why ${plural(out.length, 'claim is', 'claims are')} left out` : ''}.\n`,
  );
  if (left.length)
    io.err.write(
      `Left as they are, since they are not ours or were changed: ${list(left.map(named))}. --force writes them anew.\n`,
    );
  if (old.length) io.err.write(`Written by an earlier run, and not by this one: ${list(old.map(named))}.\n`);
  return 0;
}

const slashes = (path: string): string => path.split(sep).join('/');
const isInside = (path: string, folder: string): boolean => !relative(folder, path).startsWith('..');
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Writes what is ours to write. `old`: files of an earlier run that this one does not write. */
async function put(
  folder: string,
  files: Readonly<Record<string, string>>,
  force: boolean,
): Promise<{ wrote: number; left: string[]; old: string[] }> {
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new Failure('E_OUT', `${join(folder, name)} cannot be read: ${error.code}. Give --out another folder.`);
    });
  const known = parse(await read(manifest));
  const left: string[] = [];
  const now: Record<string, string> = {};
  for (const [name, text] of Object.entries(files)) {
    const there = await read(name);
    const before = known[name];
    if (there !== undefined && there !== text && !force && before !== hash(there)) {
      left.push(name);
      if (before) now[name] = before;
      continue;
    }
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
    now[name] = hash(text);
  }
  const old: string[] = [];
  for (const [name, before] of Object.entries(known)) {
    if (name in files || (await read(name)) === undefined) continue;
    old.push(name);
    now[name] = before;
  }
  if (Object.keys(now).length) await writeFile(join(folder, manifest), `${JSON.stringify(now, null, 2)}\n`);
  return { wrote: Object.keys(files).length - left.length, left, old };
}

/** A manifest that says anything else says nothing. */
function parse(text: string | undefined): Record<string, string> {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(
      Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}
