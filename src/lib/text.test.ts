import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asSentence, clip, list, oneLine, plain, plural, wrap } from './text.ts';

test('terminal sequences go, with what they carry', () => {
  assert.equal(plain('a\x1b[31mred\x1b[0m b'), 'ared b');
  assert.equal(plain('\x1b]0;owned\x07title'), 'title');
  assert.equal(plain('\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\'), 'link');
  assert.equal(plain('\x9b2Jgone\x1bPq\x1b\\\x1bc'), 'gone');
});

test('a sequence that never ends does not take the next line with it', () => {
  assert.equal(plain('\x1b]0;never ends\nnext'), '\nnext');
});

test('control characters, bidi overrides and tags go; newlines and tabs stay', () => {
  assert.equal(plain('a\0b\x08c\td\r\ne\u202ef\u2066g\u{e0041}h\u200bi'), 'abc\td\nefghi');
  assert.equal(plain('x\ry'), 'x\ny');
});

test('what is left holds no escape, whatever is nested', () => {
  for (const hostile of ['\x1b\x1b[31m[31m', '\x1b]\x1b]0;x\x07\x07', '\x1b[\x1b[2J2J'])
    assert.doesNotMatch(plain(hostile), /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
});

test('one line is one line', () => assert.equal(oneLine(' a\n\n b\t c\u2028d '), 'a b cd'));

test('clip keeps whole characters', () => {
  assert.equal(clip('short', 10), 'short');
  assert.equal(clip('abcdef', 4), 'abc…');
  assert.equal(clip('ab😀cd', 4), 'ab…');
  assert.ok(clip('x'.repeat(10_000), 200).length <= 200);
});

test('numbers and lists in words', () => {
  assert.equal(plural(1, 'row'), '1 row');
  assert.equal(plural(0, 'row'), '0 rows');
  assert.equal(plural(2, 'reply', 'replies'), '2 replies');
  assert.equal(list(['a', 'b', 'c']), 'a, b and c');
  assert.equal(list([]), '');
});

test('wrap never exceeds the width', () => {
  assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  assert.deepEqual(wrap('', 7), []);
  assert.ok(wrap(`short ${'x'.repeat(100)} end`, 20).every((line) => line.length <= 20));
});

test('a reason becomes a sentence', () => {
  assert.equal(asSentence('no answer carries it'), 'No answer carries it.');
  assert.equal(asSentence('Gone (in “A”)'), 'Gone (in “A”).');
  assert.equal(asSentence('/api/items answers 200…'), '/api/items answers 200…');
  assert.equal(asSentence(''), '');
});
