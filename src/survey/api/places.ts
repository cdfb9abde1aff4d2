/** What belongs together among the operations of an API: a collection that takes new records, its list, its items, its doors. */
import { isNumber, isOffset, isSize } from '../../model/paging-api.ts';
import type { Operation, Schema } from './document.ts';
import { type Carries, carrierIn, typeOf } from './fill.ts';

export interface Collection {
  readonly create: Operation;
  /** Property of its body that carries the mark. */
  readonly carrier: { readonly path: readonly string[]; readonly carries: Carries };
  /** Address of the list, with as many rows at once as it gives. */
  readonly list?: string;
  /** Addresses that the list may be asked at, where it is told by no document how many rows it gives: the first that answers is its own. */
  readonly lists?: readonly string[];
  /** Address of one of its items, with {id} in it, or {mark} where the marked property is what it is called by. */
  readonly own?: string;
  /** What the id is called in the address. */
  readonly id?: string;
  /** Nothing among its operations could be one that edits, or deletes. */
  readonly without: readonly ('edit' | 'delete')[];
  /** Requests that change an item, the one that changes a part of it first. */
  readonly edits: readonly Operation[];
  readonly remove?: Operation;
}

/** What an API offers, by whatever describes it. */
export interface Api {
  readonly operations: readonly Operation[];
  /** The likeliest first. */
  readonly collections: readonly Collection[];
  readonly doors: Doors;
  /** It is there, and does not say what it offers: in a sentence. */
  readonly lack?: string;
}

/** What no trial may call: it is no record, or it cannot be taken back. */
export const notARecord =
  /\b(log-?in|log-?out|sign-?(in|up|out)|register|registration|auth\w*|tokens?|sessions?|refresh|password\w*|reset|verify|otp|webhooks?|search|query|import|export|upload\w*|pay\w*|charges?|checkout|refunds?|transfers?|purchases?|donat\w*|subscri\w*|invit\w*|e?mails?|sms|send|sends|notif\w*|contact|newsletter|broadcasts?|campaigns?|publish|admin|users?|accounts?|health\w*|metrics|seed|batch|bulk|deploy\w*|run|exec\w*|restart|shutdown|generate|completions?)\b/i;

/** Words of what is done by asking. */
export const actsOnAll =
  /\b(creat\w*|init\w*|reset|re-?seed|seed|populate|drop|delete|destroy|clear|purge|wipe|truncate|flush|migrate|install|setup|log-?out|sign-?out|run|exec\w*|trigger|send|sync|restart|shutdown|generate|import|debug)\b/i;

/**
 * Is it a list that may be read to see what is there? Whatever takes new ones, has items or is called by many is one. What only a name tells apart from an act is
 * left alone: not all that answers a GET is safe (RFC 9110, 9.2.1, says that it should be).
 */
export function isList(operation: Operation, operations: readonly Operation[]): boolean {
  const { method, url, about, list, rows } = operation;
  if (list) return true;
  if (method !== 'GET' || url.includes('{')) return false;
  const called = `${new URL(url).pathname} ${about}`.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[-_/]/g, ' ');
  // What is for finding faults may act or show: rows that it is said to answer are shown.
  if (actsOnAll.test(rows ? called.replace(/\bdebug\b/gi, '') : called)) return false;
  // A list of what others keep is called by many.
  if (rows || /(s|people|children|data)\/?$/i.test(new URL(url).pathname)) return true;
  return operations.some(
    (o) =>
      (o.method === 'POST' && same(o.url, url)) ||
      (parameterAtEnd.test(o.url) && same(o.url.replace(parameterAtEnd, ''), url)),
  );
}

const parameterAtEnd = /\/\{([^/{}]+)\}\/?$/;

/** Collections in which a record may be made, the likeliest first. */
export function collectionsIn(operations: readonly Operation[]): Collection[] {
  return operations
    .filter(({ method, url, body }) => method === 'POST' && !url.includes('{') && body !== undefined)
    .flatMap((create) => {
      const items = operations.filter(
        ({ url }) => same(url.replace(parameterAtEnd, ''), create.url) && parameterAtEnd.test(url),
      );
      const id = items.map(({ url }) => parameterAtEnd.exec(url)?.[1]).find(Boolean);
      // Whoever makes it says what it is called by.
      const chosen = id !== undefined && create.body?.required?.includes(id) && isText(create.body.properties?.[id]);
      const carrier = chosen ? { path: [id], carries: 'text' as const } : create.body && carrierIn(create.body);
      if (!carrier) return [];
      const list = operations.find(({ method, url }) => method === 'GET' && same(url, create.url));
      const byMark = id !== undefined && isCalledBy(id, carrier.path.at(-1) ?? '', create.url);
      const own = items[0]?.url.replace(parameterAtEnd, byMark ? '/{mark}' : '/{id}');
      // Some name the item in the body, at the address of the collection.
      const named = operations.filter(({ url, body }) => same(url, create.url) && body?.properties?.['id']);
      const by = (...methods: string[]): Operation | undefined =>
        [...items, ...named].find((o) => methods.includes(o.method));
      const remove = by('DELETE');
      const edits = [by('PATCH'), by('PUT')].filter((o) => o?.body !== undefined && typeOf(o.body) === 'object');
      // What is not surely missing may go by an address of another name.
      const has = (...methods: string[]): boolean =>
        operations.some((o) => methods.includes(o.method) || (o.method === 'POST' && o.url.includes('{')));
      const without = [
        ...(has('PATCH', 'PUT') ? [] : (['edit'] as const)),
        ...(has('DELETE') ? [] : (['delete'] as const)),
      ];
      const called = `${new URL(create.url).pathname} ${create.about}`.replace(/([a-z])([A-Z])/g, '$1 $2');
      const word = notARecord.test(called.replaceAll(/[-_/]/g, ' '));
      const ids = ownIds(create, id);
      // What names others has to know them; what stands alone is made first.
      const names = Object.keys(create.body?.properties ?? {}).filter((name) => /_id$|I[dD]$/.test(name));
      const rank =
        5 * Number(list !== undefined) +
        3 * Number(own !== undefined) +
        Number(carrier.carries === 'text') -
        Math.min(3, names.filter((name) => !ids.includes(name)).length) -
        10 * Number(word);
      return [
        {
          rank,
          of: {
            create,
            carrier,
            ...(list ? { list: wholeList(list) } : {}),
            ...(own ? { own } : {}),
            ...(id && !byMark ? { id: id === 'id' ? `${singular(create.url)}Id` : id } : {}),
            without,
            edits: edits as Operation[],
            ...(remove ? { remove } : {}),
          },
        },
      ];
    })
    .filter(({ rank, of }) => rank > 0 && (of.list ?? of.own) !== undefined)
    .sort((a, b) => b.rank - a.rank)
    .map(({ of }) => of);
}

const isText = (schema?: Schema): boolean => schema !== undefined && typeOf(schema) === 'string' && !schema.format;

const same = (a: string, b: string): boolean => a.replace(/\/$/, '') === b.replace(/\/$/, '');

/** Is the parameter the marked property itself? {title} is, and so is {page_title} of /pages. */
function isCalledBy(parameter: string, property: string, url: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');
  return [property, singular(url) + property].map(plain).includes(plain(parameter));
}

/** What one of a collection is called: a branch of /branches, a category of /categories. */
function singular(url: string): string {
  const name = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '';
  if (/ies$/i.test(name)) return name.replace(/ies$/i, 'y');
  return name.replace(/(?<=s|x|z|ch|sh)es$|s$/i, '');
}

/** What one of what a request makes, or lists, is called. */
export const oneOf = ({ one, url }: Operation): string => one ?? singular(url);

/** Ids of a record's own: given by whoever makes it, they would be there twice. */
export function ownIds(operation: Operation, id?: string): string[] {
  const one = oneOf(operation).replace(/-(\w)/g, (_, c: string) => c.toUpperCase());
  return ['id', '_id', 'uuid', `${one}Id`, `${one}ID`, `${one}_id`, ...(id ? [id] : [])];
}

/** The list's address, asking for as many rows as it gives, and from the first on, so that it tells how one goes on. */
function wholeList({ url, query }: Operation): string {
  const numbers = query.filter(
    ({ schema }) => !schema.enum && /^(integer|number|undefined)$/.test(String(typeOf(schema))),
  );
  const size = numbers.find(({ name }) => isSize(name));
  const offset = numbers.find(({ name }) => isOffset(name));
  const page = offset ? undefined : numbers.find(({ name }) => isNumber(name));
  const asked = new URLSearchParams({
    ...(size ? { [size.name]: String(Math.min(size.schema.maximum ?? 100, 100)) } : {}),
    ...(offset ? { [offset.name]: '0' } : {}),
    ...(page ? { [page.name]: String(page.schema.default ?? page.schema.minimum ?? 1) } : {}),
  });
  return asked.size ? `${url}?${asked}` : url;
}

export interface Doors {
  readonly signUp?: Operation;
  readonly logIn?: Operation;
}

/** Requests that take a password: which makes an account, and which lets one in. */
export function doorsIn(operations: readonly Operation[]): Doors {
  const asking = operations.filter(
    ({ method, url, body }) =>
      method === 'POST' &&
      !url.includes('{') &&
      Object.keys(body?.properties ?? {}).some((name) => /passw|^pwd$/i.test(name)),
  );
  const path = ({ url }: Operation): string => new URL(url).pathname;
  const logIn = asking.find((o) => /log-?in|sign-?in|token|session|authenticate/i.test(path(o)));
  const signUp =
    asking.find((o) => /regist|sign-?up|join/i.test(path(o))) ??
    asking.find((o) => o !== logIn && /(users?|accounts?)\/?$/i.test(path(o)));
  return { ...(signUp ? { signUp } : {}), ...(logIn ? { logIn } : {}) };
}
