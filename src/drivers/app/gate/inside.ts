/**
 * Runs as a process of its own, in the app's network namespace where there is one: the only ways in and out of it. Arguments: a folder for
 * sockets, and the `Plan` as JSON. Ends when its standard input does. Says one JSON line when it stands, one for each host that was asked for,
 * and one for each order that it was given (`gone` or `back`, and host:port of a store) when it is done.
 */
import { spawnSync } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { firstLine, pair } from './sockets.ts';

export interface Plan {
  /** Stores on this machine's loopback, to be reached inside at the same address and port. */
  readonly stores: readonly { readonly host: string; readonly port: number }[];
  /** Hosts outside that may be reached, by the proxy. */
  readonly allowed: readonly string[];
  /** A network of its own, whose loopback device is still down. */
  readonly apart: boolean;
}
export type Word = { readonly proxy: number } | { readonly tried: string } | { readonly done: string };

const [dir = '', plan = '{}'] = process.argv.slice(2);
const { stores, allowed, apart } = JSON.parse(plan) as Plan;
const say = (word: Word): void => void process.stdout.write(`${JSON.stringify(word)}\n`);
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);

/** Opens a connection to a port of the app, which may listen on one loopback address alone. */
function toApp(port: number, done: (socket: Socket | undefined) => void): void {
  const first = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  first.once('connect', () => done(first.removeAllListeners('error')));
  first.once('error', () => {
    const second = connect({ port, host: '::1', allowHalfOpen: true });
    second.once('connect', () => done(second.removeAllListeners('error')));
    second.once('error', () => done(undefined));
  });
}

/** Where stores are reached. */
const doors = new Map<string, Server>();
createInterface({ input: process.stdin })
  .on('close', () => process.exit(0))
  .on('line', (line) => {
    const [order, store = ''] = line.split(' ');
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(store) ?? [];
    const door = doors.get(store);
    // What stands is ended outside; nobody listens any more for what is new.
    if (order === 'gone') door?.close();
    if (order === 'gone' || !door || door.listening) return say({ done: line });
    door.listen(Number(port), host, () => say({ done: line }));
  });

if (apart) {
  spawnSync('/bin/sh', ['-c', 'ip link set lo up || ifconfig lo up'], {
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin` },
  });
  createServer({ allowHalfOpen: true }, (incoming) =>
    firstLine(incoming, (line, all) =>
      toApp(Number(line), (socket) => {
        if (!socket) return incoming.destroy();
        incoming.unshift(all.subarray(all.indexOf('\n') + 1));
        pair(incoming, socket);
      }),
    ),
  ).listen(join(dir, 'in.sock'));
  for (const { host, port } of stores) {
    const server = createServer({ allowHalfOpen: true }, (incoming) => {
      pair(incoming, connect({ path: join(dir, `${port}.sock`), allowHalfOpen: true }));
    });
    // The app has that port itself.
    server.on('error', () => undefined).listen(port, host);
    doors.set(`${host}:${port}`, server);
  }
}

const proxy = createServer({ allowHalfOpen: true }, (incoming) =>
  firstLine(incoming, (line, all) => {
    const [method = '', target = ''] = line.split(' ');
    const url = URL.parse(method === 'CONNECT' ? `https://${target}` : target);
    if (!url) return incoming.destroySoon();
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    if (!allowed.includes(url.hostname)) {
      say({ tried: `${url.hostname}:${port}` });
      const body = `${url.hostname} is held back by the audit that runs this app.\n`;
      return void incoming.end(
        `HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
    const out = apart
      ? connect({ path: join(dir, 'out.sock'), allowHalfOpen: true })
      : connect({ host: url.hostname, port, allowHalfOpen: true });
    if (apart) out.write(`${url.hostname} ${port}\n`);
    if (method === 'CONNECT') {
      const head = all.indexOf('\r\n\r\n');
      incoming.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      incoming.unshift(all.subarray(head < 0 ? all.length : head + 4));
    } else incoming.unshift(all);
    pair(incoming, out);
  }),
).listen(0, '127.0.0.1', () => say({ proxy: (proxy.address() as { port: number }).port }));
