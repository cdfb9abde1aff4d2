import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { type Flags, merge, type Settings } from '../config/merge.ts';
import { selectClaims } from '../config/select.ts';
import { list } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import type { Run } from '../model/run.ts';
import type { Permit, Profile } from '../model/target.ts';
import { reports } from '../report/reports.ts';
import { reachOfHost, refusePublic } from './hosts.ts';
import { colored, type Io } from './parts.ts';
import { type Live, live } from './progress.ts';
import { inputOf, makeRunFolder, writeRun } from './run-folder.ts';

export type AuditFlags = Flags & {
  readonly json?: boolean;
  readonly start?: string;
  readonly source?: string;
  readonly env?: readonly string[];
};

/** Broken is 1, not told is 2, all shown is 0. */
export function exitCode(run: Run): 0 | 1 | 2 | 130 {
  if (run.interrupted) return 130;
  if (run.results.some((result) => result.status === 'fail')) return 1;
  return run.results.length === 0 || run.results.some((result) => result.status === 'unknown') ? 2 : 0;
}

/** `plummet <url>` and `plummet reload <url>`: from flags to a written report. Gives the exit code. */
export async function runAudit(
  address: string | undefined,
  flags: AuditFlags,
  profile: Profile,
  io: Io,
): Promise<number> {
  notYet(flags);
  const { config } = await loadConfig(io.cwd);
  const settings = merge(config, flags, profile, address);
  await readable(io.cwd, settings);
  await refusePublic(settings.url);
  const progress = live(io.err);
  const permit = settings.permit ?? (await usualPermit(settings, progress));
  const parts = await io.parts();
  const { only, skip, out, ...options } = settings;
  const claims = selectClaims(parts.probedClaims(profile), only, skip);
  const dir = await makeRunFolder(io.cwd, out, settings.url, io.now());
  const stop = new AbortController();
  const release = io.interrupts(() => {
    if (stop.signal.aborted) return io.kill(130);
    progress.say('Stopping: what was made is being removed. Ctrl-C again to end at once.');
    stop.abort();
  });
  try {
    const { run } = await parts.audit({
      ...options,
      permit,
      claims,
      out: dir,
      seed: settings.seed ?? randomInt(2 ** 32),
      signal: stop.signal,
      progress: progress.progress,
      found: progress.found,
    });
    await writeRun(dir, run);
    progress.end();
    show(run, dir, flags.json === true, io);
    return stop.signal.aborted ? 130 : exitCode(run);
  } finally {
    progress.end();
    release();
  }
}

function show(run: Run, dir: string, json: boolean, io: Io): void {
  io.out.write(
    json
      ? reports.json({ run })
      : reports.text({ ...inputOf(dir, run, io.cwd), color: colored(io, io.out), width: io.out.columns }),
  );
}

/** Flags of modes to come are refused, not overlooked. */
function notYet(flags: AuditFlags): void {
  const given = [
    flags.start === undefined ? '' : '--start',
    flags.source === undefined ? '' : '--source',
    flags.env?.length ? '--env' : '',
  ].filter(Boolean);
  if (given.length)
    throw new Failure(
      'E_NOT_YET',
      `Not yet: ${list(given)} ${given.length > 1 ? 'belong' : 'belongs'} to audits that start the app or read its source. Start it yourself and give its address.`,
    );
}

async function readable(cwd: string, { storageState, openapi }: Settings): Promise<void> {
  for (const [flag, path] of [
    ['--storage-state', storageState],
    ['--openapi', openapi],
  ] as const) {
    if (path === undefined || (flag === '--openapi' && /^https?:\/\//.test(path))) continue;
    if (!(await stat(resolve(cwd, path)).catch(() => undefined))?.isFile())
      throw new Failure('E_FILE', `${flag}: there is no file ${path}.`);
  }
}

/** Writes, unless a backend is on another machine: who shares it, nobody here knows. */
async function usualPermit({ backends }: Settings, progress: Live): Promise<Permit> {
  for (const backend of backends) {
    if ((await reachOfHost(backend.replace(/:\d+$/, ''))).reach === 'loopback') continue;
    progress.say(`${backend} is not on this machine, so nothing is written: give --permit writes to change that.`);
    return 'reads';
  }
  return 'writes';
}
