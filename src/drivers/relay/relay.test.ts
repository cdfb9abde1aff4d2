import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createPlainServer, type Server as PlainServer } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { nearby } from './forward.ts';
import { type Exchange, type Relay, type RelayEvent, startRelay } from './relay.ts';

let app: Server;
let base: string;
let relay: Relay;
let seen: { method?: string; url?: string; raw: string[]; body: string }[];
let answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
const plain: PlainServer[] = [];

const listen = async (server: PlainServer): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

beforeEach(async () => {
  seen = [];
  answer = (_incoming, outgoing) => void outgoing.end('fine');
  app = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        seen.push({
          method: incoming.method,
          url: incoming.url,
          raw: incoming.rawHeaders,
          body: Buffer.concat(chunks).toString(),
        });
        answer(incoming, outgoing);
      });
    outgoing.on('error', () => {});
  });
  base = `http://127.0.0.1:${await listen(app)}`;
  relay = await startRelay({ target: new URL(base), allowForeign: false });
});
afterEach(async () => {
  await relay.close();
  app.closeAllConnections();
  app.close();
  for (const server of plain.splice(0)) server.close();
});

interface Got {
  status?: number;
  headers?: IncomingMessage['headers'];
  raw?: string[];
  body: Buffer;
  error?: string;
}

/** As a browser asks a proxy. Resolves also where the answer breaks off, with what had come. */
function through(
  method: string,
  url: string,
  { body = '', headers = {} as Record<string, string> } = {},
): Promise<Got> {
  const at = new URL(relay.server);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const sending = request({
      host: at.hostname,
      port: at.port,
      method,
      path: url,
      headers: { Host: new URL(url).host, 'Content-Length': Buffer.byteLength(body), ...headers },
      agent: false,
    });
    sending.on('error', (error: NodeJS.ErrnoException) => resolve({ body: Buffer.concat(chunks), error: error.code }));
    sending.on('response', (response) => {
      const got = (error?: string): void =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          raw: response.rawHeaders,
          body: Buffer.concat(chunks),
          error,
        });
      response
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => got())
        .on('error', (error: NodeJS.ErrnoException) => got(error.code));
    });
    sending.end(body);
  });
}

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 3000; !holds(); await sleep(5))
    assert.ok(Date.now() < deadline, `not in time: ${holds.toString()}`);
}
const only = (): Exchange => relay.exchanges.at(-1) as Exchange;

test('passes a request as it is, and has both sides on record', async () => {
  answer = (_incoming, outgoing) =>
    void outgoing.writeHead(201, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Mixed-Case', 'ü']).end('made');
  const events: string[] = [];
  const off = relay.on((event: RelayEvent) => events.push(event.type));
  const got = await through('POST', `${base}/items?x=1`, {
    body: '{"a":1}',
    headers: { Origin: base, Cookie: 's=1', 'Proxy-Connection': 'keep-alive', 'X-Mine': '1' },
  });
  assert.equal(got.status, 201);
  assert.deepEqual(got.headers?.['set-cookie'], ['a=1', 'b=2']);
  assert.ok(got.raw?.includes('X-Mixed-Case'));
  const [request] = seen;
  assert.equal(request?.url, '/items?x=1');
  assert.equal(request?.body, '{"a":1}');
  assert.deepEqual(
    request?.raw.filter((_, index) => index % 2 === 0),
    ['Host', 'Content-Length', 'Origin', 'Cookie', 'X-Mine', 'Connection'],
  );
  assert.equal(request?.raw[1], new URL(base).host);
  await until(() => only().doneAt !== undefined);
  const exchange = { ...only() };
  assert.equal(exchange.requestBody.toString(), '{"a":1}');
  assert.equal(exchange.responseBody?.toString(), 'made');
  assert.equal(exchange.responseHeaders?.['set-cookie'], 'a=1\nb=2');
  assert.equal(exchange.error, undefined);
  assert.equal(exchange.url, `${base}/items?x=1`);
  assert.deepEqual(events, ['start', 'end']);
  assert.deepEqual(relay.inFlight(), []);
  off();
});

test('faults: refuse, answer, truncate, delay, lose', async () => {
  answer = (_incoming, outgoing) => void outgoing.end('0123456789');
  relay.fault = ({ method }) => (method === 'POST' ? { do: 'refuse' } : undefined);
  assert.equal((await through('POST', `${base}/`, { body: 'kept' })).error, 'ECONNRESET');
  assert.equal(seen.length, 0);
  assert.equal(only().requestBody.toString(), 'kept', 'what was to be written is on record');
  assert.equal(only().fault, 'refuse');
  assert.equal((await through('GET', `${base}/`)).body.toString(), '0123456789');

  relay.fault = () => ({ do: 'answer', status: 503, headers: { 'Retry-After': '1' }, body: 'no' });
  const answered = await through('POST', `${base}/`, { body: 'x' });
  assert.deepEqual(
    [answered.status, answered.headers?.['retry-after'], answered.body.toString(), seen.length],
    [503, '1', 'no', 1],
  );

  relay.fault = () => ({ do: 'truncate', after: 4 });
  const truncated = await through('GET', `${base}/`);
  assert.deepEqual([truncated.body.toString(), truncated.error], ['0123', 'ECONNRESET']);
  await until(() => only().doneAt !== undefined);
  assert.equal(only().error, 'truncated by a fault');

  relay.fault = () => ({ do: 'delay', ms: 150 });
  const started = performance.now();
  assert.equal((await through('POST', `${base}/`, { body: 'late' })).body.toString(), '0123456789');
  assert.ok(performance.now() - started >= 145);
  assert.equal(seen.at(-1)?.body, 'late');

  relay.fault = () => ({ do: 'lose-answer' });
  const before = seen.length;
  assert.equal((await through('POST', `${base}/`, { body: 'done' })).error, 'ECONNRESET');
  assert.deepEqual([seen.length, seen.at(-1)?.body], [before + 1, 'done'], 'the app did act, once');
  assert.equal(only().responseBody?.toString(), '0123456789');

  relay.fault = () => {
    throw new Error('a mistake of ours');
  };
  assert.equal((await through('POST', `${base}/`)).error, 'ECONNRESET');
  assert.equal(only().error, 'a mistake of ours');
});

test('an event stream passes live, is on record while it lasts, and can be cut', async () => {
  answer = (_incoming, outgoing) =>
    void outgoing
      .writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'identity' })
      .write('data: 1\n\n');
  const going = through('GET', `${base}/events`);
  await until(() => only()?.responseBody?.toString() === 'data: 1\n\n');
  assert.equal(relay.inFlight().length, 1);
  relay.cutSockets();
  const got = await going;
  assert.deepEqual([got.body.toString(), got.error], ['data: 1\n\n', 'ECONNRESET']);
  assert.deepEqual(relay.inFlight(), []);
  assert.equal(only().error, 'cut');
});

test('bodies are on record decoded, whatever their coding', async () => {
  const text = 'wörds '.repeat(1000);
  const codings: [string, (input: string) => Buffer][] = [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['zstd', zstdCompressSync],
    ['gzip, br', (input) => brotliCompressSync(gzipSync(input))],
  ];
  for (const [coding, encode] of codings) {
    answer = (_incoming, outgoing) => void outgoing.writeHead(200, { 'Content-Encoding': coding }).end(encode(text));
    const got = await through('GET', `${base}/`);
    assert.deepEqual(got.body, encode(text), 'passed on as it came');
    await until(() => only().doneAt !== undefined);
    assert.equal(only().responseBody?.toString(), text, coding);
  }
  answer = (_incoming, outgoing) => void outgoing.writeHead(200, { 'Content-Encoding': 'gzip' }).end('not gzip');
  await through('GET', `${base}/`);
  await until(() => only().doneAt !== undefined);
  answer = (_incoming, outgoing) =>
    void outgoing.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(200_000_000), { level: 1 }));
  await through('GET', `${base}/`);
  await until(() => only().doneAt !== undefined);
  assert.equal(only().responseBody?.length, 4 << 20, 'a bomb stops at the cap');
});

test('foreign hosts and other ports: refused at once, and told', async () => {
  const started = performance.now();
  assert.equal((await through('GET', 'http://example.test/font.woff2')).error, 'ECONNRESET');
  assert.equal(only().error, 'not allowed (a host other than the target)');
  assert.equal((await through('POST', 'http://127.0.0.1:9/')).error, 'ECONNRESET');
  assert.equal(only().error, 'not allowed (give --backend host:port)');
  assert.equal((await through('GET', `${relay.server}/`)).error, 'ECONNRESET');
  assert.equal(only().error, 'not allowed (the relay itself)');
  assert.ok(performance.now() - started < 1000);
});

test('an answer without end, and one of 50 MB, pass with little memory; the browser going away ends the asking', async () => {
  answer = (incoming, outgoing) => {
    const block = Buffer.alloc(1 << 16, 97);
    let left = incoming.url === '/large' ? 800 : Number.POSITIVE_INFINITY;
    const more = (): void => {
      while (left-- > 0) if (!outgoing.write(block)) return void outgoing.once('drain', more);
      outgoing.end();
    };
    more();
  };
  assert.equal((await through('GET', `${base}/large`)).body.length, 800 << 16);
  await until(() => only().doneAt !== undefined);
  assert.equal(only().responseBytes, 800 << 16);
  assert.equal(only().responseBody?.length, 4 << 20);
  let ended = false;
  app.once('request', (_incoming, outgoing: ServerResponse) => outgoing.once('close', () => (ended = true)));
  const at = new URL(relay.server);
  const sending = request({ host: at.hostname, port: at.port, path: `${base}/endless`, agent: false }).on(
    'error',
    () => {},
  );
  sending
    .on('response', (response) =>
      response.on('error', () => {}).on('data', () => only().responseBytes > 10_000_000 && sending.destroy()),
    )
    .end();
  await until(() => ended);
  await until(() => relay.inFlight().length === 0);
  assert.equal(only().error, 'the browser went away');
});

test('malformed answers and abrupt ends are told, and harm nobody', async () => {
  for (const [bytes, error] of [
    ['garbage\r\n\r\n', /HPE_/],
    ['', /ECONNRESET/],
    ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', /ECONNRESET|aborted/],
  ] as [string, RegExp][]) {
    const server = createPlainServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(bytes)));
    plain.push(server);
    const got = await through('GET', `http://127.0.0.1:${await listen(server)}/`);
    assert.ok(got.error !== undefined, bytes);
    await until(() => only().doneAt !== undefined);
    assert.match(only().error ?? '', error);
  }
  const dead = createPlainServer();
  const port = await listen(dead);
  await new Promise((resolve) => dead.close(resolve));
  assert.equal((await through('GET', `http://127.0.0.1:${port}/`)).error, 'ECONNRESET');
  assert.equal(only().error, 'ECONNREFUSED');
  const at = new URL(relay.server);
  for (const bytes of [
    '\x16\x03\x01nonsense',
    'CONNECT nonsense HTTP/1.1\r\n\r\n',
    'GET nonsense HTTP/1.1\r\nHost: x\r\n\r\n',
  ])
    connect(Number(at.port), at.hostname)
      .on('error', () => {})
      .end(bytes, 'latin1');
  await sleep(50);
  assert.equal((await through('GET', `${base}/`)).body.toString(), 'fine');
});

test('an app that closes idle connections fails no request', async () => {
  app.keepAliveTimeout = 1;
  answer = (_incoming, outgoing) => {
    outgoing.end('fine');
    setTimeout(() => app.closeIdleConnections(), 2);
  };
  for (let round = 0; round < 40; round++) {
    const got = await through(round % 2 === 0 ? 'GET' : 'POST', `${base}/`);
    assert.equal(got.body.toString(), 'fine');
    await sleep(round % 5);
  }
});

test('a name that leads to the public network after all is not followed', async () => {
  const bound = (address: string) =>
    nearby(((_host: string, _options: unknown, done: (e: null, a: string, f: number) => void) =>
      done(null, address, 4)) as never);
  const told = (address: string): Promise<string | undefined> =>
    new Promise((resolve) => bound(address)('app.test', {}, (error) => resolve(error?.message)));
  assert.equal(await told('127.0.0.1'), undefined);
  assert.equal(await told('192.168.1.4'), undefined);
  assert.match((await told('93.184.216.34')) ?? '', /public network/);
});
