import assert from 'node:assert/strict';
import { it } from 'node:test';
import { cannotBeGuessed, isKeyed } from './keys.ts';

it('a key is told from an id that counts up and from words', () => {
  for (const key of [
    '70d78464-755c-4a8c-9838-c56bd7ff60a9',
    '0198f2c4-755c-7a8c-9838-c56bd7ff60a9',
    'Z5KvgRo5Keb1z02B1wkaCXZ9',
    'clh3x9q0t0000s6l5a1b2c3d4',
    'my-first-note-3f9a0c71d4e84b6f',
  ])
    assert.ok(cannotBeGuessed(key), key);
  for (const id of [
    '1',
    '20471',
    '66f1a2b3c4d5e6f708192a3b',
    '70d78464-755c-11ee-9838-c56bd7ff60a9',
    'how-to-write-a-very-long-title-in-2024',
    'notifications',
    'getAllNotesForUser',
    '12345678901234567890',
  ])
    assert.ok(!cannotBeGuessed(id), id);
});

it('an address is keyed by a part that cannot be guessed, and by no number that also stands within one', () => {
  const keyed = (url: string, body = '') => isKeyed({ url, method: body ? 'POST' : 'GET', body }, 'lozupatem');
  assert.ok(keyed('http://app/Z5KvgRo5Keb1z02B1wkaCXZ9'));
  assert.ok(keyed('http://app/notes?of=70d78464-755c-4a8c-9838-c56bd7ff60a9'));
  assert.ok(keyed('http://app/graphql', '{"query":"query Q { n }","variables":{"id":"Z5KvgRo5Keb1z02B1wkaCXZ9"}}'));
  assert.ok(!keyed('http://app/notes/7'));
  assert.ok(!keyed('http://Z5KvgRo5Keb1z02B1wkaCXZ9.app/notes/7'));
  assert.ok(!keyed('http://app/notes/lozupatem'));
});
