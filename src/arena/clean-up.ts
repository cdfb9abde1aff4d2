import type { Sent } from '../model/browser.ts';
import type { Actors, Session } from '../model/context.ts';
import type { Ledger, LedgerEntry } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import { fold, holds, type Mark } from '../model/mark.ts';
import { inRowOf } from '../model/match.ts';

interface Options {
  readonly actors: Actors;
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly until: number;
  now(): number;
}

/**
 * Takes away our own rows, newest first: the first by the page, the rest by the request that the page made for it, with only the id
 * changed. Nothing that is not in the ledger is touched. Stops at `until` (epoch ms) or where deleting no longer works.
 */
export async function cleanUp(options: Options): Promise<void> {
  const { actors, facts, ledger, until, now } = options;
  const recipe = facts.delete;
  if (!recipe || recipe.unproven) return;
  const mine = [...ledger.entries].reverse().filter((e) => e.what === 'record' && e.acknowledged && !e.removed);
  const session = actors.A;
  let ids = new Map<Mark, string[]>();
  let request: { sent: Sent; id: string } | undefined;
  let misses = 0;
  for (const entry of mine) {
    if (now() > until || misses >= 3) return;
    const known = ids.get(entry.mark)?.at(0);
    if (request && known && (await again(session, request, known))) {
      ledger.removed(entry.mark);
      continue;
    }
    if (!request) ids = await idsOf(session, facts, mine, now());
    const done = await session.do(recipe, { mark: entry.mark }).catch(() => undefined);
    if (!done || done.missing || done.said === 'refused') {
      misses++;
      continue;
    }
    misses = 0;
    ledger.removed(entry.mark);
    request ??= requestFor(done.writes, ids.get(entry.mark) ?? []);
    if (request)
      for (const [mark, found] of ids)
        ids.set(
          mark,
          found.filter((id) => id.length === request?.id.length || found.length === 1),
        );
  }
}

function requestFor(writes: readonly Sent[], ids: readonly string[]): { sent: Sent; id: string } | undefined {
  for (const sent of writes)
    for (const id of ids)
      if (
        !sent.socket &&
        (new URL(sent.url).pathname.split('/').includes(id) ||
          sent.url.includes(`=${id}`) ||
          new RegExp(`["=:]\\s*"?${id.replace(/[^\w-]/g, '.')}\\b`).test(sent.body))
      )
        return { sent, id };
  return undefined;
}

async function again(session: Session, { sent, id }: { sent: Sent; id: string }, other: string): Promise<boolean> {
  const headers = Object.fromEntries(
    Object.entries(sent.headers).filter(([k]) => /^(authorization|content-type|accept|x-.*|apikey|if-match)$/i.test(k)),
  );
  const answer = await session.window.first.fetch({
    method: sent.method,
    url: sent.url.replaceAll(id, other),
    headers,
    ...(sent.body ? { body: sent.body.replaceAll(id, other) } : {}),
  });
  return !answer.error && answer.status > 0 && answer.status < 400;
}

/** What may be the id of each of our records: members of the JSON object that holds its mark, parts of the addresses in its row. */
async function idsOf(
  session: Session,
  facts: Facts,
  mine: readonly LedgerEntry[],
  since: number,
): Promise<Map<Mark, string[]>> {
  const place = facts.record?.places[0]?.url ?? facts.entry;
  await session.window.first.goto(place);
  const view = await session.window.first.view();
  const found = new Map<Mark, string[]>();
  const add = (mark: Mark, id: string): void => void found.set(mark, [...(found.get(mark) ?? []), id]);
  const objects = session.window.traffic(since).flatMap((r) => {
    try {
      return flatten(JSON.parse(r.answer));
    } catch {
      return [];
    }
  });
  for (const { mark } of mine) {
    for (const object of objects)
      if (Object.values(object).some((v) => typeof v === 'string' && holds(v, mark)))
        for (const [key, v] of Object.entries(object))
          if (/^(_?id|uuid|key|slug)$|Id$/.test(key) && (typeof v === 'string' || typeof v === 'number'))
            add(mark, String(v));
    for (const c of view.controls)
      if (c.href && (inRowOf(c, view, mark) || fold(c.text).includes(fold(mark))))
        for (const part of new URL(c.href).pathname.split('/')) if (/\d|[0-9a-f]{8}/.test(part)) add(mark, part);
  }
  return found;
}

/** Every object anywhere in a JSON value, the innermost included. */
function flatten(value: unknown, into: Record<string, unknown>[] = []): Record<string, unknown>[] {
  if (Array.isArray(value)) for (const v of value) flatten(v, into);
  else if (value && typeof value === 'object') {
    into.push(value as Record<string, unknown>);
    for (const v of Object.values(value)) flatten(v, into);
  }
  return into;
}
