/** What an app leaves on the disk: which files it changed, and which of them hold a text. */
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FileTrace } from '../../model/app.ts';
import { holds, type Mark } from '../../model/mark.ts';

/** Installed things and our own runs: nothing that an app keeps lies there. */
const passedOver = new Set(['node_modules', '.venv', 'venv', 'vendor', '.git', '.plummet', '__pycache__']);
const most = { entries: 60_000, bytes: 256e6 };

/** Files under these folders (or these files themselves) whose content changed since, epoch ms. */
export async function changedUnder(places: readonly string[], since: number): Promise<string[]> {
  // Some disks count in seconds only, and the kernel stamps files with the time of its last tick, up to 10 ms ago.
  const from = Math.floor((since - 20) / 1000) * 1000;
  const found: string[] = [];
  let seen = 0;
  const visit = async (path: string): Promise<void> => {
    const info = await lstat(path).catch(() => undefined);
    if (!info || ++seen > most.entries) return;
    if (info.isFile() && info.mtimeMs >= from) found.push(path);
    if (!info.isDirectory()) return;
    for (const name of await readdir(path).catch(() => [] as string[]))
      if (!passedOver.has(name)) await visit(join(path, name));
  };
  for (const place of places) await visit(place);
  return found;
}

/** Which of these files hold which marks, in any letters and any of the usual encodings; `opaque` where none could be read off. */
export function searchIn(paths: readonly string[], marks: readonly Mark[]): Promise<FileTrace[]> {
  return Promise.all(
    paths.map(async (path) => {
      const { text, opaque } = await contentOf(path);
      return { path, holds: marks.filter((mark) => isIn(text, mark)), opaque, log: isLog(path) };
    }),
  );
}

/** Which of these files hold which texts, letter for letter but for case; `opaque` where none could be read off. */
export function wholeIn(paths: readonly string[], texts: readonly string[]): Promise<FileTrace[]> {
  return Promise.all(
    paths.map(async (path) => {
      const { text, opaque } = await contentOf(path);
      return { path, holds: texts.filter((one) => text.flat.includes(one.toLowerCase())), opaque, log: isLog(path) };
    }),
  );
}

/**
 * The tables of a SQLite database by the marks that they hold: in one file a log or a session may lie beside the records. Opens the
 * file, which makes files beside it in some modes: for copies only. Empty where it is no database, or cannot be read now.
 */
export function tablesOf(path: string, marks: readonly Mark[]): { table: string; holds: Mark[] }[] {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: 1000 });
    const name = (text: unknown): string => `"${String(text).replaceAll('"', '""')}"`;
    const tables = db
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'")
      .all();
    return tables.flatMap(({ name: table }) => {
      // The newest come first; some tables have no row id.
      const rows = ['order by rowid desc', ''].flatMap((order) => {
        try {
          const all = (db as DatabaseSync).prepare(`select * from ${name(table)} ${order} limit 5000`);
          all.setReadBigInts(true);
          return [all.all()];
        } catch {
          return [];
        }
      })[0];
      const text = JSON.stringify(rows, (_, value) =>
        typeof value === 'bigint' ? String(value) : value,
      ).toLowerCase();
      const found = marks.filter((mark) => isIn({ flat: text, head: '' }, mark));
      return found.length ? [{ table: String(table), holds: found }] : [];
    });
  } catch {
    return [];
  } finally {
    db?.close();
  }
}

function isIn({ flat, head }: { flat: string; head: string }, mark: Mark): boolean {
  return /^\d/.test(mark)
    ? holds(flat, mark) !== undefined
    : flat.includes(mark.slice(0, 6)) || holds(head, mark) !== undefined;
}

/** The bytes as letters in lower case without the zeros that UTF-16 puts between them, and the beginning as it stands, for other encodings. */
async function contentOf(path: string): Promise<{ text: { flat: string; head: string }; opaque: boolean }> {
  const parts: Buffer[] = [];
  try {
    for await (const part of createReadStream(path, { end: most.bytes })) parts.push(part as Buffer);
  } catch {
    // It is gone again, or not ours to read.
  }
  const bytes = Buffer.concat(parts);
  const letters = bytes.toString('latin1').toLowerCase();
  return {
    text: { flat: letters.replaceAll('\0', ''), head: bytes.subarray(0, 1e6).toString('utf8') },
    // What lies beyond was not read.
    opaque: isOpaque(bytes) || bytes.length > most.bytes,
  };
}

/** Compressed or encrypted: nearly all byte values, nearly equally often (Shannon's entropy over 7.5 bits a byte). */
function isOpaque(bytes: Buffer): boolean {
  if (bytes.length < 512) return false;
  const counts = new Uint32Array(256);
  for (const byte of bytes.subarray(0, 65_536)) counts[byte] = (counts[byte] ?? 0) + 1;
  const all = Math.min(bytes.length, 65_536);
  const entropy = counts.reduce((sum, n) => (n ? sum - (n / all) * Math.log2(n / all) : sum), 0);
  return entropy > 7.5;
}

/** Is the path one of these places, or in one? */
export const isUnder = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(place + sep));

/** Called like a log. */
export const isLog = (path: string): boolean => /\.(log|out|err)$|(^|\/)logs?\//i.test(path);
