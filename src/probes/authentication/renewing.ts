/** What the cookie of the session held before the log-in, and whether that reads what the log-in opens. */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import { type Carried, tells } from '../_shared/carriers.ts';
import { evidenceId } from '../_shared/observed.ts';
import { cookiesOf, instead } from '../_shared/request-parts.ts';

export const renewal = z.object({
  name: z.string(),
  /** The session of afterwards is the one of before, another, or it was not there before; unseen: no log-in was. */
  before: z.enum(['none', 'same', 'other', 'unseen']),
  /** The one of before reads what the session reads. */
  reads: z.boolean(),
  evidence: evidenceId.optional(),
});
export type Renewal = z.infer<typeof renewal>;

/** What a form of a door sends. */
const typed = /pass(word|wd|phrase|code)?|pwd|kennwort|contrase|senha|parola|\bpin\b|secret|otp/i;

const password = /pass(word|wd)|pwd/i;

/**
 * The request that logs in: of those until the browser was in, the first post with what is typed at a door, else the first at all. Where none was
 * sent by then, the page has logged in later, and only a password tells which that was: `written` is what a record of ours was written by.
 */
export function logInOf(
  early: readonly Sent[],
  all: readonly Sent[],
  written: (body: string) => boolean,
): Sent | undefined {
  const posts = (some: readonly Sent[]): Sent[] => some.filter((r) => !r.socket && r.method === 'POST');
  const [first] = posts(early);
  return first
    ? (posts(early).find((r) => typed.test(r.body)) ?? first)
    : posts(all).find((r) => password.test(r.body) && !written(r.body));
}

/** `traffic`: of the browser until it was logged in. Undefined where no cookie carries the session. */
export async function renewalOf(
  context: Context,
  found: Carried,
  traffic: readonly Sent[],
): Promise<Renewal | undefined> {
  const cookies = found.carriers.filter(({ kind }) => kind === 'cookie');
  const [first] = cookies;
  if (!first) return undefined;
  const logIn = logInOf(traffic, found.session.window.traffic(0), found.brings);
  if (!logIn) return { name: first.name, before: 'unseen', reads: false };
  const held = new Map(cookiesOf(logIn.headers['cookie']));
  const known = cookies.flatMap((carrier) => {
    const before = held.get(carrier.name);
    return before ? [{ carrier, before }] : [];
  });
  const [old] = known;
  // Of several that are needed together all must have been there.
  if (!old || (known.length < cookies.length && !found.enough))
    return { name: first.name, before: 'none', reads: false };
  for (const { before } of known) if (before.length >= 12) context.journal.hide(before);
  // One that was not there, and would be enough, stays away.
  const later = found.enough ? found.carriers.filter((c) => !known.some(({ carrier }) => carrier === c)) : [];
  const bare = later.reduce((read, carrier) => instead(read, carrier, undefined), found.read);
  const asBefore = known.reduce((read, { carrier, before }) => instead(read, carrier, before), bare);
  const told = await tells(context, asBefore, found);
  const same = known.every(({ carrier, before }) => carrier.value === before);
  return { name: old.carrier.name, before: same ? 'same' : 'other', reads: told.yes, evidence: told.evidence };
}
