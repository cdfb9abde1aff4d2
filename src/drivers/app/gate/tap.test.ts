import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { it } from 'node:test';
import { makeTap } from './tap.ts';

const said = (...parts: (string | Buffer)[]) => {
  const tap = makeTap('127.0.0.1:5432');
  const socket = new PassThrough();
  tap.listen(socket as unknown as Socket);
  for (const part of parts) socket.emit('data', Buffer.from(part as string));
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
  it(`a tap reads ${says}`, () => {
    assert.deepEqual(said(...parts), { store: '127.0.0.1:5432', written, opaque: false });
  });

it('a tap says that TLS cannot be read', () => {
  assert.equal(said(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]), Buffer.from([0x16, 0x03, 0x01, 2, 0])).opaque, true);
});
