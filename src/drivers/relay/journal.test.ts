import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journal } from './journal.ts';

test('the oldest bodies go first, then the oldest exchanges; what is under way stays', () => {
  const record = journal({
    requestBody: 100,
    responseBody: 100,
    bodies: 250,
    exchanges: 4,
    sockets: 1,
    frames: 2,
    frameBytes: 1000,
  });
  const url = new URL('http://a.test/');
  const open = record.begin('GET', url, []);
  for (let round = 0; round < 3; round++) {
    const entry = record.begin('POST', url, []);
    entry.sent(Buffer.alloc(500, 48 + round));
    entry.end();
  }
  assert.deepEqual(
    record.exchanges.map((exchange) => exchange.requestBody.length),
    [0, 0, 100, 100],
  );
  assert.equal(record.exchanges[1]?.bodiesDropped, true);
  assert.equal(record.exchanges[3]?.requestBytes, 500);
  record.begin('GET', url, []).end();
  assert.deepEqual(
    record.exchanges.map((exchange) => exchange.id),
    [1, 3, 4, 5],
  );
  assert.equal(open.exchange.doneAt, undefined);
});

test('frames and sockets are bounded', () => {
  const record = journal({
    requestBody: 100,
    responseBody: 100,
    bodies: 250,
    exchanges: 3,
    sockets: 1,
    frames: 2,
    frameBytes: 1000,
  });
  const first = record.openSocket(new URL('http://a.test/ws'), undefined);
  for (const letter of 'abc') first.sent(Buffer.from([0x81, 1, letter.charCodeAt(0)]));
  assert.equal(record.sockets[0]?.url, 'ws://a.test/ws');
  assert.deepEqual(
    record.sockets[0]?.sent.map((frame) => frame.text),
    ['b', 'c'],
  );
  first.closed();
  record.openSocket(new URL('http://a.test/two'), undefined);
  assert.deepEqual(
    record.sockets.map((socket) => socket.url),
    ['ws://a.test/two'],
  );
});
