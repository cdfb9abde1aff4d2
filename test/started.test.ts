/** The app in our hand: started by the tool, stopped and started again; each fault of the fixture turns red what it breaks, for its reason. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import type { faults } from '../fixtures/in-hand/server.ts';
import { dialects } from '../src/drivers/store/dialects.ts';
import { databasesIn, type NamedDatabase } from '../src/model/databases.ts';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';
import { freePort, password, serve, serveLines, servers } from './servers.ts';

const root = join(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'plummet-started-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const restart = 'persistence/records-survive-a-restart';
const deletions = 'persistence/deletions-persist';
const accounts = 'persistence/accounts-survive';
const stop = 'deployment/stop-is-graceful';
const lines = 'observability/requests-leave-a-trace';
const production = 'deployment/start-is-for-production';
const store = 'persistence/writes-reach-a-store';
const kill = 'persistence/records-survive-a-kill';
const reseed = 'persistence/restarts-do-not-reseed';
const release = 'persistence/data-outlives-the-release';
const failures = 'observability/failures-are-logged';
const passwords = 'authentication/passwords-are-not-kept-in-the-clear';
const all = [restart, deletions, accounts, stop, lines, production, store, kill, reseed, release, failures, passwords];

/** What each fault breaks, and how the finding says it. */
const breaks: Record<keyof typeof faults, Record<string, RegExp>> = {
  'in-memory': { [restart]: /cannot log in any more/, [accounts]: /cannot log in after it/ },
  'accounts-in-memory': { [restart]: /cannot log in any more/, [accounts]: /cannot log in after it/ },
  'hides-deleted': { [deletions]: /is back after it/ },
  'drops-in-flight': { [stop]: /in flight at SIGTERM and got no answer/ },
  'ignores-sigterm': { [stop]: /did not end the app within 10 s, it had to be killed/ },
  'says-nothing': { [lines]: /none left a line/ },
  'starts-once': { [restart]: /does not start again: .*another instance is running/s },
  'memory-and-log': { [store]: /reached no store: .* but what is a log/, [kill]: /cannot log in any more/ },
  'written-late': { [kill]: /cannot log in any more|are gone after/ },
  'rewritten-whole': { [kill]: /does not start any more|are gone after/ },
  reseeds: { [reseed]: /was deleted, and is back after a restart/ },
  'swallows-errors': { [failures]: /locked by another writer was answered 500, and the log says nothing of why/ },
  'fixed-path': { [release]: /fixed\.sqlite, a fixed path in the app's own folder \(fixed\.ts:\d+\)/ },
  'md5-passwords': { [passwords]: /is kept as a bare md5 of it: in .*notes\.sqlite/ },
};

/** The server alone in a folder of its own, as a user has it, and where its data is to be. */
function placed(name: string): { folder: string; data: string } {
  const folder = mkdtempSync(join(dir, `${name}-`));
  cpSync(join(root, 'fixtures/in-hand'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(dir, `data-${name}`), { recursive: true });
  return { folder, data: join(dir, `data-${name}`, 'notes.sqlite') };
}

/** `run` differs where the command itself is what is asked. */
async function started(
  claims: readonly string[],
  fault?: string,
  { run = 'exec node server.ts', more = {} }: { run?: string; more?: Record<string, string> } = {},
): Promise<Run> {
  const port = await freePort();
  const { folder, data } = placed(`${fault ?? 'sound'}-${port}`);
  const env = {
    PORT: String(port),
    DATA: data,
    PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
    ...(fault ? { FAULT: fault } : {}),
    ...more,
  };
  const before = readdirSync(folder);
  const done = await audited(`http://127.0.0.1:${port}/`, claims, {
    permit: 'disrupts',
    start: [{ name: 'app', run, cwd: folder, env }],
  });
  const left = (): string => {
    try {
      return execFileSync('pgrep', ['-f', folder], { encoding: 'utf8' });
    } catch {
      return '';
    }
  };
  assert.equal(left(), '', 'nothing of it runs any more');
  await assert.rejects(fetch(`http://127.0.0.1:${port}/`), 'its port is closed');
  assert.ok(
    done.notes.some((note) => note.includes('runs on a copy')),
    'it ran on a copy',
  );
  assert.deepEqual(readdirSync(folder), before, 'the folder is as it was');
  assert.ok(!existsSync(data), 'the store that was named was not made');
  return done;
}

const said = (run: Run): string =>
  run.results
    .map((r) => `${r.claim} ${r.status}: ${r.status === 'fail' ? r.findings[0].because : r.because}`)
    .join('\n');

describe('an app that is started by the tool', { concurrency: 3 }, () => {
  it('and sound: all that can be asked of it passes, on a copy that ends with the run', async () => {
    const run = await started(all);
    assert.equal(run.mode, 'start');
    assert.ok(run.copied, 'what was made was seen in the copy, and went with it');
    for (const result of run.results) assert.equal(result.status, 'pass', said(run));
    assert.deepEqual(run.results.map((r) => r.claim).sort(), [...all].sort());
    assert.match(
      run.results.find((r) => r.claim === deletions)?.because ?? '',
      /fresh browser .*; .* before the app was restarted, stays away/,
    );
  });

  it('and sound, without a write-ahead log', async () => {
    const run = await started([store, kill, failures], undefined, { more: { JOURNAL: 'delete' } });
    for (const result of run.results) assert.equal(result.status, 'pass', said(run));
  });

  for (const kind of ['postgres', 'mysql', 'redis'] as const)
    it(`and sound, on a server (${kind}), of whose database it has a copy`, {
      skip: servers[kind].missing,
    }, async () => {
      chmodSync(dir, 0o755);
      const server = await serve(kind, join(dir, kind));
      try {
        // What hangs on the kind of store is asked of each; the rest of one.
        const claims =
          kind === 'postgres' ? all.filter((claim) => claim !== production) : [restart, store, kill, reseed];
        const run = await started(claims, undefined, {
          more: { DATABASE_URL: server.url },
        });
        for (const result of run.results) assert.equal(result.status, 'pass', said(run));
        assert.match(said(run), /was written to the store at 127\.0\.0\.1:\d+ \(table /);
        assert.ok(!JSON.stringify(run).includes(password));
        const named = databasesIn({ DATABASE_URL: server.url })[0] as NamedDatabase;
        const rows = await (await dialects[kind]()).rows(named.address, ['o', 'e']);
        assert.deepEqual(rows, [], 'the database itself was not touched');
      } finally {
        await server.stop();
      }
    });

  for (const [how, because] of [
    ['tls', /what it is sent is encrypted/],
    ['http', /it is asked by HTTP/],
    ['socket', /the app is connected to a Unix socket, which was not looked into/],
  ] as const)
    it(`and whose store cannot be seen into (${how}): nothing is said of it, and it is not killed`, async () => {
      const server = await serveLines(how, dir);
      try {
        const run = await started([store, kill], undefined, { more: { DATABASE_URL: server.url } });
        for (const result of run.results) assert.equal(result.status, 'unknown', said(run));
        assert.match(said(run), because);
        assert.match(said(run), /nothing was killed/);
        assert.ok(!run.copied);
      } finally {
        await server.stop();
      }
    });

  it('and whose store sends it on to another, which it may not reach: the run says what would let it', async () => {
    const server = await serveLines('elsewhere', dir);
    try {
      await assert.rejects(
        started([store], undefined, { more: { DATABASE_URL: server.url } }),
        /The app did not start: .*ECONNREFUSED.*--allow-egress/s,
      );
    } finally {
      await server.stop();
    }
  });

  it('of two processes, pages at one port and an API at another, which starts later', async () => {
    const [web, api] = [await freePort(), await freePort()];
    const folder = mkdtempSync(join(dir, 'two-ports-'));
    cpSync(join(root, 'fixtures/two-ports'), folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
    const claims = ['persistence/records-survive-reload', restart, store, kill];
    const run = await audited(`http://127.0.0.1:${web}/`, claims, {
      permit: 'disrupts',
      start: [
        {
          name: 'api',
          run: 'exec node api.ts',
          cwd: folder,
          role: 'api',
          env: { PORT: `${api}`, DATA: 'notes.sqlite', PATH },
        },
        { name: 'web', run: 'exec node web.ts', cwd: folder, env: { PORT: `${web}`, API_PORT: `${api}`, PATH } },
      ],
    });
    for (const result of run.results) assert.equal(result.status, 'pass', said(run));
    assert.ok(run.copied);
  });

  it('whose API is at a port that another process has here: the other is not reached', async () => {
    const web = await freePort();
    const asked: string[] = [];
    const other = createServer((req, res) => {
      asked.push(`${req.method} ${req.url}`);
      res.end('[]');
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const folder = join(root, 'fixtures/two-ports');
    const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
    const data = { PORT: `${port}`, DATA: ':memory:', PATH };
    try {
      const run = await audited(`http://127.0.0.1:${web}/`, ['persistence/records-survive-reload'], {
        permit: 'disrupts',
        start: [
          { name: 'api', run: 'exec node api.ts', cwd: folder, env: data },
          { name: 'web', run: 'exec node web.ts', cwd: folder, env: { PORT: `${web}`, API_PORT: `${port}`, PATH } },
        ],
      });
      assert.deepEqual(asked, []);
      assert.equal(run.results[0]?.status, 'unknown', said(run));
      assert.ok(
        run.notes.some((note) => note.includes(`localhost:${port}`) && note.includes('another process')),
        run.notes.join('\n'),
      );
    } finally {
      other.close();
    }
  });

  it('and whose data lies behind a link out of its folder: it is not killed, and no row of others is deleted', async () => {
    const port = await freePort();
    const { folder, data } = placed(`linked-${port}`);
    symlinkSync(dirname(data), join(folder, 'data'));
    const env = {
      PORT: String(port),
      DATA: 'data/notes.sqlite',
      PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
    };
    const run = await audited(`http://127.0.0.1:${port}/`, [kill, reseed, deletions], {
      permit: 'disrupts',
      start: [{ name: 'app', run: 'exec node server.ts', cwd: folder, env }],
    });
    for (const claim of [kill, reseed]) {
      const result = run.results.find((r) => r.claim === claim);
      assert.ok(result?.status === 'unknown' && result.cause === 'permission', said(run));
      assert.match(result.because, /writes to .*notes\.sqlite/);
    }
    assert.ok(!run.copied);
    const db = new DatabaseSync(data);
    const greetings = db.prepare("select 1 from notes where title like 'Welcome%'").all();
    const accounts = db.prepare('select 1 from accounts').all();
    db.close();
    assert.equal(greetings.length, accounts.length, 'what greets each account is still there');
  });

  for (const [fault, fails] of Object.entries(breaks))
    it(`and broken: ${fault}`, async () => {
      const run = await started(Object.keys(fails), fault);
      for (const [claim, because] of Object.entries(fails)) {
        const result = run.results.find((r) => r.claim === claim);
        assert.ok(result?.status === 'fail', said(run));
        assert.match(result.findings[0].because, because);
      }
    });

  it('by a supervisor that tells it of SIGTERM in another way: to it alone, the stop is graceful', async () => {
    const run = await started([stop], 'drops-in-flight', {
      run: `node server.ts & child=$!; trap 'kill -USR2 $child' TERM; wait $child; wait $child`,
    });
    const [result] = run.results;
    assert.ok(result?.status === 'pass', said(run));
    assert.match(result.because, /in flight at SIGTERM to the started process alone and answered/);
  });

  for (const [drops, because] of [
    ['', /^POST \/nowhere-\w+ was in flight at SIGTERM to all of its processes and answered 404/],
    ['yes', /^POST \/nowhere-\w+ was in flight at SIGTERM and got no answer/],
  ] as const)
    it(`whose records go by a socket: ${drops ? 'what is in flight is dropped' : 'sound'}`, async () => {
      const port = await freePort();
      const folder = mkdtempSync(join(dir, 'by-socket-'));
      for (const part of ['by-socket', '_kit'])
        cpSync(join(root, 'fixtures', part), join(folder, part), { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
      const run = await audited(`http://127.0.0.1:${port}/`, [stop, restart], {
        permit: 'disrupts',
        start: [
          {
            name: 'app',
            run: 'exec node by-socket/server.ts',
            cwd: folder,
            env: { PORT: `${port}`, PATH, ...(drops ? { DROPS: drops } : {}) },
          },
        ],
      });
      const of = (claim: string) => run.results.find((r) => r.claim === claim);
      assert.equal(of(restart)?.status, 'pass', said(run));
      const result = of(stop);
      assert.ok(result && result.status === (drops ? 'fail' : 'pass'), said(run));
      assert.match(result.status === 'fail' ? result.findings[0].because : result.because, because);
    });

  it('by a watcher: that is for development', async () => {
    const run = await started([production], undefined, { run: 'exec node --watch server.ts' });
    const [result] = run.results;
    assert.ok(result?.status === 'fail', said(run));
    assert.match(result.findings[0].because, /a watcher that starts it anew/);
  });
});
