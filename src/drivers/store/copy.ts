import { existsSync, realpathSync, statSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import type { Moved, ProcessSpec } from '../../model/app.ts';
import { databasesIn } from '../../model/databases.ts';
import { storeFilesIn } from '../../model/stores.ts';
import { answers } from '../answers.ts';
import { environmentOf } from '../app/environment.ts';
import { copyDatabase, type DatabaseCopy, sameDatabase, serverOf } from './database.ts';
import { folderOnLeash } from './leash.ts';
import { copyTree, type Limits, TooMuch } from './tree.ts';

const limits: Limits = { bytes: 2e9, entries: 400_000 };

/** An app's folders and file stores, copied: what runs on the copy leaves the user's own as they are. */
export interface AppCopy {
  /** The same processes, in the copy. */
  readonly processes: readonly ProcessSpec[];
  /** What stands for what. */
  readonly moved: readonly Moved[];
  readonly databases: readonly DatabaseCopy[];
  /** In one line, for people. */
  readonly says: string;
  release(): Promise<void>;
}
/** Copies what the processes run in and the file stores that their environment names. Where that cannot be, says why. */
export async function copyApp(processes: readonly ProcessSpec[]): Promise<AppCopy | { readonly refused: string }> {
  const roots = rootsOf(processes.map((p) => p.cwd));
  const wide = roots.find((root) => root === sep || homedir().startsWith(root));
  if (wide !== undefined) return { refused: `the app's folder is ${wide}, which holds more than an app` };
  const home = await folderOnLeash();
  const databases: DatabaseCopy[] = [];
  const refused: string[] = [];
  const release = async (): Promise<void> => {
    for (const database of databases) await database.release();
    await home.release();
  };
  try {
    const moved: Moved[] = [];
    let [copied, linked] = [0, 0];
    for (const from of roots) {
      const to = join(home.dir, String(moved.length), basename(from));
      await mkdir(dirname(to), { recursive: true });
      const done = await copyTree(from, to, limits);
      [copied, linked] = [copied + done.copied, linked + done.linked];
      moved.push({ from, to, what: 'folder' });
    }
    for (const { variable, path } of processes.flatMap((p) => storeFilesIn(environmentOf(p)))) {
      if (moved.some((m) => path === m.from || path.startsWith(m.from + sep))) continue;
      const to = await copyStore(path, join(home.dir, String(moved.length)));
      if (to !== undefined) moved.push({ from: path, to, what: 'store', variable });
    }
    for (const named of processes.flatMap((p) => databasesIn(environmentOf(p), p.tunnels)))
      if (!databases.some((one) => sameDatabase(one.of, named.address)) && (await answers(...serverOf(named.address))))
        // Where it cannot be copied it is used as it is, and not harmed.
        await copyDatabase(named).then(
          (copy) => databases.push(copy),
          (error: Error) => refused.push(`; the database that ${named.variable} names is no copy (${error.message})`),
        );
    await give(home.dir, roots[0] ?? home.dir, moved.length);
    const stores = moved.filter((m) => m.what === 'store');
    return {
      processes: processes.map((p) => inCopy(p, moved)).map((p) => onCopies(p, databases)),
      moved,
      databases,
      says: `the app runs on a copy of ${roots.join(', ')} (${size(copied)}${linked ? `, ${linked} installed files linked` : ''})${stores.length ? ` and of ${stores.map((s) => `${s.from} (${s.variable})`).join(', ')}` : ''}${databases.length ? ` and of ${databases.length > 1 ? 'the databases' : 'the database'} that its variables name` : ''}${refused.join('')}`,
      release,
    };
  } catch (error) {
    await release();
    const why = error instanceof TooMuch ? `it is too much: ${error.message}` : (error as Error).message;
    return { refused: why };
  }
}

/** The folders to copy: the repository that a process runs in, or its folder where there is none; none inside another. */
function rootsOf(folders: readonly string[]): string[] {
  const tops = [...new Set(folders.map((folder) => repositoryOf(realpathSync(folder))))];
  return tops.filter((top) => !tops.some((other) => other !== top && top.startsWith(other + sep)));
}

function repositoryOf(folder: string): string {
  for (let at = folder; dirname(at) !== at && at !== homedir(); at = dirname(at))
    if (existsSync(join(at, '.git'))) return at;
  return folder;
}

/** A file with what belongs to it (a journal, a write-ahead log), or a folder; what does not exist yet has its folder made. */
async function copyStore(path: string, into: string): Promise<string | undefined> {
  const to = join(into, basename(path));
  // A socket leads to a server, which is no file of the app's.
  if (statSync(path, { throwIfNoEntry: false })?.isSocket()) return undefined;
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() || dirname(path) === sep) return undefined;
  await mkdir(into, { recursive: true });
  for (const suffix of ['', '-wal', '-journal'])
    if (existsSync(path + suffix)) await copyTree(path + suffix, to + suffix, limits);
  return to;
}

/** As root the app runs as the owner of its folder, who must be let in. */
async function give(home: string, root: string, parts: number): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(root);
  await chown(home, uid, gid);
  for (let part = 0; part < parts; part++) await chown(join(home, String(part)), uid, gid);
}

/** The process where its folder, its command and its variables name the copy. */
function inCopy(process_: ProcessSpec, moved: readonly Moved[]): ProcessSpec {
  const into = (text: string): string =>
    moved.reduce(
      (now, { from, to }) => now.replaceAll(new RegExp(`(?<![\\w.-])${literal(from)}(?![\\w.-])`, 'g'), to),
      text,
    );
  const own = realpathSync(process_.cwd);
  const named = Object.entries(environmentOf(process_)).filter(
    ([name, value]) => !inherited.has(name) && into(value) !== value,
  );
  return {
    ...process_,
    cwd: into(own),
    run: into(process_.run),
    env: { ...process_.env, ...Object.fromEntries(named.map(([name, value]) => [name, into(value)])) },
  };
}

const onCopies = (process_: ProcessSpec, databases: readonly DatabaseCopy[]): ProcessSpec => {
  const renamed = databasesIn(environmentOf(process_), process_.tunnels).map((named) => {
    const copy = databases.find(({ of }) => sameDatabase(of, named.address));
    return copy ? named.renamed(copy.name) : {};
  });
  return { ...process_, env: Object.assign({}, process_.env, ...renamed) };
};

/** What a shell says of where it is. */
const inherited = new Set(['PWD', 'OLDPWD', 'INIT_CWD', 'npm_config_local_prefix', 'npm_package_json', '_']);
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${Math.round(bytes / 1e6)} MB`;
