/** What an API offers, as its OpenAPI document says (OpenAPI 3.0 and 3.1, Swagger 2.0). */
import { parse } from 'yaml';

/** A JSON schema as far as it is used here; references are resolved. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly readOnly?: boolean;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

export interface Operation {
  /** Upper case. */
  readonly method: string;
  /** Whole address, with {parameters}. */
  readonly url: string;
  readonly says: string;
  /** The words that name it: its id, its summary. */
  readonly about: string;
  readonly query: readonly { readonly name: string; readonly schema: Schema }[];
  /** Of the body. */
  readonly body?: Schema;
  /** It is sent as a form, and not as JSON. */
  readonly form: boolean;
  /** Of the whole body, where the document gives one. */
  readonly example?: unknown;
  /** Asks for no credentials. */
  readonly open: boolean;
  /** GraphQL: the text of the operation, of which the body has the variables. */
  readonly document?: string;
  /** Its type says that it is a list. */
  readonly list?: true;
  /** Its answer is described as rows, at its top or one level down. */
  readonly rows?: true;
  /** What one of what it makes, or lists, is called; else its address says so. */
  readonly one?: string;
  /** Names of ids in its body, each with what is called by them. */
  readonly refs?: Readonly<Record<string, string>>;
  /** Where in its body the id of the item stands that it is about; else it stands in its address. */
  readonly item?: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Its operations at the origin that is asked, or undefined where the text is no such document. */
export function operationsIn(text: string, origin: string): Operation[] | undefined {
  const document = read(text);
  if (!document || !isNode(document['paths']) || !(document['openapi'] ?? document['swagger'])) return undefined;
  const base =
    origin +
    baseOf(document)
      .replace(/^(?!\/|$)/, '/')
      .replace(/\/$/, '');
  const secured = Array.isArray(document['security']) && document['security'].length > 0;
  return Object.entries(document['paths']).flatMap(([path, item]) => {
    const at = resolved(item, document);
    // A path begins with a slash; joined to a host, anything else would be another host.
    if (!path.startsWith('/') || URL.parse(base + path)?.origin !== origin) return [];
    return methods.flatMap((method) => {
      const operation = at[method];
      return isNode(operation) ? [operationOf({ document, base, secured }, { path, method, at, operation })] : [];
    });
  });
}

function read(text: string): Node | undefined {
  try {
    const value = parse(text, { maxAliasCount: 1000, logLevel: 'silent' }) as unknown;
    return isNode(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Path of the first server, or Swagger's basePath: the origin is the one that we were given. */
function baseOf(document: Node): string {
  if (typeof document['basePath'] === 'string') return document['basePath'];
  const [server] = Array.isArray(document['servers']) ? (document['servers'] as unknown[]) : [];
  const url = isNode(server) && typeof server['url'] === 'string' ? server['url'] : '';
  return URL.parse(url, 'http://localhost')?.pathname ?? '';
}

function operationOf(
  { document, base, secured }: { document: Node; base: string; secured: boolean },
  { path, method, at, operation }: { path: string; method: string; at: Node; operation: Node },
): Operation {
  const parameters = [at['parameters'], operation['parameters']]
    .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    .map((one) => resolved(one, document));
  const { schema, example, form = false } = bodyOf(document, operation, parameters);
  const security = operation['security'];
  return {
    method: method.toUpperCase(),
    url: base + path,
    says: `${method.toUpperCase()} ${path}`,
    about: ['operationId', 'summary'].map((name) => String(operation[name] ?? '')).join(' '),
    query: parameters
      .filter((p) => p['in'] === 'query')
      .map((p) => ({ name: String(p['name']), schema: schemaOf(p['schema'] ?? p, document) })),
    form,
    ...(schema ? { body: schema } : {}),
    ...(example === undefined ? {} : { example }),
    ...(describesRows(document, operation) ? { rows: true as const } : {}),
    open: Array.isArray(security) ? security.length === 0 : !secured,
  };
}

function describesRows(document: Node, { responses }: Node): boolean {
  const answer = resolved(isNode(responses) ? responses['200'] : undefined, document);
  const content = isNode(answer['content']) ? answer['content'] : {};
  const json = Object.entries(content).find(([name]) => /json/.test(name))?.[1] ?? answer;
  const schema = schemaOf(isNode(json) ? json['schema'] : undefined, document);
  return [schema, ...Object.values(schema.properties ?? {})].some(
    ({ type, items }) => type === 'array' && items?.properties !== undefined,
  );
}

function bodyOf(
  document: Node,
  operation: Node,
  parameters: readonly Node[],
): { schema?: Schema; example?: unknown; form?: boolean } {
  const old = parameters.find((p) => p['in'] === 'body');
  if (old) return { schema: schemaOf(old['schema'], document) };
  const content = resolved(operation['requestBody'], document)['content'];
  if (!isNode(content)) return {};
  const of = (type: RegExp): unknown => Object.entries(content).find(([name]) => type.test(name))?.[1];
  const form = of(/x-www-form-urlencoded/);
  const json = of(/json/) ?? form;
  if (!isNode(json)) return {};
  const [first] = isNode(json['examples']) ? Object.values(json['examples']) : [];
  const example = json['example'] ?? resolved(first, document)['value'];
  return {
    schema: schemaOf(json['schema'], document),
    form: json === form,
    ...(example === undefined ? {} : { example }),
  };
}

/** The node, or what its local `$ref` names (RFC 6901). */
function resolved(node: unknown, document: Node): Node {
  let value = node;
  for (let hops = 0; isNode(value) && typeof value['$ref'] === 'string' && hops < 20; hops++) {
    const path = value['$ref'].replace(/^#\//, '').split('/');
    value = path.reduce<unknown>(
      (at, part) => (isNode(at) ? at[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      document,
    );
  }
  return isNode(value) ? value : {};
}

/** Deeper parts of a body are seldom asked for, and schemas of things that know each other grow without end. */
const deepest = 4;

/** With references resolved, `allOf` joined, and of alternatives the first that is not null. What refers to itself ends there. */
function schemaOf(node: unknown, document: Node, path: readonly unknown[] = []): Schema {
  const own = resolved(node, document);
  if (path.length > 2 * deepest || path.includes(own)) return {};
  const inner = (value: unknown): Schema => schemaOf(value, document, [...path, own]);
  const list = (name: string): unknown[] => (Array.isArray(own[name]) ? (own[name] as unknown[]) : []);
  const all = list('allOf').map(inner);
  const either = [...list('oneOf'), ...list('anyOf')].map(inner).find(({ type }) => type !== 'null');
  const parts = [...all, ...(either ? [either] : [])];
  const deep = path.filter((one) => isNode(one) && isNode(one['properties'])).length >= deepest;
  const properties =
    isNode(own['properties']) && !deep
      ? Object.fromEntries(Object.entries(own['properties']).map(([name, value]) => [name, inner(value)]))
      : {};
  const joined = Object.assign({}, ...parts.map((p) => p.properties ?? {}), properties) as Record<string, Schema>;
  const required = [...parts.flatMap((p) => p.required ?? []), ...list('required').map(String)];
  return {
    ...Object.assign({}, ...parts),
    ...own,
    ...(Object.keys(joined).length ? { properties: joined } : {}),
    ...(own['items'] ? { items: inner(own['items']) } : {}),
    required,
  };
}
