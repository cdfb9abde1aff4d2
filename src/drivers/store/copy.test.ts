import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import type { ProcessSpec } from '../../model/app.ts';
import { block } from './block.ts';
import { saveCheckpoint } from './checkpoint.ts';
import { type AppCopy, copyApp } from './copy.ts';
import { copyTree, TooMuch } from './tree.ts';

const dir = realpathSync(mkdtempSync(join(tmpdir(), 'copy-')));
after(() => rmSync(dir, { recursive: true, force: true }));
function write(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
const processes = (cwd: string, env: Record<string, string> = {}, run = 'true'): ProcessSpec[] => [
  { name: 'app', run, cwd, env },
];
async function copied(of: readonly ProcessSpec[]): Promise<AppCopy> {
  const copy = await copyApp(of);
  assert.ok(!('refused' in copy), JSON.stringify(copy));
  return copy;
}

describe('a copy of an app', () => {
  it('holds what the folder holds; links lead into it; what is installed is linked, what looks like a store is not', async () => {
    const app = join(dir, 'one');
    write(join(app, 'data/db.json'), '[]');
    write(join(app, 'node_modules/m/index.js'), 'x');
    write(join(app, 'node_modules/m/seed.db'), 'x');
    write(join(app, 'node_modules/.cache/c'), 'x');
    symlinkSync(join(app, 'data'), join(app, 'whole'));
    symlinkSync('data', join(app, 'relative'));
    chmodSync(join(app, 'data/db.json'), 0o640);
    const copy = await copied(processes(app, { PATHS: `${app}/data:${app}-not` }, `node ${app}/server.js`));
    try {
      const [{ cwd = '', run = '', env = {} } = {}] = copy.processes;
      assert.notEqual(cwd, app);
      assert.equal(run, `node ${cwd}/server.js`);
      assert.equal(env['PATHS'], `${cwd}/data:${app}-not`);
      assert.equal(readlinkSync(join(cwd, 'whole')), join(cwd, 'data'));
      assert.equal(readlinkSync(join(cwd, 'relative')), 'data');
      assert.equal(statSync(join(cwd, 'data/db.json')).mode & 0o777, 0o640);
      const same = (name: string): boolean => statSync(join(cwd, name)).ino === statSync(join(app, name)).ino;
      assert.deepEqual(['data/db.json', 'node_modules/m/seed.db', 'node_modules/.cache/c'].map(same), [
        false,
        false,
        false,
      ]);
      writeFileSync(join(cwd, 'data/db.json'), '[1]');
      assert.equal(readFileSync(join(app, 'data/db.json'), 'utf8'), '[]');
      await copy.release();
      assert.ok(!existsSync(cwd));
    } finally {
      await copy.release();
    }
  });

  it('takes along the stores that variables name, with their journals, also where they are not there yet', async () => {
    const app = join(dir, 'two');
    write(join(app, 'a.js'), '');
    const store = write(join(dir, 'data/two.db'), 'main');
    write(`${store}-wal`, 'log');
    const copy = await copied(
      processes(app, {
        DATABASE_URL: `sqlite:///${store}`,
        UPLOAD_DIR: join(dir, 'data/uploads'),
        HOME: dir,
        URL: 'http://x/data.db',
      }),
    );
    try {
      const env = copy.processes[0]?.env ?? {};
      const to = env['DATABASE_URL']?.replace('sqlite:///', '') ?? '';
      assert.notEqual(to, store);
      assert.deepEqual([readFileSync(to, 'utf8'), readFileSync(`${to}-wal`, 'utf8')], ['main', 'log']);
      assert.ok(env['UPLOAD_DIR'] && !env['UPLOAD_DIR'].startsWith(join(dir, 'data')));
      assert.deepEqual([env['HOME'], env['URL']], [dir, 'http://x/data.db']);
    } finally {
      await copy.release();
    }
  });

  it('is of the whole repository, so that neighbours are found, and never of a home', async () => {
    const repository = join(dir, 'three');
    write(join(repository, '.git/HEAD'), 'ref');
    write(join(repository, 'shared/x'), 'x');
    write(join(repository, 'web/y'), 'y');
    const copy = await copied(processes(join(repository, 'web')));
    assert.equal(readFileSync(join(copy.processes[0]?.cwd ?? '', '../shared/x'), 'utf8'), 'x');
    await copy.release();
    const refused = await copyApp(processes(homedir()));
    assert.ok('refused' in refused && /holds more than an app/.test(refused.refused));
  });

  it('is given up where it is too much', async () => {
    const app = join(dir, 'four');
    write(join(app, 'big'), 'x'.repeat(2000));
    await assert.rejects(copyTree(app, join(dir, 'four-copy'), { bytes: 1000, entries: 10 }), TooMuch);
  });

  it('can be put back as it was: changed and new files', async () => {
    const app = join(dir, 'five');
    for (const name of ['changed', 'kept']) write(join(app, name), 'old');
    const copy = await copied(processes(app));
    const cwd = copy.processes[0]?.cwd ?? '';
    try {
      write(join(cwd, 'surveyed'), 'by the survey');
      const checkpoint = await saveCheckpoint(copy.moved, Date.now() - 1000, join(dirname(dirname(cwd)), 'checkpoint'));
      writeFileSync(join(cwd, 'changed'), '');
      appendFileSync(join(cwd, 'surveyed'), ', and after');
      write(join(cwd, 'new'), 'x');
      await checkpoint.putBack();
      assert.deepEqual(
        ['changed', 'kept', 'surveyed'].map((name) => readFileSync(join(cwd, name), 'utf8')),
        ['old', 'old', 'by the survey'],
      );
      assert.ok(!existsSync(join(cwd, 'new')));
    } finally {
      await copy.release();
    }
  });
});

describe('a store that is blocked', () => {
  for (const mode of ['wal', 'delete'])
    it(`refuses writers and heals (SQLite, journal ${mode})`, async () => {
      const path = join(dir, `${mode}.sqlite`);
      const db = new DatabaseSync(path);
      db.exec(`pragma journal_mode = ${mode}; create table t (x)`);
      const blocked = await block(path);
      // To read a file lets go of the locks that its process holds on it.
      readFileSync(path);
      assert.throws(() => db.exec('insert into t values (1)'), /locked/);
      await blocked.lift();
      db.exec('insert into t values (1)');
      db.close();
    });

  it('refuses writers and heals (a plain file)', async () => {
    const path = write(join(dir, 'plain.json'), '[]');
    const blocked = await block(path);
    assert.throws(() => writeFileSync(path, 'x'), /EISDIR/);
    await blocked.lift();
    assert.equal(readFileSync(path, 'utf8'), '[]');
  });
});
