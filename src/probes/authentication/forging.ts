/**
 * Tokens that nobody with a right to it has signed, and secrets tried against an honest one. A forgery is told apart from the honest token by what it
 * says of itself, is valid for an hour, and is sent on a read of one's own record: only one that gets the record has been taken for the honest one.
 */
import { type Jwt, type Key, keyIn, signed, unsigned } from '../../lib/jwt.ts';
import { commonSecrets } from '../../model/common-secrets.ts';
import type { Literal } from '../../model/context.ts';

export interface Forgery {
  /** In words, without a secret. */
  readonly how: string;
  readonly token: string;
}

/** The key “plummet” (RFC 7517, 4). */
export const brought = { kty: 'oct', k: 'cGx1bW1ldA' };
export const emptyFile = '../../../../../../../dev/null';
/** Seconds. */
const hour = 3600;

/** What the honest token says, for an hour from now (epoch s), and a word of ours, so that no token is equal to it. */
const anew = ({ payload }: Jwt, now: number): Record<string, unknown> => ({
  ...payload,
  ...('iat' in payload ? { iat: now - 1 } : {}),
  ...('exp' in payload ? { exp: now + hour } : {}),
  forged: true,
});

/** Forgeries that take no secret. `now`: epoch s. */
export function forgeries(jwt: Jwt, now: number): Forgery[] {
  const { header, signature } = jwt;
  const more = anew(jwt, now);
  const body = unsigned(header, more).slice(0, -1);
  const turned = signature.slice(0, 4) + [...signature.slice(4)].reverse().join('');
  return [
    ...['none', 'None', 'NONE', 'nOnE'].map((alg) => ({
      how: `no signature, and “alg”: “${alg}”`,
      token: unsigned({ ...header, alg }, more),
    })),
    { how: 'a signature that was cut off', token: `${body}.` },
    { how: 'another signature', token: `${body}.${turned === signature ? `A${signature.slice(1)}` : turned}` },
    { how: 'another text under the signature', token: `${body}.${signature}` },
    { how: 'a signature by an empty secret', token: signed(header, more, '') },
    {
      how: 'a key that the token brings along (jwk)',
      token: signed({ ...header, alg: 'HS256', jwk: brought }, more, 'plummet'),
    },
    {
      how: 'an empty file as its key (kid)',
      token: signed({ ...header, alg: 'HS256', kid: emptyFile }, more, ''),
    },
  ];
}

/** Signed with a secret that was found. */
export const forgedBy = (jwt: Jwt, key: Key, now: number): string => signed(jwt.header, anew(jwt, now), key);

/** What the token was signed with, and where that stands. */
export interface Guess {
  /** As it stands there. */
  readonly text: string;
  readonly key: Key;
  readonly where: string;
  /** A text of the source, and no word that is tried everywhere. */
  readonly literal: boolean;
}

/** How many are tried, at about 5 µs each. */
const most = 60_000;

/** The secret of the token: of its source where that is given, else a word that others use, or a text of what everybody is served. Nothing is sent. */
export function guessed(jwt: Jwt, literals: readonly Literal[], scripts: readonly string[]): Guess | undefined {
  const tried = new Set<string>();
  const keyOf = (text: string): Key | undefined => {
    if (!text || tried.has(text) || tried.size > most) return undefined;
    tried.add(text);
    return keyIn(jwt, text);
  };
  const guess = (text: string, where: string, literal = false): Guess | undefined => {
    const key = keyOf(text);
    return key === undefined ? undefined : { text, key, where, literal };
  };
  for (const { text, where } of literals) {
    const found = guess(text, where, true);
    if (found) return found;
  }
  for (const word of commonSecrets) {
    const found = guess(word, 'a list of words that many sign with');
    if (found) return found;
  }
  for (const script of scripts)
    for (const [, text = ''] of script.matchAll(/["'`]([^"'`\\\n]{4,100})["'`]/g)) {
      const found = guess(text, 'a script that everybody is served');
      if (found) return found;
    }
  return undefined;
}
