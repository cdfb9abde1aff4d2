import { decodeInto, keep } from './body.ts';
import type { Exchange, Fault, Frame, RelayEvent, SocketTraffic } from './exchange.ts';
import { agreedDeflate, frameReader } from './frames.ts';
import { asRecord, kindOf } from './headers.ts';

/** What is kept at most, in bytes and pieces: a hostile page may send without end, and the oldest goes first. */
export interface Caps {
  requestBody: number;
  responseBody: number;
  bodies: number;
  exchanges: number;
  sockets: number;
  frames: number;
  frameBytes: number;
}

export const CAPS: Caps = {
  requestBody: 2 << 20,
  responseBody: 4 << 20,
  bodies: 200_000_000,
  exchanges: 20_000,
  sockets: 2_000,
  frames: 20_000,
  frameBytes: 50_000_000,
};

/** The pen for one exchange. `end` counts once; what comes after it is not noted. */
export interface Entry {
  readonly exchange: Exchange;
  sent(chunk: Buffer): void;
  answered(status: number, rawHeaders: readonly string[]): void;
  received(chunk: Buffer): void;
  faulted(fault: Fault): void;
  /** `error`: why there is no whole answer. */
  end(error?: string): void;
}

/** The pen for one WebSocket. */
export interface SocketEntry {
  sent(chunk: Buffer): void;
  received(chunk: Buffer): void;
  closed(): void;
}

/** All that a relay has seen, in the order in which it began. */
export interface Journal {
  readonly exchanges: Exchange[];
  readonly sockets: SocketTraffic[];
  begin(method: string, url: URL, rawHeaders: readonly string[], kind?: Exchange['kind']): Entry;
  /** `extensions`: the server's Sec-WebSocket-Extensions. */
  openSocket(url: URL, extensions: string | undefined): SocketEntry;
  on(listener: (event: RelayEvent) => void): () => void;
}

/** Makes an empty journal. A listener that throws is not our traffic's trouble: its error goes to the process as uncaught, the traffic goes on. */
export function journal(caps: Caps = CAPS): Journal {
  const exchanges: Exchange[] = [];
  const sockets: SocketTraffic[] = [];
  const listeners = new Set<(event: RelayEvent) => void>();
  const bodies = new Map<Exchange, { size: number; drop(): void }>(); // of what is over, in the order of its end
  const frames: { list: Frame[]; frame: Frame }[] = [];
  let bodyBytes = 0;
  let frameBytes = 0;
  let lastId = 0;

  const tell = (event: RelayEvent): void => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };

  const dropBodies = (exchange: Exchange): void => {
    const held = bodies.get(exchange);
    bodyBytes -= held?.size ?? 0;
    held?.drop();
    bodies.delete(exchange);
  };
  const makeRoom = (): void => {
    for (const exchange of bodies.keys()) {
      if (bodyBytes <= caps.bodies) break;
      dropBodies(exchange);
    }
    while (exchanges.length > caps.exchanges) {
      const [oldest] = exchanges.splice(
        Math.max(
          0,
          exchanges.findIndex((exchange) => exchange.doneAt !== undefined),
        ),
        1,
      );
      if (oldest !== undefined) dropBodies(oldest);
    }
  };

  const begin: Journal['begin'] = (method, url, rawHeaders, kind) => {
    const request = keep(caps.requestBody);
    const response = keep(caps.responseBody);
    const requestHeaders = asRecord(rawHeaders);
    const exchange: Exchange = {
      id: ++lastId,
      at: Date.now(),
      method,
      url: url.href,
      kind: kind ?? kindOf(url, requestHeaders),
      requestHeaders,
      requestBody: Buffer.alloc(0),
      requestBytes: 0,
      responseBytes: 0,
    };
    // Joined when looked at; enumerable, so that a copy of the exchange has them too.
    Object.defineProperty(exchange, 'requestBody', { enumerable: true, get: () => request.bytes });
    Object.defineProperty(exchange, 'responseBody', {
      enumerable: true,
      get: () => (exchange.status === undefined ? undefined : response.bytes),
    });
    exchanges.push(exchange);
    let decoder = decodeInto(response, caps.responseBody, undefined);
    let over = false;
    tell({ type: 'start', exchange });
    const finish = (error: string | undefined): void => {
      exchange.doneAt = Date.now();
      if (error !== undefined) exchange.error = error;
      const size = request.size + response.size;
      bodyBytes += size;
      bodies.set(exchange, {
        size,
        drop: () => {
          request.clear();
          response.clear();
          exchange.bodiesDropped = true;
        },
      });
      makeRoom();
      tell({ type: 'end', exchange });
    };
    return {
      exchange,
      sent(chunk) {
        exchange.requestBytes += chunk.length;
        request.add(chunk);
      },
      answered(status, raw) {
        exchange.status = status;
        exchange.responseHeaders = asRecord(raw);
        decoder = decodeInto(response, caps.responseBody, exchange.responseHeaders['content-encoding']);
      },
      received(chunk) {
        exchange.responseBytes += chunk.length;
        decoder.write(chunk);
      },
      faulted(fault) {
        exchange.fault = fault.do;
      },
      end(error) {
        if (over) return;
        over = true;
        decoder.end(() => finish(error));
      },
    };
  };

  const openSocket: Journal['openSocket'] = (url, extensions) => {
    const traffic: SocketTraffic = {
      id: ++lastId,
      url: url.href.replace(/^http/, 'ws'),
      at: Date.now(),
      sent: [],
      received: [],
      bytesSent: 0,
      bytesReceived: 0,
    };
    sockets.push(traffic);
    if (sockets.length > caps.sockets)
      sockets.splice(
        Math.max(
          0,
          sockets.findIndex((one) => one.closedAt !== undefined),
        ),
        1,
      );
    const agreed = agreedDeflate(extensions);
    const reader = (direction: 'sent' | 'received'): ((chunk: Buffer) => void) =>
      frameReader(agreed[direction], (message) => {
        const frame: Frame = { at: Date.now(), ...message };
        traffic[direction].push(frame);
        frames.push({ list: traffic[direction], frame });
        frameBytes += frame.bytes.length;
        while (frames.length > caps.frames || frameBytes > caps.frameBytes) {
          const oldest = frames.shift();
          if (oldest === undefined) break;
          frameBytes -= oldest.frame.bytes.length;
          oldest.list.shift();
        }
        tell({ type: 'frame', direction, socket: traffic, frame });
      });
    const [readSent, readReceived] = [reader('sent'), reader('received')];
    return {
      sent(chunk) {
        traffic.bytesSent += chunk.length;
        readSent(chunk);
      },
      received(chunk) {
        traffic.bytesReceived += chunk.length;
        readReceived(chunk);
      },
      closed() {
        traffic.closedAt ??= Date.now();
      },
    };
  };

  return {
    exchanges,
    sockets,
    begin,
    openSocket,
    on: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
