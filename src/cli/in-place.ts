/** What settings name on this machine, looked at before anything is touched. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Settings } from '../config/merge.ts';
import { Failure } from '../model/failure.ts';
import type { Permit } from '../model/target.ts';
import { reachOfHost } from './hosts.ts';
import type { Parts } from './parts.ts';

/** The folders of the source and the processes as absolute paths that exist. */
export async function inPlace(cwd: string, settings: Settings): Promise<Settings> {
  const isFolder = async (path: string): Promise<boolean> =>
    (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  const start = settings.start?.map((process) => ({ ...process, cwd: resolve(cwd, process.cwd) }));
  for (const { cwd: folder } of start ?? [])
    if (!(await isFolder(folder))) throw new Failure('E_FILE', `There is no folder ${folder} to start the app in.`);
  const source = settings.source === undefined ? undefined : resolve(cwd, settings.source);
  if (source !== undefined && !(await isFolder(source)))
    throw new Failure('E_FILE', `--source: there is no folder ${source}.`);
  return { ...settings, ...(start ? { start } : {}), ...(source === undefined ? {} : { source }) };
}

/** Throws a Failure where a file that is named is not there. */
export async function readable(cwd: string, { storageState, openapi }: Settings): Promise<void> {
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
export async function usualPermit(
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
