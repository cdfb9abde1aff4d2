import { environmentOf, secretsOf } from '../drivers/app/environment.ts';
import { type Gate, openGate } from '../drivers/app/gate/gate.ts';
import { supervise } from '../drivers/app/supervise.ts';
import { copyApp } from '../drivers/store/copy.ts';
import type { DatabaseCopy } from '../drivers/store/postgres.ts';
import type { App, Moved, ProcessSpec } from '../model/app.ts';
import type { Journal } from '../model/evidence.ts';
import { Failure } from '../model/failure.ts';
import { type Backend, backendsIn } from '../model/stores.ts';
import type { AuditOptions } from '../model/target.ts';

/** Stores and backends that the environment of these processes names. */
export const backendsOf = (processes: readonly ProcessSpec[]): Backend[] =>
  processes.flatMap((process) => backendsIn(environmentOf(process)));

export interface InHand {
  readonly app: App;
  readonly notes: readonly string[];
  /** All that it keeps is a copy, which ends with the run. */
  readonly copied: boolean;
  /** host:port that it asked for and was held back from, as far as that was seen. */
  heldBack(): readonly string[];
  /** Ends it and removes the copy; may be called at any time. */
  close(): Promise<void>;
}

/** What the app is started on. */
interface Ground {
  readonly processes: readonly ProcessSpec[];
  readonly moved: readonly Moved[];
  readonly databases: ReadonlyMap<string, DatabaseCopy>;
  readonly precious?: string;
  readonly says?: string;
  release(): Promise<void>;
}

/**
 * Starts the app on a copy of its folders and file stores, so that the user's own stay as they are, and where it reaches nobody outside;
 * where it cannot be copied or does not start there, in place, and then nothing is done that could harm its data. Throws a Failure where
 * it does not start at all.
 */
export async function takeInHand(
  options: AuditOptions,
  processes: readonly ProcessSpec[],
  journal: Journal,
): Promise<InHand> {
  for (const secret of processes.flatMap(secretsOf)) journal.hide(secret);
  const inPlace = (why?: string): Ground => ({
    processes,
    moved: [],
    databases: new Map(),
    ...optional('precious', forbidding(options, processes) ?? why),
    ...optional(
      'says',
      why && `The app runs where it is: ${why}. So it is not killed, and no row that was there is deleted.`,
    ),
    release: async () => undefined,
  });
  if (options.disposableStore) return startOn(inPlace(), options, journal);
  const copy = await copyApp(processes);
  if ('refused' in copy) return startOn(inPlace(`it cannot be copied (${copy.refused})`), options, journal);
  const says = `${copy.says.charAt(0).toUpperCase()}${copy.says.slice(1)}.`;
  try {
    return await startOn(
      { ...copy, says, ...optional('precious', forbidding(options, processes, copy.databases)) },
      options,
      journal,
    );
  } catch (error) {
    if (options.signal.aborted || !(error instanceof Failure) || error.code !== 'E_START') throw error;
    return startOn(inPlace('it does not start in a copy of its folder'), options, journal);
  }
}

async function startOn(ground: Ground, options: AuditOptions, journal: Journal): Promise<InHand> {
  const { processes, moved, databases } = ground;
  const backends = backendsOf(processes);
  const gate = await gateFor(options, backends).catch(async (error: Error) => {
    await ground.release();
    throw error;
  });
  const app = supervise({
    processes,
    moved,
    databases: [...databases.values()],
    ...optional('precious', ground.precious),
    ...optional('gate', gate),
    url: options.url,
    journal,
    signal: options.signal,
  });
  const close = async (): Promise<void> => {
    await app.close();
    await gate?.close();
    await ground.release();
  };
  try {
    await app.start();
  } catch (error) {
    await close();
    throw error;
  }
  const open =
    gate?.holds === 'proxies'
      ? [
          'The app has no network of its own (that takes Linux, and a store that is on this machine): only what obeys the proxy variables is held back from the outside.',
        ]
      : [];
  return {
    app,
    notes: [...(ground.says ? [ground.says] : []), ...open],
    heldBack: () => gate?.tried ?? [],
    copied: moved.length > 0 && backends.every((b) => databases.has(b.variable)),
    close,
  };
}

/** Nothing outside is reached but what is allowed; `*` allows all, and there is no gate. */
async function gateFor({ allowEgress = [] }: AuditOptions, backends: readonly Backend[]): Promise<Gate | undefined> {
  if (allowEgress.includes('*')) return undefined;
  const beside = allowEgress.flatMap((allowed) => {
    const port = /^(?:localhost|127\.0\.0\.1):(\d+)$/.exec(allowed)?.[1];
    return port ? [{ host: '127.0.0.1', port: Number(port) }] : [];
  });
  const named = backends.flatMap(({ host, port, here }) =>
    here && port ? [{ host: host.endsWith('localhost') ? '127.0.0.1' : host, port }] : [],
  );
  const away = backends.filter((b) => !b.here).map((b) => b.host);
  return openGate({ stores: [...named, ...beside], allowed: [...allowEgress, ...away], apart: away.length === 0 });
}

/** Why what the app keeps may not be harmed, copied or not. */
function forbidding(
  { permit, disposableStore }: AuditOptions,
  processes: readonly ProcessSpec[],
  copies: ReadonlyMap<string, DatabaseCopy> = new Map(),
): string | undefined {
  if (permit !== 'disrupts') return `--permit ${permit} does not allow it`;
  const own = disposableStore ? undefined : backendsOf(processes).find((b) => !copies.has(b.variable));
  return own && `${own.variable} names a store at ${own.host} that is no copy`;
}

const optional = <K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [key in K]?: V };
