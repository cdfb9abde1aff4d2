import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Change, changes, worse } from './changes.ts';
import type { Result } from './run.ts';
import { fail, notApplicable, pass, unknown } from './verdict.ts';

const claim = 'persistence/edits-persist';
const shown: Result = { claim, ...pass('seen', ['e1']) };
const beside: Result = { claim, ...notApplicable('no edit', ['e1']) };
const open: Result = { claim, ...unknown('no-time', 'late') };
const broken = (...places: string[]): Result => {
  const [first, ...more] = places.map((where) =>
    fail(claim, { where, because: 'gone', wrongIf: 'elsewhere', evidence: ['e1'] }),
  );
  assert.ok(first?.status === 'fail');
  const rest = more.flatMap((one) => (one.status === 'fail' ? one.findings : []));
  return { claim, ...first, findings: [first.findings[0], ...rest] };
};

const side = (result: Result | undefined, more: object = {}): Parameters<typeof changes>[0] => ({
  tool: { name: 'plummet', version: '1' },
  target: { url: 'http://localhost:1/', permit: 'writes', seed: 1, intent: {} },
  profile: 'audit',
  startedAt: '2026-11-25T20:00:00.000Z',
  asked: [claim],
  results: result ? [result] : [],
  ...more,
});

const rows: readonly (readonly [string, Result | undefined, Result | undefined, readonly Change[]])[] = [
  ['broken, then shown', broken('/a'), shown, ['fixed']],
  ['broken, then not applicable', broken('/a'), beside, ['fixed']],
  ['broken, then not told', broken('/a'), open, ['untold']],
  ['broken, then not asked', broken('/a'), undefined, ['untold']],
  ['broken both times', broken('/a'), broken('/a'), ['still']],
  [
    'broken at the same place of another record and port',
    broken('http://x:1/a/17'),
    broken('http://x:2/a/4'),
    ['still'],
  ],
  ['broken, and found at another place', broken('/a'), broken('/b'), ['still']],
  ['broken, and at a further place', broken('/a'), broken('/a', '/b'), ['still', 'new']],
  ['shown, then broken', shown, broken('/a'), ['new']],
  ['not told, then broken', open, broken('/a'), ['new']],
  ['not asked, then broken', undefined, broken('/a'), ['new']],
  ['not told, then shown', open, shown, ['shown']],
  ['not asked, then shown', undefined, shown, ['shown']],
  ['shown, then not told', shown, open, ['lost']],
  ['shown, then not asked', shown, undefined, []],
  ['shown both times', shown, shown, []],
  ['not told both times', open, open, []],
  ['not applicable, then shown', beside, shown, []],
];
for (const [name, before, after, expected] of rows)
  test(name, () => {
    const found = changes(side(before), side(after));
    assert.deepEqual(
      found.changed.map(({ change }) => change),
      expected,
    );
    assert.equal(worse(found), expected.includes('new'));
  });

test('of what is new the new places are named, of what was broken the old', () => {
  const wheres = (before: Result, after: Result): string[][] =>
    changes(side(before), side(after)).changed.map(({ findings }) => findings.map(({ where }) => where));
  assert.deepEqual(wheres(broken('/a'), broken('/a', '/b')), [['/a'], ['/b']]);
  assert.deepEqual(wheres(broken('/a'), open), [['/a']]);
});

test('it says why two runs are to be compared with care', () => {
  assert.deepEqual(changes(side(shown), side(shown)).notes, []);
  const other = {
    target: { url: 'http://other/' },
    tool: { version: '2' },
    interrupted: true,
    startedAt: '2026-11-24',
  };
  assert.deepEqual(changes(side(shown), side(undefined, other)).notes, [
    'the runs are of different addresses: http://localhost:1/ and http://other/',
    'the runs were judged by versions 1 and 2',
    'one of the runs was interrupted',
    '1 of the claims of the first run were not asked in the second',
    'the first run is the later one',
  ]);
});
