/** B tries to read what A made: in B's own lists, by B's own honest reads with A's names in them, and by A's reads as they are. */
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { leadsOn, pageThrough, unusedPages } from '../../model/paging.ts';
import { openPlace } from '../../model/place.ts';
import { type Asked, ask, carrying, isAskable, readsOf } from '../_shared/asking.ts';
import { isKeyed } from '../_shared/keys.ts';
import { between, forOther, type Person } from '../_shared/two-users.ts';
import type { Ground } from './altering.ts';
import type { ListSeen, Reading, Walked } from './observation.ts';
import { walks } from './walking.ts';

/** B's own lists, in the page and in what the server answered. */
export async function lists(context: Context, a: Person, b: Person): Promise<ListSeen[]> {
  const [theirs = ''] = a.marks;
  const own = b.marks.at(-1) ?? '';
  const tab = b.session.window.first;
  const all: ListSeen[] = [];
  for (const place of b.lists) {
    const since = context.clock.now();
    const mine = await b.session.look(own, 'seen', { places: [place], within: 3000 });
    let shown = (await tab.find([theirs])).shown.includes(theirs);
    // What is further down, and on later pages, is shown, too; where B's own was looked for there, from the first page on.
    let partly = false;
    if (!shown) {
      if (!b.listed.has(own)) await openPlace(tab, place);
      const view = await tab.view();
      partly = context.facts.kind === 'pages' && unusedPages(view) && !view.controls.some((c) => leadsOn(c.name));
      shown = (await pageThrough(tab, [theirs], 30, () => (partly = true))).has(theirs);
    }
    const carried = carrying(
      b.session.window.traffic(since).filter((r) => !r.socket),
      theirs,
    );
    all.push({
      url: place.url,
      control: mine.seen === 'yes',
      shown,
      ...(partly && !shown ? { partly } : {}),
      ...(carried ? { carried: carried.url } : {}),
      evidence: await tab.screen(`B, at ${place.url}: ${shown ? `A's ${theirs} stands there` : `no ${theirs}`}`),
    });
  }
  return all;
}

const asking = (r: { method: string; url: string; body: string }): string => `${r.method} ${r.url} ${r.body}`;

/** `now`: marks that stand in the place of others by now. `item`: a request by which B changed a record at its address. */
export async function read(
  context: Context,
  { a, b, now, shared }: Pick<Ground, 'a' | 'b' | 'now' | 'shared'>,
  item: Sent | undefined,
): Promise<{ reading: Reading; walked?: Walked }> {
  const [theirs = ''] = a.marks;
  const [own = ''] = b.marks;
  const mark = now.get(theirs) ?? theirs;
  const evidence: EvidenceId[] = [];
  const pairs = between(context, b, own, a, theirs);
  const honest = [own, now.get(own) ?? own].flatMap((m) => readsOf(b.session, m, b.since));
  const asked = new Set(honest.map((r) => asking(r)));
  // Where no page reads it by its address, the address at which it is changed may tell it, too.
  const guessed =
    item && !item.socket && forOther({ ...item, body: '' }, pairs).length ? [{ ...item, method: 'GET', body: '' }] : [];
  const named = honest.filter((r) => forOther(r, pairs).length > 0);
  let control = false;
  const items: Sent[] = [];
  for (const from of named.length ? named.slice(0, 2) : guessed) {
    const again = await ask(context, b.session, from);
    evidence.push(again.evidence);
    if (holds(again.body, now.get(own) ?? own)) items.push(from);
  }
  if (items.length) control = true;
  const changed = [...new Set([...named, ...items])].flatMap((from) =>
    forOther(from, pairs).map((to) => ({ from, to })),
  );
  const verbatim = readsOf(a.session, theirs, a.since)
    .filter(isAskable)
    .map((from) => ({ from, to: { url: from.url, body: from.body } }));
  const trials = new Map(
    [...changed, ...verbatim]
      .map((t) => [asking({ ...t.to, method: t.from.method }), t] as const)
      .filter(([key]) => !asked.has(key)),
  );
  let leak: Reading['leak'];
  let walked: Walked | undefined;
  const anybody = async (goal: string, gets: (nobody: Session) => Promise<boolean>): Promise<'no' | 'asking'> => {
    // Where B's lists show A's records, that decides.
    if (shared) return 'no';
    const came = await walks(context, b.session, mark, [goal], gets);
    walked = came.walked;
    return came.asking ? 'asking' : 'no';
  };
  for (const { from, to } of [...trials.values()].slice(0, 8)) {
    const got = await ask(context, b.session, from, to);
    evidence.push(got.evidence);
    if (!leaks(got, to, mark)) continue;
    leak = {
      where: `${from.method} ${to.url}`,
      evidence: got.evidence,
      nobody: await anybody(to.url, async (nobody) => leaks(await ask(context, nobody, from, to), to, mark)),
      guessable: !isKeyed({ ...to, method: from.method }, mark),
    };
    break;
  }
  const [page] = a.pages(theirs);
  if (page && !leak && !b.lists.some((l) => l.url === page)) {
    const seen = await opened(context, b.session, page, mark);
    evidence.push(seen.evidence);
    if (seen.told)
      leak = {
        where: page,
        evidence: seen.evidence,
        nobody: await anybody(page, async (nobody) => (await opened(context, nobody, page, mark)).told),
        guessable: !isKeyed({ url: page }, mark),
      };
  }
  return {
    ...(walked ? { walked } : {}),
    reading: {
      tried: trials.size,
      control: control || !named.length,
      ...(leak ? { leak } : {}),
      page: a.shown,
      evidence,
    },
  };
}

/** Does B get A's words, not having said them? */
const leaks = ({ body, exchanges }: Asked, to: { url: string; body: string }, mark: Mark): boolean =>
  !holds(to.url, mark) && !holds(to.body, mark) && (!!holds(body, mark) || !!carrying(exchanges, mark));

/** Opens the page of a record: is its mark told there, by more than the address? What shows any word of its address would show ours. */
async function opened(
  context: Context,
  { who, window }: Session,
  page: string,
  mark: Mark,
): Promise<{ told: boolean; evidence: EvidenceId }> {
  const tab = window.first;
  const since = context.clock.now();
  const shows = async (url: string, word: Mark): Promise<boolean> => {
    await tab.goto(url);
    return (await tab.find([word])).shown.includes(word);
  };
  const shown = await shows(page, mark);
  const carried = carrying(window.traffic(since), mark);
  const evidence = await tab.screen(`${who} opened ${page}: ${shown ? `it shows ${mark}` : `no ${mark}`}`);
  if (!shown || carried || !holds(page, mark)) return { told: shown || !!carried, evidence };
  const word = context.mark();
  const other = page.replaceAll(mark, word);
  return { told: other !== page && !(await shows(other, word)), evidence };
}
