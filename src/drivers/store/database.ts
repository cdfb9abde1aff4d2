import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import type { NamedDatabase } from '../../model/databases.ts';
import { dateForms, fold, type Mark, numberForms, whichIn } from '../../model/mark.ts';
import { at, nameIn } from './dialect.ts';
import { dialects } from './dialects.ts';
import type { Doomed } from './drop.ts';

/** A copy of a database, beside it on the same server. */
export interface DatabaseCopy {
  /** Of the original, and of the copy for the same user. */
  readonly of: string;
  readonly address: string;
  /** The name of the copy. */
  readonly name: string;
  /** host:port. */
  readonly server: string;
  /** Saves its state. To be called while nobody is connected. */
  save(): Promise<void>;
  /** Puts it back to what was saved. Ends connections to it. */
  putBack(): Promise<void>;
  /** In which table of it, or else of the original, which of the marks stand. */
  find(marks: readonly Mark[], where: 'copy' | 'original'): Promise<readonly { table: string; holds: Mark[] }[]>;
  /** In which table of it which of the texts stand, letter for letter but for case. */
  holding(texts: readonly string[]): Promise<readonly { table: string; text: string }[]>;
  /** Drops it, and what was saved. */
  release(): Promise<void>;
}

/**
 * Copies a database. The copy is dropped within 3 s of our end, however we end. Throws the server's error (no right to make a database, for
 * example), or where it is over `most` bytes.
 */
export async function copyDatabase({ kind, address }: NamedDatabase, most = 2e9): Promise<DatabaseCopy> {
  const dialect = await dialects[kind]();
  const bytes = await dialect.size(address);
  if (bytes > most) throw new Error(`it is too much: ${Math.round(bytes / 1e6)} MB`);
  const [name, saved] = await dialect.free(address);
  // It stands before there is anything to drop.
  const leash = await dropAtEnd({ kind, address, names: [name, saved] });
  try {
    await dialect.copy(address, nameIn(address), name);
  } catch (error) {
    await leash.release();
    throw error;
  }
  const copy = at(address, name);
  return {
    of: address,
    address: copy,
    name,
    server: serverOf(address).join(':'),
    async save() {
      await dialect.drop(address, saved);
      await dialect.copy(address, name, saved);
    },
    async putBack() {
      await dialect.drop(address, name);
      await dialect.copy(address, saved, name);
    },
    async find(marks, where) {
      const keys = marks.flatMap((mark) =>
        /^\d+-/.test(mark) ? dateForms(mark) : /^\d/.test(mark) ? numberForms(mark) : [fold(mark).slice(0, 6)],
      );
      const tables = new Map<string, string[]>();
      for (const { table, text } of await dialect.rows(where === 'copy' ? copy : address, keys))
        tables.set(table, [...(tables.get(table) ?? []), text]);
      return [...tables].flatMap(([table, texts]) => {
        const holds = whichIn(texts.join('\n'), marks);
        return holds.length ? [{ table, holds }] : [];
      });
    },
    async holding(texts) {
      const low = texts.map((text) => text.toLowerCase());
      const rows = await dialect.rows(copy, low);
      return [...new Set(rows.map(({ table }) => table))].flatMap((table) => {
        const all = rows.flatMap((row) => (row.table === table ? [row.text.toLowerCase()] : []));
        return texts.flatMap((text, i) => (all.some((row) => row.includes(low[i] as string)) ? [{ table, text }] : []));
      });
    },
    release: () => leash.release(),
  };
}

/** Server and name alone: parameters and users may differ from variable to variable. */
export const sameDatabase = (a: string, b: string): boolean => {
  const [one, other] = [new URL(a), new URL(b)];
  return one.protocol === other.protocol && one.host === other.host && one.pathname === other.pathname;
};

/** Host and port; names of this machine are one. */
export function serverOf(address: string): [string, number] {
  const { hostname, port } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  return [host.endsWith('localhost') ? '127.0.0.1' : host, Number(port)];
}

/** A process of its own that drops these databases when its pipe from us closes. The address goes through the pipe: it may hold a password. */
async function dropAtEnd(doomed: Doomed): Promise<{ release(): Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `drop${extname(import.meta.filename)}`)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    cwd: '/',
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(doomed)}\n`);
  const [first] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as unknown[];
  if (!(first instanceof Buffer)) throw new Error('what would drop the copy does not run');
  return {
    async release() {
      child.stdin.end('released\n');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
