/** The joint: the only file that knows every part. audit(options) → Run; judge(run) → Run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp } from './arena/clean-up.ts';
import { watchOver } from './audit/canary.ts';
import { criteriaIn } from './audit/criteria.ts';
import { learn, learnAdding, reserveOf, unknownYet } from './audit/learn.ts';
import { recall } from './audit/recall.ts';
import { openWorld, type World } from './audit/world.ts';
import { judgeAll, observeAll } from './engine/engine.ts';
import { openJournal, openLedger } from './evidence/journal.ts';
import { interruptible, within } from './lib/patience.ts';
import { seeded } from './lib/random.ts';
import { version } from './lib/version.ts';
import type { App, ProcessSpec } from './model/app.ts';
import type { Context } from './model/context.ts';
import type { Facts } from './model/facts.ts';
import { applyImplications } from './model/implications.ts';
import { makeMarks, markFor } from './model/mark.ts';
import { type Mess, messes, type Probe } from './model/probe.ts';
import type { Observation, Result, Run } from './model/run.ts';
import { effort, goneWith, questions, score, sentence } from './model/score.ts';
import type { Accounts, AuditOptions } from './model/target.ts';
import { probes } from './probes/index.ts';

export { clean } from './audit/clean.ts';
export { backendsOf } from './audit/in-hand.ts';
export { inspect } from './audit/inspect.ts';
export { logInByHand } from './audit/log-in.ts';
export { replay } from './audit/replay.ts';
export { suspectsIn } from './drivers/source/suspects.ts';

/** Ids of the claims that some probe answers today. `started`: with those that ask for an app that we started. */
export const probedClaims = (profile: 'reload' | 'audit' = 'audit', started = false): string[] => [
  ...new Set(
    probes
      .filter((p) => (profile === 'audit' || p.profile === 'reload') && (started || !p.needs))
      .flatMap((p) => p.claims.map((c) => c.id)),
  ),
];

/** What would be done for these claims, in its order. */
export const planned = (claims: readonly string[], started = false): { id: string; does: string; mess: Mess }[] =>
  messes.flatMap((mess) =>
    probes
      .filter((p) => p.mess === mess && (started || !p.needs) && p.claims.some((c) => claims.includes(c.id)))
      .map(({ id, does }) => ({ id, does, mess })),
  );

/**
 * Surveys, probes and judges a running app. The run folder holds run.json, events.ndjson and blobs/ from the survey on and at the end, also
 * when interrupted. With `from`, what that run knows is not learned again, and what it observed is kept.
 */
export async function audit(options: AuditOptions): Promise<{ run: Run; dir: string }> {
  const { from, signal } = options;
  const startedAt = Date.now();
  const until = startedAt + options.budget;
  mkdirSync(options.out, { recursive: true });
  const journal = openJournal(options.out, Date.now);
  const ledger = openLedger(journal, Date.now, from?.kept ? from.run.ledger : []);
  const marks = makeMarks(seeded(options.seed));
  const timings: Record<string, number> = {};
  const notes = [...(options.notes ?? [])];
  const timed = async <T>(name: string, work: Promise<T>): Promise<T> => {
    const began = Date.now();
    try {
      return await work;
    } finally {
      timings[name] = Date.now() - began + (timings[name] ?? 0);
    }
  };
  let stage = 'start';
  const progress = (says: string): void => options.progress({ stage, says, at: Date.now() - startedAt });
  const kept = from?.kept ?? [];
  const all = [...criteriaIn(options.claims, options), ...probes];
  const observations: Observation[] = [...kept];
  let facts: Facts = from?.run.facts ?? unknownYet(options.url);
  let copied = false;
  const world = await openWorld(options, {
    journal,
    ledger,
    marks,
    notes,
    facts,
    ...(from?.accounts ? { accounts: from.accounts } : {}),
    timed,
    progress,
  });
  const { inHand, windows, films, actors, wire, answers, clock } = world;
  const save = (whole = false): Run => {
    const run = judge({
      schema: 1,
      tool: { name: 'plummet', version },
      target: targetOf(options),
      mode: inHand ? 'start' : 'url',
      ...(copied ? { copied } : {}),
      profile: options.profile,
      startedAt: new Date(startedAt).toISOString(),
      finishedAt: new Date().toISOString(),
      ...(whole ? {} : { interrupted: true }),
      facts,
      observations: inOrder(observations),
      asked: options.claims,
      ...nothing,
      ledger: ledger.entries,
      notes,
      timings: { ...timings, total: Date.now() - startedAt },
    });
    writeFileSync(join(options.out, 'run.json'), `${JSON.stringify(run, null, 1)}\n`);
    options.vault?.keep(mintedIn(facts, actors));
    return run;
  };
  try {
    save();
    stage = 'survey';
    const orInterrupted = interruptible(signal);
    const known =
      from && (await timed('recall', orInterrupted(recall(world, options, from, { ledger, marks, progress }))));
    if (!known)
      facts = await learn(world, options, { journal, ledger, marks, notes, startedAt, timed, progress, orInterrupted });
    notes.push(...complaintsOf(inHand?.app, facts));
    save();
    actors.teach(async () => {
      const learned = await learnAdding(world, options, { ledger, progress }, facts);
      facts = learned.facts;
      world.memory.facts = facts;
      return learned.account;
    });
    const reserve = reserveOf(options);
    stage = 'probe';
    const context = (probe: Probe, milliseconds: number): Context => {
      const end = Date.now() + milliseconds;
      return {
        // It may be learned how a second account is had, while the probes run.
        get facts() {
          return facts;
        },
        intent: options.intent,
        actors,
        windows,
        marks,
        journal,
        ledger,
        wire,
        answers,
        clock,
        ...(inHand ? { app: inHand.app } : {}),
        get literals() {
          return world.literals;
        },
        left: () => (signal.aborted ? 0 : end - Date.now()),
        mark: () => markFor(marks, facts.record?.carries ?? 'text'),
        progress: (text) => {
          stage = probe.id;
          progress(text);
        },
      };
    };
    await timed(
      'probes',
      observeAll({
        probes: all.filter((probe) => (inHand || !probe.needs) && !kept.some((o) => o.probe === probe.id)),
        claims: options.claims,
        intent: options.intent,
        context,
        now: Date.now,
        until: until - reserve,
        stopped: () => signal.aborted,
        bounded: (ms, work) => within(ms, 'the probe', orInterrupted(work)),
        canary: await watchOver(world, facts.entry, until - reserve),
        observed: (more) => {
          observations.push(...more);
          save();
        },
        ...(options.found ? { found: options.found } : {}),
        ...(films ? { film: (probe: Probe) => films.take(probe.session === 'shared') } : {}),
      }),
    );
    stage = 'clean-up';
    // What never left a browser of ours, or a copy of the app, ends with it.
    const records = ledger.entries.filter((e) => e.what === 'record' && e.acknowledged).map((e) => e.mark);
    copied = (await inHand?.proven(records)) ?? false;
    const results = judgeAll(all, options.claims, observations, facts, options.intent);
    if (
      !options.keepRows &&
      !goneWith({ results, copied }) &&
      facts.delete &&
      ledger.entries.some((e) => e.what === 'record' && !e.removed)
    ) {
      progress('removing what was written');
      const end = Math.max(Math.min(until, Date.now() + 60_000), Date.now() + 3000);
      const tidy = async (): Promise<void> => {
        if (signal.aborted) {
          // The probe that was cut short may still act in A's browser: a new one is taken.
          await windows.closeAll();
          actors.adopt(await actors.fresh('A'), actors.account);
        }
        await cleanUp({ actors, facts, ledger, until: end, now: Date.now });
      };
      await timed('clean-up', within(end + 2000 - Date.now(), 'the clean-up', tidy())).catch((error: Error) => {
        notes.push(`what was written could not be removed: ${error.message.split('\n')[0]}`);
      });
    }
  } finally {
    // Whatever fails of this, there is a report.
    await world.close();
  }
  return { run: save(!signal.aborted), dir: options.out };
}

/** The verdicts, numbers and sentence of a stored run, anew from what was observed. Pure. */
export function judge(run: Run): Run {
  const results: Result[] = applyImplications(
    judgeAll([...criteriaIn(run.asked), ...probes], run.asked, run.observations, run.facts, run.target.intent),
  );
  return {
    ...run,
    results,
    questions: questions(results, run.target.intent),
    score: score(results, run.asked),
    effort: effort(results),
    sentence: sentence(results, run.facts, run.target.intent),
  };
}

/** What a run stands on before it is judged. */
const nothing = {
  results: [],
  questions: [],
  score: { coverage: { decided: 0, asked: 0, elsewhere: 0 }, capped: false },
  effort: { low: 0, high: 0, hours: 0, groups: [] },
  sentence: '',
} as const;

/** A process without the values of its variables, also of those that its command line sets. */
function named({ env, run, ...process }: ProcessSpec): NonNullable<Run['target']['start']>[number] {
  const set: string[] = [];
  const bare = run.replace(/(?<=^|[\s;&(])([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)\s+/g, (_, name: string) => {
    set.push(name);
    return '';
  });
  return { ...process, run: bare, env: [...new Set([...Object.keys(env), ...set])] };
}

/** What was asked for, as far as it may be written down: names of variables, not their values. */
const targetOf = ({
  url,
  permit,
  seed,
  intent,
  backends,
  start,
  disposableStore,
  allowEgress,
}: AuditOptions): Run['target'] => ({
  url,
  permit,
  seed,
  intent,
  ...(backends.length ? { backends } : {}),
  ...(start ? { start: start.map(named) } : {}),
  ...(disposableStore ? { disposableStore } : {}),
  ...(allowEgress?.length ? { allowEgress } : {}),
});

/** What an app printed of failures, where nothing could be done with it: likely the reason. */
function complaintsOf(app: App | undefined, facts: Facts): string[] {
  if (!app || facts.record) return [];
  const failing = /\b(error|exception|traceback|panic|fatal)\b|\bcannot /i;
  const said = app.log(0).find(({ text }) => failing.test(text) || /\b[A-Z]{4,}_[A-Z_]{4,}/.test(text));
  return said ? [`The app said “${said.text.trim().slice(0, 200)}”, which may be why no way to write was found.`] : [];
}

const inOrder = (observations: readonly Observation[]): Observation[] => {
  const order = probes.map((p) => p.id);
  return [...observations].sort((a, b) => order.indexOf(a.probe) - order.indexOf(b.probe));
};

/** Accounts that we made ourselves, and that outlive the run. */
const mintedIn = (facts: Facts, { account, minted }: World['actors']): Accounts => ({
  ...(Object.keys(account).length && (facts.door.account === 'signed-up' || facts.door.kind === 'name')
    ? { A: account }
    : {}),
  ...(minted ? { B: minted } : {}),
});
