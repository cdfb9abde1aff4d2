import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Flags } from '../config/merge.ts';
import { claimsNamed } from '../config/select.ts';
import { plural } from '../lib/text.ts';
import { criterionName } from '../model/criteria.ts';
import { Failure } from '../model/failure.ts';
import type { Run } from '../model/run.ts';
import { goneWith, leftBehind } from '../model/score.ts';
import type { GivenRecipes } from '../model/target.ts';
import type { Status } from '../model/verdict.ts';
import { known, startedHere } from './before.ts';
import type { Io } from './parts.ts';
import { type AuditFlags, auditByFlags, ended, perform, prepare, type Watched } from './run-audit.ts';
import { newestRun, readRun, writeRun } from './run-folder.ts';
import { standingOf } from './standing.ts';
import { tellerOf } from './tell.ts';
import { vaultOf } from './vault.ts';

/**
 * `plummet verify [run] [claim…]`: asks again what was broken or could not be told in that run, or the claims named, by the recipes that it
 * learned; without a run, what is broken by all the runs here and what the latest could not tell. A run of its own, which says what changed.
 * Gives the exit code.
 */
export async function runVerify(words: readonly string[], flags: AuditFlags, io: Io): Promise<number> {
  const named = words[0] !== undefined && (await isRun(io.cwd, words[0])) ? words[0] : undefined;
  const standing = named === undefined ? await standingOf(io.cwd) : undefined;
  const before = standing ?? (await readRun(io.cwd, named));
  const wanted = named === undefined ? words : words.slice(1);
  const chosen = standing && !wanted.length ? [...standing.broken, ...standing.open] : claimsOf(before.run, wanted);
  if (!chosen.length) {
    const { run, dir } = await readRun(io.cwd, named ?? (await newestRun(io.cwd)));
    if (flags.json || flags.terse || flags.ndjson) tellerOf(flags, io).show(run, dir, 0);
    else
      io.out.write(
        standing
          ? 'Nothing is known to be broken, and the latest run told all that it asked.\n'
          : 'Nothing in that run was broken or could not be told.\n',
      );
    return 0;
  }
  return perform(
    io,
    async (progress, signal) => {
      const { run, dir } = await askAgain(before, chosen, flags, io, progress, signal);
      return () => {
        const code = ended(run, dir, progress);
        const was = standing ?? before.run;
        const lines = turned(was, run).map(({ claim, was, is }) => `${claim}: ${was} → ${is}`);
        io.err.write(`${lines.join('\n')}\n`);
        return code;
      };
    },
    flags,
  );
}

/** These claims, or all of that run that were broken or could not be told. */
export const claimsOf = (before: Run, wanted: readonly string[]): string[] =>
  wanted.length
    ? claimsNamed(
        wanted,
        'verify',
        before.asked.filter((claim) => criterionName(claim) !== undefined),
      )
    : before.results.filter(({ status }) => status === 'fail' || status === 'unknown').map(({ claim }) => claim);

/** Asks these claims by what that run learned, in a run of its own. */
export async function askAgain(
  before: { readonly run: Run; readonly dir: string },
  claims: readonly string[],
  flags: Flags,
  io: Io,
  progress: Watched,
  signal: AbortSignal,
  recipes?: GivenRecipes,
): Promise<{ run: Run; dir: string }> {
  startedHere(io.cwd, before.dir, before.run, flags);
  const only = { ...flags, only: claims, skip: [] };
  return auditByFlags(undefined, only, before.run.profile, io, progress, signal, {
    before,
    ...(recipes ? { recipes } : {}),
  });
}

/** Each claim of the later run, as it was and as it is. */
export function turned(
  before: Pick<Run, 'results'>,
  after: Run,
): { claim: string; was: Status | 'not asked'; is: Status }[] {
  const was = new Map(before.results.map(({ claim, status }) => [claim, status]));
  return after.results.map(({ claim, status }) => ({ claim, was: was.get(claim) ?? 'not asked', is: status }));
}

/** `plummet clean [run]`: takes away what a run left in the app, which is to run. 0 where nothing stays, 2 where something does. */
export async function runClean(given: string | undefined, flags: AuditFlags, io: Io): Promise<number> {
  const { run, dir } = await readRun(io.cwd, given ?? (await newestRun(io.cwd)));
  const left = leftBehind(run);
  const end = goneWith(run);
  if (!left.length) {
    io.out.write(end ? `Nothing is left: all that was made was in ${end}, gone with the run.\n` : 'Nothing is left.\n');
    return 0;
  }
  return perform(io, async (progress, signal) => {
    // It is cleaned at its address: how it was started does not matter any more.
    const { start: _, ...target } = run.target;
    const byUrl = { ...run, target };
    const { settings, parts, permit } = await prepare(undefined, flags, run.profile, io, progress.say, byUrl);
    const { only: __, skip: ___, out: ____, start: _____, ...options } = settings;
    const asked = { ...options, permit, claims: [], out: dir, seed: randomInt(2 ** 32), signal, ...progress };
    const cleaned = await parts.clean(asked, known(run, vaultOf(dir, io.env)));
    await writeRun(dir, cleaned);
    return () => {
      const stays = leftBehind(cleaned);
      const removed =
        cleaned.ledger.filter((made) => made.removed).length - run.ledger.filter((made) => made.removed).length;
      io.out.write(
        `${plural(removed, 'thing')} removed, ${stays.length ? `${plural(stays.length, 'stays', 'stay')}: ${stays.map((made) => `${made.what} ${made.mark}`).join(', ')}` : 'nothing stays'}.\n`,
      );
      for (const note of cleaned.notes.filter((n) => !run.notes.includes(n))) io.err.write(`${note}\n`);
      return stays.length ? 2 : 0;
    };
  });
}

/** Does the word mean a run, in whatever way a run is named? */
export async function isRun(cwd: string, word: string): Promise<boolean> {
  if (existsSync(resolve(cwd, word))) return true;
  return readRun(cwd, word).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Failure) return false;
      throw error;
    },
  );
}
