import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { mkdir, rename, rmdir } from 'node:fs/promises';

/** Makes writing to the file fail until it is lifted. Throws where it is no file, or SQLite's error where it is locked already. */
export async function block(path: string): Promise<{ how: string; lift(): Promise<void> }> {
  if (isDatabase(path)) {
    const holder = await lock(path);
    return { how: 'its database is locked by another writer', lift: holder.end };
  }
  const aside = `${path}.plummet`;
  await rename(path, aside);
  await mkdir(path);
  return {
    how: 'a folder stands where its data file was',
    async lift() {
      await rmdir(path);
      await rename(aside, path);
    },
  };
}

/**
 * Holds the lock in a process of its own: a POSIX lock goes when its process closes any descriptor of the file, and we read files. In a
 * write-ahead log this stops writers only: nothing from outside stops its readers.
 */
async function lock(path: string): Promise<{ end(): Promise<void> }> {
  const script = `const db = new (require('node:sqlite').DatabaseSync)(process.argv[1], { timeout: 2000 });
    db.exec('begin exclusive'); process.stdout.write('locked');
    process.stdin.on('end', () => { db.exec('rollback'); db.close(); process.exit(0); }).resume();`;
  const child = spawn(process.execPath, ['-e', script, path], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  const [first] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as unknown[];
  if (!(first instanceof Buffer)) throw new Error(`${path} could not be locked`);
  return {
    async end() {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** The header of SQLite's file format (sqlite.org/fileformat.html, 1.3). */
export function isDatabase(path: string): boolean {
  const head = Buffer.alloc(16);
  if (!existsSync(path)) return false;
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, 16, 0);
  } finally {
    closeSync(file);
  }
  return head.toString('latin1') === 'SQLite format 3\0';
}
