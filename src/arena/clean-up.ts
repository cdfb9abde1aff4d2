import type { Actors, Session } from '../model/context.ts';
import type { Ledger } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { Mark } from '../model/mark.ts';
import { pageThrough } from '../model/paging.ts';
import { openPlace } from '../model/place.ts';
import { type Deletion, deletionBy, deletionOf, type Id, idsOf } from './ids.ts';

interface Options {
  readonly actors: Actors;
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly until: number;
  now(): number;
}

/**
 * Takes away our own rows, newest first: the first by the page, the rest by the request that the page made for it, with only the id
 * changed, and only where that id is surely the record's. Nothing that is not in the ledger is touched; what still stands afterwards
 * stays in it. Stops at `until` (epoch ms) or where deleting no longer works; false where it could not look at all of it.
 */
export async function cleanUp(options: Options): Promise<boolean> {
  const { actors, facts, ledger, until, now } = options;
  const recipe = facts.delete;
  if (!recipe || recipe.unproven) return false;
  const session = actors.A;
  const tab = session.window.first;
  const place = facts.record?.places[0] ?? { url: facts.entry };
  const left = [...ledger.entries].reverse().filter((e) => e.what === 'record' && !e.removed);
  // What was never acknowledged may be there all the same: where it is seen, it is taken away, too. A number or a day may be another's.
  const unsure = left.filter((e) => !e.acknowledged && /^\p{L}+$/u.test(e.mark)).map((e) => e.mark);
  if (unsure.length) await openPlace(tab, place);
  const there = unsure.length ? await pageThrough(tab, unsure, 12) : new Set<Mark>();
  for (const mark of unsure) if (!there.has(mark)) ledger.settle(mark, 'nothing');
  const mine = left.filter((e) => e.acknowledged || there.has(e.mark));
  let ids = new Map<Mark, Id[]>();
  let deletion: Deletion | undefined;
  const asked: Mark[] = [];
  let misses = 0;
  for (const { mark } of mine) {
    if (now() > until || misses >= 3) break;
    if (deletion && (await again(session, deletion, ids.get(mark) ?? []))) {
      asked.push(mark);
      continue;
    }
    if (!deletion) {
      const since = now();
      await openPlace(tab, place);
      ids = idsOf(
        mine.filter((e) => !e.removed).map((e) => e.mark),
        session.window.traffic(since).map((r) => r.answer),
        await tab.view(),
      );
    }
    const done = await session.do(recipe, { mark }).catch(() => undefined);
    if (!done || done.missing || done.said === 'refused') {
      misses++;
      continue;
    }
    misses = 0;
    ledger.removed(mark);
    deletion ??= deletionBy(done.writes, ids.get(mark) ?? []);
  }
  const over = now() > until || misses >= 3;
  if (!asked.length) return !over;
  // An answer is a word; whether they are gone, the list tells.
  await openPlace(tab, place);
  const stand = await pageThrough(tab, asked, 6);
  for (const mark of asked) if (!stand.has(mark)) ledger.removed(mark);
  return !over;
}

async function again(session: Session, deletion: Deletion, ids: readonly Id[]): Promise<boolean> {
  const request = deletionOf(deletion, ids);
  if (!request) return false;
  const headers = Object.fromEntries(
    Object.entries(deletion.sent.headers).filter(([k]) =>
      /^(authorization|content-type|accept|x-.*|apikey|if-match)$/i.test(k),
    ),
  );
  const answer = await session.window.first.fetch({
    method: deletion.sent.method,
    url: request.url,
    headers,
    ...(request.body ? { body: request.body } : {}),
  });
  return !answer.error && answer.status > 0 && answer.status < 400;
}
