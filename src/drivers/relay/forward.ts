import { lookup } from 'node:dns';
import {
  Agent,
  type ClientRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
  request as startRequest,
} from 'node:http';
import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { reachOf } from '../../lib/reach.ts';
import { type AllowList, bare, isLoopback, portOf, refusal } from './allow.ts';
import type { Fault, FaultRequest } from './exchange.ts';
import { endToEnd } from './headers.ts';
import type { Entry, Journal } from './journal.ts';

/** What the parts of one relay share. */
export interface Shared {
  readonly list: AllowList;
  readonly journal: Journal;
  readonly agent: Agent;
  /** Own port: a request to ourselves would go round in circles. */
  port: number;
  fault: ((request: FaultRequest) => Fault | undefined) | undefined;
  /** Stands at the relay's own address. */
  page: string | undefined;
  refuseSockets: boolean;
  /** Ends one long-lived stream, WebSocket or tunnel each. */
  readonly cutters: Set<() => void>;
}

/** Kept for reads only, so few are needed. */
export function upstreamAgent(): Agent {
  return new Agent({ keepAlive: true, keepAliveMsecs: 1000, maxFreeSockets: 16, timeout: 0 });
}

/** Host and port to connect to. Browsers hold every name under .localhost to be loopback; resolvers do not. */
export function address(list: AllowList, url: URL): { host: string; port: number; lookup?: LookupFunction } {
  const host = bare(url.hostname);
  return {
    host: host.endsWith('.localhost') ? 'localhost' : host,
    port: portOf(url),
    ...(list.allowForeign ? {} : { lookup: nearby() }),
  };
}

/** A name was near when the run began; one that has been bound anew to the public network is not followed there. */
export function nearby(resolve: typeof lookup = lookup): LookupFunction {
  return (host, options, done) =>
    resolve(host, options, (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map((one) => one.address) : [found];
      const away = !error && addresses.some((one) => reachOf(one) === 'public');
      done(away ? new Error('not allowed (the name leads to the public network)') : error, found as string, family);
    });
}

/** For http.request: the same method, path and (given) headers, to the server that the URL names. */
export function upstreamOptions(
  list: AllowList,
  url: URL,
  incoming: IncomingMessage,
  headers: string[],
): RequestOptions {
  return {
    ...address(list, url),
    method: incoming.method ?? 'GET',
    path: url.pathname + url.search,
    headers,
    ...LENIENT,
  };
}

/** Asks the fault function; its own error is kept as the exchange's, and the request goes no further. */
export function chooseFault(shared: Shared, entry: Entry): Fault | undefined {
  const { method, url, kind, requestHeaders } = entry.exchange;
  const fault = shared.fault?.({ method, url, kind, headers: requestHeaders });
  if (fault !== undefined) entry.faulted(fault);
  return fault;
}

/** Chrome takes heads up to 256 kB. Lenient, as browsers are: the app's quirks are not ours to judge. */
const LENIENT = { maxHeaderSize: 256 * 1024, insecureHTTPParser: true } as const;

const ofPage = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Passes one plain request on to the app and its answer back, as both come, under the fault that is set for it. Never throws. */
export async function forward(
  shared: Shared,
  url: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const method = incoming.method ?? 'GET';
  const entry = shared.journal.begin(method, url, incoming.rawHeaders);
  const drop = (error?: string): void => {
    entry.end(error);
    outgoing.destroy();
  };
  outgoing.sendDate = false; // the app's answer, not ours
  outgoing.on('error', () => {});
  incoming.on('error', () => {});
  incoming.on('data', (chunk: Buffer) => entry.sent(chunk)).pause();
  try {
    if (shared.page !== undefined && isSelf(shared, url) && method === 'GET' && url.pathname === '/')
      return answer({ do: 'answer', status: 200, headers: ofPage, body: shared.page }, outgoing, entry);
    const refused = isSelf(shared, url) ? 'not allowed (the relay itself)' : refusal(shared.list, url, method, false);
    if (refused !== undefined) return drop(refused);
    const fault = chooseFault(shared, entry);
    if (fault?.do === 'refuse' || fault?.do === 'answer') {
      await whole(incoming);
      if (fault.do === 'refuse') return drop('refused by a fault');
      return answer(fault, outgoing, entry);
    }
    if (fault?.do === 'delay') {
      await Promise.race([
        sleep(fault.ms, undefined, { ref: false }),
        new Promise((resolve) => outgoing.once('close', resolve)),
      ]);
      if (outgoing.destroyed) return entry.end('the browser went away');
    }
    pass(shared, url, incoming, outgoing, entry, fault);
  } catch (error) {
    drop(error instanceof Error ? error.message : String(error));
  }
}

/** Whether the request is for this relay. */
export function isSelf(shared: Shared, url: URL): boolean {
  return portOf(url) === shared.port && isLoopback(url.hostname);
}

/** Reads the body to its end, so that it is on record though the app never sees it. A body that does not end is not waited for. */
async function whole(incoming: IncomingMessage): Promise<void> {
  if (incoming.complete && incoming.readableLength === 0) return;
  incoming.resume();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 2000);
    for (const event of ['end', 'close', 'error'])
      incoming.once(event, () => {
        clearTimeout(timer);
        resolve();
      });
  });
}

function answer(fault: Extract<Fault, { do: 'answer' }>, outgoing: ServerResponse, entry: Entry): void {
  const body = Buffer.from(fault.body);
  const headers = Object.entries(fault.headers ?? {})
    .filter(([name]) => !['content-length', 'transfer-encoding', 'connection'].includes(name.toLowerCase()))
    .flat();
  headers.push('Content-Length', String(body.length), 'Connection', 'close');
  outgoing.writeHead(fault.status, headers);
  entry.answered(fault.status, headers);
  entry.received(body);
  outgoing.end(body, () => entry.end());
}

function pass(
  shared: Shared,
  url: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  entry: Entry,
  fault: Fault | undefined,
): void {
  const method = incoming.method ?? 'GET';
  const hasBody =
    incoming.headers['content-length'] !== undefined
      ? incoming.headers['content-length'] !== '0'
      : incoming.headers['transfer-encoding'] !== undefined;
  // An app closes idle connections when it likes. A read can be sent again; a write must never meet that, so it gets a connection of its own.
  const mayRepeat = IDEMPOTENT.has(method) && !hasBody;
  let upstream: ClientRequest | undefined;
  let answeredBy: IncomingMessage | undefined;
  let gone = false;

  outgoing.once('close', () => {
    gone = true;
    shared.cutters.delete(cut);
    // 'lose-answer' closes by itself, and its reading goes on.
    if (!outgoing.writableFinished && fault?.do !== 'lose-answer') {
      entry.end(answeredBy?.errored?.message ?? 'the browser went away');
      upstream?.destroy();
    }
  });

  const cut = (): void => {
    entry.end('cut');
    upstream?.destroy();
    outgoing.destroy();
  };

  const send = (again: boolean): void => {
    const agent = mayRepeat && !again ? shared.agent : false;
    const request = startRequest({
      ...upstreamOptions(shared.list, url, incoming, endToEnd(incoming.rawHeaders)),
      agent,
    });
    upstream = request;
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (!again && mayRepeat && request.reusedSocket && answeredBy === undefined && !gone) return send(true);
      entry.end(error.code ?? error.message);
      outgoing.destroy();
    });
    request.on('response', (response) => {
      answeredBy = response;
      receive(response, outgoing, entry, fault, shared, cut);
    });
    // An answer of 101 to what asked for no upgrade: not HTTP any more.
    request.on('upgrade', (_response, socket) => {
      socket.destroy();
      entry.end('an upgrade that nobody asked for');
      outgoing.destroy();
    });
    if (mayRepeat) request.end();
    else incoming.pipe(request);
  };
  send(false);
  if (mayRepeat) incoming.resume();
}

function receive(
  response: IncomingMessage,
  outgoing: ServerResponse,
  entry: Entry,
  fault: Fault | undefined,
  shared: Shared,
  cut: () => void,
): void {
  const status = response.statusCode ?? 502;
  entry.answered(status, response.rawHeaders);
  const loses = fault?.do === 'lose-answer';
  let room = fault?.do === 'truncate' ? Math.max(0, fault.after) : Number.POSITIVE_INFINITY;
  const fail = (error: string): void => {
    entry.end(error);
    outgoing.destroy();
  };
  response.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
  if ((response.headers['content-type'] ?? '').startsWith('text/event-stream')) shared.cutters.add(cut);
  if (!loses) {
    try {
      // A connection for each request: Chrome sends a request again by itself where a used connection breaks, which would falsify every fault.
      outgoing.writeHead(status, response.statusMessage, [
        ...endToEnd(response.rawHeaders, 'transfer-encoding'),
        'Connection',
        'close',
      ]);
      // The head waits for the body's first bytes no longer than a moment: an event stream may have none for minutes.
      setImmediate(() => outgoing.destroyed || outgoing.flushHeaders());
    } catch (error) {
      response.destroy();
      fail(`an answer that cannot be passed on: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
  }
  response.on('data', (chunk: Buffer) => {
    entry.received(chunk);
    if (loses) return;
    if (chunk.length > room) {
      response.destroy();
      outgoing.write(chunk.subarray(0, room), () => fail('truncated by a fault'));
      room = 0;
      return;
    }
    room -= chunk.length;
    if (!outgoing.write(chunk)) {
      response.pause();
      outgoing.once('drain', () => response.resume());
    }
  });
  response.on('end', () => {
    if (loses) return fail('the answer was lost by a fault');
    outgoing.end(() => entry.end());
  });
}
