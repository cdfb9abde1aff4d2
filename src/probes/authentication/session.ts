/**
 * Logs in as A in a browser of its own, writes a record and finds what carries the session; reads the attributes of its cookie, tries what it was
 * before the log-in, forges it where it is a signed token, and at last logs out and uses it once more. Control: by hand, the session reads the
 * record before each of these. What could deceive it: a status or a page of the door says nothing; only the record's mark in an answer does.
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, unknown, type Verdict } from '../../model/verdict.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { type Carrier, jwtOf } from '../_shared/request-parts.ts';
import { ending, endingOf } from './ending.ts';
import { askLogin, enterAnew, without, withoutSession } from './entering.ts';
import { cookie, cookiesFrom, judgeGuard, lacks } from './guarding.ts';
import { judgeEnding, judgeRenewal, judgeTrial } from './judging.ts';
import { renewal, renewalOf } from './renewing.ts';
import { showCookies, showFixation, showForgery, showLogOut } from './scripts.ts';
import { trial, trialOf } from './trying.ts';

const observed = z.object({
  without: without.optional(),
  /** Where the read is asked that brings the record. */
  where: z.string(),
  /** In words, by which cookie or header the session travels, and where the browser keeps it. */
  by: z.string(),
  kept: z.enum(['cookies', 'storage', 'memory']),
  cookies: z.array(cookie),
  enough: z.boolean(),
  https: z.boolean(),
  renewal: renewal.optional(),
  trial: trial.optional(),
  ending: ending.optional(),
  evidence: z.array(evidenceId),
  scripts: z.object({ cookies: z.string(), fixation: z.string(), logOut: z.string(), forged: z.string() }),
});
type Observed = z.infer<typeof observed>;
const noScripts = { cookies: '', fixation: '', logOut: '', forged: '' };

async function observe(context: Context): Promise<Observed> {
  const { facts } = context;
  const base = {
    by: '',
    kept: 'memory' as const,
    cookies: [],
    enough: false,
    https: false,
    evidence: [],
    where: facts.entry,
    scripts: noScripts,
  };
  context.progress('finding what carries the session, and what becomes of it');
  const entered = await enterAnew(context);
  if ('without' in entered) return { ...base, without: entered.without };
  const { found, traffic } = entered;
  const { session, carriers, read } = found;
  try {
    const storage = await session.window.storageState().catch(() => undefined);
    const cookies = cookiesFrom(carriers, session.window.traffic(0), storage);
    const renewed = await renewalOf(context, found, traffic);
    const tried = await trialOf(context, found);
    // What was given to us is not ours to end.
    const given = facts.door.kind === 'given';
    const ended = given ? undefined : await endingOf(context, found);
    return {
      where: read.url,
      by: carriers.map(({ kind, name }) => `the ${kind} ${name}`).join(found.enough ? ' or ' : ' and '),
      kept: cookies.length ? 'cookies' : keptIn(storage, carriers) ? 'storage' : 'memory',
      cookies,
      enough: found.enough,
      https: read.url.startsWith('https:'),
      ...(renewed ? { renewal: renewed } : {}),
      ...(tried ? { trial: tried } : {}),
      ...(ended ? { ending: ended.ending } : {}),
      evidence: [...found.evidence],
      scripts: {
        cookies: showCookies(
          facts,
          cookies.map(({ name }) => name),
        ),
        fixation: renewed ? showFixation(facts, renewed.name, found.path) : '',
        logOut: ended?.steps.length ? showLogOut(facts, ended.steps, found.path) : '',
        forged: tried ? showForgery(facts, tried.taken[0], tried.guess?.where, found.path) : '',
      },
    };
  } finally {
    await session.close();
  }
}

/** It stands in what the browser keeps for the page (localStorage, IndexedDB). */
const keptIn = (storage: unknown, carriers: readonly Carrier[]): boolean => {
  const all = JSON.stringify(storage ?? {});
  return carriers.some(({ value }) => all.includes(jwtOf(value)?.text ?? value.replace(/^\w+ +/, '')));
};

/** The verdict where there is no session to speak of; `so` is what follows. */
const lacking = (o: Observed, so: string): Verdict | undefined =>
  o.without ? withoutSession(o.without, so) : undefined;

export const session = defineProbe<Observed>({
  id: 'authentication/session',
  version: 1,
  does: 'logs in once more as A, writes 1 record, sends forged tokens where the session is a signed one, and logs out',
  mess: 'own-rows',
  costs: 8000,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'authentication/sessions-are-guarded',
      judge(o) {
        const none = lacking(o, 'no cookie carries one');
        if (none) return none;
        const kept = { cookies: 'its cookies', storage: 'its storage, which scripts read', memory: 'memory alone' }[
          o.kept
        ];
        const verdict = judgeGuard({ ...o, by: `${o.by}, and the browser keeps it in ${kept}` }, cite(...o.evidence));
        if (verdict) return verdict;
        return fail('authentication/sessions-are-guarded', {
          where: new URL('/', o.where).href,
          because: `the session is carried by ${o.by}, and ${lacks(o).join('; ')}`,
          wrongIf: 'what stands before the app in production adds the attributes, and it was not audited with it',
          evidence: cite(...o.evidence),
          reproduce: o.scripts.cookies,
        });
      },
    },
    {
      id: 'authentication/login-renews-the-session',
      judge(o, facts) {
        const none = lacking(o, 'there is nothing to renew');
        if (none) return none;
        const evidence = cite(...o.evidence, o.renewal?.evidence);
        return judgeRenewal(o.renewal, facts, { by: o.by, where: o.where, evidence, reproduce: o.scripts.fixation });
      },
    },
    {
      id: 'authentication/tokens-cannot-be-forged',
      judge(o) {
        const none = lacking(o, 'no token is signed for one');
        if (none) return none;
        if (!o.trial)
          return notApplicable(
            `the session is no signed token: ${o.by} holds a text that says nothing`,
            cite(...o.evidence),
          );
        return judgeTrial('authentication/tokens-cannot-be-forged', o.trial, {
          where: o.where,
          reproduce: o.scripts.forged,
        });
      },
    },
    {
      id: 'authentication/logout-ends-the-session',
      judge(o, facts, intent) {
        if (o.without?.why === 'open' || o.without?.why === 'no door') {
          const asked = askLogin(facts, intent, o.without.evidence);
          if (asked) return asked;
        }
        const none = lacking(o, 'there is none to end');
        if (none) return none;
        if (!o.ending)
          return o.kept === 'memory'
            ? notApplicable(
                `what lets in is ${o.by}, which was given: no log-in makes a session of it`,
                cite(...o.evidence),
              )
            : unknown(
                'needs-more',
                'the session was given, and is not ours to end',
                '--login user:password',
                o.evidence,
              );
        return judgeEnding(o.ending, { by: o.by, where: o.where, reproduce: o.scripts.logOut });
      },
    },
  ],
});
