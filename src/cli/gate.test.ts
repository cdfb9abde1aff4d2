import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wantedBy } from '../config/accept.ts';
import type { Config } from '../config/schema.ts';
import { meanings } from '../model/meanings.ts';
import type { Result } from '../model/run.ts';
import { fail, notApplicable, pass, unknown } from '../model/verdict.ts';
import type { Baseline } from './baseline.ts';
import { type Checked, type GateRun, gate, gateText, passes } from './gate.ts';

const reload = 'persistence/records-survive-reload';
const edits = 'persistence/edits-persist';
const own = 'criteria/an invoice is still there';
const today = '2026-11-25';

const shown = (claim: string): Result => ({ claim, ...pass('seen', ['e1']) });
const open = (claim: string): Result => ({ claim, ...unknown('no-time', 'late') });
const beside = (claim: string): Result => ({ claim, ...notApplicable('none', ['e1']) });
const broken = (claim: string, where = '/'): Result => ({
  claim,
  ...fail(claim, { where, because: 'gone', wrongIf: 'elsewhere', evidence: ['e1'] }),
});

const runOf = (results: readonly Result[], more: Partial<GateRun> = {}): GateRun & Baseline => ({
  tool: { name: 'plummet', version: '0' },
  target: { url: 'http://localhost:1/', permit: 'writes', seed: 1, intent: { records: 'private' } },
  profile: 'audit',
  startedAt: '2026-11-20T20:00:00.000Z',
  asked: results.map(({ claim }) => claim),
  results,
  score: { ready: 79, coverage: { decided: 1, asked: 14, elsewhere: 0 }, capped: false },
  ...more,
});

const criteria = { 'an invoice is still there': async () => undefined };
const checked = (accept: Config['accept'], run: GateRun, config: Config = {}, baseline?: Baseline): Checked[] =>
  gate(run, wantedBy({ criteria, ...config, accept }), {
    waivers: config.waivers ?? [],
    today,
    ...(baseline ? { baseline } : {}),
  });
const waiver = (claim: string, until: string) => [{ claim, reason: 'next release', who: 'ada', until }];

test('unknown and not asked are unmet, a waiver holds to its last day, a gate that asks nothing is closed', () => {
  const run = runOf([shown(reload), open(edits)]);
  assert.deepEqual(
    checked('floor', run).map(({ claim, met }) => [claim, met]),
    [
      [reload, true],
      [edits, false],
    ],
  );
  assert.ok(passes(checked('floor', run, { waivers: waiver(edits, today) })));
  assert.ok(passes(checked(['floor'], run, { waivers: waiver('floor', today) })), 'what accept says is waived whole');
  assert.ok(passes(checked([edits, 'floor'], run, { waivers: waiver(edits, today) })), 'asked for twice');
  const late = checked('floor', run, { waivers: waiver(edits, '2026-11-24') });
  assert.ok(!passes(late));
  assert.match(
    gateText(late),
    /✗ persistence\/edits-persist {2}not told: the waiver ended 2026-11-24 \(next release, ada\)\. late\.\n\nClosed: 1 of 2 criteria unmet\./,
  );
  assert.match(gateText(checked(['secrets/bundle-holds-no-secrets'], run)), /not asked in this run/);
  assert.ok(!passes(checked('floor', runOf([]))));
});

test('entries of accept that mean nothing are misuse, and say what was meant', () => {
  const run = runOf([]);
  for (const [accept, config, says] of [
    ['edits-persits', {}, /accept: no claim is called .* Did you mean persistence\/edits-persist\?/],
    ['records are privat', {}, /nothing is called .* Did you mean records are private\?/],
    ['an invoice is still their', {}, /Did you mean an invoice is still there\?/],
    ['ready => 80', {}, /"ready => 80" cannot be asked/],
    ['hours <= 10', {}, /The number that can be is ready/],
    ['ready >= 101', {}, /cannot be asked/],
    ['records are private', { intent: { records: 'shared' } }, /the intent says records: shared\. Which is meant\?/],
  ] as const)
    assert.throws(() => checked([accept], run, config), says);
});

test('a number is met at its bound, and not where the run has none', () => {
  const sum = (accept: string, run: GateRun): unknown => checked([accept], run).map(({ status, met }) => [status, met]);
  assert.deepEqual(sum('ready >= 79', runOf([])), [['pass', true]]);
  assert.deepEqual(sum('Ready >80', runOf([])), [['fail', false]]);
  assert.deepEqual(
    sum('ready >= 0', runOf([], { score: { ...runOf([]).score, ready: undefined } as GateRun['score'] })),
    [['unknown', false]],
  );
});

test('a sentence is met where all its claims are, something was shown, and the run was told what is meant', () => {
  const [{ says, claims } = { says: '', claims: [] }] = meanings;
  const of = (results: readonly Result[], more: Partial<GateRun> = {}, config: Config = {}): Checked | undefined =>
    checked([says], runOf(results, more), config)[0];
  assert.equal(of(claims.map(shown))?.met, true);
  const [first = '', ...rest] = claims;
  assert.equal(of([shown(first), ...rest.map(beside)])?.met, true);
  assert.deepEqual([of(claims.map(beside))?.status, of(claims.map(beside))?.met], ['unknown', false]);
  assert.equal(of([open(first), ...rest.map(shown)])?.status, 'unknown');
  assert.equal(of(rest.map(shown))?.status, 'unknown', 'one was not asked');
  assert.equal(of([open(first), broken(first), ...rest.map(shown)])?.status, 'fail');
  const target = { ...runOf([]).target, intent: {} };
  assert.match(of(claims.map(shown), { target })?.because ?? '', /was not told records=private/);
  const let_ = of([open(first), ...rest.map(shown)], {}, { waivers: waiver(first, today) });
  assert.deepEqual([let_?.status, let_?.met], ['unknown', true], 'let through, and not called shown');
  assert.match(gateText(let_ ? [let_] : []), /^ {2}~ records are private {2}not told\n {6}~ authentication/);
});

test('a criterion of the config goes by its name', () => {
  assert.equal(checked(['an invoice is still there'], runOf([shown(own)]))[0]?.met, true);
  assert.match(gateText(checked(['criteria'], runOf([broken(own)]))), /✗ an invoice is still there {2}broken: gone\n/);
  assert.equal(checked(['an invoice is still there'], runOf([]))[0]?.status, 'not-asked');
  assert.ok(
    passes(
      checked(['an invoice is still there'], runOf([broken(own)]), {
        waivers: waiver('an invoice is still there', today),
      }),
    ),
  );
});

test('no new failure: what was broken may be, what was shown must be told', () => {
  const line = runOf([shown(reload), broken(edits, '/a')]);
  const now = (results: readonly Result[], config: Config = {}): Checked | undefined =>
    checked(['no new failure'], runOf(results), config, line)[0];
  assert.equal(now([shown(reload), broken(edits, '/a')])?.met, true);
  assert.equal(now([shown(reload), open(edits)])?.met, true);
  assert.equal(
    now([shown(reload), broken(edits, '/a'), broken(own)])?.because?.includes('an invoice is still there'),
    true,
  );
  assert.equal(now([broken(reload), broken(edits, '/a')])?.status, 'fail');
  assert.equal(now([broken(reload)], { waivers: waiver(reload, today) })?.met, true);
  assert.deepEqual([now([open(reload)])?.status, now([open(reload)])?.met], ['unknown', false]);
  assert.equal(now([broken(edits, '/a')])?.status, 'unknown', 'reload was not asked');
  assert.match(
    checked(['no new failure'], line)[0]?.because ?? '',
    /there is no baseline: plummet gate --save-baseline/,
  );
});
