import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openJournal } from './journal.ts';

test('of what an app answers the shape is kept, and the texts that are ours; of what we sent all', () => {
  const dir = mkdtempSync(join(tmpdir(), 'plummet-veiled-'));
  try {
    const journal = openJournal(dir, () => 0);
    const answer = '[{"id":7,"name":"Ada Lovelace"},{"id":8,"name":"bodugerat"}]';
    const note = (): string =>
      journal.note({
        kind: 'act',
        who: 'A',
        says: 'saved',
        data: {
          writes: [{ body: '{"name":"Bo"}', answer }],
          appeared: ['Saved', `Ada Lovelace lives in ${'London '.repeat(9)}`],
        },
      });
    note();
    journal.veil((text) => text.includes('bodugerat'));
    note();
    const [whole, veiled] = readFileSync(join(dir, 'events.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).data);
    assert.equal(whole.writes[0].answer, answer, 'where all is ours, all is kept');
    assert.equal(whole.veiled, undefined);
    assert.equal(veiled.writes[0].answer, '[{"id":7,"name":"‹12 letters›"},{"id":8,"name":"bodugerat"}]');
    assert.equal(veiled.writes[0].body, '{"name":"Bo"}');
    assert.deepEqual(veiled.appeared, ['Saved', '‹a text of 85 characters›']);
    assert.equal(veiled.veiled, true);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
