/**
 * Sends wrong passwords for an account of our own, one after the other, by the request that the log-in form sends: 100, or as many as 15 s
 * take. Last in the run, from a client address of its own, and only where the app is on this machine. Control: the same request with the right
 * password is answered otherwise before; after it the right one is sent again. What could deceive it: a request that is refused for another
 * reason than its password (the control fails); a server that is slow from the first try on, or busy with something else.
 */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context, WireAnswer } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import type { Facts } from '../../model/facts.ts';
import { defineProbe } from '../../model/probe.ts';
import type { Recipe, Values } from '../../model/recipe.ts';
import { fail, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { account, formAt, isHere, noPassword } from '../_shared/door.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { script } from '../_shared/reproduce.ts';
import { hiddenIn, kindOf, requestWith, withPassword } from './by-wire.ts';

const most = { guesses: 100, time: 15_000, least: 30, longest: 40_000 };

const observed = z.object({
  where: z.string(),
  /** Why nothing was guessed. */
  lacking: z.string().optional(),
  /** The right password by the same request, before: answered otherwise than a wrong one. */
  control: z.boolean(),
  guesses: z.number(),
  /** Milliseconds of all of them. */
  took: z.number(),
  /** What stopped it, in words. */
  limit: z.string().optional(),
  /** Milliseconds of the first and of the last answers, and of a page that asks for no password, before and after. */
  pace: z.object({ first: z.number(), last: z.number(), before: z.number(), after: z.number() }).optional(),
  /** The right password after the guesses: answered as before them, refused, or not answered. */
  right: z.enum(['in', 'refused', 'unanswered']),
  /** The app answered nothing any more, also from elsewhere. */
  silent: z.boolean(),
  evidence: z.array(evidenceId),
  reproduce: z.string(),
});
export type Observed = z.infer<typeof observed>;

const guess = (n: number): string => `Pl7!guess${n}Z`;
const middle = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;

/** What the form sends, caught while it sends a wrong password: whoever is let in may get another session than the form's. */
async function caught(context: Context, values: Values): Promise<Sent | string> {
  const session = await context.actors.fresh('nobody');
  const recipe = context.facts.door.logIn as Recipe;
  if (!recipe.given && recipe.steps[0]?.do !== 'goto') await session.window.first.goto(context.facts.entry);
  const done = await session.do(recipe, { ...values, password: guess(0) });
  await session.close();
  return (
    requestWith(done.writes, guess(0)) ??
    (done.missing
      ? `the log-in form could not be sent: ${done.missing}`
      : 'the log-in sends the password in no single request that could be sent again')
  );
}

async function observe(context: Context): Promise<Observed> {
  const { facts, app, clock, wire, journal } = context;
  const { door } = facts;
  const base: Observed = {
    where: formAt(facts),
    control: false,
    guesses: 0,
    took: 0,
    right: 'unanswered',
    silent: false,
    evidence: [],
    reproduce: scriptFor(facts),
  };
  if (noPassword(facts)) return base;
  // From here there is one address alone, and what bans it there bans whoever works behind it.
  if (!app && !isHere(facts.entry))
    return { ...base, lacking: 'the app runs elsewhere, which might shut out whoever runs this' };
  context.progress('guessing a password, 100 times or for 15 s');
  const { own, values, session } = await account(context);
  await session?.close();
  // To be locked out harms nobody where the account is ours, or anybody's.
  if (!own && door.account === 'given' && !(app && app.precious === undefined))
    return { ...base, lacking: 'the one account is given, and might be locked' };
  const right = values['password'] ?? '';
  const [first, second] = [await caught(context, values), await caught(context, values)];
  if (typeof first === 'string' || typeof second === 'string')
    return { ...base, lacking: typeof first === 'string' ? first : String(second) };

  let from = isHere(facts.entry) ? addressFor(values['email'] ?? '') : undefined;
  const page = first.headers['referer'] ?? base.where;
  const send = async (by: Sent, password: string): Promise<WireAnswer & { readonly took: number }> => {
    const ask = async (): Promise<WireAnswer & { readonly took: number }> => {
      const form = isForm(by) ? await wire.send({ method: 'GET', url: page, ...(from ? { from } : {}) }) : undefined;
      const request = withPassword(by, guess(0), password, form && hiddenIn(form, by));
      const began = clock.now();
      return { ...(await wire.send({ ...request, ...(from ? { from } : {}) })), took: clock.now() - began };
    };
    const answer = await ask();
    if (answer.status !== 0 || !from || sent) return answer;
    // Not all systems have such an address, and not all apps listen for it.
    from = undefined;
    return ask();
  };
  let sent = 0;
  const rested = async (): Promise<number> => {
    const began = clock.now();
    const { status } = await wire.send({ method: 'GET', url: facts.entry });
    return status ? clock.now() - began : Number.POSITIVE_INFINITY;
  };
  const before = await rested();
  const honest = await send(second, right);
  const wrong = await send(first, guess(1));
  sent = 1;
  const control = honest.status !== 0 && kindOf(honest) !== kindOf(wrong);
  const evidence: EvidenceId[] = [honest.evidence, wrong.evidence];
  if (!control) return { ...base, evidence };

  const began = clock.now();
  const times = [wrong.took];
  let limit = limitIn(wrong, wrong);
  let quiet = 0;
  for (let n = 2; !limit && n <= most.guesses; n++) {
    const so = clock.now() - began;
    if (so > most.longest || (so > most.time && n > most.least) || context.left() < 12_000) break;
    const answer = await send(first, guess(n));
    sent++;
    times.push(answer.took);
    evidence[2] = answer.evidence;
    quiet = answer.status ? 0 : quiet + 1;
    limit = limitIn(answer, wrong);
    if (quiet >= 3) break;
  }
  const took = clock.now() - began;
  let last = limit ? undefined : await send(first, right);
  if (last && kindOf(last) !== kindOf(honest)) {
    // The form's session may have ended meanwhile: only a fresh one tells a lock.
    const third = await caught(context, values);
    if (typeof third !== 'string') last = await send(third, right);
  }
  const after = await rested();
  const silent = after === Number.POSITIVE_INFINITY;
  if (quiet >= 3 && !silent) limit ??= 'the log-in answers nothing any more, and other pages do';
  const says = `${sent} wrong passwords in ${(took / 1000).toFixed(1)} s${limit ? `: ${limit}` : last && kindOf(last) === kindOf(honest) ? ', and the right one still lets in' : ''}`;
  return {
    ...base,
    control,
    guesses: sent,
    took,
    ...(limit ? { limit } : {}),
    ...(times.length >= 10 && !silent
      ? { pace: { first: middle(times.slice(0, 5)), last: middle(times.slice(-5)), before, after } }
      : {}),
    right: rightAfter(last, honest),
    silent,
    evidence: [...evidence, ...(last ? [last.evidence] : []), journal.note({ kind: 'note', who: 'wire', says })],
  };
}

const rightAfter = (last: WireAnswer | undefined, honest: WireAnswer): Observed['right'] => {
  if (!last || last.status === 0 || last.status >= 500) return 'unanswered';
  return kindOf(last) === kindOf(honest) ? 'in' : 'refused';
};

const isForm = (by: Sent): boolean => /x-www-form-urlencoded/.test(by.headers['content-type'] ?? '');

/** In words, where an answer says that it is too much. */
function limitIn(answer: WireAnswer, first: WireAnswer): string | undefined {
  if (answer.status === 429 || answer.status === 423) return `answered ${answer.status}`;
  return answer.headers['retry-after'] && !first.headers['retry-after']
    ? `answered ${answer.status}, to come later`
    : undefined;
}

/** One of this machine that no other trial uses: 127.0.0.0/8 is all its own (RFC 1122, 3.2.1.3). */
function addressFor(text: string): string {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) % 62_000;
  return `127.77.${(sum >> 8) + 1}.${(sum % 250) + 2}`;
}

const scriptFor = (facts: Facts): string =>
  script(
    facts,
    `const page = await fresh(); ${facts.door.signUp ? 'await signUp(page);' : 'await enter(page);'}
const right = password, other = await fresh(), said = {};
other.on('response', (r) => { if (r.request().method() !== 'GET' && (r.request().postData() ?? '').includes('wrong')) said[r.status()] = (said[r.status()] ?? 0) + 1; });
for (let n = 0; n < Number(process.env.TRIES ?? 40); n++) { password = 'Pl7!wrong' + n + 'Z'; await enter(other); }
console.log('wrong passwords were answered', JSON.stringify(said));
password = right; const last = await fresh(); await enter(last);
console.log('a password field is still shown after the right one:', await last.locator('input[type=password]').count() > 0);`,
  );

const claim = 'authentication/guessing-is-slowed';

export const guessing = defineProbe<Observed>({
  id: 'authentication/guessing',
  version: 1,
  does: 'makes 1 account and sends up to 100 wrong passwords for it, twice where nothing slows it',
  mess: 'breaks',
  costs: 25_000,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: [{ id: claim, judge: judgeSlowed }],
});

export function judgeSlowed(o: Observed, facts: Facts): Verdict {
  const none = noPassword(facts);
  if (none) return none;
  if (o.lacking) return unknown('needs-more', o.lacking, '--start, so that a copy of it is tried', o.evidence);
  const evidence = cite(...o.evidence);
  if (!o.control)
    return unknown(
      'control-failed',
      'sent again, the request of the log-in form is answered alike with the right and with a wrong password',
      undefined,
      o.evidence,
    );
  const { pace } = o;
  const n = `${o.guesses} wrong passwords in ${(o.took / 1000).toFixed(1)} s`;
  if (o.silent) return unknown('disturbed', `after ${n} the app answers nothing any more`, undefined, o.evidence);
  if (o.limit) return pass(`after ${n}: ${o.limit}`, evidence);
  if (o.right === 'refused') return pass(`after ${n} the right password is refused, too`, evidence);
  if (o.right === 'unanswered')
    return unknown('control-failed', `after ${n} the right password was not answered`, undefined, o.evidence);
  const slower = pace !== undefined && pace.last >= 2 * pace.first && pace.last - pace.first >= 300;
  if (slower && pace.last - pace.first > 2 * (pace.after - pace.before))
    return pass(`the answers come later and later: ${pace.first} ms at first, ${pace.last} ms after ${n}`, evidence);
  if (slower) return unknown('unclear', `after ${n} the whole app answers later`, undefined, o.evidence);
  if (o.guesses < 20)
    return unknown('unclear', `there was time for ${n} alone`, '--budget with more seconds', o.evidence);
  return fail(claim, {
    where: o.where,
    because: `${n} met no limit, no lock and no growing delay, and the right one still logs in`,
    wrongIf: 'something in front of the app slows it down where it is deployed',
    evidence,
    reproduce: o.reproduce,
  });
}
