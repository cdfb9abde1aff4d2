import { randomBytes } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';
import { at, type Dialect, nameIn, rowsAtMost } from './dialect.ts';

/**
 * MySQL and MariaDB: the statements that made tables, views, triggers and routines, asked of the server and said again in another
 * database, and the rows selected into it. Takes the right to create databases. Events are left out: they would act twice.
 */
export const mysql: Dialect = {
  async free() {
    const name = `plummet_${randomBytes(6).toString('hex')}`;
    return [name, `${name}_saved`];
  },
  size: (address) =>
    on(address, async (ask) => {
      const [row] = await ask('select sum(data_length) as n from information_schema.tables where table_schema = ?', [
        nameIn(address),
      ]);
      return Number(row?.['n'] ?? 0);
    }),
  copy: (address, from, to) => on(address, (ask) => copy(ask, from, to)),
  drop: (address, name) =>
    on(address, async (ask) => {
      const users = await ask('select id from information_schema.processlist where db = ?', [name]);
      for (const { id } of users) await ask(`kill ${Number(id)}`).catch(() => []);
      await ask(`drop database if exists ${id(name)}`);
    }),
  rows: (address, keys) =>
    on(at(address, nameIn(address)), async (ask) => {
      const name = nameIn(address);
      const found: { table: string; text: string }[] = [];
      for (const table of await tablesOf(ask, name)) {
        const columns = (await columnsOf(ask, name, table)).map((column) => `convert(${id(column)} using utf8mb4)`);
        const row = `lower(concat_ws(' ', ${columns.join(', ')}))`;
        const any = keys.map(() => `instr(${row}, ?) > 0`).join(' or ');
        const rows = await ask(`select ${row} as text from ${id(name)}.${id(table)} where ${any} limit ${rowsAtMost}`, [
          ...keys,
        ]);
        found.push(...rows.map(({ text }) => ({ table, text: String(text) })));
      }
      return found;
    }),
};

type Ask = (statement: string, values?: string[]) => Promise<Record<string, unknown>[]>;

async function copy(ask: Ask, from: string, to: string): Promise<void> {
  const [schema] = await ask(
    'select default_character_set_name as charset, default_collation_name as collation from information_schema.schemata where schema_name = ?',
    [from],
  );
  await ask(`create database ${id(to)} character set ${schema?.['charset']} collate ${schema?.['collation']}`);
  await ask(`use ${id(to)}`);
  // The order of tables does not matter then; rows with a zero as their number keep it.
  await ask(`set foreign_key_checks = 0, unique_checks = 0, sql_mode = 'NO_AUTO_VALUE_ON_ZERO'`);
  const tables = await tablesOf(ask, from);
  const other = await ask(
    `select table_type as type from information_schema.tables where table_schema = ? and table_type not in ('BASE TABLE', 'VIEW') limit 1`,
    [from],
  );
  if (other[0]) throw new Error(`it has a ${String(other[0]['type']).toLowerCase()}, which is not copied`);
  for (const table of tables) await ask((await made(ask, `table ${id(from)}.${id(table)}`, from)).statement);
  await ask('start transaction');
  for (const table of tables) {
    const columns = (await columnsOf(ask, from, table)).map(id).join(', ');
    await ask(`insert into ${id(to)}.${id(table)} (${columns}) select ${columns} from ${id(from)}.${id(table)}`);
  }
  await ask('commit');
  const names = async (what: string, where: string): Promise<string[]> =>
    (await ask(`select ${what} as name from information_schema.${where} = ?`, [from])).map(({ name }) => String(name));
  const rest = [
    ...(await names('routine_name', `routines where routine_type = 'FUNCTION' and routine_schema`)).map(
      (name) => `function ${id(from)}.${id(name)}`,
    ),
    ...(await names('routine_name', `routines where routine_type = 'PROCEDURE' and routine_schema`)).map(
      (name) => `procedure ${id(from)}.${id(name)}`,
    ),
    ...(await names('table_name', 'views where table_schema')).map((name) => `view ${id(from)}.${id(name)}`),
    ...(await names('trigger_name', 'triggers where trigger_schema')).map((name) => `trigger ${id(from)}.${id(name)}`),
  ];
  const all: Made[] = [];
  for (const one of rest) all.push(await made(ask, one, from, to));
  // A view may need one that comes after it.
  for (let left = all; left.length; ) {
    const failed: Made[] = [];
    let last: unknown;
    for (const one of left) {
      await ask('set sql_mode = ?', [one.mode]);
      await ask(one.statement).catch((error: unknown) => {
        last = error;
        failed.push(one);
      });
    }
    if (failed.length === left.length) throw last;
    left = failed;
  }
}

interface Made {
  readonly statement: string;
  /** The server's mode that it was made under, and runs in. */
  readonly mode: string;
}

/**
 * The statement that makes it, in `to` where that is given, without its maker, whom another server user need not be allowed to name. Throws
 * where it would still reach into the database that it comes from.
 */
async function made(ask: Ask, what: string, from: string, to?: string): Promise<Made> {
  const [row = {}] = await ask(`show create ${what}`);
  const [, text] = Object.entries(row).find(([key]) => /^create |^sql original statement$/i.test(key)) ?? [];
  if (typeof text !== 'string') throw new Error(`the server does not say how ${what} was made`);
  const anyone = text.replace(/^(create(?: algorithm=\w+)?) definer=`[^`]*`@`[^`]*`/i, '$1');
  const statement = to === undefined ? anyone : anyone.replaceAll(`${id(from)}.`, `${id(to)}.`);
  const plain = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (new RegExp(`(^|[^\\w\`$])\`?${plain}\`?\\s*\\.`, 'i').test(statement))
    throw new Error(`${what} names the database that it stands in`);
  return { statement, mode: String(row['sql_mode'] ?? '') };
}

const tablesOf = async (ask: Ask, database: string): Promise<string[]> =>
  (
    await ask(
      `select table_name as name from information_schema.tables where table_schema = ? and table_type = 'BASE TABLE'`,
      [database],
    )
  ).map(({ name }) => String(name));

/** What is worked out from other columns is left out: it cannot be inserted. */
const columnsOf = async (ask: Ask, database: string, table: string): Promise<string[]> =>
  (
    await ask(
      `select column_name as name from information_schema.columns where table_schema = ? and table_name = ? and coalesce(generation_expression, '') = '' order by ordinal_position`,
      [database, table],
    )
  ).map(({ name }) => String(name));

async function on<T>(address: string, use: (ask: Ask) => Promise<T>): Promise<T> {
  const { hostname, port, username, password } = new URL(address);
  const connection: Connection = await createConnection({
    host: hostname === 'localhost' ? '127.0.0.1' : hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    connectTimeout: 5000,
  });
  connection.on('error', () => undefined);
  try {
    return await use(async (statement, values = []) => {
      const [rows] = await connection.query(statement, values);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    });
  } finally {
    connection.destroy();
  }
}

const id = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
