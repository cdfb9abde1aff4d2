import { type IncomingMessage, type Server, request as startRequest } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { opaqueRefusal, refusal, tunnelRefusal } from './allow.ts';
import type { Fault } from './exchange.ts';
import { address, chooseFault, isSelf, type Shared, upstreamOptions } from './forward.ts';
import { endToEnd } from './headers.ts';
import type { Entry } from './journal.ts';

/** Where the plain HTTP inside a tunnel is meant for, by its connection. */
export const origins = new WeakMap<Duplex, string>();

/**
 * Answers CONNECT. Chrome sends ws: through a tunnel, so what begins like HTTP is handed to `inner`, where it is seen and disturbed like any request.
 * Anything else (TLS) passes unread, where allowed, as one exchange with its bytes counted. Never throws.
 */
export function openTunnel(
  shared: Shared,
  inner: Server,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on('error', () => {});
  const url = URL.parse(`http://${incoming.url ?? ''}`);
  const authority = incoming.url ?? '';
  if (url === null) return void socket.destroy();
  const port = Number(/:(\d+)$/.exec(authority)?.[1] ?? 443);
  const opaque = new URL(`https://${url.hostname}:${port}`);
  const refused = isSelf(shared, opaque)
    ? 'not allowed (the relay itself)'
    : tunnelRefusal(shared.list, url.hostname, port);
  if (refused !== undefined) {
    shared.journal.begin('CONNECT', opaque, incoming.rawHeaders, 'other').end(refused);
    return void socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  }
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  const look = (first: Buffer): void => {
    if (/^[A-Z]{3,10} \S/.test(first.toString('latin1', 0, 16))) {
      socket.pause();
      socket.unshift(first);
      origins.set(socket, `http://${url.hostname}:${port}`);
      inner.emit('connection', socket);
      socket.resume(); // the server does not start what was paused
    } else void passOpaque(shared, opaque, incoming, socket, first);
  };
  if (head.length > 0) look(head);
  else socket.once('data', look).resume();
}

async function passOpaque(
  shared: Shared,
  url: URL,
  incoming: IncomingMessage,
  socket: Duplex,
  first: Buffer,
): Promise<void> {
  socket.pause();
  const entry = shared.journal.begin('CONNECT', url, incoming.rawHeaders, 'other');
  try {
    const { port, ...where } = address(shared.list, url);
    const refused = opaqueRefusal(shared.list, url.hostname, port);
    if (refused !== undefined) return end(entry, socket, refused);
    const fault = chooseFault(shared, entry);
    // Nothing can be answered or lost inside TLS; what makes no answer is what can be done.
    if (fault !== undefined && fault.do !== 'delay' && fault.do !== 'truncate')
      return end(entry, socket, 'refused by a fault');
    if (fault?.do === 'delay') await sleep(fault.ms, undefined, { ref: false });
    if (socket.destroyed) return entry.end('the browser went away');
    let room = fault?.do === 'truncate' ? fault.after : Number.POSITIVE_INFINITY;
    const upstream = connect({ ...where, port });
    const { exchange } = entry;
    join(shared, socket, upstream, (error) => entry.end(error));
    upstream.on('data', (chunk: Buffer) => {
      exchange.responseBytes += chunk.length;
      room -= chunk.length;
      if (room < 0) end(entry, socket, 'truncated by a fault');
    });
    socket.on('data', (chunk: Buffer) => {
      exchange.requestBytes += chunk.length;
    });
    exchange.requestBytes += first.length;
    upstream.write(first);
    socket.pipe(upstream);
    upstream.pipe(socket);
  } catch (error) {
    end(entry, socket, error instanceof Error ? error.message : String(error));
  }
}

function end(entry: Entry, socket: Duplex, error: string): void {
  entry.end(error);
  socket.destroy();
}

/** Ends both sides when one ends, and lets cutSockets end them. */
function join(shared: Shared, socket: Duplex, upstream: Duplex, done: (error?: string) => void): void {
  const stop = (error?: string): void => {
    done(error);
    shared.cutters.delete(cut);
    socket.destroy();
    upstream.destroy();
  };
  const cut = (): void => stop('cut');
  shared.cutters.add(cut);
  upstream.on('error', (error: NodeJS.ErrnoException) => stop(error.code ?? error.message));
  socket.on('error', () => stop('the browser went away'));
  upstream.on('close', () => stop());
  socket.on('close', () => stop());
}

/** Passes a request to switch protocols on, and, when the app agrees, the bytes both ways, with the frames of a WebSocket on record. Never throws. */
export async function upgrade(
  shared: Shared,
  url: URL,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on('error', () => {});
  const entry = shared.journal.begin(incoming.method ?? 'GET', url, incoming.rawHeaders);
  try {
    const refused = isSelf(shared, url)
      ? 'not allowed (the relay itself)'
      : refusal(shared.list, url, incoming.method ?? 'GET', true);
    if (refused !== undefined) return end(entry, socket, refused);
    if (shared.refuseSockets) return end(entry, socket, 'refused by a fault');
    const fault = chooseFault(shared, entry);
    if (fault?.do === 'refuse') return end(entry, socket, 'refused by a fault');
    if (fault?.do === 'answer') {
      const body = Buffer.from(fault.body);
      entry.answered(fault.status, Object.entries(fault.headers ?? {}).flat());
      entry.received(body);
      socket.end(
        Buffer.concat([
          headOf(fault.status, '', [
            ...Object.entries(fault.headers ?? {}).flat(),
            'Content-Length',
            String(body.length),
            'Connection',
            'close',
          ]),
          body,
        ]),
      );
      return entry.end();
    }
    if (fault?.do === 'delay') await sleep(fault.ms, undefined, { ref: false });
    if (socket.destroyed) return entry.end('the browser went away');
    ask(shared, url, incoming, socket, head, entry, fault);
  } catch (error) {
    end(entry, socket, error instanceof Error ? error.message : String(error));
  }
}

function ask(
  shared: Shared,
  url: URL,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  entry: Entry,
  fault: Fault | undefined,
): void {
  const headers = [
    ...endToEnd(incoming.rawHeaders),
    'Connection',
    'Upgrade',
    'Upgrade',
    incoming.headers.upgrade ?? 'websocket',
  ];
  const request = startRequest({ ...upstreamOptions(shared.list, url, incoming, headers), agent: false });
  request.on('error', (error: NodeJS.ErrnoException) => end(entry, socket, error.code ?? error.message));
  const gone = (): void => {
    entry.end('the browser went away');
    request.destroy();
  };
  socket.once('close', gone);
  request.on('response', (response) => {
    entry.answered(response.statusCode ?? 0, response.rawHeaders);
    response.on('error', (error) => end(entry, socket, error.message));
    response.on('data', (chunk: Buffer) => entry.received(chunk));
    response.on('end', () => entry.end());
    if (fault?.do === 'lose-answer') return end(entry, socket, 'the answer was lost by a fault');
    socket.write(
      headOf(response.statusCode ?? 502, response.statusMessage ?? '', [
        ...endToEnd(response.rawHeaders, 'transfer-encoding'),
        'Connection',
        'close',
      ]),
    );
    response.pipe(socket);
  });
  request.on('upgrade', (response, upstream, first) => {
    entry.answered(response.statusCode ?? 101, response.rawHeaders);
    if (fault?.do === 'lose-answer') {
      upstream.destroy();
      return end(entry, socket, 'the answer was lost by a fault');
    }
    entry.end();
    socket.off('close', gone);
    const isSocket = incoming.headers.upgrade?.toLowerCase() === 'websocket';
    const traffic = isSocket ? shared.journal.openSocket(url, response.headers['sec-websocket-extensions']) : undefined;
    join(shared, socket, upstream, () => traffic?.closed());
    let room = fault?.do === 'truncate' ? fault.after : Number.POSITIVE_INFINITY;
    const received = (chunk: Buffer): void => {
      traffic?.received(chunk);
      room -= chunk.length;
      if (room < 0) upstream.destroy();
    };
    socket.write(headOf(response.statusCode ?? 101, response.statusMessage ?? '', response.rawHeaders));
    if (first.length > 0) {
      received(first);
      socket.write(first);
    }
    if (head.length > 0) {
      traffic?.sent(head);
      upstream.write(head);
    }
    socket.on('data', (chunk: Buffer) => traffic?.sent(chunk));
    upstream.on('data', received);
    socket.pipe(upstream);
    upstream.pipe(socket);
  });
  request.end();
}

/** A response head as bytes. Values come from a parser that lets no line feed through. */
function headOf(status: number, message: string, headers: readonly string[]): Buffer {
  const lines = [`HTTP/1.1 ${status} ${message}`];
  for (let index = 0; index < headers.length; index += 2) lines.push(`${headers[index]}: ${headers[index + 1]}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
