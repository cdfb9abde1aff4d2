import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { Context } from '../model/context.ts';
import { Failure } from '../model/failure.ts';
import { defineProbe, type Probe } from '../model/probe.ts';
import type { Observation, Result } from '../model/run.ts';
import { fail, notApplicable, pass, type Verdict } from '../model/verdict.ts';
import { type EngineOptions, judgeAll, observeAll } from './engine.ts';

const floor = 'persistence/records-survive-a-kill';
const hard = 'deployment/stop-is-graceful';

/** A probe that says what it is told to, and takes its costs by the clock of the test. */
function probe(id: string, claim: string, costs: number, says: () => 'fine' | 'broken', spend: (ms: number) => void) {
  return defineProbe({
    id,
    version: 1,
    does: '',
    mess: 'breaks',
    costs,
    session: 'own',
    profile: 'audit',
    observed: z.object({ says: z.string() }),
    observe: async () => {
      spend(costs);
      return { says: says() };
    },
    claims: [
      {
        id: claim,
        judge: (o): Verdict =>
          o.says === 'fine'
            ? pass('it is fine', ['e1'])
            : fail(claim, { where: 'here', because: 'it is broken', wrongIf: 'not', evidence: ['e1'], reproduce: '' }),
      },
    ],
  });
}

async function observed(
  made: (spend: (ms: number) => void, stop: () => void) => Probe[],
  milliseconds = 60_000,
  more: Partial<EngineOptions> = {},
): Promise<{ status: string; because: string }[]> {
  let now = 0;
  let stopped = false;
  const probes = made(
    (ms) => {
      now += ms;
    },
    () => {
      stopped = true;
    },
  );
  const observations: Observation[] = [];
  const claims = probes.flatMap((p) => p.claims.map((c) => c.id));
  const context = { facts: {}, journal: { redact: (value: unknown) => value } } as unknown as Context;
  const options: EngineOptions = {
    probes,
    claims,
    intent: {},
    context: () => context,
    now: () => now,
    until: milliseconds,
    stopped: () => stopped,
    bounded: (_, work) => work,
    observed: (more) => observations.push(...more),
    ...more,
  };
  await observeAll(options);
  return judgeAll(probes, claims, observations, context.facts, {}).map((r) => ({
    status: r.status,
    because: r.status === 'fail' ? r.findings[0].because : r.because,
  }));
}

describe('the engine', () => {
  it('keeps time for claims of the floor', async () => {
    const results = await observed(
      (spend) => [
        probe('a/hard', hard, 20_000, () => 'fine', spend),
        probe('a/floor', floor, 30_000, () => 'fine', spend),
      ],
      45_000,
    );
    assert.deepEqual(results, [
      { status: 'unknown', because: 'the time was kept for claims of the floor' },
      { status: 'pass', because: 'it is fine' },
    ]);
  });

  it('asks what there is time for in its order', async () => {
    const results = await observed((spend) => [
      probe('a/hard', hard, 20_000, () => 'fine', spend),
      probe('a/floor', floor, 30_000, () => 'fine', spend),
    ]);
    assert.deepEqual(
      results.map((r) => r.status),
      ['pass', 'pass'],
    );
  });

  it('calls broken only what it saw twice', async () => {
    const once = ['broken', 'fine'] as const;
    let at = 0;
    const [result] = await observed((spend) => [probe('a/b', hard, 10, () => once[at++] ?? 'fine', spend)]);
    assert.equal(result?.status, 'unknown');
    assert.match(result.because, /failed once \(it is broken\) and did not the second time/);
  });

  it('does not believe a first look that the second, taken for another claim, gainsays', () => {
    const other = 'persistence/data-outlives-the-release';
    const one = probe(
      'a/b',
      hard,
      10,
      () => 'fine',
      () => {},
    );
    const lost = {
      where: 'http://h/',
      because: 'it is lost',
      wrongIf: '',
      evidence: ['e3'] as [`e${number}`],
      reproduce: '',
    };
    const judge = (o: { says: string }): Verdict =>
      o.says === 'fine'
        ? pass('it is kept', ['e2'])
        : o.says === 'lost'
          ? fail(other, lost)
          : notApplicable('nothing is kept', ['e1']);
    const two: Probe = { ...one, claims: [...one.claims, { id: other, judge: judge as never }] };
    const at = { probe: 'a/b', version: 1, startedAt: 0, took: 1 };
    const seen = (...says: string[]): string[] =>
      judgeAll(
        [two],
        [other],
        says.map((word) => ({ ...at, observed: { says: word } })),
        {} as never,
        {},
      ).map(({ status, because }) => `${status}: ${because}`);
    assert.deepEqual(seen('broken', 'fine'), [
      'unknown: at first nothing is kept, and the second time not (it is kept)',
    ]);
    assert.deepEqual(seen('fine', 'lost'), ['unknown: at first it is kept, and the second time not (it is lost)']);
    assert.deepEqual(seen('fine', 'broken'), ['pass: it is kept']);
    assert.deepEqual(seen('broken', 'broken'), ['not-applicable: nothing is kept']);
    assert.deepEqual(seen('fine', 'broken'), ['pass: it is kept']);
  });

  it('calls nothing broken that an interruption kept it from seeing again', async () => {
    const [result] = await observed((spend, stop) => [
      probe(
        'a/b',
        hard,
        10,
        () => {
          stop();
          return 'broken';
        },
        spend,
      ),
    ]);
    assert.equal(result?.status, 'unknown');
    assert.match(result.because, /could not be confirmed: the run was interrupted/);
  });

  it('asks nothing more of an app that has died', async () => {
    const results = await observed(
      (spend) => [probe('a/first', hard, 10, () => 'fine', spend), probe('a/second', floor, 10, () => 'broken', spend)],
      60_000,
      { canary: async () => 'the app does not answer any more' },
    );
    assert.deepEqual(results, [
      { status: 'pass', because: 'it is fine' },
      { status: 'unknown', because: 'since a/first ran, the app does not answer any more' },
    ]);
  });

  it('tells each claim once, when all that answer it have', async () => {
    const found: Result[] = [];
    const twice = 'the app does not answer any more';
    let asked = 0;
    await observed(
      (spend) => [
        probe('a/first', hard, 10, () => 'fine', spend),
        probe('a/again', hard, 10, () => 'broken', spend),
        probe('a/late', floor, 10, () => 'fine', spend),
      ],
      60_000,
      { found: (result) => void found.push(result), canary: async () => (++asked > 1 ? twice : undefined) },
    );
    assert.deepEqual(
      found.map(({ claim, status }) => [claim, status]),
      [
        [hard, 'fail'],
        [floor, 'unknown'],
      ],
    );
  });

  it('films the first look, and keeps the film for what is broken', async () => {
    const films: string[] = [];
    const film: EngineOptions['film'] = async ({ id }) => ({
      async roll(work) {
        films.push(`${id} rolls`);
        return work().finally(() => films.push(`${id} is cut`));
      },
      keep: async (claims) => void films.push(`${id} for ${claims.join() || 'nothing'}`),
    });
    const seen: string[] = [];
    const says = (): 'broken' => {
      seen.push(films.join());
      return 'broken';
    };
    await observed(
      (spend) => [probe('a/fine', floor, 10, () => 'fine', spend), probe('a/broken', hard, 10, says, spend)],
      60_000,
      { film },
    );
    assert.deepEqual(films, [
      'a/fine rolls',
      'a/fine is cut',
      'a/fine for nothing',
      'a/broken rolls',
      'a/broken is cut',
      `a/broken for ${hard}`,
    ]);
    assert.ok(seen.length === 2 && seen[0]?.endsWith('rolls') && seen[1]?.endsWith('is cut'));
  });

  it('says of an app that does not start any more that it was disturbed', async () => {
    const [result] = await observed((spend) => [
      probe(
        'a/b',
        hard,
        10,
        () => {
          throw new Failure('E_START', 'The app did not start: it ended with 1.\nsaid');
        },
        spend,
      ),
    ]);
    assert.deepEqual(result, { status: 'unknown', because: 'The app did not start: it ended with 1.' });
  });
});
