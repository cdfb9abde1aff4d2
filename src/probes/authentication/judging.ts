/** What follows from what was seen of a session. Pure. */
import type { Citations } from '../../model/evidence.ts';
import type { Facts } from '../../model/facts.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite } from '../_shared/ground.ts';
import type { Ending } from './ending.ts';
import type { Renewal } from './renewing.ts';
import type { Trial } from './trying.ts';

interface About {
  /** By what the session travels, in words. */
  readonly by: string;
  /** Where the read was asked. */
  readonly where: string;
  readonly reproduce: string;
}

export function judgeRenewal(
  o: Renewal | undefined,
  facts: Facts,
  { by, where, reproduce, evidence }: About & { readonly evidence: Citations },
): Verdict {
  if (!o)
    return notApplicable(`the log-in makes what carries the session (${by}): no cookie was there before`, evidence);
  if (facts.door.kind === 'given') return notApplicable('the session was given, and nobody logged in', evidence);
  if (o.before === 'unseen')
    return unknown('control-failed', 'the request that logs in was not seen', undefined, evidence);
  if (o.before === 'none')
    return notApplicable(`the cookie ${o.name} is made by the log-in: none was there before`, evidence);
  if (o.before === 'other' && !o.reads)
    return pass(`the log-in gives ${o.name} another value, and the one of before reads nothing`, evidence);
  if (!o.reads)
    return unknown(
      'unclear',
      `${o.name} is the same as before the log-in, and did not read the record when tried`,
      undefined,
      evidence,
    );
  return fail('authentication/login-renews-the-session', {
    where,
    because:
      o.before === 'same'
        ? `the cookie ${o.name} is the same before and after the log-in, and carries the session`
        : `the value that ${o.name} had before the log-in reads what takes one, beside the new one`,
    wrongIf: 'somebody was logged in already when the page was first opened',
    evidence,
    reproduce,
  });
}

/** Seconds: what a token may live on after its log-out. */
const short = 900;

export function judgeEnding(o: Ending, { by, where, reproduce }: About): Verdict {
  const evidence = cite(...o.evidence);
  const broken = (because: string): Verdict =>
    fail('authentication/logout-ends-the-session', {
      where,
      because,
      wrongIf: 'the log-out is meant to close this page alone, and is not called so',
      evidence,
      reproduce,
    });
  if (o.none !== undefined) return unknown('control-failed', o.none, undefined, evidence);
  if (o.control === undefined)
    return unknown(
      'no-way-found',
      'nothing that logs out was found on the page of the record, or behind its menus',
      'a log-out that is called so, on the page where the record lives or in a menu of it',
      evidence,
    );
  const pressed = `“${o.control}”`;
  if (!o.out)
    return unknown(
      'control-failed',
      `after ${pressed} was pressed the browser was not seen to be out`,
      undefined,
      evidence,
    );
  if (o.refresh === 'alive')
    return broken(`after ${pressed}, what the browser held still gets a new token, which reads the record`);
  if (!o.still) return pass(`after ${pressed}, ${by} that read the record before reads it no more`, evidence);
  const lives = o.lives === undefined ? undefined : lasts(o.lives);
  if (o.lives !== undefined && o.lives <= short) {
    if (o.refresh === 'dead' || !o.refreshable)
      return pass(
        `after ${pressed}, its token reads on until it ends, which takes ${lives} at most; ${o.refresh === 'dead' ? 'what got a new one gets none any more' : 'nothing was seen that would get a new one'}`,
        evidence,
      );
    return unknown(
      'needs-more',
      `after ${pressed}, its token reads on until it ends, which takes ${lives} at most; whether what gets a new one has ended was not seen, since none was asked for in the time`,
      'tokens of a shorter life, for this run',
      evidence,
    );
  }
  return broken(
    `after ${pressed}, ${by} that was kept still reads the record${lives ? `; its token lives ${lives}` : ''}`,
  );
}

/** Of seconds, in words. */
const lasts = (seconds: number): string =>
  seconds < 120
    ? `${seconds} seconds`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} minutes`
      : seconds < 172_800
        ? `${Math.round(seconds / 3600)} hours`
        : `${Math.round(seconds / 86_400)} days`;

export function judgeTrial(claim: string, o: Trial, { where, reproduce }: Omit<About, 'by'>): Verdict {
  const evidence = cite(...o.evidence);
  const [first, ...more] = o.taken;
  const broken = (because: string, wrongIf: string): Verdict =>
    fail(claim, { where, because, wrongIf, evidence, reproduce });
  if (first !== undefined)
    return broken(
      `a token with ${first} is taken for the honest one${more.length ? ` (and ${more.length} more forgeries)` : ''}`,
      'the record is told to whoever sends any token, on purpose',
    );
  if (o.guess?.taken) {
    const because = `a token that was signed with a secret that stands in ${o.guess.where} is taken for the honest one`;
    return o.given
      ? unknown(
          'needs-more',
          `${because}; it is what the app was started with`,
          'a start with a secret of its own',
          evidence,
        )
      : broken(because, 'the secret of this instance is not the one of others: it was set for this run');
  }
  if (!o.control)
    return unknown(
      'control-failed',
      'the honest token by itself read nothing, before or after the forgeries',
      undefined,
      evidence,
    );
  if (o.guess)
    return unknown(
      'unclear',
      `the token is signed with a secret that stands in ${o.guess.where}, and one that was forged with it was not taken`,
      undefined,
      evidence,
    );
  const tried = o.alg.startsWith('HS')
    ? `, and it is signed with no word that many use${o.source ? ' and no text of its source' : ''}`
    : '';
  return pass(`${o.sent} forgeries of the token (${o.alg}) in the ${o.by} are refused${tried}`, evidence);
}
