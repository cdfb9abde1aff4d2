/** Ids of our own records, read from answers and addresses, and the request that deletes one by its id. Pure. */
import type { Sent, View } from '../model/browser.ts';
import { fold, holds, type Mark } from '../model/mark.ts';
import { inRowOf } from '../model/match.ts';

/** Where an id stood: the member of an object of one shape, or a place in addresses of one shape. */
export interface Id {
  readonly from: string;
  readonly value: string;
}

/**
 * What may be the id of each record: members of the JSON object that holds its mark, parts of the addresses in its row. What several
 * of them share names something else (their list, their owner); with a single record nothing can be told apart, so it has none.
 */
export function idsOf(marks: readonly Mark[], answers: readonly string[], view: View): Map<Mark, Id[]> {
  const objects = answers.flatMap((answer) => {
    try {
      return flatten(JSON.parse(answer));
    } catch {
      return [];
    }
  });
  const found = new Map<Mark, Id[]>();
  for (const mark of marks) {
    const ids = new Map<string, Id>();
    const add = (from: string, value: string): void => void ids.set(`${from} ${value}`, { from, value });
    for (const object of objects)
      if (Object.values(object).some((v) => typeof v === 'string' && holds(v, mark)))
        for (const [key, v] of Object.entries(object))
          if (/^(_?id|uuid|key|slug)$|Id$/.test(key) && (typeof v === 'string' || typeof v === 'number'))
            add(`${key} of ${Object.keys(object).sort().join()}`, String(v));
    for (const c of view.controls)
      if (c.href && (inRowOf(c, view, mark) || fold(c.text).includes(fold(mark))))
        new URL(c.href).pathname.split('/').forEach((part, at, parts) => {
          if (/\d|[0-9a-f]{8}/.test(part))
            add(`part ${at} of ${parts.map((p, i) => (i === at || /\d/.test(p) ? '#' : p)).join('/')}`, part);
        });
    if (ids.size) found.set(mark, [...ids.values()]);
  }
  if (found.size < 2) return new Map();
  const holders = new Map<string, number>();
  for (const ids of found.values())
    for (const value of new Set(ids.map((id) => id.value))) holders.set(value, (holders.get(value) ?? 0) + 1);
  return new Map([...found].map(([mark, ids]) => [mark, ids.filter((id) => holders.get(id.value) === 1)]));
}

/** A request that deleted one record, and the id that named it. */
export interface Deletion {
  readonly sent: Sent;
  readonly id: Id;
}

/** The one request that names one of the ids, exactly once: what names it twice may name two things. */
export function deletionBy(writes: readonly Sent[], ids: readonly Id[]): Deletion | undefined {
  const fit = writes.flatMap((sent) =>
    sent.socket ? [] : ids.filter((id) => naming(sent, id.value) === 1).map((id) => ({ sent, id })),
  );
  const [first] = fit;
  return first && fit.every((one) => one.id.value === first.id.value) ? first : undefined;
}

/** The same for another record; undefined where its id is not known for sure. */
export function deletionOf({ sent, id }: Deletion, ids: readonly Id[]): Pick<Sent, 'url' | 'body'> | undefined {
  const same = ids.filter((one) => one.from === id.from);
  const [other] = same;
  if (!other || same.length !== 1) return undefined;
  const url = new URL(sent.url);
  if (parts(url.pathname).includes(id.value))
    url.pathname = url.pathname
      .split('/')
      .map((part) => (part === id.value ? other.value : part))
      .join('/');
  for (const [name, value] of url.searchParams) if (value === id.value) url.searchParams.set(name, other.value);
  return {
    url: url.href,
    body: sent.body.replace(member(id.value), (_, before, after) => `${before}${other.value}${after}`),
  };
}

const parts = (path: string): string[] => path.split('/');
/** The id as a whole value in a body: JSON or a form's. */
const member = (id: string): RegExp =>
  new RegExp(`((?:^|[=:&,[]|[=:&,[]\\s*")\\s*)${id.replace(/[^\w-]/g, '\\$&')}("?\\s*(?:[&,}\\]]|$))`, 'g');

function naming(sent: Sent, id: string): number {
  const url = new URL(sent.url);
  return (
    parts(url.pathname).filter((part) => part === id).length +
    [...url.searchParams.values()].filter((value) => value === id).length +
    (sent.body.match(member(id))?.length ?? 0)
  );
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
