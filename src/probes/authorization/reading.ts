/** B tries to read what A made: in B's own lists, by B's own honest reads with A's names in them, and by A's reads as they are. */
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import { holds } from '../../model/mark.ts';
import { type Asked, ask, carrying, readsOf } from '../_shared/asking.ts';
import { isGuessable } from '../_shared/ids.ts';
import { between, forOther, type Person } from '../_shared/two-users.ts';
import type { ListSeen, Reading } from './observation.ts';

/** B's own lists, in the page and in what the server answered. */
export async function lists(context: Context, a: Person, b: Person): Promise<ListSeen[]> {
  const [theirs = ''] = a.marks;
  const own = b.marks.at(-1) ?? '';
  const tab = b.session.window.first;
  const all: ListSeen[] = [];
  for (const place of b.lists) {
    const since = context.clock.now();
    const mine = await b.session.look(own, 'seen', { places: [place], within: 3000 });
    const isThere = async (): Promise<boolean> => (await tab.find([theirs])).shown.includes(theirs);
    const carried = carrying(
      b.session.window.traffic(since).filter((r) => !r.socket),
      theirs,
    );
    let shown = await isThere();
    // What is further down is shown, too.
    if (carried && !shown)
      await tab.scrollThrough(async () => {
        shown = await isThere();
        return shown;
      });
    all.push({
      url: place.url,
      control: mine.seen === 'yes',
      shown,
      ...(carried ? { carried: carried.url } : {}),
      evidence: await tab.screen(`B, at ${place.url}: ${shown ? `A's ${theirs} stands there` : `no ${theirs}`}`),
    });
  }
  return all;
}

const asking = (r: { method: string; url: string; body: string }): string => `${r.method} ${r.url} ${r.body}`;

export async function read(context: Context, a: Person, b: Person): Promise<Reading> {
  const [theirs = ''] = a.marks;
  const [own = ''] = b.marks;
  const evidence: EvidenceId[] = [];
  const honest = readsOf(b.session, own, b.since);
  const asked = new Set(honest.map(asking));
  const pairs = between(context, b, own, a, theirs);
  const items = honest.filter((r) => forOther(r, pairs).length);
  const changed = items.flatMap((from) => forOther(from, pairs).map((to) => ({ from, to })));
  const verbatim = readsOf(a.session, theirs, a.since).map((from) => ({ from, to: from }));
  const trials = new Map(
    [...changed, ...verbatim]
      .filter(({ from, to }) => !asked.has(asking({ ...to, method: from.method })))
      .map((t) => [asking({ ...t.to, method: t.from.method }), t]),
  );
  const [item] = items;
  const again = item ? await ask(context, b.session, item) : undefined;
  if (again) evidence.push(again.evidence);
  let leak: Reading['leak'];
  for (const { from, to } of [...trials.values()].slice(0, 8)) {
    const got = await ask(context, b.session, from, { url: to.url, body: to.body });
    evidence.push(got.evidence);
    if (!leaks(got, to, theirs)) continue;
    const nobody = await anybody(context, from, to, theirs);
    const names = pairs.record.filter((p) => `${to.url} ${to.body}`.includes(p.to));
    leak = {
      where: `${from.method} ${to.url}`,
      evidence: got.evidence,
      nobody,
      guessable: names.some((p) => isGuessable(p.to)),
    };
    break;
  }
  const [page] = a.pages;
  if (page && !leak && !b.lists.some((l) => l.url === page)) {
    const tab = b.session.window.first;
    const since = context.clock.now();
    await tab.goto(page);
    const shown = (await tab.find([theirs])).shown.includes(theirs);
    const carried = carrying(b.session.window.traffic(since), theirs);
    const seen = await tab.screen(`B opened ${page}: ${shown ? `it shows ${theirs}` : `no ${theirs}`}`);
    evidence.push(seen);
    if (shown || carried) leak = { where: page, evidence: seen, nobody: false, guessable: true };
  }
  return {
    tried: trials.size,
    control: !again || holds(again.body, own) !== undefined,
    ...(leak ? { leak } : {}),
    page: a.shown,
    evidence,
  };
}

/** Does B get A's words, not having said them? */
const leaks = ({ body, exchanges }: Asked, to: { url: string; body: string }, mark: string): boolean =>
  !holds(to.url, mark) && !holds(to.body, mark) && (!!holds(body, mark) || !!carrying(exchanges, mark));

async function anybody(
  context: Context,
  from: Sent,
  to: { url: string; body: string },
  mark: string,
): Promise<boolean> {
  const nobody = await context.actors.fresh('nobody');
  const got = await ask(context, nobody, from, { url: to.url, body: to.body });
  await nobody.close();
  return leaks(got, to, mark);
}
