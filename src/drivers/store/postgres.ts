import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { fold, type Mark } from '../../model/mark.ts';

/** A copy of a PostgreSQL database, beside it on the same server. */
export interface DatabaseCopy {
  /** Its address, for the same user. */
  readonly url: string;
  /** Saves its state. To be called while nobody is connected. */
  save(): Promise<void>;
  /** Puts it back to what was saved. Ends connections to it. */
  putBack(): Promise<void>;
  /** Which of the marks stand in some row of it. */
  holds(marks: readonly Mark[]): Promise<Mark[]>;
  /** Drops it, and what was saved. */
  release(): Promise<void>;
}

/** Is this the address of a database that could be copied? */
export const isPostgres = (value: string): boolean => /^postgres(ql)?:\/\/[^/]*\/[^/?]+/.test(value);

/**
 * Copies a database as a template (CREATE DATABASE … TEMPLATE), which takes the right to create databases and nobody else connected. The
 * copy is dropped within 3 s of our end, however we end. Throws the server's error, or where it is over `most` bytes.
 */
export async function copyDatabase(address: string, most = 2e9): Promise<DatabaseCopy> {
  const url = new URL(address);
  const original = decodeURIComponent(url.pathname.slice(1));
  const name = `plummet_${randomBytes(6).toString('hex')}`;
  const saved = `${name}_saved`;
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const run = (...statements: string[]): Promise<void> => asked(maintenance.href, statements);
  const [of, as, kept] = [original, name, saved].map(escapeIdentifier) as [string, string, string];
  const bytes = await sizeOf(maintenance.href, original);
  if (bytes > most) throw new Error(`it is too much: ${Math.round(bytes / 1e6)} MB`);
  // It stands before there is anything to drop.
  const leash = await dropAtEnd(maintenance.href, [name, saved]);
  try {
    await run(`create database ${as} template ${of}`);
  } catch (error) {
    await leash.release();
    throw error;
  }
  return {
    url: copy.href,
    save: () => run(`drop database if exists ${kept}`, `create database ${kept} template ${as}`),
    putBack: () => run(...dropping(name), `create database ${as} template ${kept}`),
    holds: (marks) => marksIn(copy.href, marks),
    release: () => leash.release(),
  };
}

async function marksIn(url: string, marks: readonly Mark[]): Promise<Mark[]> {
  const tables = await rowsOf(
    url,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const found = new Set<Mark>();
  for (const { name } of tables) {
    const rows = await rowsOf(url, `select t::text as row from ${String(name)} t order by ctid desc limit 20000`);
    const text = fold(rows.map(({ row }) => String(row)).join(' '));
    for (const mark of marks) if (text.includes(fold(mark).slice(0, 6))) found.add(mark);
  }
  return [...found];
}

/** Statements that end who is connected, and drop; FORCE is known since PostgreSQL 13 only. */
export const dropping = (name: string): string[] => [
  `select pg_terminate_backend(pid) from pg_stat_activity where datname = ${escapeLiteral(name)}`,
  `drop database if exists ${escapeIdentifier(name)}`,
];

async function sizeOf(url: string, database: string): Promise<number> {
  const [row] = await rowsOf(url, `select pg_database_size(${escapeLiteral(database)}) as bytes`);
  return Number(row?.['bytes'] ?? 0);
}

/** Rows of one statement. */
export async function rowsOf(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000, statement_timeout: 20_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Asks one statement after the other on a connection of their own. */
export async function asked(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // What the server says when it ends the connection is no fault of ours.
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A process of its own that drops these databases when its pipe from us closes. The address goes through the pipe: it may hold a password. */
async function dropAtEnd(url: string, names: readonly string[]): Promise<{ release(): Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `drop${extname(import.meta.filename)}`)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
    cwd: '/',
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify({ url, names })}\n`);
  await once(child.stdout, 'data');
  return {
    async release() {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
