import { answers } from '../drivers/answers.ts';
import { environmentOf, secretsOf } from '../drivers/app/environment.ts';
import { type Gate, openGate } from '../drivers/app/gate/gate.ts';
import { supervise } from '../drivers/app/supervise.ts';
import { copyApp } from '../drivers/store/copy.ts';
import { type DatabaseCopy, sameDatabase } from '../drivers/store/database.ts';
import type { App, Moved, ProcessSpec } from '../model/app.ts';
import { databasesIn } from '../model/databases.ts';
import type { Journal } from '../model/evidence.ts';
import { Failure } from '../model/failure.ts';
import type { Mail } from '../model/mail.ts';
import { mailVariables } from '../model/mail-variables.ts';
import type { Mark } from '../model/mark.ts';
import { type Backend, backendsIn } from '../model/stores.ts';
import type { AuditOptions } from '../model/target.ts';

/** Stores and backends that the environment of these processes names. */
export const backendsOf = (processes: readonly ProcessSpec[]): Backend[] =>
  processes.flatMap((process) => backendsIn(environmentOf(process), process.tunnels));

export interface InHand {
  readonly app: App;
  readonly notes: readonly string[];
  /** It was told to send its mail to us. */
  readonly mailed: boolean;
  /** Were these marks, as far as they are kept, seen in the copy and nowhere else? Then they end with the run. */
  proven(marks: readonly Mark[]): Promise<boolean>;
  /** host:port that it asked for and was held back from, as far as that was seen. */
  heldBack(): readonly string[];
  /** Ends it and removes the copy; may be called at any time. */
  close(): Promise<void>;
}

/** What the app is started on. */
interface Ground {
  readonly processes: readonly ProcessSpec[];
  readonly moved: readonly Moved[];
  readonly databases: readonly DatabaseCopy[];
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
  given: readonly ProcessSpec[],
  journal: Journal,
  mail: Mail | undefined,
): Promise<InHand> {
  for (const secret of given.flatMap(secretsOf)) journal.hide(secret);
  const processes = mail ? given.map((process) => mailingTo(mail, process)) : given;
  // What its user leads elsewhere does not come to us, unless to the port that he says.
  const caught = options.mail !== undefined || processes.some((p, i) => p !== given[i]) ? mail : undefined;
  const inPlace = async (why?: string): Promise<Ground> => ({
    processes,
    moved: [],
    databases: [],
    ...optional('precious', (await forbidding(options, processes)) ?? why),
    ...optional(
      'says',
      why && `The app runs where it is: ${why}. So it is not killed, and no row that was there is deleted.`,
    ),
    release: async () => undefined,
  });
  if (options.disposableStore) return startOn(await inPlace(), options, journal, caught);
  const copy = await copyApp(processes);
  if ('refused' in copy)
    return startOn(await inPlace(`it cannot be copied (${copy.refused})`), options, journal, caught);
  const says = `${copy.says.charAt(0).toUpperCase()}${copy.says.slice(1)}.`;
  try {
    const precious = await forbidding(options, copy.processes, copy.databases);
    return await startOn({ ...copy, says, ...optional('precious', precious) }, options, journal, caught);
  } catch (error) {
    if (options.signal.aborted || !(error instanceof Failure) || error.code !== 'E_START') throw error;
    return startOn(await inPlace('it does not start in a copy of its folder'), options, journal, caught);
  }
}

async function startOn(
  ground: Ground,
  options: AuditOptions,
  journal: Journal,
  mail: Mail | undefined,
): Promise<InHand> {
  const { processes, moved, databases } = ground;
  const began = Date.now();
  const backends = await standing(backendsOf(processes), options.url);
  const gate = await gateFor(options, backends, mail).catch(async (error: Error) => {
    await ground.release();
    throw error;
  });
  const app = supervise({
    processes,
    moved,
    databases,
    ...optional('precious', ground.precious),
    ...optional('gate', gate),
    ...optional('mail', mail?.port),
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
    mailed: mail !== undefined,
    notes: [...(ground.says ? [ground.says] : []), ...open],
    heldBack: () => gate?.tried ?? [],
    async proven(marks) {
      if (!moved.length || (await uncopied(processes, options.url, databases))) return false;
      const { inCopy, outside } = await app.stored(began, marks);
      return outside === undefined && inCopy.length > 0;
    },
    close,
  };
}

/** Nothing outside is reached but what is allowed; `*` allows all, and there is no gate. */
async function gateFor(
  { allowEgress = [] }: AuditOptions,
  backends: readonly Backend[],
  mail: Mail | undefined,
): Promise<Gate | undefined> {
  if (allowEgress.includes('*')) return undefined;
  const beside = allowEgress.flatMap((allowed) => {
    const port = /^(?:localhost|127\.0\.0\.1):(\d+)$/.exec(allowed)?.[1];
    return port ? [{ host: '127.0.0.1', port: Number(port) }] : [];
  });
  const named = backends.flatMap(({ host, port, here }) => (here && port ? [{ host: loopback(host), port }] : []));
  const away = backends.filter((b) => !b.here).map((b) => b.host);
  const stores = new Map([...named, ...beside].map((store) => [`${store.host}:${store.port}`, store]));
  return openGate({
    stores: [...stores.values()],
    ...optional('mail', mail?.port),
    allowed: [...allowEgress, ...away],
    apart: away.length === 0,
  });
}

/** The process, told to send its mail to us; the same where its user told it on purpose where to. */
function mailingTo({ port }: Mail, process: ProcessSpec): ProcessSpec {
  const variables = mailVariables(port, environmentOf(process), process.env);
  return variables ? { ...process, env: { ...variables, ...process.env } } : process;
}

/** Why what the app keeps may not be harmed, copied or not. */
async function forbidding(
  { permit, disposableStore, url }: AuditOptions,
  processes: readonly ProcessSpec[],
  copies: readonly DatabaseCopy[] = [],
): Promise<string | undefined> {
  if (permit !== 'disrupts') return `--permit ${permit} does not allow it`;
  const own = disposableStore ? undefined : await uncopied(processes, url, copies);
  return own && `${own.variable} names a store at ${own.host} that is no copy`;
}

/** A store that the variables name and that is not one of these copies. */
async function uncopied(
  processes: readonly ProcessSpec[],
  url: string,
  copies: readonly DatabaseCopy[] = [],
): Promise<Backend | undefined> {
  const own = processes.flatMap((process) => {
    const named = databasesIn(environmentOf(process), process.tunnels).filter(({ address }) =>
      copies.some((c) => sameDatabase(c.address, address)),
    );
    return backendsOf([process]).filter(({ variable }) => !named.some((one) => one.variable === variable));
  });
  return (await standing(own, url))[0];
}

/** Stores elsewhere, and those here that answer now: the app's own address, or a process that it brings itself, is none. */
async function standing(backends: readonly Backend[], url: string): Promise<Backend[]> {
  const own = Number(new URL(url).port || 80);
  const found = await Promise.all(
    backends.map(async (b) =>
      !b.here || b.port === undefined || (b.port !== own && (await answers(loopback(b.host), b.port))) ? [b] : [],
    ),
  );
  return found.flat();
}

const loopback = (host: string): string => (host.endsWith('localhost') ? '127.0.0.1' : host);

const optional = <K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [key in K]?: V };
