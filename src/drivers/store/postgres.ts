import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { at, type Dialect, nameIn, rowsAtMost } from './dialect.ts';

/** PostgreSQL: a template (CREATE DATABASE … TEMPLATE), which takes the right to create databases and nobody else connected. */
export const postgres: Dialect = {
  async free() {
    const name = `plummet_${randomBytes(6).toString('hex')}`;
    return [name, `${name}_saved`];
  },
  async size(address) {
    const [row] = await ask(at(address, 'postgres'), `select pg_database_size(${escapeLiteral(nameIn(address))}) as n`);
    return Number(row?.['n'] ?? 0);
  },
  async copy(address, from, to) {
    await ask(at(address, 'postgres'), `create database ${escapeIdentifier(to)} template ${escapeIdentifier(from)}`);
  },
  async drop(address, name) {
    // FORCE is known since PostgreSQL 13 only. Who makes the database goes on without the client that asked for it.
    const makes = escapeLiteral(`create database ${escapeIdentifier(name)} %`);
    await ask(
      at(address, 'postgres'),
      `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and (datname = ${escapeLiteral(name)} or query like ${makes})`,
      `drop database if exists ${escapeIdentifier(name)}`,
    );
  },
  rows: (address, keys) =>
    on(address, async (client) => {
      const any = keys.map((key) => `t::text ilike ${escapeLiteral(`%${key}%`)}`).join(' or ');
      const { rows: tables } = await client.query(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
      );
      const found: { table: string; text: string }[] = [];
      for (const { name } of tables) {
        const { rows } = await client.query(`select t::text as text from ${name} t where ${any} limit ${rowsAtMost}`);
        found.push(...rows.map(({ text }) => ({ table: String(name), text: String(text) })));
      }
      return found;
    }),
};

/** Asks one statement after the other on a connection of their own; gives the rows of the last. */
const ask = (url: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]> =>
  on(url, async (client) => {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  });

async function on<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000, statement_timeout: 60_000 });
  // What the server says when it ends the connection is no fault of ours.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
