import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App, LogLine, Moved, ProcessSpec, StoreFault } from '../../model/app.ts';
import type { Journal } from '../../model/evidence.ts';
import { Failure } from '../../model/failure.ts';
import { answers } from '../answers.ts';
import { type Checkpoint, saveCheckpoint } from '../store/checkpoint.ts';
import type { DatabaseCopy } from '../store/database.ts';
import { diskOf } from './disk.ts';
import { environmentOf, signingNames, withoutNames } from './environment.ts';
import type { Gate } from './gate/gate.ts';
import { startedWithout } from './lacking.ts';
import { leashTo } from './leash.ts';
import { carrying, commandOf, peersOf, portsOf, unixOf } from './processes.ts';
import { well } from './well.ts';

/** Milliseconds for which no further port is opened by an app that has started. */
const calm = 500;
const kept = 5000;
const startWithin = 120_000;

export interface SuperviseOptions {
  readonly processes: readonly ProcessSpec[];
  /** What it runs on instead of the user's own. */
  readonly moved?: readonly Moved[];
  /** Databases that are copies, and can be put back. */
  readonly databases?: readonly DatabaseCopy[];
  /** Why its data may not be harmed. */
  readonly precious?: string;
  /** Between it and the world. */
  readonly gate?: Gate;
  /** Port of this machine where its mail is caught. */
  readonly mail?: number;
  /** Where it is to answer. */
  readonly url: string;
  readonly journal: Journal;
  readonly signal: AbortSignal;
}

interface Child {
  readonly spec: ProcessSpec;
  readonly child: ChildProcess;
  /** All that it printed has been read. */
  readonly heard: Promise<unknown>;
  /** How it ended, in words. */
  ended?: string;
}

/** Nothing runs yet. `close` ends all that was started, at once, and may be called at any time. */
export function supervise(options: SuperviseOptions): App & { close(): Promise<void> } {
  const { processes, journal, signal, moved = [], databases = [], precious, gate, mail } = options;
  const url = new URL(options.url);
  const open = (): Promise<boolean> => answers(url.hostname.replace(/^\[|\]$/g, ''), portOf(url));
  const marker = `PLUMMET_APP=${randomBytes(8).toString('hex')}`;
  const leash = leashTo(marker);
  const lines: LogLine[] = [];
  let children: Child[] = [];
  /** Variables that it does without for a while. */
  let lacking: readonly string[] = [];

  const hear = (who: string, text: string): void => {
    lines.push({ at: Date.now(), who, text });
    if (lines.length > kept) lines.splice(0, lines.length - kept);
  };
  const launch = (spec: ProcessSpec): void => {
    const [name = '', value = ''] = marker.split('=');
    const shell = ['/bin/sh', '-c', spec.run];
    const owner = ownerOf(spec.cwd);
    const apart = gate?.holds === 'whole';
    const [file = '', ...words] = gate?.enter(shell, owner) ?? shell;
    const child = spawn(file, words, {
      cwd: spec.cwd,
      env: { ...withoutNames({ ...process.env, ...gate?.env, ...spec.env }, spec.cwd, lacking), [name]: value },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(apart ? {} : owner),
    });
    const heard = [child.stdout, child.stderr].flatMap((stream) => {
      if (!stream) return [];
      const reader = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
      reader.on('line', (text) => hear(spec.name, text.slice(0, 2000)));
      return [once(reader, 'close')];
    });
    const one: Child = { spec, child, heard: Promise.all(heard) };
    children.push(one);
    child.once('error', (error) => {
      one.ended = error.message;
    });
    child.once('exit', (code, by) => {
      one.ended ??= by ? `ended by ${by}` : `ended with ${code}`;
    });
  };
  let opening: ReturnType<typeof setInterval> | undefined;
  /** Since when (epoch ms) it may not have reached its stores, by our doing. */
  let provoked: number | undefined;
  /** Where it has listened at each start. */
  let usual: readonly number[] | undefined;
  /** What listens inside is let be reached, also what listens later. */
  const openDoors = async (): Promise<number[]> => {
    const ports = portsOf(running());
    await gate?.open(ports);
    return ports;
  };
  const end = async (): Promise<void> => {
    clearInterval(opening);
    for (let turn = 0; turn < 40; turn++) {
      const left = running();
      if (!left.length) break;
      for (const pid of left) signalTo(pid, 'SIGKILL');
      await sleep(50);
    }
    // What was printed last is read out; what left the pipes open to others is not waited for.
    await Promise.race([Promise.all(children.map((one) => one.heard)), sleep(1000, undefined, { ref: false })]);
    children = [];
    await gate?.shut();
  };
  const running = (): number[] => {
    const found = carrying(marker);
    // Without /proc the groups themselves are asked.
    return found.length || process.platform === 'linux'
      ? found
      : children.flatMap(({ child, ended }) => (child.pid && !ended ? [-child.pid] : []));
  };
  /** What says when it is ready has said so. */
  const ready = async (since: number): Promise<boolean> => {
    for (const { name, ready: sign } of processes) {
      if (sign === undefined) continue;
      const at = URL.parse(/^[\w.-]+:\d+$/.test(sign) ? `http://${sign}` : sign);
      const is = at?.host
        ? gate?.holds === 'whole'
          ? portsOf(running()).includes(portOf(at))
          : await answers(at.hostname, portOf(at))
        : lines.some((line) => line.at >= since && line.who === name && line.text.includes(sign));
      if (!is) return false;
    }
    return true;
  };
  /** An API beside its pages may listen later than they do: waits until as many do as are to, and no more come, 10 s at most. */
  async function settled(): Promise<void> {
    // Where what listens cannot be seen there is nothing to wait for.
    if (process.platform !== 'linux') return;
    const listeners = processes.filter((p) => p.role !== 'worker').length;
    let [last, since] = ['', Date.now()];
    for (const until = Date.now() + 10_000; Date.now() < until && !signal.aborted; await sleep(50)) {
      const ports = portsOf(running());
      if (usual?.every((port) => ports.includes(port))) break;
      if (`${ports}` !== last) [last, since] = [`${ports}`, Date.now()];
      if (!usual && ports.length >= listeners && Date.now() - since > calm) break;
    }
    const ports = await openDoors();
    // A port that it has once only was chosen by the system.
    usual = usual?.filter((port) => ports.includes(port)) ?? ports;
  }
  const note = (says: string): ReturnType<Journal['note']> => journal.note({ kind: 'log', who: 'app', says });
  const last = (since: number): string =>
    lines
      .filter((line) => line.at >= since)
      .slice(-8)
      .map((line) => `  ${line.text}`)
      .join('\n');

  const made = Date.now();
  let checkpoint: Checkpoint | undefined;
  return {
    processes,
    ...diskOf(processes, moved, databases, running),
    ...(precious ? { precious } : {}),
    get running() {
      return running().length > 0;
    },
    ports() {
      const all = portsOf(running());
      const reached = gate?.holds === 'whole' ? gate.opened : all;
      const taken = all.filter((port) => gate?.taken.includes(port) && !reached.includes(port));
      // What does not listen at the moment, since it starts, is still its own.
      return { own: [...new Set([...reached, ...(usual ?? [])])].filter((port) => !taken.includes(port)), taken };
    },
    log: (since) => lines.filter((line) => line.at >= since),
    wire: (since, marks) => gate?.taps.map((tap) => tap.read(since, marks)) ?? [],
    async failStores(fault) {
      if (!gate?.taps.length) return undefined;
      const lift = await gate.fail(fault);
      provoked ??= Date.now();
      return { how: `its store at ${gate.taps.map((tap) => tap.store).join(', ')} ${failing[fault]}`, lift };
    },
    unreached: () =>
      gate
        ? lines
            .find(({ text, at }) => unreached.test(text) && at < (provoked ?? Number.POSITIVE_INFINITY))
            ?.text.trim()
            .slice(0, 160)
        : undefined,
    connections: () =>
      process.platform === 'linux'
        ? [
            ...peersOf(running()).filter((peer) => peer !== `127.0.0.1:${mail}`),
            ...(unixOf(running()) ? ['a Unix socket'] : []),
          ]
        : undefined,
    commands: () => running().map(commandOf).filter(Boolean),
    async start() {
      if (await open())
        throw new Failure(
          'E_PORT',
          `Something answers at ${url.origin} already. End it, or leave --start out and its address alone is audited.`,
        );
      const from = Date.now();
      for (const spec of processes) launch(spec);
      opening = gate && setInterval(() => void openDoors(), 500).unref();
      const stands = async (): Promise<boolean> =>
        (gate?.holds !== 'whole' || (await openDoors()).includes(portOf(url))) && (await open()) && ready(from);
      while (!(await stands())) {
        const dead = children.find((one) => one.ended);
        const elsewhere = portsOf(running());
        const over = Date.now() - from > startWithin;
        if (dead || over || signal.aborted) {
          const why = dead
            ? `“${dead.spec.run}” ${dead.ended} before ${url.origin} answered`
            : `${url.origin} did not answer within ${startWithin / 1000} s${elsewhere.length ? `, and the app listens on ${elsewhere.join(', ')}: give that address` : ''}`;
          await end();
          const words = last(from);
          const held = gate && unreached.test(words);
          throw new Failure(
            // What somebody ended says nothing of whether it would start.
            endedByOthers.test(dead?.ended ?? '') ? 'E_ENDED' : 'E_START',
            `The app did not start: ${why}.${words ? ` It said:\n${words}` : ''}${held ? '\nIt reaches nothing but itself and the stores that its variables name. Give --allow-egress with what it needs (a host, localhost:5432, or * for all).' : ''}`,
          );
        }
        await sleep(50);
      }
      await settled();
      await well(options.url, signal);
      const took = Date.now() - from;
      return {
        took,
        evidence: note(`started: ${processes.map((p) => p.run).join('; ')}; ${url.origin} answered after ${took} ms`),
      };
    },
    async stop(grace = 20_000, to = 'group') {
      const from = Date.now();
      const named = running().map(commandOf).filter(Boolean).slice(0, 4).join('; ');
      for (const { child } of children) if (child.pid) signalTo(to === 'group' ? -child.pid : child.pid, 'SIGTERM');
      while (running().length && Date.now() - from < grace) await sleep(20);
      const forced = running().length > 0;
      await end();
      const took = Date.now() - from;
      return {
        took,
        forced,
        evidence: note(
          `SIGTERM to ${to === 'group' ? named : 'the started process alone'}: gone after ${took} ms${forced ? ', by SIGKILL' : ''}`,
        ),
      };
    },
    async kill() {
      const killed = running().map(commandOf).filter(Boolean).slice(0, 4).join('; ');
      await end();
      return { killed, evidence: note(`SIGKILL to ${killed}`) };
    },
    async rewind() {
      const [first] = moved;
      if (!first) return;
      await (checkpoint ? end() : this.stop());
      for (const database of databases) await (checkpoint ? database.putBack() : database.save());
      if (checkpoint) await checkpoint.putBack();
      else checkpoint = await saveCheckpoint(moved, made, join(dirname(dirname(first.to)), 'checkpoint'));
      await this.start();
    },
    signing: [...new Set(processes.flatMap(signingNames))],
    isSet: (value) => processes.some((process) => Object.values(environmentOf(process)).includes(value)),
    startWithout(names, trial) {
      const lack = (left: readonly string[]): void => {
        lacking = left;
      };
      return startedWithout({ stop: () => this.stop(), start: () => this.start(), end, lack, note }, names, trial);
    },
    async close() {
      await end();
      await leash.release();
    },
  };
}

/** By a signal; a shell says it in its code. */
const endedByOthers = /^ended (by SIG(INT|TERM|HUP|KILL)|with (129|130|137|143))$/;

const failing: Record<StoreFault, string> = {
  gone: 'gone',
  cut: 'cutting its answers in two',
  silent: 'saying nothing',
  slow: 'answering 3 s late',
};

/** What clients say of hosts that cannot be reached. */
const unreached =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|unreachable|connection refused|name resolution|getaddrinfo|held back/i;

const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone.
  }
}

/** As root, an app runs as the owner of its folder: what belongs to a person is not run as the machine. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const { uid, gid } = statSync(folder);
  return uid === 0 ? {} : { uid, gid };
}
