/** How the lists of an API go on, as their addresses and answers tell. Pure. */
import { jsonOf, type Members, objectsIn } from './answer.ts';

const sizes = /^(limit|per_?page|page_?size|size|take|count|max_?results|first|top)$/i;
const offsets = /^(offset|skip|start)$/i;
const numbers = /^(page|page_?(number|no|index)|p)$/i;
const links = /^(next|next_?(page_?)?(url|link|href)?)$/i;
const cursors = /^(next_?(cursor|token|page_?token)|cursor|end_?cursor)$/i;
const totals = /^(total|total_?(count|items|elements|records|results)?|count|num_?found)$/i;

/** What a parameter of a list's address is for. */
export const isSize = (name: string): boolean => sizes.test(name);
export const isOffset = (name: string): boolean => offsets.test(name);
export const isNumber = (name: string): boolean => numbers.test(name);

/** The longest list in an answer: its rows. */
function rowsIn(value: unknown): readonly unknown[] {
  const lists = Array.isArray(value)
    ? [value]
    : objectsIn(value).flatMap((o) => Object.values(o).filter(Array.isArray));
  return lists.sort((a, b) => b.length - a.length)[0] ?? [];
}

/** The rows of an API's list, each as JSON; none where the text is something else. */
export const rowsOf = (answer: string): string[] => rowsIn(jsonOf(answer)).map((row) => JSON.stringify(row));

/** What an answer tells of its list is at its top, or one level down. */
function tellsOf(value: unknown): [string, unknown][] {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return [];
  const inner = Object.values(value as Members).filter(
    (v): v is Members => !!v && typeof v === 'object' && !Array.isArray(v),
  );
  return [value as Members, ...inner].flatMap(Object.entries);
}

/** The address of the next page, or undefined where this is the last, or nothing tells. Only at the origin of the list. */
export function nextPage(address: string, answer: string): string | undefined {
  const value = jsonOf(answer);
  if (value === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const told = tellsOf(value);
  const link = told.find(([name, v]) => links.test(name) && typeof v === 'string' && v !== '')?.[1];
  if (typeof link === 'string') {
    const to = URL.parse(link, address);
    return to?.origin === url.origin ? to.href : undefined;
  }
  const rows = rowsIn(value).length;
  if (rows === 0) return undefined;
  const parameters = [...url.searchParams];
  const set = (name: string, to: string): string => {
    url.searchParams.set(name, to);
    return url.href;
  };
  const cursor = told.find(([name, v]) => cursors.test(name) && typeof v === 'string' && v !== '')?.[1];
  if (typeof cursor === 'string')
    return set(parameters.find(([name]) => /cursor|token|after/i.test(name))?.[0] ?? 'cursor', cursor);
  const offset = parameters.find(([name]) => isOffset(name));
  if (offset) return set(offset[0], String(Number(offset[1]) + rows));
  const page = parameters.find(([name]) => isNumber(name));
  return page ? set(page[0], String(Number(page[1]) + 1)) : undefined;
}

/** The answer says that there are more rows than it shows, and neither it nor its address says how they are asked for. */
export function isCutShort(address: string, answer: string): boolean {
  const value = jsonOf(answer);
  if (value === undefined || !URL.canParse(address)) return false;
  const told = tellsOf(value);
  const leads =
    told.some(([name, v]) => (links.test(name) || cursors.test(name)) && typeof v === 'string' && v !== '') ||
    [...new URL(address).searchParams.keys()].some((name) => isOffset(name) || isNumber(name));
  const rows = rowsIn(value).length;
  const more = told.some(
    ([name, v]) =>
      (totals.test(name) && typeof v === 'number' && v > rows) ||
      (/^has_?(more|next(_?page)?)$/i.test(name) && v === true),
  );
  return more && !leads;
}
