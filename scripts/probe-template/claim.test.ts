import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from './claim.ts';

const write = { said: 'ok', because: 'the form was cleared', evidence: 'e1' } as const;

// Red until the probe tells a break. Then plant the defect in a fixture, and list this claim there with the reason.
test('section/claim: a break is told, with what the user suffers', () => {
  const verdict = judge({
    write,
    sighting: { seen: 'no', because: 'the list shows only the sentinel', evidence: 'e2' },
  });
  assert.equal(verdict.status, 'fail', verdict.because);
  assert.match(verdict.because, /say here what the reason must hold/);
});

test('section/claim: what could not be looked at is unknown, never fail', () => {
  assert.equal(judge({ write: { ...write, said: 'unclear' } }).status, 'unknown');
  assert.equal(
    judge({ write, sighting: { seen: 'could-not-look', because: 'no list', evidence: 'e2' } }).status,
    'unknown',
  );
});

test('section/claim: the sound case passes', () => {
  assert.equal(judge({ write, sighting: { seen: 'yes', because: 'in its list', evidence: 'e2' } }).status, 'pass');
});
