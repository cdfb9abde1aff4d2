import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from './random.ts';

const take = (seed: number, count: number): number[] => Array.from({ length: count }, seeded(seed));

test('the same seed gives the same numbers, another seed others', () => {
  assert.deepEqual(take(7, 5), take(7, 5));
  assert.notDeepEqual(take(7, 5), take(8, 5));
});

test('numbers are in [0, 1) and spread', () => {
  const numbers = take(1, 10_000);
  assert.ok(numbers.every((n) => n >= 0 && n < 1));
  const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  assert.ok(Math.abs(mean - 0.5) < 0.02, String(mean));
});
