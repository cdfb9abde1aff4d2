/** What the answers of an API hold: objects, their ids, and the one that holds a mark. */
import { holds, type Mark } from './mark.ts';

/** Header of whoever asks an API: browsers ask for pages. */
export const asJson = { accept: 'application/json, */*;q=0.5' } as const;

export type Members = Readonly<Record<string, unknown>>;

/** The value of a JSON text; undefined for any other. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Every object anywhere in a JSON value, the outermost first. */
export function objectsIn(value: unknown, into: Members[] = []): Members[] {
  if (Array.isArray(value)) for (const one of value) objectsIn(one, into);
  else if (value && typeof value === 'object') {
    into.push(value as Members);
    for (const one of Object.values(value)) objectsIn(one, into);
  }
  return into;
}

const idKeys = ['id', '_id', 'uuid', 'key', 'slug'];

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '');

/** Its id, by the name that is given (orderId is order_id), else by one of the usual names. */
export function idOf(object: Members, named?: string): string | undefined {
  const own = named === undefined ? [] : Object.keys(object).filter((key) => plain(key) === plain(named));
  for (const key of [...own, ...idKeys]) {
    const value = object[key];
    if ((typeof value === 'string' && value.length > 0 && value.length < 80) || typeof value === 'number')
      return String(value);
  }
  return undefined;
}

/** Of GraphQL's answer to one operation what it gave, which stands below `data` and the name of the field (October 2021, 7.1). */
export function given(value: unknown): unknown {
  if (!isMembers(value) || !isMembers(value['data'])) return value;
  const [only, ...others] = Object.values(value['data']);
  const bare = Object.keys(value).every((key) => ['data', 'errors', 'extensions'].includes(key));
  return bare && !others.length && (isMembers(only) || Array.isArray(only)) ? only : value;
}

/** The id in the answer to a create: a member called so, at the top or one level down. */
export function idIn(answer: string, named?: string): string | undefined {
  const body = given(jsonOf(answer));
  // Some answer with the bare id.
  if (typeof body === 'number' || (typeof body === 'string' && /^[\w-]{1,40}$/.test(body))) return String(body);
  // Of several, which is the new one is not said.
  if (!body || typeof body !== 'object' || (Array.isArray(body) && body.length > 1)) return undefined;
  for (const level of [body, ...Object.values(body)])
    if (level && typeof level === 'object' && !Array.isArray(level)) {
      const id = idOf(level as Members, named);
      if (id !== undefined) return id;
    }
  return undefined;
}

/**
 * The rows of an answer: the list nearest to its top, of objects where there is one. What lists hold below their rows is none; of an edge the
 * row is its node (GraphQL Cursor Connections, 3).
 */
export function rowsIn(value: unknown): readonly unknown[] {
  for (let level: unknown[] = [value], depth = 0; level.length && depth < 4; depth++) {
    const lists = level.filter((one): one is unknown[] => Array.isArray(one));
    const found = lists.find((list) => list.some(isMembers)) ?? lists[0];
    if (found)
      return found.map((row) =>
        isMembers(row) && isMembers(row['node']) && Object.keys(row).every((key) => edge.has(key)) ? row['node'] : row,
      );
    level = level.filter(isMembers).flatMap((one) => Object.values(one));
  }
  return [];
}

/** Of a connection (GraphQL Cursor Connections, 3): a row of ours may have a member called node. */
const edge = new Set(['node', 'cursor', '__typename']);

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The one row of a list, or the one object of an answer, that bears the mark whole in a member of its own (or of a part that has no id), or
 * is called by it. Undefined where none or several do: what is not surely ours is nobody's to change.
 */
export function itemWith(answer: string, mark: Mark, named?: string): Members | undefined {
  const value = given(jsonOf(answer));
  const rows = rowsIn(value).filter(isMembers);
  const alone = isMembers(value) ? [value, ...Object.values(value).filter(isMembers)] : [];
  for (const among of [rows, alone]) {
    const found = among.filter(
      (object) => idOf(object, named) !== undefined && (idOf(object, named) === mark || bears(object, mark, named)),
    );
    if (found.length) return found.length === 1 || among === alone ? found[0] : undefined;
  }
  return undefined;
}

function bears(object: Members, mark: Mark, named?: string): boolean {
  return Object.values(object).some((value) =>
    typeof value === 'number'
      ? value === Number(mark)
      : typeof value === 'string'
        ? holds(value, mark) === 'whole'
        : isMembers(value) && idOf(value, named) === undefined && bears(value, mark, named),
  );
}

/** Names of a token in an answer, those of a session first. */
const tokens = [
  'access_token',
  'auth_token',
  'id_token',
  'session_token',
  'bearer_token',
  'jwt',
  'token',
  'api_key',
  'key',
];

/** The token that an answer hands out, and what it is called. */
export function tokenIn(answer: string): { readonly name: string; readonly token: string } | undefined {
  const found = objectsIn(jsonOf(answer)).flatMap((object) =>
    Object.entries(object).flatMap(([name, token]) => {
      const rank = tokens.indexOf(name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase());
      return rank >= 0 && typeof token === 'string' && token.length > 7 ? [{ name, token, rank }] : [];
    }),
  );
  return found.sort((a, b) => a.rank - b.rank)[0];
}
