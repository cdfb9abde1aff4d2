/** Weights fitted to choices: a conditional logit (McFadden 1974), held to what is known by hand, and how well it does on apps that it was not fitted to. */
import type { Choice, Features } from '../src/model/choices.ts';

export type Weights = Readonly<Record<string, number>>;
/** A choice, and whose. */
export interface Case extends Omit<Choice, 'kind'> {
  readonly app: string;
}

const score = (features: Features, weights: Weights): number =>
  Object.entries(features).reduce((sum, [name, much]) => sum + much * (weights[name] ?? 0), 0);

/** The chance of each: its share of e to the score. */
function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const shares = scores.map((one) => Math.exp(one - top));
  const whole = shares.reduce((a, b) => a + b, 0);
  return shares.map((one) => one / whole);
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** All choices of an app together count as one, so that one of many walks does not outweigh the rest. */
function counting(cases: readonly Case[]): (one: Case) => number {
  const of = Map.groupBy(cases, (one) => one.app);
  return ({ app }) => 1 / (of.get(app)?.length ?? 1);
}

/** How far to trust the scores by hand: what they are divided by before they are chances, as the choices tell. */
const heats = [1, 1.5, 2, 3, 4, 6, 8, 12];
function heatOf(cases: readonly Case[], byHand: Weights): number {
  const counts = counting(cases);
  const scores = cases.map((one) => one.candidates.map((features) => score(features, byHand)));
  const loss = (heat: number): number =>
    cases.reduce((sum, one, i) => {
      const chance = softmax((scores[i] ?? []).map((s) => s / heat))[one.right] ?? 1;
      return sum - counts(one) * Math.log(chance);
    }, 0);
  return heats.reduce((best, heat) => (loss(heat) < loss(best) ? heat : best));
}

/**
 * The weights under which what was right is likeliest, where moving a weight by hand by one logit costs half a logit. What no choice tells
 * of keeps its weight; what has none by hand gets none. The same from the same; two decimals.
 */
export function fitted(cases: readonly Case[], byHand: Weights): Weights {
  if (!cases.length) return byHand;
  const heat = heatOf(cases, byHand);
  const names = Object.keys(byHand);
  const start = names.map((name) => (byHand[name] ?? 0) / heat);
  const weights = [...start];
  const counts = counting(cases);
  const rows = cases.map((one) => ({
    right: one.right,
    counts: counts(one),
    candidates: one.candidates.map((features) => names.map((name) => features[name] ?? 0)),
  }));
  const rate = 1 / (1 + 2 * new Set(cases.map((one) => one.app)).size);
  for (let round = 0; round < 1000; round++) {
    const slope = weights.map((weight, i) => weight - (start[i] ?? 0));
    for (const { right, counts: much, candidates } of rows) {
      const shares = softmax(candidates.map((one) => dot(one, weights)));
      candidates.forEach((one, at) => {
        const surplus = much * ((shares[at] ?? 0) - (at === right ? 1 : 0));
        for (let i = 0; i < one.length; i++) slope[i] = (slope[i] ?? 0) + surplus * (one[i] ?? 0);
      });
    }
    slope.forEach((by, i) => {
      weights[i] = (weights[i] ?? 0) - rate * by;
    });
    if (slope.every((by) => Math.abs(by) < 1e-4)) break;
  }
  return Object.fromEntries(names.map((name, i) => [name, Math.round((weights[i] ?? 0) * heat * 100) / 100 || 0]));
}

/** Means over apps: the place of the right candidate, from 1, and the acts until it is through. */
export interface Figures {
  readonly rank: number;
  readonly acts: number;
}

/** What an act costs of which nobody knows: the mean of those that led nowhere. */
const usual = (cases: readonly Case[]): number => {
  const known = cases.flatMap((one) => one.acts.filter((acts, at) => acts !== undefined && at !== one.right));
  return known.reduce((sum: number, acts) => sum + (acts ?? 0), 0) / (known.length || 1);
};

/** The same choices made in the order of other weights. Of the same score, what stands first comes first. */
export function figures(cases: readonly Case[], weightsFor: (app: string) => Weights): Figures {
  const [counts, cost] = [counting(cases), usual(cases)];
  const apps = new Set(cases.map((one) => one.app)).size;
  let [rank, acts] = [0, 0];
  for (const one of cases) {
    const scores = one.candidates.map((features) => score(features, weightsFor(one.app)));
    const mine = scores[one.right] ?? 0;
    const before = scores.flatMap((s, at) => (s > mine || (s === mine && at < one.right) ? [at] : []));
    rank += (counts(one) * (before.length + 1)) / apps;
    acts += (counts(one) * [...before, one.right].reduce((sum, at) => sum + (one.acts[at] ?? cost), 0)) / apps;
  }
  return { rank, acts };
}

/** For each app the weights that are fitted to all others. */
export function leftOut(cases: readonly Case[], byHand: Weights): ReadonlyMap<string, Weights> {
  const apps = [...new Set(cases.map((one) => one.app))];
  return new Map(
    apps.map((app) => [
      app,
      fitted(
        cases.filter((one) => one.app !== app),
        byHand,
      ),
    ]),
  );
}
