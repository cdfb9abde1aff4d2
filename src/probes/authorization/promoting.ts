/** Requests of a sign-up and of a form of the account, sent with fields that nobody asked for; and what the account is given then, beside a twin without them. */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import { holds } from '../../model/mark.ts';
import type { Values } from '../../model/recipe.ts';
import { adminAddresses, isDeed } from '../_shared/admin-addresses.ts';
import { ask, ofBrowser } from '../_shared/asking.ts';
import { type Extras, enriched } from '../_shared/extras.ts';
import { evidenceId } from '../_shared/observed.ts';
import { isRefused, isStillIn, ownRead, read, tells } from '../_shared/reading.ts';

export const trial = z.object({
  /** sign-up, or the form of the account in a sentence. */
  by: z.string(),
  /** ended: it or its twin was logged out while addresses were tried. refused: whole and one by one, while the honest request was taken. control: that was not taken either. */
  came: z.enum(['taken', 'refused', 'control', 'ended']),
  fields: z.array(z.string()),
  /** What it was given that its twin was not. */
  effects: z.array(z.object({ url: z.string(), says: z.string(), evidence: evidenceId })),
  /** What its page offers in two loads, and the twin's does not. */
  offers: z.array(z.string()),
  evidence: evidenceId,
});
export type Trial = z.infer<typeof trial>;

const typeOf = (r: Sent): string => r.headers['content-type'] ?? '';
/** A text as bodies of forms and of JSON spell it. */
const spelled = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  new URLSearchParams([['', text]]).toString().slice(1),
];
export const writeIn = (traffic: readonly Sent[], word: string, also = ''): Sent | undefined =>
  traffic.findLast(
    (r) =>
      !r.socket &&
      !/^(GET|HEAD|OPTIONS)$/.test(r.method) &&
      holds(r.body, word) &&
      spelled(also).some((text) => r.body.includes(text)),
  );

/** What its page offers, in words without what is its own, and where each leads. */
async function offersOf(session: Session, entry: string, own: Values): Promise<Map<string, string>> {
  const tab = session.window.first;
  await tab.goto(entry);
  const words = Object.values(own);
  const plain = (text: string): string =>
    words
      .reduce((rest, word) => rest.replaceAll(word, ''), text)
      .replace(/\d+/g, '#')
      .trim();
  return new Map(
    (await tab.view()).controls.map((c) => {
      const to = c.href ? URL.parse(c.href, tab.url) : null;
      const where = c.href ? ` → ${plain(to?.pathname ?? '')}` : '';
      return [`${c.role} “${plain(c.name || c.text).slice(0, 60)}”${where}`, to?.href ?? ''];
    }),
  );
}

/** What the one is given, and the other is not: each asked twice. */
async function effectsOf(
  context: Context,
  one: Session,
  mine: Values,
  twin: Session,
  theirs: Values,
): Promise<Pick<Trial, 'came' | 'effects' | 'offers'>> {
  const { facts } = context;
  const more = await offersOf(one, facts.entry, mine);
  const less = await offersOf(twin, facts.entry, theirs);
  const beyond = (these: ReadonlyMap<string, string>, those: ReadonlyMap<string, string>): string[] =>
    [...these.keys()].filter((each) => !those.has(each));
  const again = beyond(more, less).length ? await offersOf(one, facts.entry, mine) : more;
  const offers = beyond(more, less)
    .filter((each) => again.has(each))
    .slice(0, 8);
  const { origin } = new URL(facts.entry);
  const led = (by: ReadonlyMap<string, string>, names: readonly string[]): string[] =>
    names
      .flatMap((each) => by.get(each)?.split('#')[0] || [])
      .filter((url) => url.startsWith(`${origin}/`) && !isDeed(url));
  const linked = led(more, offers);
  // Addresses of one's own (a workspace, a profile) are shut to everybody else: to the one at the twin's as well.
  let personal = false;
  for (const url of linked.length ? led(less, beyond(less, more)).slice(0, 3) : [])
    personal ||= isRefused(await read(context, one, url));
  const tries = [
    { session: one, words: wordsOf(mine) },
    { session: twin, words: wordsOf(theirs) },
  ].map((each) => ({ ...each, own: ownRead(each.session.window.traffic(0), each.words) }));
  const named = adminAddresses([...context.actors.A.window.traffic(0), ...one.window.traffic(0)], facts.entry);
  const effects: Trial['effects'] = [];
  for (const url of new Set([...named, ...(personal ? [] : linked)])) {
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
  for (const { session, words, own } of tries)
    if (!(await isStillIn(context, session, own, words))) return { came: 'ended', effects: [], offers: [] };
  return { came: 'taken', effects, offers };
}

const wordsOf = ({ email, username }: Values): string[] => [email, username].flatMap((word) => word || []);

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

export async function bySignUp(
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
export async function bySaving(
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
  // To have saved may itself open what was shut: the twin saves as well.
  const twinMark = context.marks.next();
  await twin.session.do(facts.saved.recipe, { mark: twinMark });
  const twinSaved = writeIn(twin.session.window.traffic(since), twinMark);
  try {
    if (!from || !twinSaved || (twinSaved.status ?? 0) >= 400)
      return { ...none, came: 'control', evidence: saved.evidence };
    for (const some of portions(extras)) {
      const rich = enriched(from.body, typeOf(from), mark, some);
      if (!rich) return { ...none, came: 'control', evidence: saved.evidence };
      const answer = await ask(context, session, from, { body: rich.body });
      if (answer.status >= 400 || answer.status === 0) continue;
      const entered = await actors.logIn(values, 'an account that saved more fields');
      const seen: Awaited<ReturnType<typeof effectsOf>> = entered.in
        ? await effectsOf(context, entered.session, { ...values, mark }, twin.session, {
            ...twin.values,
            mark: twinMark,
          })
        : { came: 'control', effects: [], offers: [] };
      await entered.session.close();
      return {
        by,
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
