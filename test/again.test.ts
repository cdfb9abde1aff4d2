/** Runs that are taken up again: gone on with after a kill, cleaned up after, and verified when a fault is gone. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../src/model/run.ts';
import { freePort } from './servers.ts';

const root = join(import.meta.dirname, '..');
const home = mkdtempSync(join(tmpdir(), 'plummet-again-'));
// Root's browser is somebody else's, and must come through.
chmodSync(home, 0o711);
after(() => rmSync(home, { recursive: true, force: true }));
const node = join(root, 'node_modules/.bin/node');
const server = join(root, 'fixtures/in-hand/server.ts');

interface Desk {
  readonly dir: string;
  /** Starts the command. */
  begin(...words: string[]): ChildProcess;
  plummet(...words: string[]): Promise<{ code: number; out: string; err: string }>;
}

function desk(name: string): Desk {
  const dir = mkdtempSync(join(home, `${name}-`));
  chmodSync(dir, 0o711);
  const begin = (...words: string[]): ChildProcess =>
    spawn(node, [join(root, 'bin/plummet.js'), ...words], {
      cwd: dir,
      env: { ...process.env, NO_COLOR: '1', XDG_STATE_HOME: join(dir, 'state') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    dir,
    begin,
    async plummet(...words) {
      const child = begin(...words);
      let [out, err] = ['', ''];
      child.stdout?.on('data', (part) => (out += part));
      child.stderr?.on('data', (part) => (err += part));
      const [code] = (await once(child, 'close')) as [number];
      return { code, out, err };
    },
  };
}

const runOf = (dir: string): Run => JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as Run;

/** What stands in the app's file and is not its own. */
function titlesIn(data: string): string[] {
  const db = new DatabaseSync(data);
  try {
    return db
      .prepare("select title from notes where title not like 'Welcome%'")
      .all()
      .map((row) => String(row['title']));
  } finally {
    db.close();
  }
}

/**
 * The app, run by the test itself, and a run of it by its address that is killed as soon as something was observed; `midway`: and as soon
 * as one more row is in the file, before the app has answered.
 */
async function killed(
  name: string,
  { midway = false, only = [] }: { midway?: boolean; only?: readonly string[] } = {},
): Promise<{ at: Desk; dir: string; data: string; end(): Promise<void> }> {
  const at = desk(name);
  const port = await freePort();
  const data = join(at.dir, 'notes.sqlite');
  const app = spawn(node, [server], {
    env: { ...process.env, PORT: `${port}`, DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(app.stdout, 'data');
  app.stdout.resume();
  const run = at.begin(`http://127.0.0.1:${port}/`, ...only);
  const gone = once(run, 'close');
  const folder = (): string | undefined => {
    const runs = join(at.dir, '.plummet');
    try {
      const dir = join(runs, readdirSync(runs).find((entry) => /^\d{4}/.test(entry)) ?? 'none');
      return runOf(dir).observations.length ? dir : undefined;
    } catch {
      return undefined;
    }
  };
  let dir = folder();
  for (; dir === undefined && run.exitCode === null; dir = folder()) await sleep(50);
  const before = new Set(midway ? titlesIn(data) : []);
  while (midway && run.exitCode === null && titlesIn(data).every((title) => before.has(title))) await sleep(2);
  assert.ok(dir !== undefined && run.exitCode === null, 'it was killed while it observed');
  run.kill('SIGKILL');
  await gone;
  return {
    at,
    dir,
    data,
    async end() {
      app.kill();
      await once(app, 'exit');
    },
  };
}

describe('a run that is taken up again', () => {
  it('was killed, and goes on with what it had not observed', async () => {
    const { at, dir, end } = await killed('resume', {
      only: [
        '--only',
        'persistence/*',
        '--skip',
        'persistence/lists-keep-everything,persistence/text-comes-back-as-written',
      ],
    });
    try {
      const before = runOf(dir);
      assert.ok(before.interrupted);
      const { code, out, err } = await at.plummet('--resume');
      const run = runOf(dir);
      assert.equal(code, 0, out + err);
      assert.ok(!run.interrupted);
      assert.ok(run.timings['recall'] && run.timings['survey'] === undefined, 'nothing was learned again');
      for (const observation of before.observations)
        assert.ok(
          run.observations.some((o) => o.probe === observation.probe && o.startedAt === observation.startedAt),
          `${observation.probe} was not observed again`,
        );
      const cited = run.results.flatMap((r) => ('evidence' in r ? (r.evidence ?? []) : []));
      const ids = readFileSync(join(dir, 'events.ndjson'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => (JSON.parse(line) as { id: string }).id);
      assert.equal(new Set(ids).size, ids.length, 'each event has a number of its own');
      assert.deepEqual(
        cited.filter((id) => !ids.includes(id)),
        [],
      );
    } finally {
      await end();
    }
  });

  it('was killed in the middle of a write, and what it left is taken away', async () => {
    const { at, dir, data, end } = await killed('clean', { midway: true });
    try {
      assert.ok(titlesIn(data).length > 0, 'something was left');
      const { code, out, err } = await at.plummet('clean');
      assert.match(out, /removed, \d+ stays?: account /, err);
      assert.equal(code, 2, 'an account cannot be taken away');
      assert.deepEqual(titlesIn(data), []);
      assert.ok(runOf(dir).ledger.some((made) => made.removed));
      const [kept = ''] = readdirSync(join(at.dir, 'state/plummet/accounts'));
      assert.equal(statSync(join(at.dir, 'state/plummet/accounts', kept)).mode & 0o777, 0o600);
      assert.equal(statSync(join(at.dir, 'state/plummet/accounts')).mode & 0o777, 0o700);
    } finally {
      await end();
    }
  });

  it('is walked again, and says where it ends now', async () => {
    const at = desk('replay');
    const port = await freePort();
    const start = async (): Promise<ChildProcess> => {
      const app = spawn(node, [server], {
        env: { ...process.env, PORT: `${port}`, DATA: join(at.dir, 'notes.sqlite') },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(app.stdout as NonNullable<typeof app.stdout>, 'data');
      return app;
    };
    const app = await start();
    try {
      const { code, out, err } = await at.plummet('survey', `http://127.0.0.1:${port}/`);
      assert.equal(code, 0, out + err);
      const before = titlesIn(join(at.dir, 'notes.sqlite'));
      const again = await at.plummet('replay');
      assert.match(
        again.out,
        /^\d\d acts done again, 0 went another way\.\nMay still be in the app: account \S+\n$/,
        again.err,
      );
      assert.equal(again.code, 0);
      assert.deepEqual(titlesIn(join(at.dir, 'notes.sqlite')), before, 'what it wrote is taken away');
    } finally {
      app.kill();
      await once(app, 'exit');
    }
    const other = createServer((_, response) => response.end('<h1>Moved</h1><a href="/">Home</a>')).listen(
      port,
      '127.0.0.1',
    );
    try {
      const gone = await at.plummet('replay');
      assert.equal(gone.code, 1, gone.out + gone.err);
      assert.match(gone.out, /act \d+ of \d+: (no control like|it led to) /);
    } finally {
      other.close();
    }
  });

  it('found a fault, and sees that it is gone', async () => {
    const at = desk('verify');
    const port = await freePort();
    const claims = 'persistence/records-survive-a-restart,persistence/restarts-do-not-reseed';
    const env = (fault: string): string[] =>
      [`PORT=${port}`, `DATA=${join(at.dir, 'notes.sqlite')}`, `FAULT=${fault}`].flatMap((pair) => ['--env', pair]);
    const first = await at.plummet(
      `http://127.0.0.1:${port}/`,
      ...['--start', `exec ${node} ${server}`, '--source', join(root, 'fixtures/in-hand'), '--only', claims],
      ...env('reseeds'),
    );
    assert.equal(first.code, 1, first.out + first.err);
    const without = await at.plummet('verify');
    assert.equal(without.code, 64);
    assert.match(without.err, /started the app with PORT, DATA and FAULT, and values are not kept/);
    const still = await at.plummet('verify', ...env('reseeds'));
    assert.match(still.err, /restarts-do-not-reseed: fail → fail/);
    assert.equal(still.code, 1);
    const mended = await at.plummet('verify', '--json', ...env(''));
    assert.match(mended.err, /^persistence\/restarts-do-not-reseed: fail → pass$/m);
    assert.equal(mended.code, 0);
    const run = JSON.parse(mended.out) as Run;
    assert.deepEqual(run.asked, ['persistence/restarts-do-not-reseed']);
    assert.ok(run.timings['recall'] && run.timings['survey'] === undefined, 'nothing was learned again');
  });
});
