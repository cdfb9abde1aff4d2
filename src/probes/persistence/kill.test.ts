import assert from 'node:assert/strict';
import { it } from 'node:test';
import { kill } from './kill.ts';

const before = {
  kept: true,
  sent: true,
  by: 'the form',
  where: 'http://h/notes',
  control: true,
  kills: 0,
  acknowledged: 1,
  unclear: 0,
  lost: [],
  doubled: [],
  unused: false,
  outside: false,
  save: 'e1',
  reproduce: '',
};
const judged = (more: Partial<typeof before>): string => {
  const verdict = kill.claims[0].judge(kill.observed.parse({ ...before, ...more }), {} as never, {});
  return verdict.status === 'unknown' ? `${verdict.cause}: ${verdict.because}` : verdict.status;
};

it('a kill that was not come to says whether for want of time or of a record', () => {
  assert.equal(judged({}), 'no-time: there was no time left for a kill');
  assert.equal(judged({ control: false }), 'control-failed: a record was not seen before the first kill');
});
