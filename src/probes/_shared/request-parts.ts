/** What of a request may say who asks, its cookies, headers and the keys in its address, each to be left out or put in another's place. Pure. */
import { type Jwt, jwtIn } from '../../lib/jwt.ts';
import type { WireRequest } from '../../model/context.ts';
import { ofBrowser, ofRequest } from './asking.ts';

export interface Carrier {
  readonly kind: 'cookie' | 'header' | 'query';
  readonly name: string;
  /** As it was sent. Never to be written down. */
  readonly value: string;
}

const named = /token|key|sess|\bsid\b|auth|jwt/i;

/** All that might say who asks. */
export function partsOf({ url, headers = {} }: Pick<WireRequest, 'url' | 'headers'>): Carrier[] {
  const cookies = cookiesOf(headers['cookie']).map(([name, value]): Carrier => ({ kind: 'cookie', name, value }));
  const others = Object.entries(headers).flatMap(([name, value]): Carrier[] =>
    ofBrowser.test(name) || ofRequest.test(name) ? [] : [{ kind: 'header', name, value }],
  );
  const query = [...new URL(url).searchParams].flatMap(([name, value]): Carrier[] =>
    value.length > 11 && (named.test(name) || jwtIn(value)) ? [{ kind: 'query', name, value }] : [],
  );
  return [...cookies, ...others, ...query];
}

/** These carriers with the values that this request holds. */
export const current = (read: WireRequest, carriers: readonly Carrier[]): Carrier[] =>
  partsOf(read).filter((part) => carriers.some(({ kind, name }) => kind === part.kind && name === part.name));

/** Without what else might say who asks. */
export const onlyBy = (read: WireRequest, carriers: readonly Carrier[]): WireRequest =>
  lessen(
    read,
    partsOf(read).filter((part) => !carriers.some(({ kind, name }) => kind === part.kind && name === part.name)),
  );

/** The request without these parts. */
export const lessen = (request: WireRequest, parts: readonly Carrier[]): WireRequest =>
  parts.reduce((less, part) => instead(less, part, undefined), request);

/** The request with another value for this part; without it where that is undefined. */
export function instead(request: WireRequest, { kind, name }: Carrier, value: string | undefined): WireRequest {
  if (kind === 'query') {
    const url = new URL(request.url);
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
    return { ...request, url: url.href };
  }
  const { [kind === 'header' ? name : 'cookie']: before, ...headers } = request.headers ?? {};
  if (kind === 'header')
    return { ...request, headers: { ...headers, ...(value === undefined ? {} : { [name]: value }) } };
  const cookies = cookiesOf(before).flatMap(([key, old]) =>
    key !== name ? [`${key}=${old}`] : value === undefined ? [] : [`${key}=${value}`],
  );
  return { ...request, headers: { ...headers, ...(cookies.length ? { cookie: cookies.join('; ') } : {}) } };
}

/** Of a Cookie header; values may hold “=”. */
export const cookiesOf = (header: string | undefined): [string, string][] =>
  (header ?? '').split(';').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=');
    return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
  });

/** The token in what carries the session, where it is a signed one; a cookie may hold it percent-encoded. */
export function jwtOf(value: string): Jwt | undefined {
  const plain = jwtIn(value);
  if (plain || !value.includes('%')) return plain;
  try {
    return jwtIn(decodeURIComponent(value));
  } catch {
    return undefined;
  }
}
