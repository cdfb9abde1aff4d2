import { randomInt } from 'node:crypto';
import { wantedBy } from '../config/accept.ts';
import { loadConfig } from '../config/load.ts';
import { type Flags, merge, type Settings } from '../config/merge.ts';
import { selectClaims } from '../config/select.ts';
import { criterionClaim, criterionName } from '../model/criteria.ts';
import { Failure } from '../model/failure.ts';
import type { Run } from '../model/run.ts';
import type { AuditOptions, GivenRecipes, Permit, Profile } from '../model/target.ts';
import { allGiven, asBefore, known, startedHere } from './before.ts';
import { changedSince } from './changed-since.ts';
import { refusePublic } from './hosts.ts';
import { inPlace, readable, usualPermit } from './in-place.ts';
import type { Io, Parts } from './parts.ts';
import type { Live } from './progress.ts';
import { healed, recipesFor } from './recipes.ts';
import { makeRunFolder, newestRun, readRun, writeRun } from './run-folder.ts';
import { type ShapeFlags, type Teller, tellerOf } from './tell.ts';
import { sessionFor, vaultOf } from './vault.ts';

export type AuditFlags = Flags &
  ShapeFlags & {
    readonly resume?: string | true;
    /** A run, as `readRun` takes it. */
    readonly onlyChangedSince?: string;
  };

/** Broken is 1, not told is 2, all shown is 0. */
export function exitCode(run: Run): 0 | 1 | 2 | 130 {
  if (run.interrupted) return 130;
  if (run.results.some((result) => result.status === 'fail')) return 1;
  return run.results.length === 0 || run.results.some((result) => result.status === 'unknown') ? 2 : 0;
}

interface Prepared {
  readonly settings: Settings;
  readonly parts: Parts;
  readonly permit: Permit;
  readonly claims: readonly string[];
}

/**
 * What flags and config ask for, checked; nothing is touched yet. `before`: a run whose target is meant where neither says otherwise.
 * `recipes`: go before those of the config.
 */
export async function prepare(
  address: string | undefined,
  flags: Flags,
  profile: Profile,
  io: Io,
  say: (text: string) => void,
  before?: Run,
  recipes?: GivenRecipes,
): Promise<Prepared> {
  const { config: written } = await loadConfig(io.cwd);
  const config = recipes ? { ...written, recipes: { ...written.recipes, ...recipes } } : written;
  // What the gate would not understand is said before the audit, and not after it.
  wantedBy(config);
  const asked = merge(before ? asBefore(config, before) : config, flags, profile, address);
  // What another account made is not looked after by this one.
  const merged = before && before.facts.door.kind !== 'given' ? asked : withSession(asked, io, say);
  if (before) allGiven(before, merged);
  const settings = { ...(await inPlace(io.cwd, merged)), ...(before ? {} : await recipesFor(io.cwd, merged.url, say)) };
  await readable(io.cwd, settings);
  for (const url of [settings.url, ...settings.backends.map((backend) => `http://${backend}`)]) await refusePublic(url);
  const parts = await io.parts();
  const permit = settings.permit ?? (await usualPermit(settings, parts, say));
  const own = profile === 'audit' ? (settings.criteria ?? []).map(({ name }) => criterionClaim(name)) : [];
  const earlier = before?.asked.filter((claim) => criterionName(claim) !== undefined) ?? [];
  const claims = selectClaims(parts.probedClaims(profile, settings.start !== undefined), settings.only, settings.skip, [
    ...new Set([...own, ...earlier]),
  ]);
  return { settings, parts, permit, claims };
}

/** Where nothing else is given to come in with, the session that `plummet login` kept. */
function withSession(settings: Settings, io: Io, say: (text: string) => void): Settings {
  const { login, headers, storageState, recipes, url } = settings;
  if (login || headers || storageState || recipes?.logIn) return settings;
  const { file, since } = sessionFor(url, io.env);
  if (!since) return settings;
  const { origin } = new URL(url);
  say(
    `Coming in with the session that was kept for ${origin} on ${since.toISOString().slice(0, 10)}; plummet login ${origin} --forget drops it.`,
  );
  const { trace, ...others } = settings;
  if (trace) say('Nothing is filmed: a film would hold that session. Give --login, or --storage-state, for --trace.');
  return { ...others, storageState: file };
}

/** `plummet <url>` and `plummet reload <url>`: from flags to a written report. Gives the exit code. */
export async function runAudit(
  address: string | undefined,
  flags: AuditFlags,
  profile: Profile,
  io: Io,
): Promise<number> {
  if (flags.resume !== undefined && flags.onlyChangedSince !== undefined)
    throw new Failure('E_USAGE', 'A run that is gone on with asks what it asked: leave --only-changed-since away.');
  if (flags.resume !== undefined) return resume(address, flags, profile, io);
  const earlier = flags.onlyChangedSince === undefined ? undefined : await readRun(io.cwd, flags.onlyChangedSince);
  return perform(
    io,
    async (progress, signal) => {
      const prepared = await prepare(address, flags, profile, io, progress.say);
      const { settings, claims: all } = prepared;
      const since = earlier && (await changedSince(earlier.run, flags.onlyChangedSince ?? '', settings, all));
      if (since) progress.say(since.says);
      const claims = since?.claims ?? all;
      if (!claims.length && all.length)
        return () => {
          // Machines read of a run alone, and there is none.
          if (!(flags.json || flags.terse || flags.ndjson))
            io.out.write('Nothing was asked, and the app was not touched: that run showed all that is asked here.\n');
          return 0;
        };
      const from = since?.same && earlier ? { from: known(earlier.run, vaultOf(earlier.dir, io.env)) } : {};
      const more = { ...(since ? { notes: [since.says] } : {}), ...from };
      const { run, dir } = await auditPrepared({ ...prepared, claims }, more, io, progress, signal);
      return () => {
        const code = ended(run, dir, progress);
        io.err.write(healed(settings.remembered, run));
        return code;
      };
    },
    flags,
  );
}

/** Who is told what is being done; and, where somebody reads line by line, what is asked. */
export type Watched = Live & Partial<Pick<Teller, 'begin'>>;

/**
 * One audit into a run folder of its own. `before`: by what that run learned. `asks: false`: a survey alone. Nothing is shown but what
 * `progress` tells.
 */
export async function auditByFlags(
  address: string | undefined,
  flags: Flags,
  profile: Profile,
  io: Io,
  progress: Watched,
  signal: AbortSignal,
  more: { before?: { run: Run; dir: string }; asks?: false; recipes?: GivenRecipes } = {},
): Promise<{ run: Run; dir: string; settings: Settings }> {
  const { before, recipes } = more;
  const prepared = await prepare(address, flags, profile, io, progress.say, before?.run, recipes);
  const claims = more.asks === false ? [] : prepared.claims;
  const from = before ? { from: known(before.run, vaultOf(before.dir, io.env)) } : {};
  return { ...(await auditPrepared({ ...prepared, claims }, from, io, progress, signal)), settings: prepared.settings };
}

async function auditPrepared(
  { settings, parts, permit, claims }: Prepared,
  more: Partial<AuditOptions>,
  io: Io,
  progress: Watched,
  signal: AbortSignal,
): Promise<{ run: Run; dir: string }> {
  const { only: _, skip: __, out, ...options } = settings;
  const dir = await makeRunFolder(io.cwd, out, settings.url, io.now());
  const seed = settings.seed ?? randomInt(2 ** 32);
  progress.begin?.({ url: settings.url, claims }, dir);
  const asked = { ...options, ...more, permit, claims, seed, signal, ...progress };
  const { run } = await auditInto(dir, parts, asked, io);
  return { run, dir };
}

/** `--resume [run]`: goes on in the folder of that run with what has no observation in it yet. */
async function resume(address: string | undefined, flags: AuditFlags, profile: Profile, io: Io): Promise<number> {
  const { run: before, dir } = await readRun(io.cwd, flags.resume === true ? await newestRun(io.cwd) : flags.resume);
  startedHere(io.cwd, dir, before, flags);
  if (flags.out !== undefined)
    throw new Failure('E_USAGE', 'A run is gone on with in its own folder: leave --out away.');
  return perform(
    io,
    async (progress, signal) => {
      const { settings, parts, permit, claims } = await prepare(address, flags, profile, io, progress.say, before);
      if (settings.url !== before.target.url)
        throw new Failure('E_USAGE', `That run was of ${before.target.url}, not of ${settings.url}.`);
      const { only: _, skip: __, out: ___, ...options } = settings;
      // What was left out on purpose is not asked now by leaving it unsaid.
      const asked = settings.only.length ? [...new Set([...before.asked, ...claims])] : before.asked;
      const open = new Set(before.observations.filter((o) => unfinished.has(o.lacking?.cause)).map((o) => o.probe));
      const vault = vaultOf(dir, io.env);
      progress.begin({ url: settings.url, claims: asked }, dir);
      const { run } = await auditInto(
        dir,
        parts,
        {
          ...options,
          permit,
          claims: asked,
          seed: settings.seed ?? randomInt(2 ** 32),
          from: known(
            before,
            vault,
            before.observations.filter((o) => !open.has(o.probe)),
          ),
          signal,
          ...progress,
        },
        io,
      );
      return () => ended(run, dir, progress);
    },
    flags,
  );
}
const unfinished = new Set<string | undefined>(['no-time', 'crash', 'disturbed']);

/** Audits into a folder, with the report written and the accounts that it made kept. */
async function auditInto(
  dir: string,
  parts: Parts,
  options: Omit<AuditOptions, 'out' | 'vault'>,
  io: Io,
): Promise<{ run: Run }> {
  const vault = vaultOf(dir, io.env);
  const { run } = await parts.audit({ ...options, out: dir, vault });
  if (run.copied) vault.drop();
  await writeRun(dir, run);
  return { run };
}

/** Runs long work with progress and a way to stop it; shows what it gives at the end, in the shape that the flags name. Gives the exit code. */
export async function perform(
  io: Io,
  work: (progress: Teller, signal: AbortSignal) => Promise<() => number>,
  flags: ShapeFlags = {},
): Promise<number> {
  const progress = tellerOf(flags, io);
  const stop = new AbortController();
  const release = io.interrupts(() => {
    if (stop.signal.aborted) return io.kill(130);
    progress.say('Stopping: what was made is being removed. Ctrl-C again to end at once.');
    stop.abort();
  });
  try {
    const show = await work(progress, stop.signal);
    progress.end();
    const code = show();
    return stop.signal.aborted ? 130 : code;
  } catch (error) {
    // Before the app answered there is nothing to report.
    if (stop.signal.aborted) {
      progress.failed(130, undefined);
      return 130;
    }
    progress.failed(error instanceof Failure ? error.exit : 70, error);
    throw error;
  } finally {
    progress.end();
    release();
  }
}

export function ended(run: Run, dir: string, told: Teller): number {
  const code = exitCode(run);
  told.show(run, dir, code);
  return code;
}
