import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { changedUnder, searchIn, tablesOf } from './traces.ts';

const dir = mkdtempSync(join(tmpdir(), 'traces-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};

describe('what an app leaves on the disk', () => {
  it('is what changed since, not what was there', async () => {
    const old = file('old.json', '{}');
    utimesSync(old, 1000, 1000);
    const fresh = file('fresh.json', '{}');
    const found = await changedUnder([dir], Date.now() - 60_000);
    assert.ok(found.includes(fresh) && !found.includes(old));
  });

  it('is also what was stamped with the tick before a second began', async () => {
    const path = file('tick.json', '{}');
    utimesSync(path, 1999.996, 1999.996);
    assert.ok((await changedUnder([path], 2_000_000)).includes(path));
    assert.deepEqual(await changedUnder([path], 2_001_000), []);
  });

  for (const [says, content] of [
    ['plain', 'a plumobavin b'],
    ['in capitals', 'PLUMOBAVIN'],
    ['in UTF-16', Buffer.from('plumobavin', 'utf16le')],
    ['in base64', Buffer.from('the plumobavin is here').toString('base64')],
    ['cut', 'plumob'],
  ] as const)
    it(`is found ${says}`, async () => {
      const [found] = await searchIn([file(`x-${says}`, content)], ['plumobavin', 'otherwised']);
      assert.deepEqual(found?.holds, ['plumobavin']);
    });

  it('cannot be read where it is compressed, and that is said', async () => {
    const text = Array.from({ length: 3000 }, (_, n) => `plumobavin ${n * 7919}`).join();
    const [found] = await searchIn([file('z.gz', gzipSync(text))], ['plumobavin']);
    assert.deepEqual([found?.holds, found?.opaque], [[], true]);
  });

  it('is told by tables, so that a log in the same database is none of the records', () => {
    const path = join(dir, 'two.sqlite');
    const db = new DatabaseSync(path);
    db.exec(`create table notes (id integer primary key, title text); create table log (what text) ;
      create table keyed (k text primary key, v text) without rowid;
      insert into notes (title) values ('plumobavin'); insert into log values ('asked for readmarkab'), ('saved plumobavin');
      insert into keyed values ('a', 'plumobavin')`);
    db.close();
    assert.deepEqual(tablesOf(path, ['plumobavin', 'readmarkab']), [
      { table: 'notes', holds: ['plumobavin'] },
      { table: 'log', holds: ['plumobavin', 'readmarkab'] },
      { table: 'keyed', holds: ['plumobavin'] },
    ]);
  });
});
