import { createServer, type IncomingMessage, type ServerOptions } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { parseBackend } from './allow.ts';
import type { Exchange, Fault, FaultRequest, RelayEvent, SocketTraffic } from './exchange.ts';
import { forward, type Shared, upstreamAgent } from './forward.ts';
import { journal } from './journal.ts';
import { openTunnel, origins, upgrade } from './tunnel.ts';

export type { Exchange, Fault, FaultRequest, Frame, Kind, RelayEvent, SocketTraffic } from './exchange.ts';

/** A forward proxy on loopback, for one browser context: its allow-list, its witness, and the hand that disturbs. */
export interface Relay {
  /** For newContext({ proxy: { server, bypass: '<-loopback>' } }). */
  readonly server: string;
  /** In order of their beginning; the oldest go when there are over 20,000, their bodies when there are over 200 MB. */
  readonly exchanges: readonly Exchange[];
  readonly sockets: readonly SocketTraffic[];
  /** Asked once for each request, WebSocket handshake and opaque tunnel. Should it throw, the request is not sent and has the error. */
  fault: ((request: FaultRequest) => Fault | undefined) | undefined;
  /** What stands at the relay's own address for its browser: a page of ours. Undefined: nothing does. */
  page: string | undefined;
  /** Ends all open WebSockets, event streams and opaque tunnels at once. */
  cutSockets(): void;
  /** While true, no WebSocket opens. */
  refuseSockets: boolean;
  /** Returns what takes the listener off again. */
  on(listener: (event: RelayEvent) => void): () => void;
  /** Exchanges that are not over. An event stream is one as long as it is open; a WebSocket is none after its handshake. */
  inFlight(): readonly Exchange[];
  /** Ends every connection and the listener. */
  close(): Promise<void>;
}

export interface RelayOptions {
  target: URL;
  /** host:port that may be written to besides the target. */
  backends?: readonly string[];
  /** Ports of this machine that belong to another than the app means. */
  taken?: readonly number[];
  /** Lets GETs (http) and tunnels to port 443 out to other hosts. */
  allowForeign: boolean;
}

/** Starts a relay on a free port of 127.0.0.1. Throws a TypeError on a backend that is no host:port, and the system's error where no port is free. */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const backends = options.backends ?? [];
  for (const backend of backends) parseBackend(backend);
  const record = journal();
  const shared: Shared = {
    list: {
      target: options.target,
      backends,
      allowForeign: options.allowForeign,
      ...(options.taken ? { taken: options.taken } : {}),
    },
    journal: record,
    agent: upstreamAgent(),
    port: 0,
    fault: undefined,
    page: undefined,
    refuseSockets: false,
    cutters: new Set(),
  };
  const connections = new Set<Duplex>();
  const limits: ServerOptions = {
    maxHeaderSize: 256 * 1024,
    keepAlive: false,
    requestTimeout: 0,
    headersTimeout: 0,
    noDelay: true,
  };

  const urlOf = (incoming: IncomingMessage): URL | undefined => {
    const origin = origins.get(incoming.socket);
    const text = incoming.url ?? '';
    const url = origin === undefined ? URL.parse(text) : URL.parse(text.startsWith('/') ? origin + text : text);
    return url?.protocol === 'http:' ? url : undefined;
  };

  const handle = (server: ReturnType<typeof createServer>): void => {
    server.on('request', (incoming, outgoing) => {
      const url = urlOf(incoming);
      if (url !== undefined) return void forward(shared, url, incoming, outgoing);
      outgoing.writeHead(400, { 'Content-Type': 'text/plain', Connection: 'close' }).end('This is a proxy.\n');
    });
    server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      const url = urlOf(incoming);
      if (url === undefined) return void socket.destroy();
      void upgrade(shared, url, incoming, socket, head);
    });
    server.on('clientError', (_error, socket) => void socket.destroy());
  };
  const outer = createServer(limits);
  const inner = createServer(limits); // never listens: it is handed the plain HTTP inside tunnels
  handle(outer);
  handle(inner);
  outer.on('connect', (incoming: IncomingMessage, socket: Duplex, head: Buffer) =>
    openTunnel(shared, inner, incoming, socket, head),
  );
  outer.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });

  await new Promise<void>((resolve, reject) => {
    outer.once('error', reject);
    outer.listen(0, '127.0.0.1', resolve);
  });
  shared.port = (outer.address() as AddressInfo).port;

  const cutSockets = (): void => {
    for (const cut of [...shared.cutters]) cut();
  };
  return {
    server: `http://127.0.0.1:${shared.port}`,
    exchanges: record.exchanges,
    sockets: record.sockets,
    get fault() {
      return shared.fault;
    },
    set fault(fault) {
      shared.fault = fault;
    },
    get page() {
      return shared.page;
    },
    set page(page) {
      shared.page = page;
    },
    get refuseSockets() {
      return shared.refuseSockets;
    },
    set refuseSockets(refuse) {
      shared.refuseSockets = refuse;
    },
    cutSockets,
    on: record.on,
    inFlight: () => record.exchanges.filter((exchange) => exchange.doneAt === undefined),
    async close() {
      const closed = new Promise<void>((resolve) => outer.close(() => resolve()));
      cutSockets();
      for (const connection of connections) connection.destroy();
      shared.agent.destroy();
      inner.close();
      await closed;
    },
  };
}
