import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyImplications, implications, rootCauses } from './implications.ts';
import type { Result } from './run.ts';
import { fail, pass, unknown } from './verdict.ts';

const leaves = 'persistence/writes-leave-the-browser';
const others = 'persistence/records-reach-other-browsers';
const broken = (claim: string): Result => ({
  claim,
  ...fail(claim, { where: '/', because: 'gone', wrongIf: 'it is elsewhere', evidence: ['e1'] }),
});
const rootOf = (results: readonly Result[], claim: string): string | undefined => {
  const found = results.find((result) => result.claim === claim);
  return found?.status === 'fail' ? found.findings[0].root : assert.fail(`${claim} does not fail`);
};

test('a record in a fresh browser shows that the write left, by the same evidence', () => {
  const [, lifted] = applyImplications([
    { claim: others, ...pass('seen', ['e7', 'e9']) },
    { claim: leaves, ...unknown('unclear', 'encoded traffic') },
  ]);
  assert.deepEqual(lifted, {
    claim: leaves,
    status: 'pass',
    because: implications[0]?.because,
    evidence: ['e7', 'e9'],
  });
});

test('a failure is not lifted, and an unknown source lifts nothing', () => {
  const results: Result[] = [{ claim: others, ...pass('seen', ['e1']) }, broken(leaves)];
  assert.deepEqual(applyImplications(results), results);
  const open: Result[] = [
    { claim: others, ...unknown('no-time', 'late') },
    { claim: leaves, ...unknown('no-time', 'late') },
  ];
  assert.deepEqual(applyImplications(open), open);
});

test('a missing backend is the root of what fails for want of it', () => {
  const results = applyImplications([
    broken(leaves),
    broken(others),
    broken('fail-loud/absent-backend-is-an-error'),
    broken('persistence/text-comes-back-as-written'),
  ]);
  assert.equal(rootOf(results, others), leaves);
  assert.equal(rootOf(results, 'fail-loud/absent-backend-is-an-error'), leaves);
  assert.equal(rootOf(results, 'persistence/text-comes-back-as-written'), undefined);
  assert.equal(rootOf(results, leaves), undefined);
});

test('where writes leave, the next deepest failure is the root', () => {
  const results = applyImplications([
    { claim: leaves, ...pass('left', ['e1']) },
    broken('persistence/records-survive-reload'),
    broken(others),
    broken('concurrency/others-see-the-change'),
  ]);
  assert.equal(rootOf(results, others), 'persistence/records-survive-reload');
  assert.equal(rootOf(results, 'concurrency/others-see-the-change'), 'persistence/records-survive-reload');
});

test('applied twice it changes nothing more', () => {
  const once = applyImplications([broken(leaves), broken(others)]);
  assert.deepEqual(applyImplications(once), once);
});

test('a root that is explained itself is explained by one before it, which explains all that it does', () => {
  for (const [i, { root, explains }] of rootCauses.entries()) {
    for (const deeper of rootCauses.slice(0, i).filter((cause) => cause.explains.includes(root))) {
      const missing = explains.filter((claim) => !deeper.explains.includes(claim));
      assert.deepEqual(missing, [], `${deeper.root} explains ${root}`);
    }
    assert.ok(
      !rootCauses.slice(i).some((cause) => cause.explains.includes(root)),
      `${root} is explained by a later cause`,
    );
  }
});
