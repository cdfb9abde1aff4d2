import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { claimsNamed } from '../config/select.ts';
import { plural } from '../lib/text.ts';
import { criterionName } from '../model/criteria.ts';
import { Failure } from '../model/failure.ts';
import { goneWith, leftBehind } from '../model/score.ts';
import type { Io } from './parts.ts';
import { type AuditFlags, auditInto, ended, known, perform, prepare, startedHere } from './run-audit.ts';
import { makeRunFolder, newestRun, readRun, writeRun } from './run-folder.ts';
import { tellerOf } from './tell.ts';
import { vaultOf } from './vault.ts';

/**
 * `plummet verify [run] [claim…]`: asks again what was broken or could not be told, or the claims named, by the recipes that the run
 * learned; a run of its own, which says what changed. Gives the exit code.
 */
export async function runVerify(words: readonly string[], flags: AuditFlags, io: Io): Promise<number> {
  const named = words[0] !== undefined && (await isRun(io.cwd, words[0])) ? words[0] : undefined;
  const { run: before, dir: from } = await readRun(io.cwd, named);
  const wanted = named === undefined ? words : words.slice(1);
  startedHere(io.cwd, from, before, flags);
  const chosen = wanted.length
    ? claimsNamed(
        wanted,
        'verify',
        before.asked.filter((claim) => criterionName(claim) !== undefined),
      )
    : before.results.filter(({ status }) => status === 'fail' || status === 'unknown').map(({ claim }) => claim);
  if (!chosen.length) {
    if (flags.json || flags.terse || flags.ndjson) tellerOf(flags, io).show(before, from, 0);
    else io.out.write('Nothing in that run was broken or could not be told.\n');
    return 0;
  }
  return perform(
    io,
    async (progress, signal) => {
      const only = { ...flags, only: chosen, skip: [] };
      const { settings, parts, permit, claims } = await prepare(
        undefined,
        only,
        before.profile,
        io,
        progress.say,
        before,
      );
      const { only: _, skip: __, out, ...options } = settings;
      const dir = await makeRunFolder(io.cwd, out, settings.url, io.now());
      const seed = settings.seed ?? randomInt(2 ** 32);
      progress.begin({ url: settings.url, claims }, dir);
      const { run } = await auditInto(
        dir,
        parts,
        { ...options, permit, claims, seed, from: known(before, vaultOf(from, io.env)), signal, ...progress },
        io,
      );
      return () => {
        const code = ended(run, dir, progress);
        const was = new Map(before.results.map(({ claim, status }) => [claim, status]));
        const lines = run.results.map(({ claim, status }) => `${claim}: ${was.get(claim) ?? 'not asked'} → ${status}`);
        io.err.write(`${lines.join('\n')}\n`);
        return code;
      };
    },
    flags,
  );
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
