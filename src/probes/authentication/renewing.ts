/** What the cookie of the session held before the log-in, and whether that reads what the log-in opens. */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import { type Carried, cookiesOf, instead, tells } from '../_shared/carriers.ts';
import { evidenceId } from '../_shared/observed.ts';

export const renewal = z.object({
  name: z.string(),
  /** The session of afterwards is the one of before, another, or it was not there before. */
  before: z.enum(['none', 'same', 'other']),
  /** The one of before reads what the session reads. */
  reads: z.boolean(),
  evidence: evidenceId.optional(),
});
export type Renewal = z.infer<typeof renewal>;

/** What a form of a door sends. */
const typed = /pass(word|wd|phrase|code)?|pwd|kennwort|contrase|senha|parola|\bpin\b|secret|otp/i;

/** What the browser had of this cookie when the log-in was sent: the first post with a password, else the first that was sent at all. */
export function beforeLogIn(name: string, traffic: readonly Sent[]): string | undefined {
  const posts = traffic.filter((r) => !r.socket && r.method === 'POST');
  const logIn = posts.find((r) => typed.test(r.body)) ?? posts[0];
  return logIn && cookiesOf(logIn.headers['cookie']).find(([key]) => key === name)?.[1];
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
  const known = cookies.flatMap((carrier) => {
    const before = beforeLogIn(carrier.name, traffic);
    return before ? [{ carrier, before }] : [];
  });
  const [old] = known;
  // Of several that are needed together all must have been there.
  if (!old || (known.length < cookies.length && !found.enough))
    return { name: first.name, before: 'none', reads: false };
  for (const { before } of known) if (before.length >= 12) context.journal.hide(before);
  const asBefore = known.reduce((read, { carrier, before }) => instead(read, carrier, before), found.read);
  const told = await tells(context, asBefore, found);
  const same = known.every(({ carrier, before }) => carrier.value === before);
  return { name: old.carrier.name, before: same ? 'same' : 'other', reads: told.yes, evidence: told.evidence };
}
