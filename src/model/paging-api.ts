/** How the lists of an API go on, as their addresses and answers tell. Pure. */
import { given, jsonOf, type Members, rowsIn } from './answer.ts';
import { postOf, variablesIn, withVariable } from './graphql.ts';

const sizes = /^(limit|per_?page|page_?size|size|take|count|max_?results|first|top)$/i;
const offsets = /^(offset|skip|start)$/i;
const numbers = /^(page|page_?(number|no|index)|p)$/i;
const links = /^(next|next_?page|next_?(page_?)?(url|link|href|uri))$/i;
const cursors = /^(next_?(cursor|token|page_?token)|cursor|end_?cursor)$/i;
const ends = /^has_?(more|next(_?page)?)$/i;
const totals = /^(total|total_?(count|items|elements|records|results)?|count|num_?found)$/i;

/** What a parameter of a list's address is for. */
export const isSize = (name: string): boolean => sizes.test(name);
export const isOffset = (name: string): boolean => offsets.test(name);
export const isNumber = (name: string): boolean => numbers.test(name);

/** The rows of an API's list, each as JSON; none where the text is something else. */
export const rowsOf = (answer: string): string[] => rowsIn(jsonOf(answer)).map((row) => JSON.stringify(row));

/** What an answer tells of its list stands at its top, or up to two levels down. */
function tellsOf(value: unknown, depth = 0): [string, unknown][] {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return [];
  const own = Object.entries(value as Members);
  // A link may be an object of its own: `next: { href }`.
  const inner = own.flatMap(([name, v]) =>
    tellsOf(v, depth + 1).map(([under, one]): [string, unknown] => [/^(href|url)$/i.test(under) ? name : under, one]),
  );
  return depth < 2 ? [...own, ...inner] : own;
}

const textOf = (told: readonly [string, unknown][], names: RegExp): string | undefined =>
  told.find(([name, v]) => names.test(name) && typeof v === 'string' && v !== '')?.[1] as string | undefined;

/** Where a link of the answer leads: at another origin to the same path, as servers behind a name of their own write it. */
function followed(link: string, address: URL): string | undefined {
  if (!/^(https?:|[/?])/.test(link)) return undefined;
  const to = URL.parse(link, address.href);
  if (to?.origin === address.origin) return to.href;
  return to?.pathname === address.pathname ? address.origin + to.pathname + to.search : undefined;
}

/** The address of the next page, or undefined where this is the last, or nothing tells. */
export function nextPage(address: string, answer: string): string | undefined {
  const value = jsonOf(answer);
  const url = URL.parse(address);
  if (value === undefined || !url) return undefined;
  const told = tellsOf(given(value));
  const link = followed(textOf(told, links) ?? '', url);
  if (link) return link;
  const rows = rowsIn(value).length;
  if (rows === 0) return undefined;
  const parameters = parametersOf(address);
  const set = (name: string, to: string | number): string => {
    if (postOf(address)) return withVariable(address, name, to);
    url.searchParams.set(name, String(to));
    return url.href;
  };
  const cursor = textOf(told, cursors);
  const named = parameters.find(([name]) => /cursor|token|after/i.test(name))?.[0];
  if (told.some(([name, v]) => ends.test(name) && v === false) && cursor && named) return undefined;
  if (cursor && named) return set(named, cursor);
  const offset = parameters.find(([name]) => isOffset(name));
  if (offset) return set(offset[0], Number(offset[1]) + rows);
  const page = parameters.find(([name]) => isNumber(name));
  return page ? set(page[0], Number(page[1]) + 1) : undefined;
}

/** What a list is asked with: in the query of its address, or as variables of a query that it is itself. */
const parametersOf = (address: string): readonly (readonly [string, string])[] =>
  variablesIn(address) ?? [...new URL(address).searchParams];

/**
 * The answer says that there are more rows than it shows, and neither it nor its address says in a way that is known here how they are had;
 * or it is longer than what was read of it.
 */
export function isCutShort(address: string, answer: string): boolean {
  const value = jsonOf(answer);
  const url = URL.parse(address);
  if (!url) return false;
  if (value === undefined) return /^\s*[[{]/.test(answer) && answer.length > 150_000;
  const told = tellsOf(given(value));
  const rows = rowsIn(value).length;
  const more = told.some(
    ([name, v]) =>
      (totals.test(name) && typeof v === 'number' && v > rows) ||
      ((links.test(name) || cursors.test(name)) && (typeof v === 'string' ? v !== '' : typeof v === 'number')) ||
      (ends.test(name) && v === true),
  );
  const steps = parametersOf(address).some(([name]) => isOffset(name) || isNumber(name));
  return more && !steps && nextPage(address, answer) === undefined;
}
