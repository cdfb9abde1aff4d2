import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { Client } from 'pg';
import { type Server, serve, servers } from '../../../test/servers.ts';
import { type DatabaseKind, databasesIn, type NamedDatabase } from '../../model/databases.ts';
import { copyDatabase } from './database.ts';

/** What the tests do to a database of each kind, by clients of their own. */
interface Hand {
  /** Writes a record of this title; the first makes its table. */
  write(url: string, title: string): Promise<void>;
  clear(url: string): Promise<void>;
  titles(url: string): Promise<string[]>;
  /** Databases of ours on the server. */
  copies(url: string): Promise<number>;
}

const sql = async (url: string, statement: string, values: string[] = []): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
};
const maria = async (url: string, statement: string, values: string[] = []): Promise<RowDataPacket[]> => {
  const connection = await createConnection({ uri: url });
  try {
    return (await connection.query<RowDataPacket[]>(statement, values))[0];
  } finally {
    await connection.end();
  }
};
const ask = async <T>(url: string, ...words: string[]): Promise<T> => {
  const client = createClient({ url, RESP: 2 });
  await client.connect();
  try {
    return (await client.sendCommand(words)) as T;
  } finally {
    client.destroy();
  }
};

const hands: Record<DatabaseKind, Hand> = {
  postgres: {
    async write(url, title) {
      await sql(url, 'create table if not exists notes (title text)');
      await sql(url, 'insert into notes values ($1)', [title]);
    },
    clear: async (url) => void (await sql(url, 'delete from notes')),
    titles: async (url) => (await sql(url, 'select title from notes order by 1')).map((row) => String(row['title'])),
    copies: async (url) => (await sql(url, `select 1 from pg_database where datname like 'plummet%'`)).length,
  },
  mysql: {
    async write(url, title) {
      await maria(url, 'create table if not exists notes (id int primary key auto_increment, title text)');
      await maria(url, 'insert into notes (title) values (?)', [title]);
    },
    clear: async (url) => void (await maria(url, 'delete from notes')),
    titles: async (url) => (await maria(url, 'select title from notes order by 1')).map((row) => String(row['title'])),
    copies: async (url) => (await maria(url, `show databases like 'plummet%'`)).length,
  },
  redis: {
    write: async (url, title) => void (await ask(url, 'HSET', `note:${title}`, 'title', title)),
    clear: async (url) => void (await ask(url, 'FLUSHDB')),
    titles: async (url) => (await ask<string[]>(url, 'KEYS', '*')).map((key) => key.slice(5)).sort(),
    copies: async (url) => ((await ask<string>(url, 'INFO', 'keyspace')).match(/^db[1-9]/gm) ?? []).length,
  },
};

for (const kind of ['postgres', 'mysql', 'redis'] as const)
  describe(`a copy of a database: ${kind}`, { skip: servers[kind].missing }, () => {
    const dir = mkdtempSync(join(tmpdir(), `copy-${kind}-`));
    const { write, clear, titles, copies } = hands[kind];
    let server: Server;
    let named: NamedDatabase;

    before(async () => {
      server = await serve(kind, join(dir, 'server'));
      await write(server.url, 'mine');
      named = databasesIn({ DATABASE_URL: server.url })[0] as NamedDatabase;
    });
    after(async () => {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    });

    it('is changed without the original, searched, put back, and dropped', async () => {
      const copy = await copyDatabase(named);
      try {
        await write(copy.address, 'plumobavin');
        await copy.save();
        const marks = ['plumobavin', 'tirakogeb'];
        assert.deepEqual(
          (await copy.find(marks, 'copy')).map((found) => found.holds),
          [['plumobavin']],
        );
        assert.deepEqual(await copy.find(marks, 'original'), []);
        await clear(copy.address);
        assert.deepEqual(await copy.find(marks, 'copy'), []);
        await copy.putBack();
        assert.deepEqual(await titles(copy.address), ['mine', 'plumobavin']);
        assert.deepEqual(await titles(server.url), ['mine']);
      } finally {
        await copy.release();
      }
      assert.equal(await copies(server.url), 0);
    });

    it('is gone within 3 s after we are killed', async () => {
      const script = `const { copyDatabase } = await import(${JSON.stringify(join(import.meta.dirname, 'database.ts'))});
        await copyDatabase(JSON.parse(process.env.NAMED)); console.log('copied'); setInterval(() => {}, 1000);`;
      const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NAMED: JSON.stringify(named) },
      });
      await Promise.race([once(owner.stdout, 'data'), once(owner, 'exit')]);
      const there = await copies(server.url);
      owner.kill('SIGKILL');
      assert.ok(there > 0);
      for (const until = Date.now() + 3000; Date.now() < until && (await copies(server.url)) > 0; ) await sleep(50);
      assert.equal(await copies(server.url), 0);
    });

    it('is refused where it would be too much, and leaves nothing', async () => {
      await assert.rejects(copyDatabase(named, 0), /it is too much/);
      assert.equal(await copies(server.url), 0);
    });

    it('of PostgreSQL is refused while somebody is connected', { skip: kind !== 'postgres' }, async () => {
      const client = new Client({ connectionString: server.url });
      await client.connect();
      await assert.rejects(copyDatabase(named), /being accessed by other users/);
      await client.end();
      assert.equal(await copies(server.url), 0);
    });

    it('of MariaDB has keys, triggers, views, routines and worked out columns, all its own', {
      skip: kind !== 'mysql' || servers.mysql.missing,
    }, async () => {
      for (const statement of [
        'create table b (id int primary key, up varchar(9) as (upper(word)), word varchar(9))',
        'create table a (id int primary key auto_increment, of_b int not null, foreign key (of_b) references b (id) on delete cascade)',
        `insert into b (id, word) values (0, 'zero'), (1, 'one')`,
        'insert into a (of_b) values (1)',
        'create view a_view as select * from z_view',
        'create view z_view as select word, up from b',
        'create or replace view a_view as select * from z_view',
        'create trigger counted after insert on a for each row update b set word = "seen" where id = new.of_b',
        'create procedure p() insert into b (id, word) values (7, "seven")',
      ].filter((statement) => !statement.startsWith('create view a_view')))
        await maria(server.url, statement);
      const copy = await copyDatabase(named);
      try {
        await maria(copy.address, 'insert into a (of_b) values (0)');
        await maria(copy.address, 'call p()');
        assert.deepEqual(
          (await maria(copy.address, 'select word, up from a_view order by word')).map((row) => row['up']),
          ['ONE', 'SEEN', 'SEVEN'],
        );
        await assert.rejects(maria(copy.address, 'insert into a (of_b) values (9)'), /foreign key/);
        assert.deepEqual(
          (await maria(server.url, 'select word from a_view order by word')).map((row) => row['word']),
          ['one', 'zero'],
        );
      } finally {
        await copy.release();
      }
    });
  });
