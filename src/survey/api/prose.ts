/** What an API offers, as the examples of its README say: curl lines, and blocks of a method, a path and a body. Pure. */
import { jsonOf } from '../../model/answer.ts';
import type { Operation, Schema } from './document.ts';

interface Example {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Its operations at the origin that is asked; empty where the text holds no such examples. Of equal ones the first that has a body counts. */
export function operationsInProse(text: string, origin: string): Operation[] {
  const found = new Map<string, Operation>();
  for (const { method, path, body } of [...curls(text), ...blocks(text), ...lines(text)]) {
    const url = origin + templated(path);
    if (URL.parse(url)?.origin !== origin) continue;
    const key = `${method} ${url}`;
    const known = found.get(key);
    const query = [...(known?.query ?? []), ...queryOf(path)];
    if (known?.body) continue;
    const schema = body === undefined ? undefined : schemaOf(body);
    found.set(key, {
      method,
      url,
      says: `${method} ${templated(path)}`,
      about: '',
      query,
      form: false,
      ...(schema ? { body: schema, example: body } : {}),
      open: true,
    });
  }
  return [...found.values()];
}

/** Words of a shell line: quotes hold together, a backslash at its end goes on. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/gs) ?? [];
  return words.map((word) =>
    word.replace(
      /'([^']*)'|"((?:\\.|[^"\\])*)"/gs,
      (_, plain?: string, quoted?: string) => plain ?? quoted?.replace(/\\(["\\$`])/g, '$1') ?? '',
    ),
  );
}

const takesValue =
  /^(-[XHdbuoAem]|--(request|header|data(-raw|-binary|-ascii)?|json|user|cookie|output|url|max-time))$/;

function curls(text: string): Example[] {
  const commands =
    text.replace(/\\\r?\n/g, ' ').match(/(?<=^|[\s$>`])curl\s(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\n'"`|;])*/gs) ?? [];
  return commands.flatMap((command) => {
    const words = wordsOf(command).slice(1);
    let method: string | undefined;
    let data: string | undefined;
    let address: string | undefined;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? '';
      const joined = /^-(X|d)(.+)$/s.exec(word);
      const name = joined ? `-${joined[1]}` : word;
      if (takesValue.test(name) || joined) {
        const value = joined ? (joined[2] ?? '') : (words[++i] ?? '');
        if (name === '-X' || name === '--request') method = value.toUpperCase();
        else if (name === '-d' || name === '--json' || name.startsWith('--data')) data = value;
        else if (name === '--url') address = value;
      } else if (!word.startsWith('-')) address ??= word;
    }
    const path = address === undefined ? undefined : pathOf(address);
    if (path === undefined) return [];
    const body = data === undefined ? undefined : jsonOf(data);
    return [{ method: method ?? (data === undefined ? 'GET' : 'POST'), path, ...(isObject(body) ? { body } : {}) }];
  });
}

const verb = /(?<![\w/-])(GET|POST|PUT|PATCH|DELETE)[\s`|*]+(\/[\w\-./:{}<>$?=&%]*)/;

/** A code block that begins with `POST /path`, with a body in JSON. */
function blocks(text: string): Example[] {
  return [...text.matchAll(/```[^\n]*\n(.*?)```/gs)].flatMap(([, block = '']) => {
    const first = verb.exec(block.split('\n')[0] ?? '');
    const from = block.indexOf('{', first ? first[0].length : 0);
    const body = first && from >= 0 ? jsonOf(block.slice(from, block.lastIndexOf('}') + 1)) : undefined;
    return first ? [{ method: first[1] ?? '', path: first[2] ?? '', ...(isObject(body) ? { body } : {}) }] : [];
  });
}

/** Tables and lists of addresses. */
const lines = (text: string): Example[] =>
  [...text.matchAll(new RegExp(verb, 'g'))].map(([, method = '', path = '']) => ({ method, path }));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The path of an address in an example: on a host, or behind a variable. */
function pathOf(address: string): string | undefined {
  const plain = address.replace(
    /^(https?:\/\/)?(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|[\w.-]+:\d+|\$\{?\w+\}?|<[\w-]+>|\{\{?\w+\}?\})(:\d+|:\$\{?\w+\}?)?(?=\/)/,
    '',
  );
  if (plain.startsWith('/')) return plain;
  const url = URL.parse(plain);
  return url && /^https?:$/.test(url.protocol) ? url.pathname + url.search : undefined;
}

/** Without what is asked for; ids and variables are parameters. */
function templated(path: string): string {
  return (path.split('?')[0] ?? '')
    .split('/')
    .map((part) => {
      const named = /^(?::(\w+)|<(?:\w+:)?(\w+)>|\{\{?(\w+)\}?\}|\$\{?(\w+)\}?)$/.exec(part)?.slice(1).find(Boolean);
      if (named) return `{${named}}`;
      return /^\d+$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^(?=.*\d)[\w-]{10,}$/i.test(part) ? '{id}' : part;
    })
    .join('/')
    .replace(/[.,:]+$/, '');
}

const queryOf = (path: string): Operation['query'] =>
  [...new URLSearchParams(path.split('?')[1] ?? '').keys()].map((name) => ({ name, schema: {} }));

/** A schema that the example obeys: all that it holds is required. */
function schemaOf(value: unknown): Schema {
  if (Array.isArray(value))
    return { type: 'array', ...(value.length ? { minItems: 1, items: schemaOf(value[0]) } : {}) };
  if (isObject(value))
    return {
      type: 'object',
      required: Object.keys(value),
      properties: Object.fromEntries(Object.entries(value).map(([name, one]) => [name, schemaOf(one)])),
    };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (typeof value !== 'string') return { type: 'string' };
  const format = /^[^\s@]+@[^\s@]+\.\w+$/.test(value)
    ? 'email'
    : /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? 'date'
      : /^\d{4}-\d{2}-\d{2}T/.test(value)
        ? 'date-time'
        : /^https?:\/\//.test(value)
          ? 'uri'
          : undefined;
  return { type: 'string', ...(format ? { format } : {}) };
}
