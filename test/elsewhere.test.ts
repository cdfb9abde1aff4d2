/** Stores, mail and payments of others: with what is permitted by itself not one write, mail or charge arrives, and the run says how to allow it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createNet } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve as servePages } from '../fixtures/_kit/http.ts';
import { pages } from '../fixtures/hosted-notes/fixture.ts';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';
import { freePort } from './servers.ts';

const root = join(import.meta.dirname, '..');
const node = join(root, 'node_modules/.bin/node');
const dir = mkdtempSync(join(tmpdir(), 'plummet-elsewhere-'));
// Root's browser is somebody else's, and must come through.
chmodSync(dir, 0o711);
after(() => rmSync(dir, { recursive: true, force: true }));

/** A service of others at an address of its own, and what arrived there. */
async function others(host: string): Promise<{ at: string; heard: string[]; close(): void }> {
  const heard: string[] = [];
  const server = createServer(async (req, res) => {
    let body = '';
    for await (const part of req) body += part;
    heard.push(body);
    res.end();
  }).listen(0, host);
  await once(server, 'listening');
  return { at: `${host}:${(server.address() as { port: number }).port}`, heard, close: () => server.close() };
}

async function plummet(
  name: string,
  env: Record<string, string>,
  ...flags: string[]
): Promise<{ run: Run; err: string }> {
  const out = join(dir, name);
  const port = await freePort();
  const pairs = { PORT: `${port}`, DATA: join(dir, `${name}.sqlite`), ...env };
  const child = spawn(
    node,
    [
      join(root, 'bin/plummet.js'),
      `http://127.0.0.1:${port}/`,
      ...['--start', `exec ${node} server.ts`, '--source', join(root, 'fixtures/in-hand'), '--out', out],
      ...['--only', 'persistence/writes-reach-a-store,persistence/records-survive-a-kill', ...flags],
      ...Object.entries(pairs).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ],
    { cwd: dir, env: { ...process.env, XDG_STATE_HOME: dir }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let err = '';
  child.stderr.on('data', (part) => (err += part));
  await once(child, 'close');
  return { run: JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as Run, err };
}

it('a store that is not ours is not written to; mail and charges do not leave', async () => {
  const lines: string[] = [];
  const store = createNet((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().trim().split('\n'))
        if (line === 'whom to ask') socket.write('me\n');
        else if (line === '?') socket.write('[]\n');
        else socket.write(`${lines.push(line)}\n`);
    });
  }).listen(0, '127.0.0.5');
  await once(store, 'listening');
  const at = `127.0.0.5:${(store.address() as { port: number }).port}`;
  const [mail, pay] = [await others('127.0.0.6'), await others('127.0.0.7')];
  try {
    const { run, err } = await plummet(
      'remote',
      { DATABASE_URL: `couchbase://${at}`, MAIL_SERVICE: `http://${mail.at}/`, PAY_SERVICE: `http://${pay.at}/` },
      '--tunnel',
      at,
    );
    assert.equal(run.target.permit, 'reads');
    assert.match(err, /DATABASE_URL names 127\.0\.0\.5, which is not this machine.*--permit writes/);
    assert.deepEqual([lines, mail.heard, pay.heard], [[], [], []]);
    assert.deepEqual(run.ledger, []);
    for (const result of run.results) assert.equal(result.status, 'unknown');
  } finally {
    for (const each of [mail, pay, store]) each.close();
  }
});

it('an app on a copy of its store mails and charges nobody, and the run says who was asked', async () => {
  const [mail, pay] = [await others('127.0.0.6'), await others('127.0.0.7')];
  try {
    const { run } = await plummet('copied', {
      MAIL_SERVICE: `http://${mail.at}/`,
      PAY_SERVICE: `http://${pay.at}/`,
    });
    assert.ok(run.copied, JSON.stringify(run.results));
    assert.deepEqual([mail.heard, pay.heard], [[], []]);
    const told = run.notes.find((note) => note.includes('was held back')) ?? '';
    for (const { at } of [mail, pay]) assert.ok(told.includes(at), JSON.stringify(run.notes));
    assert.match(told, /--allow-egress 127\.0\.0\.6/);
    for (const result of run.results) assert.equal(result.status, 'pass', JSON.stringify(result));
  } finally {
    for (const each of [mail, pay]) each.close();
  }
});

it('an API at another port is written to only where it is named, and the run says so', async () => {
  const [web, api] = [await freePort(), await freePort()];
  const begin = (file: string, env: Record<string, string>): ChildProcess =>
    spawn(node, [join(root, 'fixtures/two-ports', file)], { env: { ...process.env, ...env }, stdio: 'ignore' });
  const apps = [begin('api.ts', { PORT: `${api}` }), begin('web.ts', { PORT: `${web}`, API_PORT: `${api}` })];
  const answers = (port: number): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/notes`).then(
      () => true,
      () => false,
    );
  try {
    while (!(await answers(api)) || !(await answers(web))) await sleep(50);
    const claim = 'persistence/records-survive-reload';
    const ask = async (backends: string[]): Promise<Run['results'][number] | undefined> =>
      (await audited(`http://localhost:${web}/`, [claim], { backends })).results[0];
    const first = await ask([]);
    assert.ok(first?.status === 'unknown', JSON.stringify(first));
    assert.equal(first.cause, 'permission');
    assert.match(first.wants ?? '', new RegExp(`--backend localhost:${api}`));
    assert.deepEqual(await (await fetch(`http://127.0.0.1:${api}/notes`)).json(), []);
    const second = await ask([`localhost:${api}`]);
    assert.equal(second?.status, 'pass', JSON.stringify(second));
  } finally {
    for (const app of apps) app.kill();
  }
});

it('a hosted backend on the public network is asked nothing, and the run says which it is and what to run in its place', async () => {
  const app = await servePages(pages('https://abcdefghijklmnopqrst.supabase.co', 'a-public-key'));
  try {
    const { results } = await audited(app.url, ['persistence/records-survive-reload', 'persistence/accounts-survive']);
    for (const result of results) {
      assert.ok(result.status === 'unknown', JSON.stringify(result));
      assert.equal(result.cause, 'permission');
      assert.match(result.because, /abcdefghijklmnopqrst\.supabase\.co \(Supabase\), a backend on the public network/);
      assert.match(result.wants ?? '', /supabase start, then --backend 127\.0\.0\.1:54321/);
    }
  } finally {
    await app.close();
  }
});
