/** What an account that was made or saved with more fields is given, and its twin is not: addresses, pages, and what its first page offers. */
import { z } from 'zod';
import { jsonOf, objectsIn } from '../../model/answer.ts';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Values } from '../../model/recipe.ts';
import { adminAddresses, isDeed } from '../_shared/admin-addresses.ts';
import { evidenceId } from '../_shared/observed.ts';
import { isRefused, isStillIn, ownRead, read, readLists, tells, toldSince } from '../_shared/reading.ts';
import { jwtOf } from '../_shared/request-parts.ts';

export const trial = z.object({
  /** sign-up, or the form of the account in a sentence. */
  by: z.string(),
  /** ended: it or its twin was logged out while addresses were tried. refused: whole and one by one, while the honest request was taken. control: that was not taken either. */
  came: z.enum(['taken', 'refused', 'control', 'ended']),
  fields: z.array(z.string()),
  /** What it was given that its twin was not. */
  effects: z.array(z.object({ url: z.string(), page: z.boolean(), says: z.string(), evidence: evidenceId })),
  /** What its page offers in two loads, and the twin's does not. */
  offers: z.array(z.string()),
  /** What an answer or its token says of it, and nothing says of its twin: “role: admin”. */
  echo: z.string().optional(),
  /** Something that is named for administrators refused the twin. */
  shut: z.boolean().optional(),
  evidence: evidenceId,
});
export type Trial = z.infer<typeof trial>;

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
export async function effectsOf(
  context: Context,
  one: Session,
  mine: Values,
  twin: Session,
  theirs: Values,
): Promise<Pick<Trial, 'came' | 'effects' | 'offers' | 'echo' | 'shut'>> {
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
  let shut = false;
  for (const url of new Set([...named, ...(personal ? [] : linked)])) {
    const given = await read(context, one, url);
    if (given.status >= 400 || given.status === 0) {
      shut ||= isRefused(given);
      continue;
    }
    const refused = await read(context, twin, url);
    shut ||= isRefused(refused);
    const [me = '', other = ''] = [mine['username'], theirs['username']];
    const rows = tells(given, other) && !tells(refused, me);
    const opened = isRefused(refused) && !isRefused(given);
    if (!rows && !opened) continue;
    const once = await read(context, twin, url);
    if (opened ? !isRefused(once) : tells(once, me)) continue;
    const first = refused.exchanges[0]?.status ?? refused.status;
    const says = `is given ${url}${rows ? ', with the address of its twin' : ''}, where its twin ${opened ? `is refused (${first})` : 'is told of no other'}`;
    effects.push({ url, page: false, says, evidence: given.evidence });
  }
  const empty = new Set<string>();
  for (const offer of personal ? [] : offers) {
    const [url] = led(more, [offer]);
    if (!url || effects.some((e) => e.url === url)) continue;
    const page = await pageOf(context, one, mine, twin, theirs, url);
    if (page === 'empty') empty.add(offer);
    if (page !== 'empty' && page !== 'open') effects.push(page);
  }
  for (const { session, words, own } of tries)
    if (!(await isStillIn(context, session, own, words))) return { came: 'ended', effects: [], offers: [] };
  await readLists(one, facts);
  const echo = echoOf(
    one.window.traffic(0),
    wordsOf(mine),
    [...one.window.traffic(0), ...twin.window.traffic(0)],
    wordsOf(theirs),
  );
  return {
    came: 'taken',
    effects,
    offers: offers.filter((offer) => !empty.has(offer)),
    shut,
    ...(echo ? { echo } : {}),
  };
}

const promotes = /^(role|roles|is_?admin|admin|is_?staff|staff|is_?superuser|superuser)$/i;

/** What rows of answers, or claims of signed tokens, say of whom these words name, and none says of whom the others name. */
export function echoOf(
  traffic: readonly Sent[],
  mine: readonly string[],
  all: readonly Sent[],
  theirs: readonly string[],
): string | undefined {
  const said = (some: readonly Sent[], words: readonly string[]): string[] =>
    some
      .flatMap((r) => [jsonOf(r.answer), ...Object.values(r.headers).map((value) => jwtOf(value)?.payload)])
      .flatMap((value) => objectsIn(value))
      .filter((row) => Object.values(row).some((value) => typeof value === 'string' && words.includes(value)))
      .flatMap((row) =>
        Object.entries(row).flatMap(([name, value]) =>
          promotes.test(name) &&
          (value === true || value === 1 || /admin|staff|super/i.test(JSON.stringify(value ?? '')))
            ? [`${name}: ${JSON.stringify(value).replaceAll('"', '').slice(0, 40)}`]
            : [],
        ),
      );
  const others = new Set(said(all, theirs));
  return said(traffic, mine).find((one) => !others.has(one));
}

/** A page that the one is led to, opened by both: a script may draw it for whoever comes. `empty`: what it asks is refused. */
async function pageOf(
  { clock, journal }: Context,
  one: Session,
  mine: Values,
  twin: Session,
  theirs: Values,
  url: string,
): Promise<Trial['effects'][number] | 'empty' | 'open'> {
  const [me = '', other = ''] = [mine['username'], theirs['username']];
  const tells = async (session: Session, whom: string): Promise<{ told: boolean; refused: boolean }> => {
    const since = clock.now();
    await session.window.first.goto(url);
    const refused = session.window.traffic(since).some((r) => r.status === 401 || r.status === 403);
    return { told: whom !== '' && toldSince(session, whom, since), refused };
  };
  const { told, refused } = await tells(one, other);
  if (!told) return refused ? 'empty' : 'open';
  if ((await tells(twin, me)).told) return 'empty';
  const says = `is given ${url}, a page that is told of its twin, where its twin is told of no other`;
  return {
    url,
    page: true,
    says,
    evidence: journal.note({ kind: 'note', who: one.who, says: `an account with more fields ${says}` }),
  };
}

const wordsOf = ({ email, username }: Values): string[] => [email, username].flatMap((word) => word || []);
