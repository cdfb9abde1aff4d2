/**
 * Runs with an app in our hand, cut short at a random moment: by Ctrl-C, SIGTERM, SIGKILL of us, SIGKILL of the app, a full disk. After 3 s
 * no process, port or temp file of it may be left, and the user's own folder and store must be as they were, byte by byte.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort, serve } from '../test/servers.ts';

const root = join(import.meta.dirname, '..');
const cuts = ['ctrl-c', 'terminate', 'kill', 'kill the app', 'full disk'] as const;
export type Cut = (typeof cuts)[number];

/** Milliseconds after which nothing may be left. */
const patience = 3000;

interface Place {
  readonly dir: string;
  readonly folder: string;
  readonly data: string;
  readonly temp: string;
}

/** The app in a folder of its own, a store with a note in it, and a temp folder for this run alone. */
function placed(): Place {
  const dir = mkdtempSync(join(tmpdir(), 'interrupted-'));
  const place = { dir, folder: join(dir, 'app'), data: join(dir, 'data', 'notes.sqlite'), temp: join(dir, 'temp') };
  cpSync(join(root, 'fixtures/in-hand'), place.folder, { recursive: true });
  for (const made of [join(dir, 'data'), place.temp]) mkdirSync(made);
  const db = new DatabaseSync(place.data);
  db.exec(`create table notes (id text primary key, owner text, title text, at integer);
    insert into notes values ('1', 'ada@example.org', 'kept', 1)`);
  db.close();
  // Root's browser is somebody else's, and must come through.
  chmodSync(dir, 0o711);
  chmodSync(place.temp, 0o711);
  return place;
}

/** All files below with their bytes' hash. */
const state = (dir: string): string =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(dir, name))
    .map(
      (path) =>
        `${path} ${statSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''}`,
    )
    .join('\n');

/** Processes, other than this one, whose command line or environment names the text. */
const naming = (text: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .filter((pid) =>
      ['cmdline', 'environ'].some((file) => {
        try {
          return readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(text);
        } catch {
          return false; // it has just ended
        }
      }),
    );

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

/**
 * What was left or harmed by one run that was cut short after so many ms; empty where nothing was. `database`: an address in PostgreSQL that
 * the app keeps its data in. Linux.
 */
export async function interrupted(cut: Cut, after: number, database?: string): Promise<string[]> {
  const place = placed();
  const { dir, folder, data, temp } = place;
  if (cut === 'full disk') execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=711', 'plummet-bench', temp]);
  const port = await freePort();
  const before = [folder, join(dir, 'data')].map(state).join('\n');
  const child = spawn(
    process.execPath,
    [
      join(root, 'bin/plummet.js'),
      `http://127.0.0.1:${port}/`,
      '--start',
      `exec ${process.execPath} server.ts`,
      '--source',
      folder,
      '--env',
      `DATA=${data}`,
      '--env',
      `PORT=${port}`,
      '--out',
      join(dir, 'run'),
      ...(database ? ['--env', `DATABASE_URL=${database}`] : []),
      '--budget',
      '60s',
      '--only',
      'persistence/records-survive-*',
      '--only',
      'persistence/writes-reach-a-store',
    ],
    { cwd: dir, env: { ...process.env, TMPDIR: temp, XDG_STATE_HOME: dir }, stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  try {
    await Promise.race([sleep(after), ended]);
    if (cut === 'ctrl-c') child.kill('SIGINT');
    else if (cut === 'terminate') child.kill('SIGTERM');
    else if (cut === 'kill') child.kill('SIGKILL');
    else if (cut === 'kill the app')
      for (const pid of naming(`DATA=${temp}`)) if (commandOf(pid).includes('server.ts')) killed(pid);
    await ended;
    const still = async (): Promise<boolean> =>
      naming(temp).length > 0 || left(temp).length > 0 || (await databasesOf(database)).length > 0;
    for (const until = Date.now() + patience; Date.now() < until && (await still()); ) await sleep(50);
    return [
      ...naming(temp).map((pid) => `a process: ${commandOf(pid)}`),
      ...left(temp).map((name) => `a temp folder: ${name}`),
      ...(await databasesOf(database)).map((name) => `a database: ${name}`),
      ...((await answers(port)) ? ['the port answers'] : []),
      ...([folder, join(dir, 'data')].map(state).join('\n') === before ? [] : ["the user's own files were changed"]),
    ];
  } finally {
    if (cut === 'full disk') execFileSync('umount', ['-l', temp]);
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Databases on the server of this one, besides its own and those that it had before. */
async function databasesOf(url: string | undefined): Promise<string[]> {
  if (!url) return [];
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`select datname from pg_database where datname like 'plummet%'`);
    return rows.map((row) => String(row.datname));
  } finally {
    await client.end();
  }
}

const left = (temp: string): string[] => (existsSync(temp) ? readdirSync(temp) : []);
const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
};
function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** `runs` of them, each kind in turn, half of them on PostgreSQL, at moments from the start to far into the kills. Prints what was left. */
export async function interrupts(runs: number): Promise<void> {
  let bad = 0;
  const root = process.getuid?.() === 0;
  const kinds = cuts.filter((cut) => cut !== 'full disk' || root);
  const dir = mkdtempSync(join(tmpdir(), 'plummet-interrupts-'));
  const server = await serve('postgres', join(dir, 'server'));
  try {
    for (let n = 0; n < runs; n++) {
      const cut = kinds[n % kinds.length] as Cut;
      const after = Math.round(200 + Math.random() * 25_000);
      const found = await interrupted(cut, after, n % 2 ? server.url : undefined);
      if (found.length) {
        bad++;
        console.log(`${cut} after ${after} ms${n % 2 ? ' on PostgreSQL' : ''} left: ${found.join('; ')}`);
      }
      if ((n + 1) % 10 === 0) console.log(`${n + 1} of ${runs} runs interrupted, ${bad} left something`);
    }
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  if (bad) process.exitCode = 1;
}
