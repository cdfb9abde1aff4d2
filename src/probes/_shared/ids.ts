/**
 * What names a record in requests: ids of answers, and parts of addresses that are one's own. A request of one user becomes one for
 * another's record by changing these alone. Pure.
 */
import { idOf, jsonOf, type Members, objectsIn } from '../../model/answer.ts';
import type { Sent } from '../../model/browser.ts';
import { holds, type Mark } from '../../model/mark.ts';

/** What is known of one record. */
export interface Known {
  /** Objects of answers that bear its mark, the first that came first. */
  readonly objects: readonly Members[];
  /** Addresses that are its own: of its page, of links and forms in its row. */
  readonly addresses: readonly string[];
}

export interface Pair {
  readonly from: string;
  readonly to: string;
}

/** How one record is called where another is: `record` are names of the record itself, `around` of what holds it (a workspace). */
export interface Pairs {
  readonly record: readonly Pair[];
  readonly around: readonly Pair[];
}

export function knownOf(exchanges: readonly Sent[], mark: Mark, addresses: readonly string[]): Known {
  const objects = exchanges
    .filter((r) => holds(r.answer, mark))
    .flatMap((r) => objectsIn(jsonOf(r.socket ? framed(r.answer).json : r.answer)))
    .filter((object) => idOf(object) !== undefined || Object.keys(object).some((key) => idLike.test(key)))
    .filter((object) => bears(object, mark));
  return { objects, addresses: [...new Set(addresses)] };
}

/** In a member of its own, or of a part that is no record itself: JSON:API and others keep what a record says below its id. */
const bears = (object: Members, mark: Mark): boolean =>
  Object.entries(object).some(([key, value]) => {
    if (typeof value === 'string' || typeof value === 'number') return holds(String(value), mark) !== undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const part = value as Members;
    return (parts.test(key) || !Object.keys(part).some((name) => idLike.test(name))) && bears(part, mark);
  });
const parts = /^(attributes|fields|properties)$/;

const idLike = /^(id|_id|uuid|guid|key|slug|pk|ref)$|[a-z]I[dD]$|_(id|uuid|slug|pk|ref)$/;
/** Says which state of a record was meant: it belongs to the record, as the id does. */
export const versionLike = /version|updated|modified|etag|revision|lock/i;

/** `named`: what the id is called where it is not called so. */
export function pairsOf(from: Known, to: Known, named?: string): Pairs {
  const record: Pair[] = [];
  const around: Pair[] = [];
  for (const mine of from.objects)
    for (const theirs of to.objects) {
      const [a, b] = [idOf(mine, named), idOf(theirs, named)];
      if (a !== undefined && b !== undefined && Object.keys(mine).join() === Object.keys(theirs).join())
        record.push({ from: a, to: b });
    }
  const [words, others] = [wordsIn(from), wordsIn(to)];
  for (const mine of from.addresses)
    for (const theirs of to.addresses) {
      const differing = differences(mine, theirs);
      // A word that stands on the other side as well says what is there or what is done (notes, delete), and names nothing.
      if (differing.some((p) => others.has(p.from) || words.has(p.to))) continue;
      const last = differing.at(-1);
      if (last && differing.length <= 2) record.push(last);
      around.push(...differing.slice(0, -1));
    }
  const distinct = (pairs: readonly Pair[]): Pair[] =>
    pairs.filter((p, at) => p.from !== p.to && pairs.findIndex((q) => q.from === p.from) === at);
  const names = distinct(record);
  return { record: names, around: distinct(around).filter((p) => names.every((q) => q.from !== p.from)) };
}

/** May the other's name be that of an older record for the first one? Numbers rise: what is higher than one just made is free. */
export const mayBeTaken = (names: readonly Pair[]): boolean =>
  names.some(({ from, to }) => /^\d+$/.test(to) && !(/^\d+$/.test(from) && BigInt(to) > BigInt(from)));

/** Parts of its addresses that are no numbers and hold none. */
const wordsIn = ({ addresses }: Known): ReadonlySet<string> =>
  new Set(addresses.flatMap((url) => partsOf(new URL(url)).map((p) => p.value)).filter((value) => !/\d/.test(value)));

/** Parts of two addresses of one shape that differ, in order; none where they are of different shapes or differ in nearly all. */
export function differences(one: string, other: string): Pair[] {
  const [a, b] = [URL.parse(one), URL.parse(other)];
  if (!a || !b || a.origin !== b.origin) return [];
  const [as, bs] = [partsOf(a), partsOf(b)];
  if (as.length !== bs.length || as.some(({ key }, at) => key !== bs[at]?.key)) return [];
  const pairs = as.flatMap(({ value }, at) => {
    const theirs = bs[at]?.value ?? '';
    return value === theirs ? [] : [{ from: value, to: theirs }];
  });
  return pairs.length < as.length ? pairs : [];
}

/** Segments of the path and values of the query (that of the fragment too, where a page routes by it), with the host's as the first. */
function partsOf({ pathname, searchParams, hash }: URL): { key: string; value: string }[] {
  const segments = `${pathname}${/^#!?\//.test(hash) ? hash.replace(/^#!?/, '') : ''}`.split('/').map(decoded);
  return [
    ...segments.map((value, at) => ({ key: `/${at}`, value })),
    ...[...searchParams].map(([key, value]) => ({ key, value })),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A frame of a socket may say what it is before its JSON (socket.io: 42["name",{…}], with the number of an answer that is waited for). */
function framed(text: string): { head: string; json: string } {
  const [, head = '', json = text] = /^(\d+(?:\/[\w-]+,)?\d*)([[{].*)$/s.exec(text) ?? [];
  return { head, json };
}

interface Request {
  readonly url: string;
  readonly body: string;
}

/** The request with these names changed; undefined where it holds none of them. */
export function renamed({ url, body }: Request, pairs: readonly Pair[]): Request | undefined {
  let found = false;
  const swap = (text: string): string | undefined => {
    const to = pairs.find(({ from }) => from === text)?.to;
    if (to !== undefined) found = true;
    return to;
  };
  const within = (text: string): string =>
    pairs.reduce((all, { from, to }) => {
      if (from.length < 12 || !all.includes(from)) return all;
      found = true;
      return all.replaceAll(from, to);
    }, text);
  const leaf = (key: string, value: string): string =>
    (idLike.test(key) || value.length >= 6 ? swap(value) : undefined) ?? within(value);
  // What holds a record may be called by the same number: the record comes after it.
  const path = (text: string): string => {
    const parts = text.split('/');
    return parts
      .map((part, at) => {
        const to = parts.lastIndexOf(part) === at ? swap(decoded(part)) : undefined;
        return to === undefined ? part : encodeURIComponent(to);
      })
      .join('/');
  };
  const address = new URL(url);
  address.pathname = path(address.pathname);
  if (/^#!?\//.test(address.hash)) address.hash = path(address.hash);
  for (const [key, value] of [...address.searchParams]) {
    const to = leaf(key, value);
    if (to !== value) address.searchParams.set(key, to);
  }
  const frame = framed(body);
  const json = jsonOf(frame.json);
  let sent: string;
  if (json !== null && typeof json === 'object') {
    const walk = (value: unknown, key: string): unknown => {
      if (Array.isArray(value)) return value.map((one) => walk(one, key));
      if (value && typeof value === 'object')
        return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
      if (typeof value !== 'string' && typeof value !== 'number') return value;
      const to = leaf(key, String(value));
      return to === String(value) ? value : typeof value === 'number' && /^\d+$/.test(to) ? Number(to) : to;
    };
    sent = frame.head + JSON.stringify(walk(json, ''));
  } else if (/^[\w.[\]%-]+=[^\s]*$/.test(body)) {
    const fields = new URLSearchParams(body);
    const changed = [...fields].map(([key, value]): [string, string] => [key, leaf(key, value)]);
    sent = new URLSearchParams(changed).toString();
  } else sent = within(body);
  return found ? { url: address.href, body: sent } : undefined;
}
