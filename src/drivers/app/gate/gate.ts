import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StoreFault } from '../../../model/app.ts';
import { folderOnLeash } from '../../store/leash.ts';
import type { Plan, Word } from './inside.ts';
import { firstLine, pair } from './sockets.ts';
import { makeTap, type Tap } from './tap.ts';

/** What stands between an app in our hand and the world. */
export interface Gate {
  /** whole: a network of its own. proxies: only what obeys the proxy variables is held back. */
  readonly holds: 'whole' | 'proxies';
  /** What to run before a command so that it runs inside. `as`: a user to run it as, where we are root. */
  enter(command: readonly string[], as: { uid?: number; gid?: number }): readonly string[];
  /** Variables for the app. */
  readonly env: Readonly<Record<string, string>>;
  /** Lets these ports of the app be reached from outside, on loopback, at the same numbers. Those in use are left out. */
  open(ports: readonly number[]): Promise<void>;
  /** Those that are let be reached. */
  readonly opened: readonly number[];
  /** Those that another process has. */
  readonly taken: readonly number[];
  /** Ends what `open` began. */
  shut(): Promise<void>;
  /** One for each store. */
  readonly taps: readonly Tap[];
  /** Lets all of them fail for the app. One that is gone refuses connections, as where nobody listens. */
  fail(fault: StoreFault): Promise<() => Promise<void>>;
  /** host:port that were asked for and held back, as far as they were asked by proxy. */
  readonly tried: readonly string[];
  close(): Promise<void>;
}

export interface GateOptions {
  /** Stores on this machine's loopback that the app may reach. */
  readonly stores: Plan['stores'];
  /** A port of this machine where its mail is caught; no store, so that it does not fail as one. */
  readonly mail?: number;
  /** A network of its own, where it can be had. */
  readonly apart: boolean;
  /** Hosts outside that it may reach. */
  readonly allowed: readonly string[];
}

const root = process.getuid?.() === 0;
/** A network of its own; for an ordinary user in a user namespace, with its own name (unshare(1), util-linux 2.35). */
const apart = root ? ['unshare', '--net'] : ['unshare', '--user', '--map-current-user', '--keep-caps', '--net'];

/** Can a network of its own be had here? */
const canBeApart = (): boolean =>
  process.platform === 'linux' &&
  spawnSync(apart[0] ?? '', [...apart.slice(1), 'true'], { stdio: 'ignore', timeout: 3000 }).status === 0 &&
  spawnSync('nsenter', ['--version'], { stdio: 'ignore', timeout: 3000 }).status === 0;

/** Makes the gate. What runs inside can reach itself, the stores named and nothing else. */
export async function openGate({ stores, mail, allowed, apart: wanted }: GateOptions): Promise<Gate> {
  const whole = wanted && canBeApart();
  const home = await folderOnLeash();
  const caught = mail === undefined ? [] : [{ host: '127.0.0.1', port: mail }];
  const plan: Plan = { stores: whole ? [...stores, ...caught] : [], allowed, apart: whole };
  const script = join(import.meta.dirname, `inside${extname(import.meta.filename)}`);
  const command = [...(whole ? apart : []), process.execPath, script, home.dir, JSON.stringify(plan)];
  const outside = new Servers();
  const taps = new Map((whole ? stores : []).map(({ host, port }) => [`${host}:${port}`, makeTap(`${host}:${port}`)]));
  if (whole) {
    for (const { host, port } of stores)
      await outside.add(
        (s) => taps.get(`${host}:${port}`)?.join(s, () => connect({ host, port, allowHalfOpen: true })),
        join(home.dir, `${port}.sock`),
      );
    for (const { host, port } of caught)
      await outside.add((s) => pair(s, connect({ host, port, allowHalfOpen: true })), join(home.dir, `${port}.sock`));
    if (allowed.length) await outside.add((s) => dial(s, allowed), join(home.dir, 'out.sock'));
  }
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['pipe', 'pipe', 'ignore'], cwd: '/' });
  child.stdin.on('error', () => undefined);
  const tried = new Set<string>();
  /** Orders that are carried out inside. */
  const done = new Map<string, () => void>();
  const order = (text: string): Promise<void> =>
    new Promise((resolve) => {
      done.set(text, resolve);
      if (child.exitCode !== null || child.signalCode !== null) resolve();
      else child.stdin.write(`${text}\n`);
    });
  const proxy = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the gate of the app did not stand')));
    child.once('error', reject);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const word = JSON.parse(line) as Word;
      if ('proxy' in word) resolve(word.proxy);
      else if ('tried' in word) tried.add(word.tried);
      else done.get(word.done)?.();
    });
  }).catch(async (error: Error) => {
    await outside.close();
    await home.release();
    throw error;
  });
  child.once('exit', () => {
    for (const resolve of done.values()) resolve();
  });
  const doors = new Servers();
  const opened = new Set<number>();
  const taken = new Set<number>();
  return {
    holds: whole ? 'whole' : 'proxies',
    enter: (words, as) => (whole ? [...inside(child, as), ...words] : words),
    env: proxied(`http://127.0.0.1:${proxy}`),
    async open(ports) {
      if (!whole) return;
      for (const port of ports.filter((one) => !opened.has(one)))
        for (const host of ['127.0.0.1', '::1'])
          await doors
            .add(
              (s) => {
                const through = connect({ path: join(home.dir, 'in.sock'), allowHalfOpen: true });
                through.write(`${port}\n`);
                pair(s, through);
              },
              port,
              host,
            )
            .then(
              () => host === '127.0.0.1' && opened.add(port),
              () => host === '127.0.0.1' && !opened.has(port) && taken.add(port),
            );
    },
    get taken() {
      return [...taken];
    },
    get opened() {
      return [...opened];
    },
    async shut() {
      opened.clear();
      taken.clear();
      await doors.close();
    },
    taps: [...taps.values()],
    async fail(fault) {
      const stores = fault === 'gone' ? [...taps.keys()] : [];
      await Promise.all(stores.map((store) => order(`gone ${store}`)));
      const lifts = [...taps.values()].map((tap) => tap.fault(fault));
      return async () => {
        for (const lift of lifts) lift();
        await Promise.all(stores.map((store) => order(`back ${store}`)));
      };
    },
    get tried() {
      return [...tried];
    },
    async close() {
      await doors.close();
      await outside.close();
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await home.release();
    },
  };
}

/** Into the namespaces of the process. A user of its own is taken inside, since the way in takes the rights of who goes. */
const inside = ({ pid }: ChildProcess, { uid, gid }: { uid?: number; gid?: number }): string[] =>
  root
    ? [
        'nsenter',
        `--net=/proc/${pid}/ns/net`,
        ...(uid === undefined ? [] : [`--setuid=${uid}`, `--setgid=${gid ?? uid}`]),
        '--',
      ]
    : ['nsenter', `--user=/proc/${pid}/ns/user`, `--net=/proc/${pid}/ns/net`, '--preserve-credentials', '--'];

/** The variables that HTTP clients read (curl's; Node's since 24 with NODE_USE_ENV_PROXY). */
function proxied(proxy: string): Record<string, string> {
  const here = ['localhost', '127.0.0.1', '::1', process.env['NO_PROXY']].filter(Boolean).join(',');
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];
  return Object.fromEntries([
    ...names.flatMap((name) => [
      [name, proxy],
      [name.toLowerCase(), proxy],
    ]),
    ['NO_PROXY', here],
    ['no_proxy', here],
    ['NODE_USE_ENV_PROXY', '1'],
  ]);
}

/** A connection to a host that is allowed, named in the first line. */
const dial = (socket: Socket, allowed: readonly string[]): void =>
  firstLine(socket, (line, all) => {
    const [host = '', port = ''] = line.split(' ');
    if (!allowed.includes(host)) return socket.destroy();
    socket.unshift(all.subarray(all.indexOf('\n') + 1));
    pair(socket, connect({ host, port: Number(port), allowHalfOpen: true }));
  });

/** Listeners and their connections, which end together. */
class Servers {
  readonly #servers = new Set<Server>();
  readonly #sockets = new Set<Socket>();

  /** At a path, or at a port of a host. Rejects where it is taken. */
  async add(serve: (socket: Socket) => void, at: string | number, host?: string): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      serve(socket);
    });
    server.listen(typeof at === 'string' ? { path: at } : { port: at, host });
    await once(server, 'listening');
    this.#servers.add(server);
  }

  async close(): Promise<void> {
    const closed = [...this.#servers].map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const socket of this.#sockets) socket.destroy();
    this.#servers.clear();
    await Promise.all(closed);
  }
}
