import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf } from '../lib/shell.ts';
import { asSentence, oneLine, plural } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import type { Result, Run } from '../model/run.ts';
import { leftBehind } from '../model/score.ts';
import { saysOf } from '../report/outline.ts';
import { isRun } from './again.ts';
import { known, startedHere } from './before.ts';
import { verdictOf } from './finding.ts';
import type { Io } from './parts.ts';
import { type AuditFlags, perform, prepare } from './run-audit.ts';
import { inputOf, readRun } from './run-folder.ts';
import { vaultOf } from './vault.ts';

export type ReplayFlags = AuditFlags & { readonly headless?: boolean };

/** Milliseconds between the acts of a finding that is watched. */
const watchable = '300';
/** A slow hand takes longer than an audit gives it. */
const patience = '20m';

/** `plummet replay [run]` and `plummet replay <finding> [run]`: a word that names a run means its walk. Gives the exit code. */
export async function runReplay(words: readonly string[], flags: ReplayFlags, io: Io): Promise<number> {
  const [first, second, ...more] = words;
  if (more.length) throw new Failure('E_USAGE', 'replay takes a run, or a finding and its run.');
  if (first === undefined || (second === undefined && (looksLikeRun(first) || (await isRun(io.cwd, first)))))
    return walkAgain(first, flags, io);
  return findAgain(first, second, flags, io);
}

const looksLikeRun = (word: string): boolean => /^(\d{4}-|[./~])|run\.json$/.test(word);

/**
 * Does again what that run did to find its way, to watch it, or to see whether the app still leads there: 0 where every act led to where it
 * did, else 1.
 */
async function walkAgain(given: string | undefined, flags: ReplayFlags, io: Io): Promise<number> {
  const { run, dir: from } = await readRun(io.cwd, given);
  const { events } = inputOf(from, run);
  startedHere(io.cwd, from, run, flags);
  return perform(io, async (progress, signal) => {
    const { settings, parts, permit } = await prepare(undefined, flags, run.profile, io, progress.say, run);
    const { only: _, skip: __, out: ___, ...options } = settings;
    return aside(async (dir) => {
      const asked = { ...options, permit, claims: [], out: dir, seed: randomInt(2 ** 32), signal, ...progress };
      const { acts, departures, left } = await parts.replay(asked, known(run, vaultOf(from, io.env)), events ?? []);
      return () => {
        for (const line of departures) io.out.write(`${line}\n`);
        io.out.write(`${plural(acts, 'act')} done again, ${departures.length} went another way.\n`);
        if (left.length) io.out.write(`May still be in the app: ${left.join(', ')}\n`);
        return departures.length || !acts ? 1 : 0;
      };
    });
  });
}

/**
 * Asks one broken claim again by what that run learned, in a window that a person can follow: 1 where it is shown again, 0 where it is not
 * broken any more, 2 where it could not be told. Leaves no run behind.
 */
async function findAgain(finding: string, given: string | undefined, flags: ReplayFlags, io: Io): Promise<number> {
  const { run, dir: from } = await readRun(io.cwd, given);
  const meant = verdictOf(run, finding, 'replay');
  if (meant.status !== 'fail')
    throw new Failure(
      'E_USAGE',
      `${meant.claim} was not broken in that run (${meant.status}): there is nothing to show again. To ask it again: ${commandOf('plummet', 'verify', given ?? '', meant.claim)}`,
    );
  startedHere(io.cwd, from, run, flags);
  const headed = !flags.headless;
  if (headed) hasDisplay(io, meant.claim, given);
  const shown = { ...flags, headed, slow: flags.slow ?? (headed ? watchable : '0'), budget: flags.budget ?? patience };
  return perform(io, async (progress, signal) => {
    const only = { ...shown, only: [meant.claim], skip: [] };
    const { settings, parts, permit, claims } = await prepare(undefined, only, run.profile, io, progress.say, run);
    const { only: _, skip: __, out: ___, ...options } = settings;
    return aside(async (dir) => {
      const before = known(run, vaultOf(from, io.env));
      const asked = {
        ...options,
        permit,
        claims,
        out: dir,
        seed: randomInt(2 ** 32),
        from: before,
        signal,
        ...progress,
      };
      const { run: again } = await parts.audit(asked);
      return () => {
        io.out.write(came(meant, run, again));
        return codes[again.results[0]?.status ?? 'unknown'];
      };
    });
  });
}

const codes = { fail: 1, unknown: 2, pass: 0, 'not-applicable': 0 } as const;

/** What came of it, in a sentence. */
function came(meant: Result & { status: 'fail' }, before: Run, again: Run): string {
  const [now] = again.results;
  // One claim does not tell where rows live; all that the run asked may have.
  const left = leftBehind(now?.status === 'fail' ? { ...again, results: before.results } : again).map(
    ({ what, mark }) => `${what} ${mark}`,
  );
  const where = new Set(meant.findings.map(({ fingerprint }) => fingerprint));
  const head =
    now?.status === 'fail'
      ? now.findings.some(({ fingerprint }) => where.has(fingerprint))
        ? 'Shown again'
        : `Broken again, but elsewhere (${now.findings.map((one) => one.where).join(', ')})`
      : now?.status === 'pass' || now?.status === 'not-applicable'
        ? 'Not shown again'
        : 'Could not be told this time';
  const lines = [
    `${head}: ${saysOf(meant.claim)} (${meant.claim})`,
    asSentence(now?.because ?? ''),
    ...(now?.status === 'unknown' && now.wants ? [`It takes ${now.wants}`] : []),
    ...(left.length ? [`May still be in the app: ${left.join(', ')}`] : []),
  ];
  return `${lines.filter(Boolean).map(oneLine).join('\n')}\n`;
}

function hasDisplay({ env }: Io, claim: string, run = ''): void {
  if (process.platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return;
  throw new Failure(
    'E_DISPLAY',
    `A finding is shown again in a window, and there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). Do it unseen: ${commandOf('plummet', 'replay', claim, run)} --headless. To watch it elsewhere: ${commandOf('plummet', 'verify', run, claim)} --trace`,
  );
}

/** In a folder that goes again. */
async function aside<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'plummet-replay-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
