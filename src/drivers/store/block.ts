import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { mkdir, rename, rmdir } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';

/** Makes writing to the file fail until it is lifted. Throws where it is no file, or SQLite's error where it is locked already. */
export async function block(path: string): Promise<{ how: string; lift(): Promise<void> }> {
  if (isDatabase(path)) {
    const db = new DatabaseSync(path, { timeout: 2000 });
    // In a write-ahead log this stops writers only: nothing from outside stops its readers.
    db.exec('begin exclusive');
    return {
      how: 'its database is locked by another writer',
      async lift() {
        db.exec('rollback');
        db.close();
      },
    };
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
