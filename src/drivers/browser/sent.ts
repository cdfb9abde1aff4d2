import type { Sent } from '../../model/browser.ts';
import type { Exchange, Relay } from '../relay/relay.ts';

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
    socket.received
      .filter((f) => f.at >= since)
      .map(
        (f): Sent => ({
          method: 'RECEIVE',
          url: socket.url,
          kind: 'socket',
          headers: {},
          answerHeaders: {},
          body: '',
          answer: f.text ?? f.bytes.toString('utf8'),
          at: f.at,
          bytes: 0,
          socket: true,
        }),
      ),
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
