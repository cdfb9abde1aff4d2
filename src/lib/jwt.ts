/** JSON Web Tokens in their compact form (RFC 7519, RFC 7515): read, signed anew, and tried against a secret. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Jwt {
  /** The whole token, as it was found. */
  readonly text: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  /** What is signed: header and payload as they stood. */
  readonly signed: string;
  /** base64url; empty where there is none. */
  readonly signature: string;
}

const shape = /(?<![\w.-])(eyJ[\w-]+)\.(eyJ[\w-]+)\.([\w-]*)(?![\w.-])/;

/** The first signed token in a text; undefined where there is none. What has five parts is encrypted, and none. */
export function jwtIn(text: string): Jwt | undefined {
  const [all, header = '', payload = '', signature = ''] = shape.exec(text) ?? [];
  const [told, claimed] = [objectOf(header), objectOf(payload)];
  return all !== undefined && told && claimed && typeof told['alg'] === 'string'
    ? { text: all, header: told, payload: claimed, signed: `${header}.${payload}`, signature }
    : undefined;
}

function objectOf(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const digests = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const;
type Alg = keyof typeof digests;
const isAlg = (alg: unknown): alg is Alg => typeof alg === 'string' && Object.hasOwn(digests, alg);

/** Header and payload without a signature: `a.b.`. */
export const unsigned = (header: object, payload: object): string => `${part(header)}.${part(payload)}.`;

/** Signed with the secret by what the header names, HS256 where that is no HMAC. */
export function signed(header: Readonly<Record<string, unknown>>, payload: object, secret: Key): string {
  const alg = isAlg(header['alg']) ? header['alg'] : 'HS256';
  const text = `${part({ ...header, alg })}.${part(payload)}`;
  return `${text}.${mac(alg, secret, text).toString('base64url')}`;
}

/** A text, or the bytes that a text stands for. */
export type Key = string | Uint8Array;

/** The text itself or what it is in base64 or hex, if that signed it. */
export const keyIn = (jwt: Jwt, text: string): Key | undefined =>
  [text, ...(/^[\w+/=-]{16,}$/.test(text) ? [Buffer.from(text, 'base64'), Buffer.from(text, 'hex')] : [])].find(
    (key) => key.length > 0 && isSignedBy(jwt, key),
  );

/** Was it signed with this secret? Of tokens that are not signed by an HMAC always false. */
export function isSignedBy({ header, signed, signature }: Jwt, secret: Key): boolean {
  if (!isAlg(header['alg'])) return false;
  const [mine, theirs] = [mac(header['alg'], secret, signed), Buffer.from(signature, 'base64url')];
  return mine.length === theirs.length && timingSafeEqual(mine, theirs);
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const mac = (alg: Alg, secret: Key, text: string): Buffer => createHmac(digests[alg], secret).update(text).digest();
