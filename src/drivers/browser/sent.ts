import type { Sent } from '../../model/browser.ts';
import { asksOnly } from '../../model/graphql.ts';
import type { Exchange, Frame, Relay } from '../relay/relay.ts';

const shown = new Set(['script', 'style', 'image', 'font']);
/** Tells each answer as it ends, and each message that comes by a socket; not what draws a page. */
export function hears(relay: Relay, told: (one: Sent) => void): void {
  relay.on((event) => {
    if (event.type === 'end') {
      const type = event.exchange.responseHeaders?.['content-type'] ?? '';
      if (!shown.has(event.exchange.kind) && !/^(image|font|audio|video)\/|javascript|css/i.test(type))
        told(toSent(event.exchange));
    } else if (event.type === 'frame' && event.direction === 'received') told(heardBy(event.socket.url, event.frame));
  });
}

const heardBy = (url: string, { at, text, bytes }: Frame): Sent => ({
  method: 'RECEIVE',
  url,
  kind: 'socket',
  headers: {},
  answerHeaders: {},
  body: '',
  answer: text ?? bytes.toString('utf8'),
  at,
  bytes: 0,
  socket: true,
});

/** Exchanges and frames sent and received since the time (epoch ms), oldest first. */
export function sentSince(relay: Relay, since: number): Sent[] {
  const requests = relay.exchanges.filter((e) => e.at >= since).map(toSent);
  const frames = relay.sockets.flatMap((socket) =>
    socket.sent
      .filter((f) => f.at >= since)
      .map(
        (f): Sent => ({
          method: 'SEND',
          url: socket.url,
          kind: 'socket',
          headers: {},
          answerHeaders: {},
          body: f.text ?? f.bytes.toString('utf8'),
          answer: '',
          at: f.at,
          bytes: f.bytes.length,
          socket: true,
        }),
      ),
  );
  const heard = relay.sockets.flatMap((socket) =>
    socket.received.filter((f) => f.at >= since).map((f) => heardBy(socket.url, f)),
  );
  return [...requests, ...frames, ...heard].sort((a, b) => a.at - b.at);
}

function toSent(e: Exchange): Sent {
  return {
    method: e.method,
    url: e.url,
    kind: e.kind,
    ...(e.status === undefined ? {} : { status: e.status }),
    headers: e.requestHeaders,
    answerHeaders: e.responseHeaders ?? {},
    body: e.requestBody.toString('utf8'),
    answer: e.responseBody?.toString('utf8') ?? '',
    ...(e.error ? { error: e.error } : {}),
    at: e.at,
    bytes: e.requestBody.length,
  };
}

/**
 * As the page itself asks: an answer that lets every origin read it lets none read it that sends cookies along (Fetch standard, CORS check),
 * so what a page asks of another origin without them, or never asked before, is asked so.
 */
export function credentialsFor(relay: Relay, url: string): 'include' | 'same-origin' {
  const origin = URL.parse(url)?.origin;
  const last = relay.exchanges.findLast((e) => e.method !== 'OPTIONS' && URL.parse(e.url)?.origin === origin);
  return last?.requestHeaders['cookie'] === undefined ? 'same-origin' : 'include';
}

const mutating = new Set(['POST', 'PUT', 'PATCH', 'DELETE', 'SEND']);
/** Pings of a socket library are traffic, not writes: engine.io "2", "3", SockJS "h", empty frames. */
const meaningful = (r: Sent): boolean =>
  r.bytes > 3 && !/^(2|3|2probe|3probe|5|40|41|h|o|ping|pong|\{"type":"(ping|pong)"\})$/i.test(r.body);
/** The long-polling transport of engine.io posts its handshake and pings over HTTP. */
const engineChatter = (r: Sent): boolean =>
  /[?&]EIO=\d/.test(r.url) && r.method === 'POST' && /^(40|41|2|3|1|6)$/.test(r.body);

/** A browser asks another origin first, and where that fails what it asked for is never sent (Fetch standard, CORS-preflight). */
const keptBack = (r: Sent): boolean =>
  r.method === 'OPTIONS' &&
  mutating.has(r.headers['access-control-request-method'] ?? '') &&
  (r.error !== undefined || r.status === undefined || r.status >= 400);

export const couldWrite = (r: Sent): boolean =>
  (mutating.has(r.method) && !(r.socket && !meaningful(r)) && !engineChatter(r) && !asksOnly(r)) || keptBack(r);
