import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { describe, it } from 'node:test';
import { openGate } from './gate.ts';

const apart = process.platform === 'linux' && spawnSync('unshare', ['--net', 'true']).status === 0;

/** Runs a script behind the gate and gives what it printed. */
async function said(gate: Awaited<ReturnType<typeof openGate>>, script: string): Promise<string> {
  const [file = '', ...words] = gate.enter([process.execPath, '-e', script], {});
  const child = spawn(file, words, { env: { ...process.env, ...gate.env }, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  await once(child, 'close');
  return out.trim();
}

/** A provider on a loopback address, who reached it, and its answers: a greeting, and the end once it was sent something. */
async function provider(host: string): Promise<{ port: number; met: string[]; close(): void }> {
  const met: string[] = [];
  const server = createTcpServer((socket) => {
    met.push(socket.remoteAddress ?? '');
    socket.on('error', () => undefined).write('220 mail\r\n');
    socket.on('data', () => socket.end('heard\r\n'));
  }).listen(0, host);
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, met, close: () => server.close() };
}

describe('the gate of an app', () => {
  it('keeps it from a mail provider, whatever way it takes, and names what asked by proxy', {
    skip: !apart && 'no network of its own can be had here',
  }, async () => {
    const mail = await provider('127.0.0.5');
    const gate = await openGate({ stores: [], allowed: [], apart: true });
    try {
      assert.equal(gate.holds, 'whole');
      assert.match(
        await said(
          gate,
          `require('node:net').connect(${mail.port}, '127.0.0.5').on('error', (e) => console.log(e.code)).on('data', () => console.log('reached'));`,
        ),
        /ECONNREFUSED|ENETUNREACH/,
      );
      assert.match(
        await said(
          gate,
          `fetch('http://pay.example:81/charge').then((r) => console.log(r.status), (e) => console.log('no', e.cause?.code));`,
        ),
        /^(no|403)/,
      );
      assert.deepEqual(gate.tried, ['pay.example:81']);
      assert.deepEqual(mail.met, []);
    } finally {
      await gate.close();
      mail.close();
    }
  });

  it('lets it reach the stores that are named, at their own address', {
    skip: !apart && 'no network of its own can be had here',
  }, async () => {
    const store = await provider('127.0.0.1');
    const gate = await openGate({ stores: [{ host: '127.0.0.1', port: store.port }], allowed: [], apart: true });
    try {
      const ask = `const s = require('node:net').connect(${store.port}, '127.0.0.1').on('error', (e) => console.log(e.code)); let t = ''; s.on('data', (d) => t += d).on('end', () => console.log(t.split(/\\s+/).join(' '))); s.write('set plumobavin');`;
      assert.equal(await said(gate, ask), '220 mail heard');
      assert.deepEqual(gate.taps[0]?.read(0, ['plumobavin']).written, ['plumobavin'], 'and is heard');
      assert.equal(store.met.length, 1);
      const lift = await gate.fail('gone');
      assert.equal(await said(gate, ask), 'ECONNREFUSED', 'as where nobody listens');
      await lift();
      assert.equal(await said(gate, ask), '220 mail heard');
    } finally {
      await gate.close();
      store.close();
    }
  });

  it('lets it be reached from outside, both ways and half closed', {
    skip: !apart && 'no network of its own can be had here',
  }, async () => {
    const gate = await openGate({ stores: [], allowed: [], apart: true });
    let child: ChildProcess | undefined;
    try {
      const free = createServer().listen(0, '127.0.0.1');
      await once(free, 'listening');
      const { port } = free.address() as { port: number };
      free.close();
      const [file = '', ...words] = gate.enter(
        [
          process.execPath,
          '-e',
          `require('node:http').createServer((q, r) => q.pipe(r)).listen(${port}, '::1', () => console.log('up'));`,
        ],
        {},
      );
      child = spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
      await assert.rejects(fetch(`http://127.0.0.1:${port}/`), 'its door is not open yet');
      await gate.open([port]);
      const body = 'x'.repeat(3e6);
      const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
      assert.equal(await answer.text(), body);
      await gate.shut();
      await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
    } finally {
      child?.kill('SIGKILL');
      await gate.close();
    }
  });

  it('lets what is allowed pass by the proxy, and nothing else', async () => {
    const met: IncomingMessage[] = [];
    const api = createServer((req, res) => {
      met.push(req);
      res.end('charged');
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const { port } = api.address() as { port: number };
    const gate = await openGate({ stores: [], allowed: ['127.0.0.1'], apart: false });
    try {
      const ask = (host: string) =>
        said(
          gate,
          `const q = require('node:http').request(process.env.HTTP_PROXY, { path: 'http://${host}:${port}/' }, (r) => { let t = ''; r.on('data', (d) => t += d).on('end', () => console.log(r.statusCode, t.trim())); }); q.end();`,
        );
      assert.equal(await ask('127.0.0.1'), '200 charged');
      assert.match(await ask('127.0.0.2'), /^403 127\.0\.0\.2 is held back/);
      assert.equal(met.length, 1);
      assert.deepEqual(gate.tried, [`127.0.0.2:${port}`]);
    } finally {
      await gate.close();
      api.close();
    }
  });
});
