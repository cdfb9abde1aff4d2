import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { whichIn } from '../model/mark.ts';
import { openJournal } from './journal.ts';
import { veiled } from './veiled.ts';

const mark = 'bodugerat';
const marksIn = (text: string): string[] => whichIn(text, [mark, '27193']);

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
        data: { writes: [{ body: '{"name":"Bo"}', answer }] },
      });
    note();
    journal.veil(marksIn);
    note();
    const [whole, veiled] = readFileSync(join(dir, 'events.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).data);
    assert.equal(whole.writes[0].answer, answer, 'where all is ours, all is kept');
    assert.equal(whole.veiled, undefined);
    assert.equal(veiled.writes[0].answer, '[{"id":7,"name":"‹12 letters›"},{"id":8,"name":"bodugerat"}]');
    assert.equal(veiled.writes[0].body, '{"name":"Bo"}');
    assert.equal(veiled.veiled, true);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

const answerOf = (answer: string): unknown => veiled({ answer }, marksIn)['answer'];

test('what an app says to its caller is kept, and what a record says is not', () => {
  for (const [answer, kept] of [
    ['{"error":"no such page","status":404}', '{"error":"no such page","status":404}'],
    ['{"error":{"code":"x1","message":"too long"}}', '{"error":{"code":"x1","message":"too long"}}'],
    ['{"message":"sent to ada@navy.example, 5551234567"}', '{"message":"sent to ‹an address›, ‹10 digits›"}'],
    ['[{"message":"I am ill"}]', '[{"message":"‹8 letters›"}]'],
    [
      '{"ok":true,"rows":[{"detail":"I am ill"}],"reason":"x"}',
      '{"ok":true,"rows":[{"detail":"‹8 letters›"}],"reason":"‹1 letter›"}',
    ],
    ['{"ticket":{"message":"I am ill"}}', '{"ticket":{"message":"‹8 letters›"}}'],
    ['{"message":"hello"}\n{"message":"I am ill"}', '{"message":"hello"}\n{"message":"‹8 letters›"}'],
    ['ill","message":"I am ill"}', '‹3 letters›","message":"‹8 letters›"}'],
  ])
    assert.equal(answerOf(answer as string), kept);
});

test('of a long text the mark is kept, however it is written, and not what stands before it', () => {
  const others = 'Ada Lovelace lives in London, and her doctor is called Grace. ';
  assert.equal(answerOf(`{"note":"${others}${mark} waits for all of them"}`), '{"note":"bodugerat waits for all…"}');
  assert.equal(answerOf(`{"note":"${others}Bodu-gerat"}`), '{"note":"Bodu-gerat"}');
  assert.equal(answerOf(`{"note":"${others}27,193 in all"}`), '{"note":"27,193 in all"}');
  assert.equal(answerOf('{"amount":27193,"phone":27194}'), '{"amount":27193,"phone":‹5 digits›}');
  assert.equal(
    answerOf(`{"note":"${others}&#98;"}`.replace('&#98;', 'ｂｏｄｕｇｅｒａｔ')),
    '{"note":"‹a text of 71 characters, with bodugerat in it›"}',
  );
});

test('what a page says is kept without addresses, long numbers and the words of others', () => {
  const far = 'Ada Lovelace lives in London, and her doctor is called Grace';
  assert.deepEqual(
    veiled(
      {
        appeared: ['Saved', 'Sent to ada@navy.example', 'Call 5551234567', `${far}, a friend`, `${far}, ${mark}`],
        dialogs: [
          { type: 'alert', message: 'Sent to ada@navy.example' },
          { type: 'alert', message: far.repeat(3) },
        ],
        url: 'http://x/5551234567',
      },
      marksIn,
    ),
    {
      appeared: ['Saved', 'Sent to ‹an address›', 'Call ‹10 digits›', '‹a text of 70 characters›', mark],
      dialogs: [
        { type: 'alert', message: 'Sent to ‹an address›' },
        { type: 'alert', message: `‹a text of ${far.length * 3} characters›` },
      ],
      url: 'http://x/5551234567',
    },
  );
});
