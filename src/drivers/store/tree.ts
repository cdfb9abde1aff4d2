import { constants } from 'node:fs';
import { chmod, copyFile, lchown, link, lstat, mkdir, readdir, readlink, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Folders of things that are installed and not written to at run time: their files are linked, not copied, where the disk allows it. What
 * a name with a dot begins in them (caches, generated clients) is copied, and so is what looks like a store.
 */
const installed = /(^|\/)(node_modules|\.venv|venv|vendor|\.git\/objects)\/(?!(.*\/)?\.)/;
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
  const visit = async (inside: string): Promise<void> => {
    const [source, target] = [join(from, inside), join(to, inside)];
    const info = await lstat(source);
    if (++entries > limits.entries) throw new TooMuch(`more than ${limits.entries} files`);
    if (info.isDirectory()) {
      await mkdir(target, { recursive: true });
      const names = await readdir(source);
      for (let at = 0; at < names.length; at += 16)
        await Promise.all(
          names.slice(at, at + 16).flatMap((name) => (left.has(name) ? [] : [visit(join(inside, name))])),
        );
      await chmod(target, info.mode & 0o7777);
      await owned(target, info);
    } else if (info.isSymbolicLink()) {
      const leads = await readlink(source);
      await symlink(leads === from || leads.startsWith(`${from}/`) ? to + leads.slice(from.length) : leads, target);
    } else if (info.isFile()) {
      if (installed.test(`${inside}`) && !store.test(inside) && (await linked(source, target))) {
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
