import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { constants, deflateRawSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { type Launched, launchBrowser } from '../browser/launch.ts';
import { type Relay, startRelay } from './relay.ts';

let launched: Launched;
let app: Server;
let base: string;
let relay: Relay;
let page: Page;
let seen: string[] = [];
let hosts: Set<string | undefined>;
let deflate = false;
const sockets = new Set<Duplex>();

const PAGE = `<!doctype html><title>app</title><link rel=stylesheet href=/a.css><link rel=icon href=data:,><script src=/a.js></script><img src=/a.png><iframe src=/frame></iframe>
<script>window.said = []; window.ends = [];
function openSocket() { const s = window.s = new WebSocket('ws://' + location.host + '/ws'); s.onmessage = (e) => said.push(e.data); s.onclose = () => ends.push('closed'); return new Promise((f) => { s.onopen = () => f('open'); s.onerror = () => f('error'); }); }
function openEvents() { const e = window.e = new EventSource('/events'); e.onmessage = (m) => said.push(m.data); e.onerror = () => { e.close(); ends.push('events'); }; }
function write(body) { return fetch('/write', { method: 'POST', body }).then((r) => r.text(), (e) => e.name); }</script>`;

/** The server's side of a frame: text, compressed as agreed, unmasked. */
function serverFrame(text: string): Buffer {
  const payload = deflate
    ? deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4)
    : Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81 | (deflate ? 0x40 : 0), payload.length]), payload]);
}

function respond(incoming: IncomingMessage, outgoing: ServerResponse): void {
  seen.push(`${incoming.method} ${incoming.url}`);
  hosts.add(incoming.headers.host);
  if (incoming.url === '/events')
    return void outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: live\n\n');
  if (incoming.url === '/write') return void incoming.resume().on('end', () => outgoing.end('written'));
  if (incoming.url === '/large') {
    outgoing.writeHead(200, { 'Content-Type': 'text/html' }).write('<title>large</title>');
    return void outgoing.end(`<!--${'x'.repeat(50_000_000)}-->`);
  }
  outgoing
    .writeHead(200, {
      'Content-Type': incoming.url === '/' ? 'text/html' : incoming.url === '/a.css' ? 'text/css' : 'text/javascript',
    })
    .end(incoming.url === '/' ? PAGE : '');
}

before(async () => {
  app = createServer(respond);
  app.on('upgrade', (incoming: IncomingMessage, socket: Duplex) => {
    sockets.add(socket.on('error', () => {}));
    const accept = createHash('sha1')
      .update(`${incoming.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${deflate ? 'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n' : ''}\r\n`,
    );
    socket.write(serverFrame('from the server'));
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  base = `http://localhost:${(app.address() as AddressInfo).port}`;
  launched = await launchBrowser({});
});
after(async () => {
  await launched.close();
  for (const socket of sockets) socket.destroy();
  app.closeAllConnections();
  app.close();
});
beforeEach(async () => {
  seen = [];
  hosts = new Set();
  deflate = false;
  relay = await startRelay({ target: new URL(base), allowForeign: false });
  const context = await launched.browser.newContext({ proxy: { server: relay.server, bypass: '<-loopback>' } });
  page = await context.newPage();
  await page.goto(`${base}/`);
});
afterEach(async () => {
  await page.context().close();
  await relay.close();
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 5000; !(await holds()); await sleep(10))
    assert.ok(Date.now() < deadline, `not in time: ${holds.toString()}`);
}

test('the page is at home where it thinks it is, and all it asks for is seen', { timeout: 20_000 }, async () => {
  assert.equal(await page.evaluate('location.origin'), base);
  assert.deepEqual([...hosts], [new URL(base).host]);
  assert.equal(await page.evaluate('isSecureContext'), true);
  const kinds = Object.fromEntries(relay.exchanges.map((exchange) => [new URL(exchange.url).pathname, exchange.kind]));
  assert.deepEqual(kinds, {
    '/': 'document',
    '/a.css': 'style',
    '/a.js': 'script',
    '/a.png': 'image',
    '/frame': 'document',
  });
  assert.ok(
    relay.exchanges.every((exchange) => exchange.url.startsWith(base)),
    'nothing of the browser itself',
  );
  assert.equal(await page.evaluate(`write('x')`), 'written');
  const write = relay.exchanges.find((exchange) => exchange.method === 'POST');
  assert.deepEqual([write?.kind, write?.requestHeaders['origin'], write?.requestBody.toString()], ['fetch', base, 'x']);
});

test('a write that is refused or whose answer is lost reaches the app never, or exactly once', {
  timeout: 20_000,
}, async () => {
  relay.fault = ({ method }) => (method === 'POST' ? { do: 'lose-answer' } : undefined);
  for (let round = 1; round <= 3; round++) {
    await page.evaluate(`fetch('/a.js').then((r) => r.text())`); // leaves a connection that might be used again
    assert.equal(await page.evaluate(`write('x')`), 'TypeError');
    assert.equal(seen.filter((line) => line === 'POST /write').length, round);
  }
  relay.fault = ({ method }) => (method === 'POST' ? { do: 'refuse' } : undefined);
  assert.equal(await page.evaluate(`write('x')`), 'TypeError');
  assert.equal(seen.filter((line) => line === 'POST /write').length, 3);
  assert.equal(relay.exchanges.filter((exchange) => exchange.fault === 'refuse').length, 1);
});

for (const compressed of [false, true]) {
  test(`WebSocket frames are seen in clear${compressed ? ', inflated' : ''}, and cut`, {
    timeout: 20_000,
  }, async () => {
    deflate = compressed;
    assert.equal(await page.evaluate('openSocket()'), 'open');
    const long = 'the same words '.repeat(20);
    await page.evaluate((text) => {
      const { s } = window as unknown as { s: WebSocket };
      s.send(text);
      s.send(text);
      s.send(new Uint8Array([1, 2, 3]));
    }, long);
    await until(() => (relay.sockets[0]?.sent.length ?? 0) === 3);
    const [socket] = relay.sockets;
    assert.equal(socket?.url, `${base.replace('http', 'ws')}/ws`);
    assert.deepEqual(
      socket?.sent.map((frame) => frame.text),
      [long, long, undefined],
    );
    assert.deepEqual([...(socket?.sent[2]?.bytes ?? [])], [1, 2, 3]);
    assert.deepEqual(
      socket?.received.map((frame) => frame.text),
      ['from the server'],
    );
    assert.equal(compressed, (socket?.bytesSent ?? 0) < 300, 'compressed on the wire, or not');
    await until(
      async () => ((await page.evaluate('said')) as string[]) && ((await page.evaluate('said.length')) as number) === 1,
    );
    const handshake = relay.exchanges.find((exchange) => exchange.kind === 'socket');
    assert.deepEqual(
      [handshake?.status, handshake?.doneAt !== undefined, handshake?.requestHeaders['origin']],
      [101, true, base],
    );
    relay.refuseSockets = true;
    relay.cutSockets();
    await until(async () => (await page.evaluate('ends.length')) === 1);
    assert.ok(socket?.closedAt !== undefined);
    assert.equal(await page.evaluate('openSocket()'), 'error');
    relay.refuseSockets = false;
    assert.equal(await page.evaluate('openSocket()'), 'open');
  });
}

test('an event stream is live, and is cut', { timeout: 20_000 }, async () => {
  await page.evaluate('openEvents()');
  await until(async () => (await page.evaluate('said[0]')) === 'live');
  assert.ok(
    relay
      .inFlight()
      .some((exchange) => exchange.url.endsWith('/events') && exchange.responseBody?.toString() === 'data: live\n\n'),
  );
  relay.cutSockets();
  await until(async () => (await page.evaluate('ends[0]')) === 'events');
});

test('a foreign host is refused at once', { timeout: 20_000 }, async () => {
  const started = performance.now();
  for (const url of ['http://example.test/', 'https://example.test/', 'ws://example.test/']) {
    const said = await page.evaluate(
      (at) =>
        at.startsWith('ws')
          ? new Promise((resolve) => (new WebSocket(at).onerror = () => resolve('TypeError')))
          : fetch(at, { mode: 'no-cors' }).then(
              () => 'read',
              (error: Error) => error.name,
            ),
      url,
    );
    assert.equal(said, 'TypeError', url);
  }
  assert.ok(performance.now() - started < 2000);
  assert.equal(relay.exchanges.filter((exchange) => exchange.error?.includes('not allowed')).length, 3);
});

test('a page of 50 MB', { timeout: 30_000 }, async () => {
  await page.goto(`${base}/large`, { waitUntil: 'commit' });
  await until(() => (relay.exchanges.at(-1)?.responseBytes ?? 0) > 50_000_000);
  assert.equal(relay.exchanges.at(-1)?.responseBody?.length, 4 << 20);
  assert.equal(await page.title(), 'large');
});
