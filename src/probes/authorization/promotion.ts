/**
 * An account is made by the honest sign-up, and another by the same request with fields that nobody asked for (role, isAdmin …); so is the form of
 * one's own account, where there is one. Then both are tried on what is named for administrators: what the one is given and its twin is refused, or
 * the address of the twin in an answer. Control: the honest request, sent in the same way, makes an account that logs in. What could deceive it: an
 * answer or a profile that merely echoes the field has no effect; a role that the form itself offers is no promotion.
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import { defineProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { adminAddresses } from '../_shared/admin-addresses.ts';
import { type Extras, extrasFor } from '../_shared/extras.ts';
import { cite, noWay } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { script } from '../_shared/reproduce.ts';
import { type Trial, trial } from './effects.ts';
import { bySaving, bySignUp, writeIn } from './promoting.ts';

const observed = z.object({
  signUp: z.boolean(),
  saved: z.boolean(),
  /** Why the twin could not be had. */
  lacking: z.string().optional(),
  tried: z.number(),
  trials: z.array(trial),
  note: evidenceId,
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, journal } = context;
  const note = (says: string): EvidenceId => journal.note({ kind: 'note', who: 'A', says });
  const signUp = facts.door.signUp !== undefined;
  const base = { signUp, saved: facts.saved !== undefined, tried: 0, trials: [], reproduce: '' };
  if (!signUp && !facts.saved) return { ...base, note: note('no sign-up and no form of the account was found') };
  context.progress('making an account with fields that nobody asked for');
  const made = await actors.signUp();
  if (!made)
    return { ...base, lacking: 'no account could be made to try it with', note: note('no account could be made') };
  const { session, values, outcome } = made;
  const twin = { session, values };
  try {
    if (outcome.said === 'refused' || !session.inside)
      return {
        ...base,
        lacking: `an account as the form makes it was refused: ${outcome.because}`,
        note: outcome.evidence,
      };
    const extras = extrasFor(session.window.traffic(0), values['username'] ?? '');
    const from = signUp ? writeIn(outcome.writes, values['username'] ?? '', values['password'] ?? '') : undefined;
    const trials: Trial[] = [];
    if (signUp && !from) return { ...base, lacking: 'the request of the sign-up was not seen', note: outcome.evidence };
    if (from) trials.push(await bySignUp(context, from, twin, extras));
    const saving = trials.some((t) => t.effects.length) ? undefined : await bySaving(context, twin, extras);
    if (saving) trials.push(saving);
    const worst = trials.find((t) => t.effects.length);
    return {
      ...base,
      tried: adminAddresses(actors.A.window.traffic(0), facts.entry).length,
      trials,
      note: note(`sent ${Object.keys(extras).join(', ')} with ${trials.map((t) => t.by).join(' and ')}`),
      reproduce: worst ? reproduction(context, worst, extras) : '',
    };
  } finally {
    await session.close();
  }
}

/** The forms are filled as ever, and what leaves the page has more in it. */
function reproduction({ facts }: Context, { by, fields, effects }: Trial, extras: Extras): string {
  const more = JSON.stringify(Object.fromEntries(fields.map((name) => [name, extras[name]])));
  const origin = new URL(facts.entry).origin;
  const saving = by !== 'sign-up';
  const [effect] = effects;
  const at = quote((effect?.url ?? origin).replace(origin, ''));
  return script(
    facts,
    `const more = ${more};
const add = (word, v) => Array.isArray(v) ? v.map((x) => add(word, x)) : v && typeof v === 'object' ? Object.values(v).some((x) => typeof x === 'string' && x.includes(word)) ? { ...more, ...v } : Object.fromEntries(Object.entries(v).map(([k, x]) => [k, add(word, x)])) : v;
const adding = (page, word) => page.route('**', (route) => {
  const body = route.request().postData() ?? '';
  if (route.request().method() === 'GET' || !body.includes(word)) return route.continue();
  try { return route.continue({ postData: JSON.stringify(add(word, JSON.parse(body))) }); } catch { return route.continue({ postData: body + '&' + new URLSearchParams(more) }); }
});
const told = async (page) => {
  let sent = {}; page.on('request', (r) => { if (['fetch', 'xhr'].includes(r.resourceType())) sent = r.headers(); });
  await page.goto(base + ${quote(facts.entry.replace(origin, ''))}); await page.waitForTimeout(1500);
  const headers = Object.fromEntries(Object.entries(sent).filter(([name]) => /^(authorization|accept|x-)/i.test(name)));
  return (await page.request.fetch(base + ${at}, { headers, maxRedirects: 0 })).status();
};
const isTold = async (page, whom) => {
  let texts = ''; page.on('response', async (r) => { texts += await r.text().catch(() => ''); });
  await page.goto(base + ${at}); await page.waitForTimeout(1500);
  return texts.includes(whom);
};
const twin = await fresh(), other = username; await signUp(twin);${saving ? ' await save(twin);' : ''}
account('b'); const one = await fresh(); ${saving ? 'await signUp(one); await adding(one, mark); await save(one);' : 'await adding(one, username); await signUp(one);'}
const again = await fresh(); await enter(again);
${
  effect?.page
    ? "console.log('with more fields the page tells the account of its twin:', await isTold(again, other), 'and the twin of it:', await isTold(twin, username));"
    : "console.log('with more fields the account is answered', await told(again), 'where its twin is answered', await told(twin));"
}`,
  );
}

const worded = /admin|moderat|staff|\busers\b|\baccounts\b|\bmanage/i;

export const promotion = defineProbe<Observed>({
  id: 'authorization/promotion',
  version: 1,
  does: 'makes up to 6 accounts, some with fields that nobody asked for, and saves a form of the account with them',
  mess: 'own-rows',
  costs: 9000,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'authorization/nobody-promotes-themselves',
      judge(o, facts) {
        if (facts.kind === 'dead') return unknown('could-not-look', 'the page did not open');
        if (facts.door.kind === 'closed') return noWay(facts);
        if (!o.signUp && !o.saved)
          return notApplicable(
            'no sign-up and no form of the account was found: nobody can ask to be more',
            cite(o.note),
          );
        if (o.lacking !== undefined) return unknown('control-failed', o.lacking, undefined, [o.note]);
        const found = o.trials.find((t) => t.effects.length);
        const [effect] = found?.effects ?? [];
        if (found && effect)
          return fail('authorization/nobody-promotes-themselves', {
            where: effect.url,
            because: `an account that was made or saved by ${found.by} with ${found.fields.join(', ')} ${found.effects.map((e) => e.says).join('; ')}`,
            wrongIf: 'what it is given is open to some accounts by chance or by their age',
            evidence: cite(found.evidence, effect.evidence),
            reproduce: o.reproduce,
          });
        const failed = o.trials.find((t) => t.came === 'control');
        if (failed || !o.trials.length)
          return unknown(
            'control-failed',
            `the honest request of ${failed?.by ?? 'the account'} was not taken when it was sent again by itself`,
            undefined,
            failed ? [failed.evidence] : [o.note],
          );
        const ended = o.trials.find((t) => t.came === 'ended');
        if (ended)
          return unknown(
            'control-failed',
            `by ${ended.by} with ${ended.fields.join(', ')} nothing is told: one of the two accounts was logged out while addresses were tried`,
            undefined,
            [ended.evidence],
          );
        const odd = o.trials.flatMap((t) => t.offers).find((each) => worded.test(each));
        if (odd)
          return unknown(
            'unclear',
            `with more fields the page offers ${odd}, and whether anything follows from it was not seen`,
            undefined,
            [o.note],
          );
        const echoed = o.trials.find((t) => t.echo !== undefined && !t.shut);
        if (echoed)
          return unknown(
            'needs-more',
            `${echoed.by} with ${echoed.fields.join(', ')} was taken, and an answer says of the account “${echoed.echo}”, as it does not of its twin; nothing was met that is kept from its twin, so what follows from it was not seen`,
            '--admin user:password, whose pages show what administrators alone are given',
            [echoed.evidence, o.note],
          );
        const said = o.trials.map(
          (t) => `${t.by} with ${t.fields.join(', ')} ${t.came === 'taken' ? 'was taken' : 'was refused'}`,
        );
        return pass(
          `${said.join('; ')}: the account is given no more than its twin${o.tried ? ` at ${o.tried} addresses for administrators` : ', and no address for administrators is named'}`,
          cite(o.trials[0]?.evidence, o.note),
        );
      },
    },
  ],
});
