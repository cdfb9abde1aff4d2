import assert from 'node:assert/strict';
import { on, once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { it } from 'node:test';
import type { WireTrace } from '../../../model/app.ts';
import { makeTap, type Tap } from './tap.ts';

/** An app's connection to a store that answers each thing said with `heard `and itself. */
async function joined(tap: Tap): Promise<{ app: Socket; close(): Promise<void> }> {
  const store = createServer((socket) => socket.on('data', (bytes) => socket.write(`heard ${bytes}`)));
  const between = createServer({ allowHalfOpen: true }, (socket) =>
    tap.join(socket, () => connect({ port: portOf(store), host: '127.0.0.1', allowHalfOpen: true })),
  );
  for (const server of [store, between]) await once(server.listen(0, '127.0.0.1'), 'listening');
  const app = connect({ port: portOf(between), host: '127.0.0.1' });
  await once(app, 'connect');
  return {
    app,
    async close() {
      app.destroy();
      for (const server of [between, store]) await once(server.close(), 'close');
    },
  };
}
const portOf = (server: Server): number => (server.address() as { port: number }).port;
/** What comes until the text or the end of the connection. */
async function until(app: Socket, text: string): Promise<string> {
  let heard = '';
  for await (const part of on(app, 'data', { close: ['close'] })) {
    heard += part;
    if (heard.includes(text)) break;
  }
  return heard;
}

const said = async (...parts: (string | Buffer)[]): Promise<WireTrace> => {
  const tap = makeTap('127.0.0.1:5432');
  const { app, close } = await joined(tap);
  for (const part of parts) {
    app.write(part);
    await once(app, 'data');
  }
  await close();
  return tap.read(0, ['plumobavin', 'readmarkab']);
};

for (const [says, parts, written] of [
  ['a statement with its value', ["INSERT INTO notes VALUES ('plumobavin')"], ['plumobavin']],
  ['a value that is cut in two by segments', ["insert into n values ('plumo", "bavin')"], ['plumobavin']],
  [
    'a prepared statement and its value (PostgreSQL)',
    ['P\0\0s1\0INSERT INTO notes VALUES ($1)\0', 'B\0\0s1\0plumobavin'],
    ['plumobavin'],
  ],
  ['a value of a statement prepared before', ['B\0\0s1\0plumobavin'], ['plumobavin']],
  ['what is only searched for', ["SELECT * FROM notes WHERE title LIKE '%readmarkab%'"], []],
  [
    'one written, the other searched for',
    ["INSERT INTO n VALUES ('plumobavin'); SELECT 1 WHERE t = 'readmarkab'"],
    ['plumobavin'],
  ],
  [
    'a cache that is sent what was asked for (Redis)',
    ['*3\r\n$3\r\nSET\r\n$4\r\npage\r\n$10\r\nreadmarkab\r\n'],
    ['readmarkab'],
  ],
  ['an update of MongoDB', [Buffer.from('update\0notes\0title\0plumobavin')], ['plumobavin']],
] as const)
  it(`a tap reads ${says}`, async () => {
    assert.deepEqual(await said(...parts), { store: '127.0.0.1:5432', written });
  });

it('a tap says that TLS and HTTP tell nothing', async () => {
  const secret = await said(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]), Buffer.from([0x16, 0x03, 0x01, 2, 0]));
  assert.match(secret.unread ?? '', /encrypted/);
  const asked = await said('PUT /notes/1 HTTP/1.1\r\nhost: a\r\n\r\nplumobavin');
  assert.match(asked.unread ?? '', /by HTTP/);
  assert.deepEqual(asked.written, []);
});

it('a store that is gone ends what stands and takes nothing new; it comes back', async () => {
  const tap = makeTap('store');
  const one = await joined(tap);
  const lift = tap.fault('gone');
  assert.equal(await until(one.app, 'nothing'), '');
  const two = await joined(tap);
  assert.equal(await until(two.app, 'nothing'), '');
  lift();
  const three = await joined(tap);
  three.app.write('hello');
  assert.equal(await until(three.app, 'hello'), 'heard hello');
  for (const each of [one, two, three]) await each.close();
});

it('a store that cuts its answers says half and ends', async () => {
  const tap = makeTap('store');
  const { app, close } = await joined(tap);
  tap.fault('cut');
  app.write('hello');
  assert.equal(await until(app, 'hello'), 'heard');
  await close();
});

it('a store that is silent says nothing, and what was lost ends its connection when it comes back', async () => {
  const tap = makeTap('store');
  const { app, close } = await joined(tap);
  const lift = tap.fault('silent');
  app.write('hello');
  const heard = until(app, 'hello');
  // What is said after it on another way shows that it had its time.
  const other = makeTap('other');
  const two = await joined(other);
  two.app.write('hello');
  await until(two.app, 'hello');
  lift();
  assert.equal(await heard, '');
  await close();
  await two.close();
});

it('a slow store answers after a while', async () => {
  const tap = makeTap('store');
  const { app, close } = await joined(tap);
  tap.fault('slow');
  const from = Date.now();
  app.write('hello');
  assert.equal(await until(app, 'hello'), 'heard hello');
  assert.ok(Date.now() - from > 2900);
  await close();
});
