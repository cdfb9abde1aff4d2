/** Requests of a sign-up and of a form of the account, sent with fields that nobody asked for. */
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import { holds } from '../../model/mark.ts';
import type { Values } from '../../model/recipe.ts';
import { ask, headersFor, ofBrowser } from '../_shared/asking.ts';
import { type Extras, enriched } from '../_shared/extras.ts';
import { effectsOf, type Trial } from './effects.ts';

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
    // Nobody's own page gives what its requests carry, a token against forged ones first: what it does not know is taken as it was.
    const headers = {
      ...Object.fromEntries(Object.entries(from.headers).filter(([name]) => !ofBrowser.test(name))),
      ...headersFor(nobody, from),
    };
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
