/**
 * Where the session is a signed token, signs one with the texts of the source; then, where the app was given what it signs with, starts it without
 * and looks whether it refuses. Control: the honest token reads what the forged one is to read, and the app starts as before with all it was given.
 * What could deceive it: an app that stops for another reason says so and starts with nothing; a secret made at random is no text of the source.
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { jwtOf } from '../_shared/request-parts.ts';
import { appOf } from '../_shared/started.ts';
import { enterAnew, without } from './entering.ts';
import { judgeTrial } from './judging.ts';
import { showForgery } from './scripts.ts';
import { type Trial, trial, trialOf } from './trying.ts';

const claim = 'authentication/secret-has-no-default';

const attempt = z.object({
  without: without.optional(),
  trial: trial.optional(),
  where: z.string(),
  reproduce: z.string(),
});
type Attempt = z.infer<typeof attempt>;

const observed = z.object({
  /** A request of A carried a signed token. */
  signed: z.boolean(),
  /** As the app runs. */
  here: attempt.optional(),
  /** Variables that it was given and that are called like what it signs with. */
  names: z.array(z.string()),
  /** Why it was not started without them. */
  precious: z.string().optional(),
  /** What it said, where it does not start without them. */
  refused: z.string().optional(),
  /** It started without them. */
  lacking: attempt.optional(),
  evidence: z.array(evidenceId),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors } = context;
  const app = appOf(context);
  const names = [...app.signing];
  const signed =
    facts.kind !== 'dead' &&
    actors.A.window.traffic(0).some((r) => Object.values(r.headers).some((value) => jwtOf(value) !== undefined));
  const base = { signed, names, evidence: [...facts.door.evidence, ...facts.evidence] };
  if (!signed && !names.length) return base;
  context.progress('trying the texts of its source as its secret');
  const here = signed ? await attemptOf(context) : undefined;
  if (!names.length || (here?.trial && isBroken(here.trial) && !here.trial.given))
    return { ...base, ...(here ? { here } : {}) };
  if (app.precious) return { ...base, ...(here ? { here } : {}), precious: app.precious };
  const done = await app.startWithout(names, async () => (signed ? attemptOf(context) : undefined));
  const evidence = [...base.evidence, done.evidence];
  if ('refused' in done) return { ...base, ...(here ? { here } : {}), refused: done.refused.slice(0, 600), evidence };
  return { ...base, ...(here ? { here } : {}), lacking: done.ran ?? { where: facts.entry, reproduce: '' }, evidence };
}

/** A session of its own, and the secret of its token, if a text of the source is that. */
async function attemptOf(context: Context): Promise<Attempt> {
  const { facts } = context;
  const entered = await enterAnew(context);
  if ('without' in entered) return { without: entered.without, where: facts.entry, reproduce: '' };
  const { found } = entered;
  try {
    const tried = await trialOf(context, found, true);
    return {
      ...(tried ? { trial: tried } : {}),
      where: found.read.url,
      reproduce: showForgery(facts, undefined, tried?.guess?.where, found.path),
    };
  } finally {
    await found.session.close();
  }
}

/** A text of the source, or a word that is no better, lets in whoever knows it. */
const isBroken = (o: Trial | undefined): boolean => o?.guess?.taken === true;

export const defaultSecret = defineProbe<Observed>({
  id: 'authentication/default-secret',
  version: 1,
  does: 'writes 1 record where the session is a signed token, signs tokens with texts of the source, and starts the app without its secret',
  mess: 'breaks',
  costs: 15_000,
  session: 'own',
  profile: 'audit',
  needs: 'app',
  observed,
  observe,
  claims: [
    {
      id: claim,
      judge(o, facts) {
        const named = o.names.join(', ');
        if (o.lacking?.trial && isBroken(o.lacking.trial))
          return judgeTrial(claim, { ...o.lacking.trial, given: false }, o.lacking);
        if (o.here?.trial && isBroken(o.here.trial) && !o.here.trial.given)
          return judgeTrial(claim, o.here.trial, o.here);
        const [first] = o.evidence;
        if (!first) return unknown('could-not-look', 'the app was not looked at');
        const evidence = cite(...o.evidence, ...(o.lacking?.trial?.evidence ?? o.here?.trial?.evidence ?? []));
        if (o.refused !== undefined) return pass(`without ${named} it does not start`, evidence);
        if (o.precious !== undefined)
          return unknown(
            'permission',
            `it was not started without ${named}: ${o.precious}`,
            '--disposable-store',
            evidence,
          );
        if (!o.signed && !o.names.length)
          return notApplicable(
            facts.door.kind === 'none'
              ? 'nobody logs in, and it was given no secret'
              : 'no session is a signed token, and it was given nothing that is called a secret',
            evidence,
          );
        const last = o.lacking ?? o.here;
        if (o.lacking && !o.signed)
          return unknown(
            'needs-more',
            `it starts without ${named}; what it signs then is no token that could be forged here`,
            undefined,
            evidence,
          );
        if (!last?.trial?.control)
          return unknown(
            'control-failed',
            last?.without?.because ?? 'the honest token read nothing',
            undefined,
            evidence,
          );
        if (isBroken(last.trial)) return judgeTrial(claim, last.trial, last);
        if (!last.trial.source)
          return unknown(
            'needs-more',
            'texts of its source were not there to be tried',
            '--source with its folder',
            evidence,
          );
        if (last.trial.guess)
          return unknown(
            'unclear',
            `it signs with what stands in ${last.trial.guess.where}, and a forged token was refused`,
            undefined,
            evidence,
          );
        if (!last.trial.alg.startsWith('HS'))
          return notApplicable(
            `its tokens are signed with a key pair (${last.trial.alg}), not with a secret`,
            evidence,
          );
        return pass(
          `${o.lacking ? `it starts without ${named}, and ` : ''}its tokens are signed with no text of its source`,
          evidence,
        );
      },
    },
  ],
});
