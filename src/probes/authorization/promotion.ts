/**
 * An account is made by the honest sign-up, and another by the same request with fields that nobody asked for (role, isAdmin …); so is the form of
 * one's own account, where there is one. Then both are tried on what is named for administrators: what the one is given and its twin is refused, or
 * the address of the twin in an answer. Control: the honest request, sent in the same way, makes an account that logs in. What could deceive it: an
 * answer or a profile that merely echoes the field has no effect; a role that the form itself offers is no promotion.
 */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import { holds } from '../../model/mark.ts';
import { defineProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import type { Values } from '../../model/recipe.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { adminAddresses } from '../_shared/admin-addresses.ts';
import { ask, ofBrowser } from '../_shared/asking.ts';
import { type Extras, enriched, extrasFor } from '../_shared/extras.ts';
import { cite, noWay } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { isRefused, read, tells } from '../_shared/reading.ts';
import { script } from '../_shared/reproduce.ts';

const trial = z.object({
  /** sign-up, or the form of the account in a sentence. */
  by: z.string(),
  /** refused: whole and one by one, while the honest request was taken. control: that was not taken either. */
  came: z.enum(['taken', 'refused', 'control']),
  fields: z.array(z.string()),
  /** What it was given that its twin was not. */
  effects: z.array(z.object({ url: z.string(), says: z.string(), evidence: evidenceId })),
  /** What its page offers in two loads, and the twin's does not. */
  offers: z.array(z.string()),
  evidence: evidenceId,
});
type Trial = z.infer<typeof trial>;

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

const typeOf = (r: Sent): string => r.headers['content-type'] ?? '';
/** A text as bodies of forms and of JSON spell it. */
const spelled = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  new URLSearchParams([['', text]]).toString().slice(1),
];
const writeIn = (traffic: readonly Sent[], word: string, also = ''): Sent | undefined =>
  traffic.findLast(
    (r) =>
      !r.socket &&
      !/^(GET|HEAD|OPTIONS)$/.test(r.method) &&
      holds(r.body, word) &&
      spelled(also).some((text) => r.body.includes(text)),
  );

/** What its page offers, in words without what is its own. */
async function offersOf(session: Session, entry: string, own: Values): Promise<Set<string>> {
  const tab = session.window.first;
  await tab.goto(entry);
  const words = Object.values(own);
  const plain = (text: string): string =>
    words
      .reduce((rest, word) => rest.replaceAll(word, ''), text)
      .replace(/\d+/g, '#')
      .trim();
  return new Set(
    (await tab.view()).controls.map(
      (c) =>
        `${c.role} “${plain(c.name || c.text).slice(0, 60)}”${c.href ? ` → ${plain(URL.parse(c.href, tab.url)?.pathname ?? '')}` : ''}`,
    ),
  );
}

/** What the one is given, and the other is not: each asked twice. */
async function effectsOf(
  context: Context,
  one: Session,
  mine: Values,
  twin: Session,
  theirs: Values,
): Promise<Pick<Trial, 'effects' | 'offers'>> {
  const { facts } = context;
  const more = await offersOf(one, facts.entry, mine);
  const less = await offersOf(twin, facts.entry, theirs);
  const fresh = (seen: ReadonlySet<string>): string[] => [...seen].filter((each) => !less.has(each));
  const again = fresh(more).length ? await offersOf(one, facts.entry, mine) : more;
  const offers = fresh(more)
    .filter((each) => again.has(each))
    .slice(0, 8);
  const { origin } = new URL(facts.entry);
  const linked = offers.flatMap((each) => / → (\/.*)$/.exec(each)?.[1] ?? []).map((path) => origin + path);
  const named = adminAddresses([...context.actors.A.window.traffic(0), ...one.window.traffic(0)], facts.entry);
  const effects: Trial['effects'] = [];
  for (const url of new Set([...named, ...linked])) {
    const given = await read(context, one, url);
    if (given.status >= 400 || given.status === 0) continue;
    const refused = await read(context, twin, url);
    const [me = '', other = ''] = [mine['username'], theirs['username']];
    const rows = tells(given, other) && !tells(refused, me);
    const opened = isRefused(refused) && !isRefused(given);
    if (!rows && !opened) continue;
    const once = await read(context, twin, url);
    if (opened ? !isRefused(once) : tells(once, me)) continue;
    const first = refused.exchanges[0]?.status ?? refused.status;
    const says = `is given ${url}${rows ? ', with the address of its twin' : ''}, where its twin ${opened ? `is refused (${first})` : 'is told of no other'}`;
    effects.push({ url, says, evidence: given.evidence });
  }
  return { effects, offers };
}

/** Sends the request of the sign-up for a new account, from a browser of nobody. */
async function signUpBy(
  context: Context,
  from: Sent,
  values: Values,
  extras: Extras,
): Promise<{ made: Values; added: readonly string[]; evidence: EvidenceId } | undefined> {
  const { actors, facts, ledger, marks, journal } = context;
  const id = marks.next();
  const password = `Pl7!${marks.next()}Z`;
  journal.hide(password);
  const made: Values = {
    ...values,
    email: `${id}@example.com`,
    username: id,
    name: values['name']?.replace(/\S+$/, id) ?? id,
    password,
  };
  const nobody = await actors.fresh('nobody');
  try {
    const tab = nobody.window.first;
    const form = from.headers['referer'] ?? facts.entry;
    await tab.goto(form);
    let { body } = from;
    for (const [old, next] of [
      ['password', password],
      ['email', made['email']],
      ['username', id],
      ['name', made['name']],
    ] as const) {
      const was = spelled(values[old] ?? '');
      for (const [at, text] of was.entries()) if (text) body = body.replaceAll(text, spelled(next ?? '')[at] ?? '');
    }
    if (/x-www-form-urlencoded/i.test(typeOf(from))) {
      const fields = new URLSearchParams(body);
      for (const [name, value] of Object.entries(await tab.hiddenFields(form)))
        if (fields.has(name)) fields.set(name, value);
      body = fields.toString();
    }
    const rich = enriched(body, typeOf(from), id, extras);
    if (!rich) return undefined;
    ledger.begin({
      what: 'account',
      mark: made['email'] ?? id,
      how: `sign-up${rich.added.length ? ` with ${rich.added.join(', ')}` : ''}`,
    });
    const headers = Object.fromEntries(Object.entries(from.headers).filter(([name]) => !ofBrowser.test(name)));
    // Nobody's own page gives what its requests carry: what it does not know is taken as it was.
    const { status, error } = await tab.fetch({ method: from.method, url: from.url, headers, body: rich.body });
    const evidence = journal.note({
      kind: 'exchange',
      who: 'nobody',
      says: `${from.method} ${from.url} for a new account${rich.added.length ? `, with ${rich.added.join(', ')}` : ''}: ${error ?? `answered ${status}`}`,
    });
    return { made, added: rich.added, evidence };
  } finally {
    await nobody.close();
  }
}

/** All at once; where that is refused, the likeliest one by one. */
const portions = (extras: Extras): Extras[] => [
  extras,
  ...['role', 'isAdmin', 'is_admin'].map((name) => ({ [name]: extras[name] })),
];

async function bySignUp(
  context: Context,
  from: Sent,
  twin: { session: Session; values: Values },
  extras: Extras,
): Promise<Trial> {
  const { actors } = context;
  const none = { by: 'sign-up', effects: [], offers: [] };
  let refused: EvidenceId | undefined;
  for (const some of portions(extras)) {
    const sent = await signUpBy(context, from, twin.values, some);
    if (!sent) break;
    const { session, in: inside, evidence } = await actors.logIn(sent.made, 'an account with more fields');
    if (inside) context.ledger.settle(sent.made['email'] ?? '', 'ok');
    try {
      if (inside)
        return {
          by: 'sign-up',
          came: 'taken',
          fields: [...sent.added],
          ...(await effectsOf(context, session, sent.made, twin.session, twin.values)),
          evidence: sent.evidence,
        };
      refused = evidence;
      // Sent in this way, is the honest request taken?
      if (some === extras) {
        const honest = await signUpBy(context, from, twin.values, {});
        const entered = honest && (await actors.logIn(honest.made, 'an account as the form makes it'));
        await entered?.session.close();
        if (!entered?.in) return { ...none, came: 'control', fields: [], evidence };
      }
    } finally {
      await session.close();
    }
  }
  return refused
    ? { ...none, came: 'refused', fields: Object.keys(extras), evidence: refused }
    : {
        ...none,
        came: 'control',
        fields: [],
        evidence: context.journal.note({
          kind: 'note',
          who: 'nobody',
          says: 'the request of the sign-up is no form and no JSON',
        }),
      };
}

/** The form of the account is saved once, and its request sent again with the fields, by an account of its own. */
async function bySaving(
  context: Context,
  twin: { session: Session; values: Values },
  extras: Extras,
): Promise<Trial | undefined> {
  const { actors, facts, clock } = context;
  const made = facts.saved && (await actors.signUp());
  if (!facts.saved || !made) return undefined;
  const { session, values } = made;
  const by = facts.saved.says;
  const since = clock.now();
  const mark = context.marks.next();
  const saved = await session.do(facts.saved.recipe, { mark });
  const from = writeIn(session.window.traffic(since), mark);
  const none = { by, fields: [], effects: [], offers: [] };
  try {
    if (!from) return { ...none, came: 'control', evidence: saved.evidence };
    for (const some of portions(extras)) {
      const rich = enriched(from.body, typeOf(from), mark, some);
      if (!rich) return { ...none, came: 'control', evidence: saved.evidence };
      const answer = await ask(context, session, from, { body: rich.body });
      if (answer.status >= 400 || answer.status === 0) continue;
      const entered = await actors.logIn(values, 'an account that saved more fields');
      const seen = entered.in
        ? await effectsOf(context, entered.session, values, twin.session, twin.values)
        : { effects: [], offers: [] };
      await entered.session.close();
      return {
        by,
        came: entered.in ? 'taken' : 'control',
        fields: [...rich.added],
        ...seen,
        evidence: answer.evidence,
      };
    }
    const honest = await ask(context, session, from);
    return {
      ...none,
      came: honest.status < 400 && honest.status > 0 ? 'refused' : 'control',
      fields: Object.keys(extras),
      evidence: honest.evidence,
    };
  } finally {
    await session.close();
  }
}

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
  return (await page.request.fetch(base + ${quote((effects[0]?.url ?? origin).replace(origin, ''))}, { headers, maxRedirects: 0 })).status();
};
const twin = await fresh(); await signUp(twin);
account('b'); const one = await fresh(); ${saving ? 'await signUp(one); await adding(one, mark); await save(one);' : 'await adding(one, username); await signUp(one);'}
const again = await fresh(); await enter(again);
console.log('with more fields the account is answered', await told(again), 'where its twin is answered', await told(twin));`,
  );
}

const worded = /admin|moderat|staff|all users/i;

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
        const odd = o.trials.flatMap((t) => t.offers).find((each) => worded.test(each) && !each.includes(' → '));
        if (odd)
          return unknown(
            'unclear',
            `with more fields the page offers ${odd}, and whether anything follows from it was not tried`,
            undefined,
            [o.note],
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
