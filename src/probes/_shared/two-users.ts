/**
 * Two users of the app, each with two records of their own, what their pages asked and showed, and what their records are called. What the one
 * asked of its own record is asked of the other's by changing the names alone.
 */
import type { Sent, View } from '../../model/browser.ts';
import type { Context, Outcome, Session } from '../../model/context.ts';
import type { Place } from '../../model/facts.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { inRowOf } from '../../model/match.ts';
import { openPlace } from '../../model/place.ts';
import type { Recipe } from '../../model/recipe.ts';
import { sendOf } from '../../model/recipe.ts';
import { type Asked, ask, isAskable, readsOf } from './asking.ts';
import { recordOf } from './ground.ts';
import { differences, type Known, knownOf, type Pair, type Pairs, pairsOf, renamed, versionLike } from './ids.ts';
import { keepSocket, sendByKept } from './sockets.injected.ts';

export interface Person {
  readonly session: Session;
  /** Epoch ms at which they began. */
  readonly since: number;
  readonly marks: readonly Mark[];
  readonly created: readonly Outcome[];
  /** Lists where their records live, at addresses that are theirs. */
  readonly lists: readonly Place[];
  /** Addresses of a record that can be opened: what its row alone links to, and where the making ended. */
  pages(mark: Mark): readonly string[];
  /** Marks that stood in the lists when these were opened, without going on to what comes after. */
  readonly listed: ReadonlySet<Mark>;
  /** A page of the first record's own shows it as text: it is there to be read, and not to be edited alone. */
  readonly shown: boolean;
  known(mark: Mark): Known;
}

/** Makes two records and looks at them as any user would. `theirs`: parts of addresses of the survey's user, and what they are for this one. */
export async function person(context: Context, session: Session, theirs: readonly Pair[], count = 2): Promise<Person> {
  const { clock, facts } = context;
  const record = recordOf(facts);
  const since = clock.now();
  const marks: Mark[] = [];
  const created: Outcome[] = [];
  const addresses = new Map<Mark, string[]>();
  const lists = record.places
    .filter((p) => p.what === 'list')
    .slice(0, 3)
    .map((p) => ({ ...p, url: inTheirs(p.url, theirs) }));
  for (let n = 0; n < count; n++) {
    const mark = context.mark();
    const outcome = await session.do(recipeIn(record.create, theirs), { mark });
    marks.push(mark);
    created.push(outcome);
    addresses.set(mark, lists.some((l) => l.url === outcome.url) ? [] : [outcome.url]);
  }
  const tab = session.window.first;
  const listed = new Set<Mark>();
  for (const place of facts.kind === 'pages' ? lists : []) {
    await openPlace(tab, place);
    let { shown } = await tab.find(marks);
    for (let tries = 0; tries < 8 && !shown.length; tries++) {
      await clock.sleep(250);
      ({ shown } = await tab.find(marks));
    }
    for (const mark of shown) listed.add(mark);
    const view = await tab.view();
    for (const mark of marks) addresses.set(mark, [...(addresses.get(mark) ?? []), ...addressesIn(view, mark)]);
  }
  // What the rows of both link to (who wrote them, what they belong to) is neither's own.
  const ownOf = (mark: Mark): string[] =>
    (addresses.get(mark) ?? []).filter((url) => !marks.some((m) => m !== mark && addresses.get(m)?.includes(url)));
  const pagesOf = (mark: Mark): string[] =>
    ownOf(mark)
      .filter((url) => !acts.test(new URL(url).pathname))
      .slice(0, 2);
  const [first = ''] = marks;
  const pages = pagesOf(first);
  let shown = false;
  for (const url of pages.length || facts.kind === 'pages' ? pages : lists.map((l) => l.url)) {
    await tab.goto(url);
    shown ||=
      pages.includes(url) && !alters.test(new URL(url).pathname) && (await tab.find([first])).shown.includes(first);
  }
  return {
    session,
    since,
    marks,
    created,
    lists,
    pages: pagesOf,
    listed,
    shown,
    known: (mark) => knownOf(session.window.traffic(since), mark, ownOf(mark)),
  };
}

/** A page on which a record is altered: who may not open it may read it elsewhere. */
const alters = /(^|[/_-])(edit|update|modify|change|alter)($|[/_-])/i;
/** To open these might do something. */
const acts = /delete|remove|destroy|trash|archive|log-?out|sign-?out|toggle|complete|\bdo\b/i;

/** Of links and forms in the record's row. */
function addressesIn(view: View, mark: Mark): string[] {
  const here = new URL(view.url);
  return view.controls
    .filter((c) => inRowOf(c, view, mark))
    .flatMap((c) => [c.href, view.groups[c.group]?.action ?? ''])
    .flatMap((href) => {
      const url = href ? URL.parse(href, here) : null;
      return url && url.origin === here.origin && url.href !== here.href && url.pathname !== '/' ? [url.href] : [];
    });
}

const inTheirs = (url: string, theirs: readonly Pair[]): string =>
  (theirs.length && URL.canParse(url) ? renamed({ url, body: '' }, theirs)?.url : undefined) ?? url;

/** A recipe that the survey learned as one user, with the addresses of another. */
export const recipeIn = (recipe: Recipe, theirs: readonly Pair[]): Recipe =>
  theirs.length
    ? { ...recipe, steps: recipe.steps.map((s) => (s.do === 'goto' ? { ...s, url: inTheirs(s.url, theirs) } : s)) }
    : recipe;

/** Parts of the addresses in the survey's recipes that belong to its user (a workspace), and the same of another: by where each lands, and what links there. */
export async function theirsOf(context: Context, a: Session, b: Session): Promise<Pair[]> {
  const { record } = context.facts;
  const wanted = [...(record?.create.steps ?? []), ...(context.facts.edit?.steps ?? [])]
    .flatMap((s) => (s.do === 'goto' ? [s.url] : []))
    .concat((record?.places ?? []).map((p) => p.url));
  const mine = await links(a);
  const others = await links(b);
  return wanted.flatMap((url) => {
    if (others.has(url)) return [];
    const found = [...others].flatMap((link) => {
      const parts = mine.has(link) ? [] : differences(url, link);
      return parts.length === 1 ? parts : [];
    });
    const [pair] = found;
    return pair && found.every(({ from, to }) => from === pair.from && to === pair.to) ? [pair] : [];
  });
}

async function links({ window }: Session): Promise<Set<string>> {
  const view = await window.first.view();
  const here = new URL(view.url);
  const all = view.controls.flatMap((c) => (c.href ? [URL.parse(c.href, here)?.href ?? ''] : []));
  return new Set([view.url, ...all].filter((url) => URL.parse(url)?.origin === here.origin));
}

/** From what one's record is called to what the other's is; `around` also by what differs in the requests by which the two were made. */
export function between(context: Context, from: Person, mark: Mark, to: Person, other: Mark): Pairs {
  const pairs = pairsOf(from.known(mark), to.known(other), sendOf(context.facts.record?.create)?.id);
  const [mine] = from.created.flatMap((o) => o.writes.filter((w) => holds(w.body, from.marks[0] ?? '')));
  const [theirs] = to.created.flatMap((o) => o.writes.filter((w) => holds(w.body, to.marks[0] ?? '')));
  const more = from !== to && mine && theirs ? differences(mine.url, theirs.url) : [];
  const around = [
    ...pairs.around,
    ...more.filter((p) => ![...pairs.around, ...pairs.record].some((q) => q.from === p.from)),
  ];
  return { record: pairs.record, around };
}

/** The same request for other records: by the record's name alone, then by what holds it, too. Empty where no name is in it. */
export function forOther(request: Sent, { record, around }: Pairs): { url: string; body: string }[] {
  const alone = renamed(request, record);
  const both = alone && around.length ? renamed(request, [...record, ...around]) : undefined;
  return [...(alone ? [alone] : []), ...(both && both.url !== alone?.url ? [both] : [])];
}

const once = /csrf|token|nonce|authenticity|submission|idempot|^_?key$/i;

/**
 * Sends a request of this session's own page for another record. What its form holds for one sending is fetched afresh from the page of a
 * record of its own (`fresh`); what says which state of the record is meant is the record's, as its owner's page holds it.
 */
export async function send(
  context: Context,
  session: Session,
  from: Sent,
  to: { url: string; body: string },
  {
    fresh,
    owner,
    known,
  }: { fresh: readonly Pair[]; owner: { session: Session; pairs: readonly Pair[] }; known: Known },
): Promise<Pick<Asked, 'evidence'>> {
  if (from.socket) return sendFrame(context, session, to);
  const page = from.headers['referer'];
  let { body } = to;
  if (page && /x-www-form-urlencoded/.test(from.headers['content-type'] ?? '')) {
    const fields = new URLSearchParams(body);
    const at = (pairs: readonly Pair[]): string => renamed({ url: page, body: '' }, pairs)?.url ?? page;
    const anew = await session.window.first.hiddenFields(at(fresh));
    for (const [name, value] of Object.entries(anew)) if (fields.has(name) && once.test(name)) fields.set(name, value);
    if ([...fields.keys()].some((name) => versionLike.test(name))) {
      const theirs = await owner.session.window.first.hiddenFields(at(owner.pairs));
      for (const [name, value] of Object.entries(theirs))
        if (fields.has(name) && versionLike.test(name) && !once.test(name)) fields.set(name, value);
    }
    body = fields.toString();
  } else if (body.startsWith('{')) {
    const told = known.objects.at(-1) ?? {};
    body = body.replace(/"(\w+)":("[^"\\]*"|\d+)/g, (all, name: string) =>
      versionLike.test(name) && ['string', 'number'].includes(typeof told[name])
        ? `"${name}":${JSON.stringify(told[name])}`
        : all,
    );
  }
  return ask(context, session, from, { url: to.url, body });
}

interface Scripted {
  addInitScript(code: () => void): Promise<void>;
  evaluate<T>(code: (given: string) => T, given: string): Promise<T>;
}

/** Where records go by a socket: what the session's page sends from now on can be sent again, by the socket that it has then. */
export async function keepSockets(context: Context, { window }: Session): Promise<void> {
  if (context.facts.record?.requests.some((r) => r.socket))
    await window.first.drive((page) => (page as Scripted).addInitScript(keepSocket), 'its socket is kept at hand');
}

async function sendFrame(
  { journal }: Context,
  { who, window }: Session,
  { url, body }: { url: string; body: string },
): Promise<Pick<Asked, 'evidence'>> {
  let open = false;
  await window.first.drive(async (page) => {
    open = await (page as Scripted).evaluate(sendByKept, body);
  }, 'a frame is sent');
  const says = open ? `${who} sent a frame to ${url}` : `the socket to ${url} was no longer open`;
  return { evidence: journal.note({ kind: 'frame', who, says, data: { body: body.slice(0, 1000) } }) };
}

/** Which marks the person's own reads of a record hold now: each of `which` is asked again. Undefined where nothing was read by a request. */
export function rereads(
  context: Context,
  { session, since }: Person,
  mark: Mark,
  which: (read: Sent) => boolean = () => true,
): (marks: readonly Mark[]) => Promise<{ has: readonly Mark[]; evidence: Asked['evidence'] } | undefined> {
  const reads = readsOf(session, mark, since)
    .filter((read) => isAskable(read) && which(read))
    .slice(-4);
  return async (marks) => {
    const has = new Set<Mark>();
    let evidence: Asked['evidence'] | undefined;
    for (const read of reads) {
      const asked = await ask(context, session, read);
      for (const one of marks) if (holds(asked.body, one)) has.add(one);
      evidence = asked.evidence;
    }
    return evidence && { has: [...has], evidence };
  };
}
