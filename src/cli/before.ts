/** What a run that was is good for: its target where nothing else is said, what it learned, and what has to be given again. */
import { resolve, sep } from 'node:path';
import type { Flags, Settings } from '../config/merge.ts';
import type { Config } from '../config/schema.ts';
import { list } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import type { Run } from '../model/run.ts';
import type { Before, Permit } from '../model/target.ts';
import type { Vault } from './vault.ts';

/** The config, and where it says nothing, what the run was asked for. */
export function asBefore(config: Config, { target }: Run): Config {
  const { url, intent, backends, start, disposableStore, allowEgress, permit } = target;
  return {
    permit: permit as Permit,
    ...(backends ? { backends: [...backends] } : {}),
    ...(start ? { start: start.map(({ env: _, tunnels: __, ...process }) => process) } : {}),
    ...(disposableStore ? { disposableStore } : {}),
    ...(start?.[0]?.tunnels ? { tunnels: [...start[0].tunnels] } : {}),
    ...(allowEgress ? { allowEgress: [...allowEgress] } : {}),
    ...config,
    target: url,
    intent: { ...intent, ...config.intent },
  };
}

/** A run that came from somewhere else does not say what is started here. */
export function startedHere(cwd: string, dir: string, { target }: Run, { start }: Flags): void {
  if (target.start && start === undefined && !dir.startsWith(resolve(cwd) + sep))
    throw new Failure('E_USAGE', `That run is not from this folder: say with --start how its app is started.`);
}

/** What was given to that run is kept nowhere, and must be given again. */
export function allGiven(
  { target, facts }: Run,
  { start = [], source, login, headers, storageState, recipes }: Settings,
): void {
  const names = new Set(start.flatMap((process) => Object.keys(process.env)));
  const lost = new Set((target.start ?? []).flatMap(({ env }) => env.filter((name) => !names.has(name))));
  if (start.length && lost.size)
    throw new Failure(
      'E_USAGE',
      `That run started the app with ${list([...lost])}, and values are not kept: give them again with ${[...lost].map((name) => `--env ${name}=…`).join(' ')}, or set env in plummet.config.ts.`,
    );
  if (facts.door.account === 'given' && !login && !recipes?.logIn)
    throw new Failure(
      'E_USAGE',
      'That run was given an account, which is not kept: give --login user:password again, or set login in plummet.config.ts.',
    );
  if (facts.door.account === 'published' && !login && !recipes?.logIn && !start.length && source === undefined)
    throw new Failure(
      'E_USAGE',
      'That run found its account in the source, which it does not keep: give --source again, or set source in plummet.config.ts.',
    );
  if (facts.door.kind === 'given' && !headers && !storageState && !recipes?.logIn)
    throw new Failure(
      'E_USAGE',
      'That run was given a session, which is not kept: give --header or --storage-state again, or set header or storageState in plummet.config.ts.',
    );
}

/** What a later run may use of one. */
export const known = (run: Run, vault: Vault, kept?: Run['observations']): Before => {
  const accounts = vault.read();
  return { run, ...(accounts ? { accounts } : {}), ...(kept ? { kept } : {}) };
};
