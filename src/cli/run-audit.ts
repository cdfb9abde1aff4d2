import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadConfig } from '../config/load.ts';
import { type Flags, merge, type Settings } from '../config/merge.ts';
import { selectClaims } from '../config/select.ts';
import { Failure } from '../model/failure.ts';
import type { Run } from '../model/run.ts';
import type { Permit, Profile } from '../model/target.ts';
import { reports } from '../report/reports.ts';
import { reachOfHost, refusePublic } from './hosts.ts';
import { colored, type Io, type Parts } from './parts.ts';
import { live } from './progress.ts';
import { inputOf, makeRunFolder, writeRun } from './run-folder.ts';

export type AuditFlags = Flags & { readonly json?: boolean };

/** Broken is 1, not told is 2, all shown is 0. */
export function exitCode(run: Run): 0 | 1 | 2 | 130 {
  if (run.interrupted) return 130;
  if (run.results.some((result) => result.status === 'fail')) return 1;
  return run.results.length === 0 || run.results.some((result) => result.status === 'unknown') ? 2 : 0;
}

/** What flags and config ask for, checked; nothing is touched yet. */
export async function prepare(
  address: string | undefined,
  flags: Flags,
  profile: Profile,
  io: Io,
  say: (text: string) => void,
): Promise<{ settings: Settings; parts: Parts; permit: Permit; claims: readonly string[] }> {
  const { config } = await loadConfig(io.cwd);
  const settings = await inPlace(io.cwd, merge(config, flags, profile, address));
  await readable(io.cwd, settings);
  await refusePublic(settings.url);
  const parts = await io.parts();
  const permit = settings.permit ?? (await usualPermit(settings, parts, say));
  const claims = selectClaims(parts.probedClaims(profile, settings.start !== undefined), settings.only, settings.skip);
  return { settings, parts, permit, claims };
}

/** `plummet <url>` and `plummet reload <url>`: from flags to a written report. Gives the exit code. */
export async function runAudit(
  address: string | undefined,
  flags: AuditFlags,
  profile: Profile,
  io: Io,
): Promise<number> {
  const progress = live(io.err);
  const { settings, parts, permit, claims } = await prepare(address, flags, profile, io, progress.say);
  const { only: _, skip: __, out, ...options } = settings;
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
  } catch (error) {
    // Before the app answered there is nothing to report.
    if (stop.signal.aborted) return 130;
    throw error;
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

/** The folders of the processes as absolute paths that exist. */
async function inPlace(cwd: string, settings: Settings): Promise<Settings> {
  if (!settings.start) return settings;
  const start = settings.start.map((process) => ({ ...process, cwd: resolve(cwd, process.cwd) }));
  for (const { cwd: folder } of start)
    if (!(await stat(folder).catch(() => undefined))?.isDirectory())
      throw new Failure('E_FILE', `There is no folder ${folder} to start the app in.`);
  return { ...settings, start };
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

/** Writes, or what may harm a copy, unless a backend is on another machine: who shares it, nobody here knows. */
async function usualPermit(
  { backends, start = [] }: Settings,
  parts: Parts,
  say: (text: string) => void,
): Promise<Permit> {
  for (const backend of backends) {
    if ((await reachOfHost(backend.replace(/:\d+$/, ''))).reach === 'loopback') continue;
    say(`${backend} is not on this machine, so nothing is written: give --permit writes to change that.`);
    return 'reads';
  }
  const away = parts.backendsOf(start).find((backend) => !backend.here);
  // What is started runs on a copy, or is not harmed.
  if (!away) return start.length ? 'disrupts' : 'writes';
  say(
    `${away.variable} names ${away.host}, which is not this machine: others may use what is there, so nothing is written. Point it at a store of your own (--env ${away.variable}=…), or give --permit writes.`,
  );
  return 'reads';
}
