import { z } from 'zod';
import type { Facts } from '../../model/facts.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { noPassword } from '../_shared/door.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';

const tried = z.object({
  /** again: the unknown user, who was let in, with another password. */
  what: z.enum(['wrong', 'unknown', 'empty', 'again']),
  /** Saw the record that its account alone sees. */
  marked: z.boolean(),
  /** Of what is shown to who is logged in, and to nobody, how much was shown; 0 to 1. */
  share: z.number(),
  limited: z.boolean(),
  sent: z.boolean(),
  evidence: evidenceId,
  missing: z.string().optional(),
});
export type Try = z.infer<typeof tried>;
/** Parts of answers that tell two addresses apart. */
const told = z.object({ known: z.array(z.string()), unknown: z.array(z.string()), evidence: z.array(evidenceId) });

export const observed = z.object({
  where: z.string(),
  /** The account is ours, and the unknown address is made as its own was. */
  own: z.boolean(),
  tries: z.array(tried),
  /** The right password, last. */
  control: z
    .object({
      in: z.boolean(),
      /** It showed the record, which nobody sees. */
      byMark: z.boolean(),
      limited: z.boolean(),
      evidence: evidenceId,
      missing: z.string().optional(),
    })
    .optional(),
  told: told.optional(),
  /** The form for a lost password; `because`: why it could not be asked. */
  lost: told.extend({ because: z.string().optional() }).optional(),
  reproduce: z.object({ refused: z.string(), revealed: z.string() }),
});
export type Observed = z.infer<typeof observed>;

export const isIn = (one: Try | undefined): boolean => one !== undefined && (one.marked || one.share >= 0.5);

const refused = 'authentication/wrong-passwords-are-refused';
const revealed = 'authentication/accounts-are-not-revealed';

/** Why nothing follows from what was tried; undefined where the right password let in. */
function lacking(o: Observed, facts: Facts): Verdict | undefined {
  const none = noPassword(facts);
  if (none) return none;
  const { control } = o;
  if (!control) return unknown('control-failed', 'the log-in form was not tried');
  if (control.limited)
    return unknown(
      'control-failed',
      'the log-in asked to come later (429), also with the right password',
      'a higher limit of log-ins for the audit',
      [control.evidence],
    );
  if (!control.in)
    return unknown(
      'control-failed',
      `with the right password nothing was seen that nobody sees${control.missing ? ` (${control.missing})` : ''}`,
      undefined,
      [control.evidence],
    );
  return undefined;
}

const names: Record<Try['what'], string> = {
  wrong: 'a wrong password',
  unknown: 'an unknown user',
  empty: 'an empty form',
  again: 'an unknown user with one password, and then with another,',
};

export function judgeRefused(o: Observed, facts: Facts): Verdict {
  const lack = lacking(o, facts);
  const { control } = o;
  if (lack || !control) return lack ?? unknown('control-failed', 'the log-in form was not tried');
  const of = (what: Try['what']): Try | undefined => o.tries.find((t) => t.what === what);
  // Whoever is unknown may be given an account of their own: what matters is that its password then counts.
  const again = of('again');
  const seen = control.byMark ? 'a record that nobody sees' : 'what nobody sees';
  const inside = [of('wrong'), of('empty'), isIn(of('unknown')) ? again : undefined].find(
    // Of the account itself its record decides: a page may look like the inside and hold nothing.
    (t): t is Try => t !== undefined && (t.what === 'again' || !control.byMark ? isIn(t) : t.marked),
  );
  if (inside)
    return fail(refused, {
      where: o.where,
      because: `${names[inside.what]} logs in: it was shown ${inside.marked ? 'a record that its account alone sees' : 'what is shown to who is logged in, and to nobody'}`,
      wrongIf: 'what was seen there is open to everybody at that moment',
      evidence: cite(inside.evidence, control.evidence),
      reproduce: o.reproduce.refused,
    });
  for (const one of o.tries) {
    if (one.limited)
      return unknown('control-failed', `${names[one.what]} was asked to come later (429), and not judged`, undefined, [
        one.evidence,
      ]);
    if (one.missing && one.what !== 'empty')
      return unknown('control-failed', `${names[one.what]} could not be tried: ${one.missing}`, undefined, [
        one.evidence,
      ]);
    if (one.what !== 'unknown' && one.share >= (control.byMark ? 0.5 : 0.25) && !one.marked)
      return unknown(
        'unclear',
        `with ${names[one.what]} the page looks in part like the inside, and shows no record of the account`,
        undefined,
        [one.evidence],
      );
  }
  const [wrong, stranger] = [of('wrong'), of('unknown')];
  return pass(
    `a wrong password, an unknown user and an empty form do not show ${seen}; the right password does${isIn(stranger) ? ' (an unknown user is given an account of their own, whose password counts)' : ''}`,
    cite(wrong?.evidence, stranger?.evidence, control.evidence),
  );
}

export function judgeRevealed(o: Observed, facts: Facts): Verdict {
  const lack = lacking(o, facts);
  if (lack) return lack;
  const { told: at, lost } = o;
  const tries = o.tries.filter((t) => t.what === 'wrong' || t.what === 'unknown');
  const [known, stranger] = tries;
  if (!at || !known || !stranger) return unknown('could-not-look', 'the log-in form was not tried');
  if (isIn(stranger))
    return notApplicable('whoever logs in as an unknown user is given an account', cite(stranger.evidence));
  const broken = tries.find((t) => t.limited || t.missing || isIn(t));
  if (broken)
    return unknown(
      'control-failed',
      broken.limited
        ? 'the log-in asked to come later (429)'
        : broken.missing
          ? `the log-in form could not be sent: ${broken.missing}`
          : 'a wrong password logs in (see wrong-passwords-are-refused)',
      undefined,
      [broken.evidence],
    );
  if (known.sent !== stranger.sent)
    return unknown(
      'control-failed',
      `the log-in form sends ${known.sent ? 'a known' : 'an unknown'} address, and ${known.sent ? 'an unknown' : 'a known'} one not: it may be of another form than is asked for`,
      undefined,
      at.evidence,
    );
  const byForm = [at, ...(lost ? [lost] : [])].find((one) =>
    one.unknown.some((part) => /^answered (400|422)$/.test(part)),
  );
  if (!o.own && byForm)
    return unknown(
      'unclear',
      'the unknown address was refused as a request that is not well formed, and the known one, which was given, was not: whether by its form alone cannot be told',
      'an app that lets one sign up',
      byForm.evidence,
    );
  for (const [form, one] of [
    ['the log-in', at],
    ['the form for a lost password', lost],
  ] as const) {
    const [ofKnown] = one?.known ?? [];
    const [ofStranger] = one?.unknown ?? [];
    if (one && (ofKnown ?? ofStranger) !== undefined)
      return fail(revealed, {
        where: o.where,
        because: `${form} tells an address that has an account from one that has none: ${[
          ...(ofKnown === undefined ? [] : [`of the first it says “${ofKnown.slice(0, 120)}”`]),
          ...(ofStranger === undefined ? [] : [`of the second “${ofStranger.slice(0, 120)}”`]),
        ].join(', ')}, each time`,
        wrongIf: 'the two differ in something that has nothing to do with whether there is an account',
        evidence: cite(...one.evidence),
        reproduce: o.reproduce.revealed,
      });
  }
  if (lost?.because)
    return unknown(
      'needs-more',
      `the log-in answers alike; ${lost.because}`,
      '--start, so that its mail is caught',
      lost.evidence,
    );
  return pass(
    `the log-in${lost ? ' and the form for a lost password' : ''} answered alike to an address with an account and to one without${lost ? '' : '; no form for a lost password stands beside it'}`,
    cite(...at.evidence, ...(lost?.evidence ?? [])),
  );
}
