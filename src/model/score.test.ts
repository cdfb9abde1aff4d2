import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from './facts.ts';
import type { Result } from './run.ts';
import { effort, questions, score, sentence } from './score.ts';
import { fail, notApplicable, pass, unknown } from './verdict.ts';

const reload = 'persistence/records-survive-reload'; // critical, 16 h
const tab = 'persistence/records-survive-a-new-tab'; // critical, 16 h
const others = 'persistence/records-reach-other-browsers'; // critical, 24 h
const leaves = 'persistence/writes-leave-the-browser'; // critical, 24 h
const edits = 'persistence/edits-persist'; // high, 8 h
const shown = (claim: string): Result => ({ claim, ...pass('seen', ['e1']) });
const broken = (claim: string, root?: string): Result => ({
  claim,
  ...fail(claim, { where: '/', because: 'gone', wrongIf: 'elsewhere', evidence: ['e1'], ...(root ? { root } : {}) }),
});
const open = (claim: string, cause: 'intent' | 'no-time' = 'no-time', wants?: string): Result => ({
  claim,
  ...unknown(cause, 'not told', wants),
});
const facts = (more: Partial<Facts> = {}): Facts => ({
  version: 1,
  kind: 'pages',
  entry: 'http://localhost/',
  title: 'Board',
  absent: [],
  told: {},
  pages: [],
  tried: [],
  evidence: [],
  door: { kind: 'password', says: 'a form', evidence: [] },
  record: { kind: 'kept' } as Facts['record'],
  ...more,
});

test('points are weighed, unknowns count against, and the upper end counts them for', () => {
  const found = score(
    [shown(reload), open(edits), { claim: others, ...notApplicable('local by intent', ['e1']) }],
    [reload, edits, others],
  );
  assert.equal(found.ready, 57); // 10 of 17.5
  assert.equal(found.readyAtBest, 100);
  assert.deepEqual([found.coverage.decided, found.coverage.asked, found.capped], [2, 3, false]);
  assert.ok(found.coverage.elsewhere > 10);
});

test('a critical failure caps both ends at 49', () => {
  const found = score([broken(reload), shown(tab), shown(others), shown(leaves), open(edits)], []);
  assert.deepEqual([found.ready, found.readyAtBest, found.capped], [49, 49, true]);
});

test('a failure that is not critical does not cap', () =>
  assert.equal(score([broken(edits), shown(reload)], []).ready, 57));

test('what was asked and has no result is unknown', () =>
  assert.equal(score([shown(reload)], [reload, tab]).ready, 50));

test('hardening and surface do not count, and with nothing asked there is no number', () => {
  const found = score([shown('fail-loud/retries-do-not-duplicate'), shown('surface/pages-render')], []);
  assert.deepEqual([found.ready, found.coverage.asked], [undefined, 0]);
});

test('one root cause is counted once, by its dearest claim', () => {
  const found = effort([
    broken(leaves),
    broken(others, leaves),
    broken(reload, leaves),
    broken('persistence/text-comes-back-as-written'),
    shown(tab),
  ]);
  assert.deepEqual(
    found.groups.map(({ root, hours }) => [root, hours]),
    [
      [leaves, 24],
      ['persistence/text-comes-back-as-written', 3],
    ],
  );
  assert.deepEqual([found.low, found.hours, found.high], [13.5, 27, 67.5]);
});

test('nothing broken costs nothing', () =>
  assert.deepEqual(effort([shown(reload)]), { low: 0, high: 0, hours: 0, groups: [] }));

test('questions name what they decide, and what is answered is not asked', () => {
  const results = [
    open(others, 'intent', 'storage: local or server'),
    open('concurrency/others-see-the-change', 'intent'),
    open('authentication/private-data-needs-a-session', 'intent'),
    open(edits),
  ];
  assert.deepEqual(
    questions(results, {}).map(({ setting, decides }) => [setting, decides.length]),
    [
      ['storage', 1],
      ['login', 1],
      ['records', 1],
    ],
  );
  assert.deepEqual(questions(results, { storage: 'local', login: 'open', records: 'shared' }), []);
  assert.match(questions(results, {})[0]?.asks ?? '', /meant to live/);
});

const sentences: [string, Result[], Partial<Facts>, RegExp][] = [
  [
    'memory only',
    [broken(reload), broken(others)],
    {},
    /^Records live nowhere: a reload loses them\. What stops an unauthorised user was not asked\. What happens with two users at once was not asked\.$/,
  ],
  [
    'local storage',
    [shown(reload), shown(tab), broken(others)],
    {},
    /^Records live only in this browser: a fresh browser does not see them\./,
  ],
  [
    'acknowledged and never stored',
    [
      { claim: reload, ...notApplicable('no pages', ['e1']) },
      broken(others),
      shown('persistence/writes-leave-the-browser'),
      open('concurrency/others-see-the-change'),
    ],
    {},
    /^Records are acknowledged and kept nowhere.*two users at once was not shown\.$/,
  ],
  ['session storage', [shown(reload), broken(tab), broken(others)], {}, /^Records live in one tab only/],
  [
    'a server',
    [shown(reload), shown(others), shown('concurrency/others-see-the-change')],
    {},
    /^Records live beyond the browser.*another sees\.$/,
  ],
  ['no door', [shown(others)], { door: { kind: 'none', says: '', evidence: [] } }, /opens without a login/],
  ['a door for show', [broken('authentication/wrong-passwords-are-refused')], {}, /A wrong password opens it/],
  ['kept back', [], { record: undefined, keptBack: ['localhost:3001'] }, /its pages write to localhost:3001/],
  ['nothing found', [], { record: undefined }, /no way to write a record was found/],
  [
    'not told',
    [open(reload), open(others), open('concurrency/others-see-the-change')],
    {},
    /after a reload was not shown.*two users at once was not shown\.$/,
  ],
  [
    'local by intent',
    [shown(reload), { claim: others, ...notApplicable('says so', ['e1']) }],
    { told: { local: 'saved on this device' } },
    /^Records live in this browser, as the app says\./,
  ],
  ['dead', [], { kind: 'dead' }, /did not answer/],
];
for (const [name, results, more, expected] of sentences)
  test(`the sentence: ${name}`, () => assert.match(sentence(results, facts(more), {}), expected));
