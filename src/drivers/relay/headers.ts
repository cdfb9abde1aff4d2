import type { Kind } from './exchange.ts';

/** RFC 9110 7.6.1, and the ones that browsers send to proxies: they speak of one connection, not of the request. */
const HOP_BY_HOP = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-authenticate',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'http2-settings',
]);

/**
 * Raw headers [name, value, …] without those of the connection (also those that Connection itself names) and without those in `besides` (lower case).
 * Order, case and repetition stay: apps and CORS look at them.
 */
export function endToEnd(raw: readonly string[], ...besides: string[]): string[] {
  const dropped = new Set([...HOP_BY_HOP, ...besides]);
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() !== 'connection') continue;
    // Host and Content-Length named here would be an attack on the framing, not a wish.
    for (const name of (raw[index + 1] ?? '').toLowerCase().split(','))
      if (!['host', 'content-length', 'transfer-encoding', 'cookie', 'set-cookie'].includes(name.trim()))
        dropped.add(name.trim());
  }
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!dropped.has(name.toLowerCase())) kept.push(name, raw[index + 1] ?? '');
  }
  return kept;
}

/** Raw headers as a record for the files: names in lower case, repeated ones joined. Has no prototype, since names come from outside. */
export function asRecord(raw: readonly string[]): Record<string, string> {
  const record: Record<string, string> = Object.create(null);
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const before = record[name];
    const value = raw[index + 1] ?? '';
    record[name] = before === undefined ? value : `${before}${name === 'set-cookie' ? '\n' : ', '}${value}`;
  }
  return record;
}

const BY_DESTINATION: Record<string, Kind> = {
  document: 'document',
  iframe: 'document',
  frame: 'document',
  embed: 'document',
  object: 'document',
  script: 'script',
  worker: 'script',
  sharedworker: 'script',
  serviceworker: 'script',
  audioworklet: 'script',
  paintworklet: 'script',
  style: 'style',
  xslt: 'style',
  image: 'image',
  font: 'font',
  empty: 'fetch',
  json: 'fetch',
  websocket: 'socket',
};

const BY_ENDING: [RegExp, Kind][] = [
  [/\.(m?js|jsx|tsx?)$/i, 'script'],
  [/\.css$/i, 'style'],
  [/\.(png|jpe?g|gif|webp|avif|svg|ico|bmp)$/i, 'image'],
  [/\.(woff2?|ttf|otf|eot)$/i, 'font'],
];

/** What a request is for. Browsers leave Sec-Fetch-* out on http: to hosts that are not loopback; there Accept and the path must do. */
export function kindOf(url: URL, headers: Record<string, string>): Kind {
  if (headers['upgrade']?.toLowerCase() === 'websocket') return 'socket';
  const destination = headers['sec-fetch-dest'];
  // A service worker that passes a navigation on asks in its own name, with the headers of the navigation.
  const passedOn = headers['upgrade-insecure-requests'] !== undefined && headers['accept']?.startsWith('text/html');
  if (destination === 'empty' && passedOn) return 'document';
  if (destination !== undefined)
    return BY_DESTINATION[destination] ?? (headers['sec-fetch-mode'] === 'navigate' ? 'document' : 'other');
  const accept = headers['accept'] ?? '';
  if (
    headers['x-requested-with'] !== undefined ||
    /\bjson\b|event-stream|graphql/.test(`${accept} ${headers['content-type'] ?? ''}`)
  )
    return 'fetch';
  if (accept.startsWith('text/html')) return 'document';
  if (accept.startsWith('text/css')) return 'style';
  if (accept.startsWith('image/')) return 'image';
  for (const [ending, kind] of BY_ENDING) if (ending.test(url.pathname)) return kind;
  return accept === '*/*' || headers['origin'] !== undefined ? 'fetch' : 'other';
}
