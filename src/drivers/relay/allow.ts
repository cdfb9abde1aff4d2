/** What the pages may reach. The tool's promise is that nothing but the target, and what the user named, is ever written to. */
export interface AllowList {
  target: URL;
  /** host:port that may be written to besides the target. */
  backends: readonly string[];
  /** Ports of this machine that belong to another than the app, which has its own at the same number where we do not reach. */
  taken?: readonly number[];
  /** Whether fonts, scripts and the like may be fetched from the network. */
  allowForeign: boolean;
}

/** Said where a write was kept back. */
export const WRITE_REFUSED = 'not allowed (give --backend host:port)';
/** Said where a host outside was kept back. */
export const FOREIGN_REFUSED = 'not allowed (a host other than the target)';

/** Said where another process has the port that the app means. */
export const TAKEN = 'not allowed (another process has this port of the app)';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a hostname, as in URL.hostname, names this machine. 0.0.0.0 does on Linux and macOS. */
export function isLoopback(hostname: string): boolean {
  const name = bare(hostname);
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127(\.\d+){3}$/.test(name) ||
    name === '::1' ||
    name === '0.0.0.0' ||
    name === '::' ||
    /^::ffff:7f/.test(name) ||
    name.startsWith('::ffff:127.')
  );
}

/** Lower case, without brackets and the dot at the end. */
export function bare(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

/** The port of a URL as a number. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' || url.protocol === 'wss:' ? 443 : 80;
}

/** The target and the named backends; another name of loopback with the same port is the same server. */
export function isOwn(list: AllowList, hostname: string, port: number): boolean {
  const own = [{ host: list.target.hostname, port: portOf(list.target) }, ...list.backends.map(parseBackend)];
  return own.some(
    (one) => one.port === port && (bare(one.host) === bare(hostname) || (isLoopback(one.host) && isLoopback(hostname))),
  );
}

/** "host:port", "[::1]:port" or a URL. Throws a TypeError that names the value. */
export function parseBackend(text: string): { host: string; port: number } {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === null || url.hostname === '') throw new TypeError(`not a host:port: ${text}`);
  return { host: url.hostname, port: portOf(url) };
}

/** A host that the target's own pages have some right to read from: its own name on another port, or, for a target on this machine, this machine. */
function isNeighbour(list: AllowList, hostname: string): boolean {
  return bare(hostname) === bare(list.target.hostname) || (isLoopback(list.target.hostname) && isLoopback(hostname));
}

const isTaken = (list: AllowList, hostname: string, port: number): boolean =>
  isLoopback(hostname) && (list.taken ?? []).includes(port);

/** Why a plain request may not pass; undefined where it may. `socket`: a WebSocket may write in whatever it says. */
export function refusal(list: AllowList, url: URL, method: string, socket: boolean): string | undefined {
  if (isTaken(list, url.hostname, portOf(url))) return TAKEN;
  if (isOwn(list, url.hostname, portOf(url))) return undefined;
  const reads = SAFE.has(method) && !socket;
  if (isNeighbour(list, url.hostname)) return reads ? undefined : WRITE_REFUSED;
  if (!list.allowForeign || isLoopback(url.hostname)) return FOREIGN_REFUSED;
  return method === 'GET' && !socket ? undefined : WRITE_REFUSED;
}

/** Why a tunnel may not be opened, before anything is known of what it will carry. */
export function tunnelRefusal(list: AllowList, hostname: string, port: number): string | undefined {
  if (isTaken(list, hostname, port)) return TAKEN;
  if (isOwn(list, hostname, port) || isNeighbour(list, hostname)) return undefined;
  return list.allowForeign && !isLoopback(hostname) && port === 443 ? undefined : FOREIGN_REFUSED;
}

/** Why a tunnel that turned out to be opaque may not go on: what cannot be read cannot be told to be a read. */
export function opaqueRefusal(list: AllowList, hostname: string, port: number): string | undefined {
  if (isOwn(list, hostname, port)) return undefined;
  if (isNeighbour(list, hostname)) return WRITE_REFUSED;
  return tunnelRefusal(list, hostname, port);
}
