/** A session of A's own, a record written in it, and what carries it; or why there is none of which anything could be said. */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import type { Facts } from '../../model/facts.ts';
import type { Intent } from '../../model/run.ts';
import { notApplicable, unknown, type Verdict } from '../../model/verdict.ts';
import { type Carried, carriersOf } from '../_shared/carriers.ts';
import { isDoorless } from '../_shared/doorless.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';

/** Why nothing can be said of a session. */
export const without = z.object({
  /** no door: nobody logs in. open: what A sees answers whoever asks. silent: nothing says who asks. outside: the log-in did not work. lacking: it was not found. */
  why: z.enum(['no door', 'open', 'silent', 'outside', 'lacking']),
  because: z.string(),
  evidence: z.array(evidenceId),
});
export type Without = z.infer<typeof without>;

/** `traffic`: of the browser until it was logged in. Whoever calls this closes the session of what was found. */
export async function enterAnew(
  context: Context,
): Promise<{ readonly found: Carried; readonly traffic: readonly Sent[] } | { readonly without: Without }> {
  const { facts, actors } = context;
  if (facts.kind === 'dead')
    return { without: { why: 'lacking', because: 'the page did not open', evidence: [...facts.evidence] } };
  if (facts.door.kind === 'none')
    return {
      without: { why: 'no door', because: facts.door.says, evidence: [...facts.door.evidence, ...facts.evidence] },
    };
  const session = await actors.fresh('A');
  try {
    const traffic = session.window.traffic(0);
    const screen = await session.window.first.screen('A in a browser of its own');
    if (!session.inside) {
      await session.close();
      return { without: { why: 'outside', because: 'A could not log in from a fresh browser', evidence: [screen] } };
    }
    const search = await carriersOf(context, session);
    if ('found' in search) return { found: search.found, traffic };
    await session.close();
    const evidence = [screen, ...search.evidence];
    return {
      without:
        'open' in search
          ? {
              // Behind a door that asks for a proof something else may take a session that was not met.
              why: isDoorless(facts) ? 'open' : 'lacking',
              because: `${search.open} answers whoever asks with the record, and nothing was found that A alone is told`,
              evidence,
            }
          : 'silent' in search
            ? { why: 'silent', because: search.silent, evidence }
            : { why: 'lacking', because: search.lacking, evidence },
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** What follows for a claim about the session that takes one. */
export function withoutSession(o: Without, says: string): Verdict {
  const [first] = o.evidence;
  if (o.why === 'outside' || o.why === 'lacking' || !first)
    return unknown(
      o.why === 'outside' ? 'control-failed' : 'could-not-look',
      o.because,
      o.why === 'outside' ? '--login user:password' : undefined,
      o.evidence,
    );
  if (o.why === 'no door') return notApplicable(`nobody logs in (${o.because}), so ${says}`, cite(...o.evidence));
  return notApplicable(`${o.because}: nothing stands for a session, so ${says}`, cite(...o.evidence));
}

/** A door without a proof, or none: whether a log-in is meant to guard anything, only its owner can say. */
export const askLogin = (facts: Facts, intent: Intent, evidence: Without['evidence']): Verdict | undefined =>
  facts.door.kind === 'name' && !intent.login
    ? unknown('intent', 'whoever gives a name comes in, with no proof', '--intent login=required|open', evidence)
    : undefined;
