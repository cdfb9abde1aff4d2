/** Sends forged tokens in the place of the honest one, and says which was taken for it. Control: the honest one reads before and after. */
import { z } from 'zod';
import type { Jwt } from '../../lib/jwt.ts';
import type { Context, WireRequest } from '../../model/context.ts';
import { type Carried, ofUser, readAnew, tells } from '../_shared/carriers.ts';
import { evidenceId } from '../_shared/observed.ts';
import { type Carrier, instead, jwtOf, onlyBy } from '../_shared/request-parts.ts';
import { forgedBy, forgeries, type Guess, guessed } from './forging.ts';

export const trial = z.object({
  /** What carries it, and what it is signed by, as it says itself. */
  by: z.string(),
  alg: z.string(),
  /** The honest token read the record after the forgeries, too. */
  control: z.boolean(),
  /** How many forgeries were sent. */
  sent: z.number(),
  /** Of those that were taken: how they were made. */
  taken: z.array(z.string()),
  /** Where the secret stands that the honest token was signed with, and whether a token signed with it was taken. */
  guess: z.object({ where: z.string(), literal: z.boolean(), taken: z.boolean() }).optional(),
  /** It is one of the variables that the app was started with. */
  given: z.boolean(),
  /** Texts of the source were tried. */
  source: z.boolean(),
  evidence: z.array(evidenceId),
});
export type Trial = z.infer<typeof trial>;

/** The carrier that holds a signed token of the user, if one does. */
export const jwtCarrier = (
  found: Pick<Carried, 'carriers' | 'session'>,
): { carrier: Carrier; jwt: Jwt } | undefined => {
  for (const carrier of ofUser(found)) {
    const jwt = jwtOf(carrier.value);
    if (jwt) return { carrier, jwt };
  }
  return undefined;
};

/** The request with another token in this carrier. */
export function withToken(
  read: WireRequest,
  { carrier, jwt }: { carrier: Carrier; jwt: Jwt },
  token: string,
): WireRequest {
  const plain = carrier.value.includes(jwt.text) ? carrier.value : decodeURIComponent(carrier.value);
  return instead(
    read,
    carrier,
    plain.replace(jwt.text, () => token),
  );
}

/** Undefined where no signed token carries the session. `secretOnly`: forgeries that take no secret are left out. */
export async function trialOf(context: Context, found: Carried, secretOnly = false): Promise<Trial | undefined> {
  const held = jwtCarrier(found);
  if (!held) return undefined;
  const { wire, clock, journal } = context;
  const now = Math.floor(clock.now() / 1000);
  const evidence: Trial['evidence'] = [];
  // What would get a new token for a forged one (a cookie that refreshes) stays away, and so do others that are enough.
  const bare = onlyBy(found.read, found.enough ? [held.carrier] : found.carriers);
  const alone = await tells({ wire, clock }, bare, found);
  evidence.push(alone.evidence);
  const took = async (token: string, how: string): Promise<boolean> => {
    const told = await tells({ wire, clock }, withToken(alone.yes ? bare : found.read, held, token), found);
    evidence.push(
      journal.note({
        kind: 'exchange',
        who: 'wire',
        says: `a token with ${how} ${told.yes ? 'got' : 'did not get'} ${found.what} (${told.status})`,
        data: {},
      }),
    );
    return told.yes;
  };
  const all = secretOnly ? [] : forgeries(held.jwt, now);
  const taken: string[] = [];
  for (const { how, token } of all) if (await took(token, how)) taken.push(how);
  const old = secretOnly ? undefined : expired(context, held.jwt, now);
  if (old && (await took(old.token, old.how))) taken.push(old.how);
  const scripts = found.session.window.traffic(0).flatMap((r) => (r.kind === 'script' ? [r.answer] : []));
  const guess = guessed(held.jwt, context.literals, scripts);
  // A word that many use stands in other sentences, too, and is no secret to be struck out there.
  if (guess && (guess.literal || guess.text.length >= 12)) journal.hide(guess.text);
  const forged = guess && (await took(forgedBy(held.jwt, guess.key, now), `the secret that stands in ${guess.where}`));
  let honest = await tells(context, found.read, found);
  if (!honest.yes) {
    const read = await readAnew(context, found);
    if (read) honest = await tells(context, read, found);
  }
  evidence.push(honest.evidence);
  const alg = held.jwt.header['alg'];
  return {
    by: `${held.carrier.kind} ${held.carrier.name}`,
    alg: typeof alg === 'string' ? alg.slice(0, 20) : '',
    // With what else was needed nobody knows what was taken.
    control: honest.yes && (alone.yes || !(taken.length || forged)),
    sent: all.length + (old ? 1 : 0),
    taken: alone.yes ? taken : [],
    ...(guess ? { guess: { where: guess.where, literal: guess.literal, taken: forged === true && alone.yes } } : {}),
    given: guess !== undefined && isGiven(context, guess),
    source: context.literals.length > 0,
    evidence,
  };
}

/** Somebody set it, where the app is ours to start: then it is no default. */
const isGiven = ({ app }: Context, { text }: Guess): boolean =>
  app !== undefined && (app.isSet(text) || app.processes.some(({ run }) => run.includes(text)));

/** Clocks may differ by a minute, and more than that is no leeway (RFC 7519, 4.1.4). */
const leeway = 120;

/** One of A's own tokens that has expired for good, where an earlier page of A used one. */
function expired({ actors }: Context, { header }: Jwt, now: number): { how: string; token: string } | undefined {
  const used = actors.A.window
    .traffic(0)
    .flatMap((r) => Object.values(r.headers).flatMap((value) => jwtOf(value) ?? []));
  const old = used.find(
    ({ header: { alg }, payload: { exp } }) => alg === header['alg'] && typeof exp === 'number' && exp < now - leeway,
  );
  return old && { how: 'a time that has run out (exp), minutes ago', token: old.text };
}
