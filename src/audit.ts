/** The joint: the only file that knows every part. audit(options) → Run; judge(run) → Run. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeActors } from './actors/actors.ts';
import type { Memory } from './actors/session.ts';
import { cleanUp } from './arena/clean-up.ts';
import { type InHand, takeInHand } from './audit/in-hand.ts';
import { type Launched, launchBrowser } from './drivers/browser/launch.ts';
import { makeWindows } from './drivers/browser/window.ts';
import { makeWire } from './drivers/http.ts';
import { judgeAll, observeAll } from './engine/engine.ts';
import { openJournal, openLedger } from './evidence/journal.ts';
import { interruptible, TooLong, within } from './lib/patience.ts';
import { seeded } from './lib/random.ts';
import { version } from './lib/version.ts';
import type { Clock, Context } from './model/context.ts';
import type { Facts } from './model/facts.ts';
import { applyImplications } from './model/implications.ts';
import { makeMarks, markFor } from './model/mark.ts';
import { type Mess, messes, type Probe } from './model/probe.ts';
import type { Recipe } from './model/recipe.ts';
import type { Observation, Result, Run } from './model/run.ts';
import { effort, goneWith, questions, score, sentence } from './model/score.ts';
import type { AuditOptions } from './model/target.ts';
import { probes } from './probes/index.ts';
import { survey } from './survey/survey.ts';

export { backendsOf } from './audit/in-hand.ts';
export { inspect } from './audit/inspect.ts';

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

/** Surveys, probes and judges a running app. The run folder holds run.json, events.ndjson and blobs/ at the end, also when interrupted. */
export async function audit(options: AuditOptions): Promise<{ run: Run; dir: string }> {
  const startedAt = Date.now();
  const until = startedAt + options.budget;
  mkdirSync(options.out, { recursive: true });
  const journal = openJournal(options.out, Date.now);
  const ledger = openLedger(journal, Date.now);
  const random = seeded(options.seed);
  const marks = makeMarks(random);
  const timings: Record<string, number> = {};
  const notes: string[] = [];
  const clock: Clock = {
    now: Date.now,
    sleep: (ms) => sleep(Math.max(0, ms), undefined, { signal: options.signal }).catch(() => undefined),
  };
  const timed = async <T>(stage: string, work: Promise<T>): Promise<T> => {
    const from = Date.now();
    try {
      return await work;
    } finally {
      timings[stage] = Date.now() - from + (timings[stage] ?? 0);
    }
  };
  let stage = 'start';
  const progress = (says: string): void => options.progress({ stage, says, at: Date.now() - startedAt });
  for (const secret of [
    options.login?.password,
    options.login2?.password,
    ...Object.values(options.headers ?? {}),
    ...Object.values(options.headers2 ?? {}),
  ])
    if (secret) journal.hide(secret);

  const memory: Memory = { facts: { entry: options.url } };
  let observations: Observation[] = [];
  let facts: Facts = {
    version: 1,
    kind: 'dead',
    entry: options.url,
    title: '',
    door: { kind: 'none', says: 'not looked for', evidence: [] },
    absent: [],
    told: {},
    pages: [],
    tried: [],
    evidence: [],
  };
  let launched: Launched | undefined;
  let closeWindows: (() => Promise<void>) | undefined;
  let inHand: InHand | undefined;
  let copied = false;
  try {
    if (options.start) {
      progress('starting the app on a copy');
      inHand = await timed('app', takeInHand(options, options.start, journal));
      notes.push(...inHand.notes);
    }
    const app = inHand?.app;
    progress('starting the browser');
    launched = await timed(
      'browser',
      launchBrowser({
        ...(options.browser.path ? { path: options.browser.path } : {}),
        headed: options.browser.headed,
        slowMo: options.browser.slow,
      }),
    );
    notes.push(...launched.notes);
    const windows = makeWindows({
      launched,
      target: new URL(options.url),
      backends: options.backends,
      allowForeign: false,
      journal,
    });
    closeWindows = () => windows.closeAll();
    const storage: unknown = options.storageState ? JSON.parse(readFileSync(options.storageState, 'utf8')) : undefined;
    const actors = makeActors({
      windows,
      memory,
      marks,
      journal,
      ledger,
      clock,
      given: options.recipes ?? {},
      ...(options.headers ? { headers: options.headers } : {}),
      ...(options.headers2 ? { headers2: options.headers2 } : {}),
      ...(storage ? { storage } : {}),
      ...(options.login2
        ? { login2: { email: options.login2.user, username: options.login2.user, password: options.login2.password } }
        : {}),
    });
    const wire = makeWire(journal);
    stage = 'survey';
    const reserve = Math.min(10_000, options.budget * 0.1);
    const orInterrupted = interruptible(options.signal);
    const surveyEnd =
      startedAt +
      (options.profile === 'reload' ? Math.min(options.budget * 0.7, 45_000) : Math.min(options.budget * 0.5, 60_000));
    facts = await timed(
      'survey',
      within(
        Math.max(1000, Math.min(surveyEnd + 15_000, until - reserve) - Date.now()),
        'the survey',
        orInterrupted(
          survey({
            url: options.url,
            windows,
            memory,
            actors,
            marks,
            journal,
            ledger,
            clock,
            wire,
            given: givenRecipes(options),
            writes: options.permit !== 'reads',
            today: new Date().toISOString().slice(0, 10),
            short: options.profile === 'reload',
            ...(options.login ? { login: options.login } : {}),
            ...(options.headers ? { headers: options.headers } : {}),
            ...(storage ? { storage } : {}),
            ...(options.openapi ? { openapi: await textOf(options.openapi) } : {}),
            progress,
            left: () => (options.signal.aborted ? 0 : surveyEnd - Date.now()),
            tried: () => undefined,
          }),
        ),
      ),
    ).catch(async (error: Error) => {
      // What still runs of it ends with its windows, so that nothing acts in A's browser beside the probes.
      if (error instanceof TooLong) {
        await windows.closeAll();
        if (memory.facts.record)
          await within(12_000, 'a new session', actors.fresh('A'))
            .then((session) => actors.adopt(session, actors.account))
            .catch(() => undefined);
      }
      notes.push(
        error instanceof TooLong
          ? 'the survey did not end in its time'
          : `the survey ended with: ${error.message.split('\n')[0]}`,
      );
      return { ...facts, ...memory.facts } as Facts;
    });
    stage = 'probe';
    const context = (probe: Probe, milliseconds: number): Context => {
      const end = Date.now() + milliseconds;
      return {
        facts,
        intent: options.intent,
        actors,
        windows,
        marks,
        journal,
        ledger,
        wire,
        clock,
        ...(app ? { app } : {}),
        left: () => (options.signal.aborted ? 0 : end - Date.now()),
        mark: () => markFor(marks, facts.record?.carries ?? 'text'),
        progress: (text) => {
          stage = probe.id;
          progress(text);
        },
      };
    };
    observations = await timed(
      'probes',
      observeAll({
        probes: probes.filter((probe) => app || !probe.needs),
        claims: options.claims,
        intent: options.intent,
        context,
        now: Date.now,
        until: until - reserve,
        stopped: () => options.signal.aborted,
        bounded: (ms, work) => within(ms, 'the probe', orInterrupted(work)),
        ...(options.found ? { found: options.found } : {}),
      }),
    );
    stage = 'clean-up';
    // What never left a browser of ours, or a copy of the app, ends with it.
    const records = ledger.entries.filter((e) => e.what === 'record' && e.acknowledged).map((e) => e.mark);
    copied = (await inHand?.proven(records)) ?? false;
    const gone = goneWith({
      results: judgeAll(probes, options.claims, observations, facts, options.intent),
      copied,
    });
    if (!gone && facts.delete && ledger.entries.some((e) => e.what === 'record' && !e.removed)) {
      progress('removing what was written');
      const end = Math.max(Math.min(until, Date.now() + 60_000), Date.now() + 3000);
      const tidy = async (): Promise<void> => {
        if (options.signal.aborted) {
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
    // Whatever fails of this, the rest is done, and there is a report.
    for (const close of [() => closeWindows?.(), () => launched?.close(), () => inHand?.close()])
      await close()?.catch((error: Error) => notes.push(`not all could be tidied up: ${error.message.split('\n')[0]}`));
    if (inHand?.app.unreached())
      notes.push(
        `The app said “${inHand.app.unreached()}”: it reaches nothing but itself and the stores that its variables name. --allow-egress with what it needs (a host, localhost:5432, or * for all) lets it.`,
      );
    const held = inHand?.heldBack() ?? [];
    if (held.length)
      notes.push(
        `The app asked for ${held.join(', ')}, and was held back: --allow-egress ${held[0]?.replace(/:\d+$/, '')} would let it.`,
      );
  }
  const bare: Run = {
    schema: 1,
    tool: { name: 'plummet', version },
    target: { url: options.url, permit: options.permit, seed: options.seed, intent: options.intent },
    mode: inHand ? 'start' : 'url',
    ...(copied ? { copied } : {}),
    profile: options.profile,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date().toISOString(),
    ...(options.signal.aborted ? { interrupted: true } : {}),
    facts,
    observations,
    asked: options.claims,
    results: [],
    questions: [],
    score: { coverage: { decided: 0, asked: 0, elsewhere: 0 }, capped: false },
    effort: { low: 0, high: 0, hours: 0, groups: [] },
    sentence: '',
    ledger: ledger.entries,
    notes,
    timings: { ...timings, total: Date.now() - startedAt },
  };
  const run = judge(bare);
  writeFileSync(join(options.out, 'run.json'), `${JSON.stringify(run, null, 1)}\n`);
  return { run, dir: options.out };
}

/** The verdicts, numbers and sentence of a stored run, anew from what was observed. Pure. */
export function judge(run: Run): Run {
  const results: Result[] = applyImplications(
    judgeAll(probes, run.asked, run.observations, run.facts, run.target.intent),
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

function givenRecipes(options: AuditOptions): Partial<Record<'log-in' | 'create' | 'edit' | 'delete', Recipe>> {
  const stand = (id: Recipe['id']): Recipe => ({ id, steps: [], given: true });
  return {
    ...(options.recipes?.logIn ? { 'log-in': stand('log-in') } : {}),
    ...(options.recipes?.create ? { create: stand('create') } : {}),
    ...(options.recipes?.edit ? { edit: stand('edit') } : {}),
    ...(options.recipes?.delete ? { delete: stand('delete') } : {}),
  };
}

async function textOf(at: string): Promise<string> {
  return /^https?:/.test(at) ? (await fetch(at)).text() : readFileSync(at, 'utf8');
}
