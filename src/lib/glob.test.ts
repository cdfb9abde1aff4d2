import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glob, isGlob } from './glob.ts';

const cases: [pattern: string, name: string, matches: boolean][] = [
  ['persistence/*', 'persistence/edits-persist', true],
  ['persistence/*', 'fail-loud/edits-persist', false],
  ['*/records-*', 'persistence/records-survive-reload', true],
  ['*', 'persistence/edits-persist', false],
  ['**', 'persistence/edits-persist', true],
  ['persistence/{edits,moves}-persist', 'persistence/moves-persist', true],
  ['persistence/{edits,moves}-persist', 'persistence/deletions-persist', false],
  ['?ail-loud/*', 'fail-loud/x', true],
  ['a.c', 'abc', false],
  ['(', '(', true],
  ['', '', true],
  ['*-*', '-', true],
];
for (const [pattern, name, expected] of cases)
  test(`${pattern} ${expected ? 'is' : 'is not'} ${name}`, () => assert.equal(glob(pattern)(name), expected));

test('many stars do not take forever', () => {
  const started = performance.now();
  assert.equal(glob('*a*a*a*a*a*a*a*a*a*a*a*a*b')('a'.repeat(5_000)), false);
  assert.ok(performance.now() - started < 2_000);
});

test('what counts as a glob', () => {
  assert.ok(isGlob('a/*') && isGlob('a/{b}') && !isGlob('a/b'));
});
