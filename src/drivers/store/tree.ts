import { constants, existsSync } from 'node:fs';
import { chmod, copyFile, lchown, link, lstat, mkdir, readdir, readlink, symlink, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * Does the folder hold what is installed, and not written to at run time? Its files are linked, not copied, where the disk allows it. A
 * name alone says it of `node_modules` only; where `patches` are applied to them they are written to. `beside`: names of its own folder.
 */
function isInstalled(
  name: string,
  beside: ReadonlySet<string>,
  within: ReadonlySet<string>,
  patched: boolean,
): boolean {
  if (name === 'node_modules') return !patched;
  if (name === 'venv' || name === '.venv') return within.has('pyvenv.cfg');
  if (name === 'vendor') return ['composer.json', 'go.mod', 'Gemfile'].some((file) => beside.has(file));
  return name === 'objects' && beside.has('HEAD') && beside.has('refs');
}
/** What looks like a store is copied, wherever it lies. */
const store = /\.(db|db3|sqlite3?|sqlite-wal|mdb|json5?db)$/i;
/** Our own runs. */
const left = new Set(['.plummet']);

export interface Limits {
  /** Bytes that are copied at most; linked ones do not count. */
  readonly bytes: number;
  readonly entries: number;
}

/** More than `limits` allow. */
export class TooMuch extends Error {
  override name = 'TooMuch';
}

/**
 * Copies a folder with its modes, times and owners. Symbolic links stay as they are, but those that lead into the folder by its whole
 * path, which lead into the copy. Sockets, pipes and devices are left out. Throws TooMuch, or the system's error.
 */
export async function copyTree(from: string, to: string, limits: Limits): Promise<{ copied: number; linked: number }> {
  const done = { copied: 0, linked: 0 };
  const root = process.getuid?.() === 0;
  let entries = 0;
  const owned = async (path: string, { uid, gid }: { uid: number; gid: number }): Promise<void> => {
    if (root) await lchown(path, uid, gid);
  };
  const patched = existsSync(join(from, 'patches'));
  /** `link`: it lies in what is installed. What a name with a dot begins in there (caches, generated clients) is written to. */
  const visit = async (inside: string, link = false, beside: ReadonlySet<string> = new Set()): Promise<void> => {
    const [source, target] = [join(from, inside), join(to, inside)];
    const info = await lstat(source);
    if (++entries > limits.entries) throw new TooMuch(`more than ${limits.entries} files`);
    if (info.isDirectory()) {
      await mkdir(target, { recursive: true });
      const names = await readdir(source);
      const within = new Set(names);
      const name = basename(source);
      const installed = isInstalled(name, beside, within, patched) || (link && !name.startsWith('.'));
      for (let at = 0; at < names.length; at += 16)
        await Promise.all(
          names
            .slice(at, at + 16)
            .flatMap((entry) =>
              left.has(entry) ? [] : [visit(join(inside, entry), installed && !entry.startsWith('.'), within)],
            ),
        );
      // What we cannot write to we could not remove again.
      await chmod(target, (info.mode & 0o7777) | 0o700);
      await owned(target, info);
    } else if (info.isSymbolicLink()) {
      const leads = await readlink(source);
      await symlink(leads === from || leads.startsWith(`${from}/`) ? to + leads.slice(from.length) : leads, target);
    } else if (info.isFile()) {
      if (link && !store.test(inside) && (await linked(source, target))) {
        done.linked++;
        return;
      }
      done.copied += info.size;
      if (done.copied > limits.bytes) throw new TooMuch(`more than ${Math.round(limits.bytes / 1e6)} MB`);
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, info.mode & 0o7777);
      await utimes(target, info.atime, info.mtime);
      await owned(target, info);
    }
  };
  await visit('.');
  return done;
}

const linked = (source: string, target: string): Promise<boolean> =>
  link(source, target).then(
    () => true,
    () => false,
  );
