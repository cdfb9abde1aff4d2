import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seeded } from '../src/lib/random.ts';
import { type Case, figures, fitted, leftOut, type Weights } from './logit.ts';

const names = ['a', 'b', 'c', 'd'];
/** Choices that somebody of these weights would make: of the chances that they give, one is drawn. */
function chosen(by: Weights, many: number, random: () => number, apps = many): Case[] {
  return Array.from({ length: many }, (_, i) => {
    const candidates = Array.from({ length: 6 }, () =>
      Object.fromEntries(names.filter(() => random() < 0.5).map((name) => [name, 1])),
    );
    const shares = candidates.map((one) => Math.exp(Object.keys(one).reduce((sum, name) => sum + (by[name] ?? 0), 0)));
    let drawn = random() * shares.reduce((x, y) => x + y, 0);
    const at = shares.findIndex((share) => {
      drawn -= share;
      return drawn <= 0;
    });
    return { app: `app-${i % apps}`, candidates, right: Math.max(at, 0), acts: candidates.map(() => undefined) };
  });
}
const truth = { a: 2, b: -1, c: 0.5, d: 0 };
const nothing = { a: 0, b: 0, c: 0, d: 0 };

it('finds the weights that made the choices', () => {
  const found = fitted(chosen(truth, 400, seeded(1)), nothing);
  for (const [name, weight] of Object.entries(truth))
    assert.ok(Math.abs((found[name] ?? 9) - weight) < 0.3, `${name} is ${found[name]} and not ${weight}`);
});

it('gives the same from the same', () => {
  const cases = chosen(truth, 40, seeded(2));
  assert.deepEqual(fitted(cases, nothing), fitted(cases, nothing));
});

it('few choices move a weight by hand but little, and what they do not tell of not at all', () => {
  const byHand = { a: 10, b: -4, unseen: 7 };
  const against: Case = { app: 'x', candidates: [{ a: 1 }, { b: 1 }], right: 1, acts: [1, 1] };
  const found = fitted([against], byHand);
  assert.ok((found['a'] ?? 0) < 10 && (found['a'] ?? 0) > (found['b'] ?? 0), JSON.stringify(found));
  assert.equal(found['unseen'], 7);
  assert.deepEqual(fitted([], byHand), byHand);
});

it('an app of many walks counts as much as one of a single walk', () => {
  const one = (app: string, right: number): Case => ({ app, candidates: [{ a: 1 }, { b: 1 }], right, acts: [1, 1] });
  const found = fitted([...Array.from({ length: 50 }, () => one('large', 0)), one('small', 1)], nothing);
  assert.equal(found['a'], found['b']);
});

it('the weights for an app that is left out know nothing of it', () => {
  const cases = chosen(truth, 30, seeded(3), 5);
  const before = leftOut(cases, nothing).get('app-2');
  const other = cases.map((one) => (one.app === 'app-2' ? { ...one, right: (one.right + 1) % 6 } : one));
  assert.deepEqual(leftOut(other, nothing).get('app-2'), before);
  assert.notDeepEqual(leftOut(other, nothing).get('app-1'), leftOut(cases, nothing).get('app-1'));
  const used: string[] = [];
  figures(cases, (app) => {
    used.push(app);
    return nothing;
  });
  assert.deepEqual([...new Set(used)].sort(), ['app-0', 'app-1', 'app-2', 'app-3', 'app-4']);
});

it('counts the place of what was right and the acts before it is through', () => {
  const cases: Case[] = [
    { app: 'x', candidates: [{ a: 1 }, { a: 1 }, { b: 1 }], right: 1, acts: [4, 3, undefined] },
    { app: 'y', candidates: [{ b: 1 }, { a: 1 }], right: 1, acts: [2, 5] },
  ];
  // Of x the first is tried before, of y nothing: 7 and 5 acts.
  assert.deepEqual(
    figures(cases, () => ({ a: 1, b: 0 })),
    { rank: 1.5, acts: 6 },
  );
  // All tried: what nobody tried costs the mean of 4 and 2.
  assert.deepEqual(
    figures(cases, () => ({ a: 0, b: 1 })),
    { rank: 2.5, acts: (3 + 4 + 3 + 2 + 5) / 2 },
  );
});
