import assert from 'node:assert/strict';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRelay } from './relay.ts';

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 3000; !holds(); await sleep(5))
    assert.ok(Date.now() < deadline, `not in time: ${holds.toString()}`);
}

test('what cannot be read passes to the target with its bytes counted, and is cut', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const own = await startRelay({ target: new URL(`https://localhost:${port}`), allowForeign: false });
  try {
    const at = new URL(own.server);
    const socket = connect(Number(at.port), at.hostname).on('error', () => {});
    let got: Buffer = Buffer.alloc(0);
    socket
      .on('data', (chunk: Buffer) => (got = Buffer.concat([got, chunk])))
      .write(`CONNECT localhost:${port} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    await until(() => got.includes('200 Connection Established'));
    const hello = Buffer.from([0x16, 3, 1, 0, 1, 1]);
    socket.write(hello);
    await until(() => got.subarray(-6).equals(hello));
    const [exchange] = own.exchanges;
    assert.deepEqual(
      [exchange?.method, exchange?.kind, exchange?.url, exchange?.requestBytes, exchange?.responseBytes],
      ['CONNECT', 'other', `https://localhost:${port}/`, 6, 6],
    );
    own.cutSockets();
    await until(() => socket.destroyed);
    assert.equal(exchange?.error, 'cut');
    assert.deepEqual(own.inFlight(), []);
  } finally {
    await own.close();
    server.close();
  }
});

test('a tunnel to a foreign host is refused at once', async () => {
  const relay = await startRelay({ target: new URL('http://localhost:9'), allowForeign: false });
  const status = await new Promise((resolve) => {
    const at = new URL(relay.server);
    request({ host: at.hostname, port: at.port, method: 'CONNECT', path: 'example.test:443' })
      .on('connect', (response, socket) => {
        socket.destroy();
        resolve(response.statusCode);
      })
      .end();
  });
  assert.equal(status, 403);
  assert.equal(relay.exchanges[0]?.error, 'not allowed (a host other than the target)');
  await relay.close();
});
