import { claimInfo } from '../model/catalogue.ts';
import type { Context } from '../model/context.ts';
import { criterionName } from '../model/criteria.ts';
import type { Facts } from '../model/facts.ts';
import { Failure } from '../model/failure.ts';
import { messes, type Probe } from '../model/probe.ts';
import type { Intent, Observation, Result } from '../model/run.ts';
import { type Cause, unknown, type Verdict } from '../model/verdict.ts';

export interface EngineOptions {
  readonly probes: readonly Probe[];
  /** Ids of the claims that were asked for. */
  readonly claims: readonly string[];
  readonly intent: Intent;
  /** The context of one probe with this many milliseconds. */
  context(probe: Probe, milliseconds: number): Context;
  now(): number;
  /** Epoch ms at which observing must have ended. */
  readonly until: number;
  stopped(): boolean;
  /** Runs an observation with a hard end; rejects when it is over. */
  bounded<T>(milliseconds: number, work: Promise<T>): Promise<T>;
  /** Does the app still answer, helped up where that can be? Else what is wrong with it. Asked before each probe but the first. */
  canary?(): Promise<string | undefined>;
  /** All that one probe observed. */
  observed(observations: readonly Observation[]): void;
  /** A claim once all probes that answer it have: its verdict, as far as it follows from these alone. */
  found?(result: Result): void;
  /** Films what a probe does, where that is wanted. */
  film?(probe: Probe): Promise<Take>;
}

/** The film of one observation. */
export interface Take {
  roll<T>(work: () => Promise<T>): Promise<T>;
  /** Kept for these claims; for none, it goes. */
  keep(claims: readonly string[]): Promise<void>;
}

/** Runs what was asked for, least mess first. A probe that crashes, hangs or has no time left is an unknown with its cause; a fail is observed once more from scratch. */
export async function observeAll(options: EngineOptions): Promise<void> {
  const asked = options.probes.filter((p) => p.claims.some((c) => options.claims.includes(c.id)));
  const waiting = new Set(asked);
  const known: Observation[] = [];
  const answered = new Set<Probe>();
  const observed = (probe: Probe, more: readonly Observation[]): void => {
    known.push(...more);
    options.observed(more);
    answered.add(probe);
    for (const { id } of probe.claims)
      if (options.claims.includes(id) && asked.every((p) => answered.has(p) || p.claims.every((c) => c.id !== id)))
        for (const result of judgeAll(asked, [id], known, options.context(probe, 0).facts, options.intent))
          options.found?.(result);
  };
  let last: string | undefined;
  let flying = 0;
  let asking: Promise<string | undefined> | undefined;
  /** Both lanes wait for the one answer. */
  const canary = (): Promise<string | undefined> =>
    (asking ??= (options.canary?.() ?? Promise.resolve(undefined)).finally(() => {
      asking = undefined;
    }));
  /** Milliseconds that the floor's claims will take which are still to come. */
  const reserved = (): number =>
    [...waiting].filter((p) => isFloor(p, options.claims)).reduce((sum, p) => sum + p.costs, 0);
  const run = async (lane: readonly Probe[]): Promise<void> => {
    for (const probe of lane) {
      waiting.delete(probe);
      // Beside another probe nothing is asked, and nothing started anew under it.
      const ill = (asking || (last && !flying)) && !options.stopped() ? await canary() : undefined;
      if (ill !== undefined) {
        const since = `since ${last} ran, ${ill}`;
        observed(probe, [lackingOf(probe, options.now(), 0, 'disturbed', since, 'the app started again')]);
        continue;
      }
      if (!isFloor(probe, options.claims) && options.until - options.now() - probe.costs < reserved())
        observed(probe, [
          lackingOf(probe, options.now(), 0, 'no-time', 'the time was kept for claims of the floor', more),
        ]);
      else {
        flying++;
        observed(probe, await answer(probe, options).finally(() => flying--));
      }
      last = probe.id;
    }
  };
  // One mess after the other; within a mess, probes with browsers of their own run beside those that share A's.
  for (const mess of messes) {
    const these = asked.filter((p) => p.mess === mess);
    await Promise.all([
      run(these.filter((p) => p.session === 'shared')),
      run(these.filter((p) => p.session === 'own')),
    ]);
  }
}

/** Does it answer a claim that no app can do without, or one that this app's owner demands? */
const isFloor = (probe: Probe, claims: readonly string[]): boolean =>
  probe.claims.some(
    ({ id }) => claims.includes(id) && (criterionName(id) !== undefined || claimInfo(id).tier === 'floor'),
  );
const more = '--budget with more seconds, or --deep';

const lackingOf = (
  { id, version }: Probe,
  startedAt: number,
  took: number,
  cause: Cause,
  because: string,
  wants?: string,
): Observation => ({
  probe: id,
  version,
  lacking: { cause, because, ...(wants ? { wants } : {}) },
  startedAt,
  took,
});

/** Observes, judges, and where something failed observes once more from scratch. */
async function answer(probe: Probe, options: EngineOptions): Promise<readonly Observation[]> {
  const asked = probe.claims.map(({ id }) => id).filter((id) => options.claims.includes(id));
  const { facts } = options.context(probe, 0);
  const observe = (): Promise<Observation> => observeOnce(probe, options);
  const take = await options.film?.(probe);
  const mine = [await (take?.roll(observe) ?? observe())];
  const broken = (): string[] =>
    asked.filter((claim) => judgeOne(claim, probe, mine, facts, options.intent).status === 'fail');
  if (!probe.witnessed && broken().length) mine.push(await observe());
  // What was seen first is what the verdict cites.
  await take?.keep(broken());
  return mine;
}

async function observeOnce(probe: Probe, options: EngineOptions): Promise<Observation> {
  const startedAt = options.now();
  const rest = options.until - startedAt;
  const lacking = (cause: Cause, because: string, wants?: string): Observation =>
    lackingOf(probe, startedAt, options.now() - startedAt, cause, because, wants);
  if (options.stopped()) return lacking('no-time', 'the run was interrupted before');
  if (rest < 1500) return lacking('no-time', 'the time was over before this could be tried', more);
  const time = Math.min(rest, Math.max(45_000, probe.costs * 6));
  try {
    const context = options.context(probe, time);
    // What an app says of itself, in its log or its source, may hold what must not be written.
    const observed = probe.observed.parse(context.journal.redact(await options.bounded(time, probe.observe(context))));
    return { probe: probe.id, version: probe.version, observed, startedAt, took: options.now() - startedAt };
  } catch (error) {
    const thrown = error as Error & { verdict?: Verdict };
    if (thrown.verdict?.status === 'unknown')
      return lacking(thrown.verdict.cause, thrown.verdict.because, thrown.verdict.wants);
    if (thrown.name === 'TooLong') return lacking('no-time', `it did not end in its time (${thrown.message})`, more);
    if (options.stopped()) return lacking('no-time', 'the run was interrupted');
    // Whatever was done to it before, this could not be asked of it any more.
    if (thrown instanceof Failure && ['E_START', 'E_ENDED'].includes(thrown.code))
      return lacking('disturbed', thrown.message.split('\n')[0] ?? '');
    return lacking('crash', `the probe ended with: ${thrown.message.split('\n')[0]?.slice(0, 200)}`);
  }
}

/** The verdict of one claim from the observations of its probe: two for a fail, which must agree. Pure. */
export function judgeOne(
  claim: string,
  probe: Probe,
  observations: readonly Observation[],
  facts: Facts,
  intent: Intent,
): Verdict {
  const rule = probe.claims.find((c) => c.id === claim);
  const verdicts = observations.map((o): Verdict => {
    if (!rule || o.lacking || o.observed === undefined)
      return unknown(o.lacking?.cause ?? 'crash', o.lacking?.because ?? 'nothing was observed', o.lacking?.wants);
    return rule.judge(probe.observed.parse(o.observed), facts, intent);
  });
  const [first, second] = verdicts;
  if (!first) return unknown('no-time', 'it was not tried');
  // Looked at again for another claim's sake: what was said to be absent or to hold, and is not, was not shown.
  const gainsaid: readonly Verdict['status'][] =
    first.status === 'not-applicable' ? ['pass', 'fail'] : first.status === 'pass' ? ['fail'] : [];
  if (second && gainsaid.includes(second.status))
    return unknown('unstable', `at first ${first.because}, and the second time not (${second.because})`);
  if (first.status !== 'fail' || !second || second.status === 'fail') return first;
  if (second.status === 'unknown')
    return unknown(second.cause, `it failed once and could not be confirmed: ${second.because}`, second.wants);
  return unknown('unstable', `it failed once (${first.because}) and did not the second time (${second.because})`);
}

/** All results of the claims asked for; one that no observation answers is unknown, never absent. Pure. */
export function judgeAll(
  probes: readonly Probe[],
  claims: readonly string[],
  observations: readonly Observation[],
  facts: Facts,
  intent: Intent,
): Result[] {
  return claims.map((claim) => {
    const answering = probes.filter((p) => p.claims.some((c) => c.id === claim));
    const of = (probe: Probe): readonly Observation[] => observations.filter((o) => o.probe === probe.id);
    const [first = answering[0], ...more] = answering.filter((probe) => of(probe).length > 0);
    if (!first) return { claim, ...unknown('needs-more', 'no probe answers this claim yet') };
    const verdicts = [first, ...more].map((probe) => judgeOne(claim, probe, of(probe), facts, intent));
    return { claim, ...verdicts.reduce(together) };
  });
}

const weights = { 'not-applicable': 0, pass: 1, unknown: 2, fail: 3 };
/** Two answers to one claim: the worse holds, and what both show is shown by both. */
function together(a: Verdict, b: Verdict): Verdict {
  if (a.status === 'pass' && b.status === 'pass')
    return { ...a, because: `${a.because}; ${b.because}`, evidence: [...a.evidence, ...b.evidence] };
  return weights[b.status] > weights[a.status] ? b : a;
}
