/** Promise 5: whatever ends a run with an app in our hand, nothing of it stays, and the user's own store is as it was. More of these: npm run bench -- interrupts */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Cut, interrupted } from '../bench/interrupts.ts';

/** While it is copied, started, surveyed, and killed by the probes. */
const moments: readonly [Cut, number][] = [
  ['ctrl-c', 300],
  ['ctrl-c', 3000],
  ['ctrl-c', 14_000],
  ['terminate', 900],
  ['terminate', 9000],
  ['kill', 700],
  ['kill', 4000],
  ['kill', 12_000],
  ['kill the app', 5000],
  ['kill the app', 10_000],
];

describe('a run that is cut short', {
  concurrency: 2,
  skip: process.platform !== 'linux' && 'processes are looked for in /proc',
}, () => {
  for (const [cut, after] of moments)
    it(`by “${cut}” after ${after} ms leaves nothing, and the user's files as they were`, async () => {
      assert.deepEqual(await interrupted(cut, after), []);
    });
});
