import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pass, unknown } from '../model/verdict.ts';
import { gate, gateText, passes } from './gate.ts';

const reload = 'persistence/records-survive-reload';
const edits = 'persistence/edits-persist';

test('the gate: unknown is unmet, a waiver holds to its last day, a gate that asks nothing is closed', () => {
  const today = '2026-11-25';
  const waiver = (until: string) => [{ claim: edits, reason: 'next release', until, who: 'ada' }];
  const run = {
    asked: [reload, edits],
    results: [
      { claim: reload, ...pass('seen', ['e1']) },
      { claim: edits, ...unknown('no-time', 'late') },
    ],
  };
  assert.deepEqual(
    gate(run, 'floor', [], today).map(({ claim, met }) => [claim, met]),
    [
      [reload, true],
      [edits, false],
    ],
  );
  assert.ok(passes(gate(run, 'floor', waiver('2026-11-25'), today)));
  const late = gate(run, 'floor', waiver('2026-11-24'), today);
  assert.ok(!passes(late));
  assert.match(
    gateText(late),
    /✗ persistence\/edits-persist {2}not told: the waiver ended 2026-11-24 \(next release, ada\)[\s\S]*Closed: 1 of 2 claims unmet\./,
  );
  assert.match(gateText(gate(run, ['secrets/bundle-holds-no-secrets'], [], today)), /not asked in this run/);
  assert.ok(!passes(gate({ asked: [], results: [] }, 'floor', [], today)));
  assert.throws(() => gate(run, ['edits-persits'], [], today), /accept: no claim is called/);
});
