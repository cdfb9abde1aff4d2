import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { agreedDeflate, frameReader, type Message } from './frames.ts';

/** One frame by RFC 6455: opcode, payload, final, compressed, mask. */
function frame(opcode: number, payload: Buffer, { final = true, compressed = false, masked = false } = {}): Buffer {
  const head = [(final ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode];
  const mask = masked ? Buffer.from([1, 2, 3, 4]) : Buffer.alloc(0);
  const bit = masked ? 0x80 : 0;
  if (payload.length < 126) head.push(bit | payload.length);
  else if (payload.length < 65536) head.push(bit | 126, payload.length >> 8, payload.length & 255);
  else
    head.push(
      bit | 127,
      0,
      0,
      0,
      0,
      payload.length >>> 24,
      (payload.length >> 16) & 255,
      (payload.length >> 8) & 255,
      payload.length & 255,
    );
  const body = masked ? payload.map((byte, index) => byte ^ (mask[index & 3] ?? 0)) : payload;
  return Buffer.concat([Buffer.from(head), mask, body]);
}

function read(bytes: Buffer, deflate: 'none' | 'keeps' | 'forgets' = 'none', step = bytes.length): Message[] {
  const messages: Message[] = [];
  const reader = frameReader(deflate, (message) => messages.push(message));
  for (let at = 0; at < bytes.length; at += step) reader(bytes.subarray(at, at + step));
  return messages;
}

test('whatever way the bytes are cut, the messages are the same', () => {
  const bytes = Buffer.concat([
    frame(1, Buffer.from('héllo'), { masked: true }),
    frame(9, Buffer.from('ping')),
    frame(1, Buffer.from('one '), { final: false }),
    frame(10, Buffer.alloc(0)), // a pong may stand between fragments
    frame(0, Buffer.from('two')),
    frame(2, Buffer.alloc(300, 7)),
    frame(1, Buffer.alloc(0)),
    frame(2, Buffer.alloc(70_000, 9), { masked: true }),
    frame(8, Buffer.from([3, 232])),
  ]);
  for (const step of [1, 2, 7, 1000, bytes.length]) {
    const got = read(bytes, 'none', step);
    assert.deepEqual(
      got.map((message) => message.text),
      ['héllo', 'one two', undefined, '', undefined],
      `step ${step}`,
    );
    assert.deepEqual(got[2]?.bytes, Buffer.alloc(300, 7));
    assert.equal(got[4]?.bytes.length, 70_000);
  }
});

test('inflates messages that refer back to earlier ones, and those that do not', async () => {
  const texts = [
    '{"title":"the same words"}',
    '{"title":"the same words"}',
    'x'.repeat(100_000),
    '{"title":"the same words"}',
  ];
  const stream = createDeflateRaw();
  const parts: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => parts.push(chunk));
  const kept: Buffer[] = [];
  for (const text of texts) {
    stream.write(text);
    await new Promise<void>((resolve) => stream.flush(constants.Z_SYNC_FLUSH, () => resolve()));
    kept.push(frame(1, Buffer.concat(parts.splice(0)).subarray(0, -4), { compressed: true }));
  }
  assert.ok((kept[1]?.length ?? 99) < (kept[0]?.length ?? 0), 'the second does refer back');
  assert.deepEqual(
    read(Buffer.concat(kept), 'keeps', 5).map((message) => message.text),
    texts,
  );
  const fresh = texts.map((text) =>
    frame(1, deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4), {
      compressed: true,
      masked: true,
    }),
  );
  assert.deepEqual(
    read(Buffer.concat(fresh), 'forgets').map((message) => message.text),
    texts,
  );
});

test('a message is cut at 256 kB; one that is too long to read is counted, and the next one is read', () => {
  const got = read(
    Buffer.concat([
      frame(1, Buffer.alloc(300_000, 97)),
      frame(1, Buffer.alloc(9_000_000, 98)),
      frame(1, Buffer.from('after')),
    ]),
    'none',
    65_536,
  );
  assert.deepEqual(
    got.map((message) => message.bytes.length),
    [262_144, 0, 5],
  );
  assert.deepEqual(
    got.map((message) => message.text?.length),
    [262_144, undefined, 5],
  );
});

test('what is no WebSocket, damaged deflate and bombs do no harm', () => {
  assert.deepEqual(read(Buffer.from('GET / HTTP/1.1\r\n\r\n')), []);
  assert.deepEqual(read(frame(1, Buffer.from('x'), { compressed: true })), [], 'compressed though not agreed');
  const damaged = read(
    Buffer.concat([frame(1, Buffer.from([0xff, 0xff, 0xff]), { compressed: true }), frame(1, Buffer.from('clear'))]),
    'keeps',
  );
  assert.deepEqual(
    damaged.map((message) => message.text),
    [undefined, 'clear'],
  );
  const bomb = deflateRawSync(Buffer.alloc(100_000_000), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
  assert.deepEqual(
    read(frame(1, bomb, { compressed: true }), 'keeps').map((message) => message.text),
    [undefined],
  );
});

test('reads what was agreed', () => {
  assert.deepEqual(agreedDeflate(undefined), { sent: 'none', received: 'none' });
  assert.deepEqual(agreedDeflate('permessage-deflate'), { sent: 'keeps', received: 'keeps' });
  assert.deepEqual(agreedDeflate('permessage-deflate; server_no_context_takeover; client_max_window_bits=15'), {
    sent: 'keeps',
    received: 'forgets',
  });
});
