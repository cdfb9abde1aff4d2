/** What a GraphQL schema offers, as the collections and doors that a REST API has: by the names of its mutations and the types that they give. Pure. */
import { type GraphQLObjectType, type GraphQLSchema, isRequiredArgument } from 'graphql';
import { addressOf } from '../../model/graphql.ts';
import { isNumber, isOffset, isSize } from '../../model/paging-api.ts';
import type { Operation, Schema } from './document.ts';
import { carrierIn, leavesOf, typeOf } from './fill.ts';
import { type Field, isList, objectOf, operationOf, plainly, selectionOf, variablesOf } from './graphql-types.ts';
import { type Api, actsOnAll, type Collection, notARecord } from './places.ts';

/** A query that lists what is of one type. */
interface Listed {
  readonly of: GraphQLObjectType;
  readonly addresses: readonly string[];
  readonly rank: number;
}

const makes = /^(create|add|insert|new|post|write|make|save|submit)$/;
const changes = /^(update|edit|modify|change|rename|patch|set|put|save|revise)$/;
const removes = /^(delete|remove|destroy)$/;
/** Words of a name that say nothing of what it is about. */
const signsUp = /regist|sign_?up|join|(create|add|new)_?(user|account|member)/i;
const idle = /^(one|single|by|pk|id|new|a|an|my|own)$/;
/** What is done to more than one is not ours to do. */
const toMany = /^(all|many|multiple|bulk|batch|every\w*|reset|drop|seed|purge|clear|truncate)$/;

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean);
const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const joined = (words: readonly string[]): string => words.join('').replace(/ies$/, 'y').replace(/s$/, '');

/** The name without its verb, which stands first or last; undefined where it has none of these, or means many. */
function about(name: string, verbs: RegExp): string[] | undefined {
  const words = wordsOf(name);
  const at = verbs.test(words[0] ?? '') ? 0 : verbs.test(words.at(-1) ?? '') ? words.length - 1 : -1;
  const rest = words.filter((word, i) => i !== at && !idle.test(word));
  return at < 0 || words.some((word) => toMany.test(word)) ? undefined : rest;
}

const isAbout = (rest: readonly string[] | undefined, of: GraphQLObjectType): boolean =>
  rest !== undefined && joined(rest) === joined(wordsOf(of.name));

/** Its collections, the likeliest first, its doors and its lists, asked at the endpoint. */
export function apiOf(schema: GraphQLSchema, endpoint: string): Api {
  // Not all that a query asks for is safe, though it should be.
  const queries = fieldsOf(schema.getQueryType()).filter((q) => !actsOnAll.test(wordsOf(q.name).join(' ')));
  const mutations = fieldsOf(schema.getMutationType());
  const lists = queries.flatMap((field) => listsBy(field, endpoint)).sort((a, b) => b.rank - a.rank);
  const types = [...new Set(lists.map(({ of }) => of))];
  const operation = (field: Field, selection: string, alias?: string): Operation => ({
    method: 'POST',
    url: endpoint,
    says: `mutation ${field.name}`,
    about: field.name,
    query: [],
    body: variablesOf(field),
    document: operationOf('mutation', field, selection, alias),
    form: false,
    open: false,
  });
  const collections = mutations
    .flatMap((field): { rank: number; of: Collection }[] => {
      const rest = about(field.name, makes);
      const word = notARecord.test(wordsOf(field.name).join(' '));
      const of = types.find((type) => isAbout(rest, type)) ?? types.find((type) => type === givenBy(field, types));
      const carrier = carrierIn(variablesOf(field));
      if (!rest || word || !of || !carrier) return [];
      const list = lists.find((one) => one.of === of);
      const id = idOf(of);
      const name = carrier.path.at(-1) ?? '';
      const onOne = (verbs: RegExp): Operation[] =>
        mutations
          .filter((m) => isAbout(about(m.name, verbs)?.slice(0, wordsOf(of.name).length), of))
          .flatMap((m) => withId(operation(m, selectionOf(m.type, 1)), of));
      const edits = onOne(changes).filter(({ body = {} }) => leavesOf(body).some(({ path }) => path.at(-1) === name));
      const [remove] = onOne(removes).filter(({ about: called }) => isAbout(about(called, removes), of));
      const own = queries.flatMap((q) => ownBy(q, of, endpoint))[0];
      const mayBe = (own: RegExp): boolean => mutations.some((m) => m !== field && couldBe(m.name, own, of, types));
      const refs = refsOf(of);
      const asks = leavesOf(variablesOf(field)).filter(({ path, required }) => required && isReference(path, of));
      return [
        {
          rank:
            3 * Number(own !== undefined) +
            3 * Number(isAbout(rest, of)) +
            2 * Number(edits.length > 0) +
            Number(remove !== undefined) +
            Number(carrier.carries === 'text') +
            (list?.rank ?? 0) -
            Math.min(3, asks.length),
          of: {
            create: { ...operation(field, selectionOf(field.type, 1)), one: lower(of.name), refs },
            carrier,
            ...(list ? { list: list.addresses[0] ?? '', lists: list.addresses } : {}),
            ...(own ? { own } : {}),
            ...(id && id !== 'id' ? { id } : {}),
            without: [
              ...(edits.length || mayBe(changes) ? [] : (['edit'] as const)),
              ...(remove || mayBe(removes) ? [] : (['delete'] as const)),
            ],
            edits,
            ...(remove ? { remove } : {}),
          },
        },
      ];
    })
    .sort((a, b) => b.rank - a.rank)
    .map(({ of }) => of);
  return {
    operations: lists.flatMap(({ of, addresses }) => ({
      method: 'GET',
      list: true,
      url: addresses[0] ?? '',
      says: `query of ${of.name}`,
      about: '',
      one: lower(of.name),
      query: [],
      form: false,
      open: false,
    })),
    collections,
    doors: doorsBy(mutations, operation),
  };
}

const fieldsOf = (type: GraphQLObjectType | null | undefined): Field[] => (type ? Object.values(type.getFields()) : []);

/** The type among these that a mutation gives, itself or in a payload. */
function givenBy(field: Field, types: readonly GraphQLObjectType[]): GraphQLObjectType | undefined {
  const object = objectOf(field.type);
  if (!object || types.includes(object)) return object;
  const inner = plainly(object).flatMap(({ type }) => objectOf(type) ?? []);
  return inner.find((type) => types.includes(type));
}

/** What its id is called. */
function idOf(type: GraphQLObjectType): string | undefined {
  const names = Object.keys(type.getFields());
  const one = lower(type.name);
  return ['id', '_id', 'uuid', `${one}Id`, `${one}_id`, `${one}ID`].find((name) => names.includes(name));
}

const isId = (name: string, of: GraphQLObjectType): boolean =>
  /^(_?id|uuid|pk)$/.test(name) ||
  [`${lower(of.name)}Id`, `${lower(of.name)}ID`, `${lower(of.name)}_id`].includes(name);

const isReference = (path: readonly string[], of: GraphQLObjectType): boolean =>
  /(_id|I[dD])s?$/.test(path.at(-1) ?? '') && !isId(path.at(-1) ?? '', of);

/** Names of ids that stand for what it belongs to: the author of a note is a user. */
const refsOf = (of: GraphQLObjectType): Record<string, string> =>
  Object.fromEntries(
    plainly(of).flatMap(({ name, type }) => {
      const object = objectOf(type);
      return object ? [`${name}Id`, `${name}_id`, `${name}ID`, name].map((key) => [key, lower(object.name)]) : [];
    }),
  );

/** With the id of the item as required. None where it asks for no id, or for what we do not know. */
function withId(operation: Operation, of: GraphQLObjectType): Operation[] {
  const { body = {} } = operation;
  // The id of an author deep in a filter is another's: what wraps an argument is called as wrappers are.
  const wraps = (name: string): boolean => /^(input|where|data|key|by|filter|\w*input)$/i.test(name);
  const [path] = leavesOf(body)
    .filter((leaf) => isId(leaf.path.at(-1) ?? '', of) && typeOf(leaf.schema) !== 'array')
    .map((leaf) => leaf.path)
    .filter((names) => names.slice(0, -1).every(wraps))
    .sort((a, b) => a.length - b.length);
  return path ? [{ ...operation, body: requiring(body, path), item: path }] : [];
}

function requiring(schema: Schema, [name, ...rest]: readonly string[]): Schema {
  const inner = name === undefined ? undefined : schema.properties?.[name];
  if (name === undefined || !inner) return schema;
  return {
    ...schema,
    required: [...new Set([...(schema.required ?? []), name])],
    properties: { ...schema.properties, [name]: requiring(inner, rest) },
  };
}

/** May a mutation of this name change, or delete, what is of the type? One that is known to make something, or to be about another, may not. */
function couldBe(name: string, verbs: RegExp, of: GraphQLObjectType, types: readonly GraphQLObjectType[]): boolean {
  const words = wordsOf(name);
  if (
    words.some((word) => makes.test(word) && !changes.test(word)) ||
    /passw|log_?in|log_?out|sign_?(up|in|out)|regist/i.test(name)
  )
    return false;
  if (words.some((word) => (verbs === changes ? removes : changes).test(word))) return false;
  return !types.some((type) => type !== of && joined(words).includes(joined(wordsOf(type.name))));
}

const pages = /^(items|data|results?|rows|content|nodes|list|docs|records|entries)$/i;

/** How a query lists what it gives: bare, in edges, or in a page of its own. */
function listsBy(field: Field, endpoint: string): Listed[] {
  const isPaging = (name: string): boolean => isSize(name) || isOffset(name) || isNumber(name) || name === 'after';
  if (field.args.some((arg) => isRequiredArgument(arg) && !isPaging(arg.name))) return [];
  const found = rowsBy(field);
  if (!found) return [];
  const { of, selection, nested } = found;
  const paging = field.args.filter(
    ({ name, type }) => isPaging(name) && /^(Int|String|ID|Cursor)!?$/.test(String(type)),
  );
  const size = paging.find(({ name }) => isSize(name));
  const start = paging.find(({ name }) => isOffset(name)) ?? paging.find(({ name }) => isNumber(name));
  const after = paging.find(({ name }) => name === 'after');
  const asked = [size, start, after].filter((arg) => arg !== undefined);
  const address = (most?: number): string => {
    const args = most === undefined ? asked.filter((arg) => arg !== size) : asked;
    const values = {
      ...(size && most !== undefined ? { [size.name]: most } : {}),
      ...(start ? { [start.name]: isOffset(start.name) ? 0 : 1 } : {}),
    };
    return addressOf(endpoint, operationOf('query', { name: field.name, args }, selection), JSON.stringify(values));
  };
  const words = wordsOf(field.name);
  const rank =
    4 *
      Number(
        joined(words.filter((word) => !/^(all|my|own|list|get|fetch|find)$/.test(word))) === joined(wordsOf(of.name)),
      ) +
    Number(asked.length > 0) -
    2 *
      Number(
        words.some((word) => /search|recent|latest|popular|top|trending|random|feed|deleted|archived/.test(word)),
      ) -
    4 * Number(nested);
  const addresses = size ? [address(100), address(20), ...(isRequiredArgument(size) ? [] : [address()])] : [address()];
  return [{ of, rank, addresses }];
}

interface Rows {
  readonly of: GraphQLObjectType;
  readonly selection: string;
  /** The list hangs on an object with an id of its own, as one's notes do on oneself. */
  readonly nested: boolean;
}

function rowsBy(field: Field): Rows | undefined {
  const object = objectOf(field.type);
  if (!object) return undefined;
  if (isList(field.type)) return { of: object, selection: selectionOf(field.type, 1), nested: false };
  const fields = plainly(object);
  const edges = fields.find(({ name, type }) => name === 'edges' && isList(type));
  const node = edges && objectOf(edges.type)?.getFields()['node'];
  const inner = fields.filter(({ type }) => isList(type) && objectOf(type) !== undefined);
  const rows = inner.find(({ name }) => pages.test(name)) ?? (inner.length === 1 ? inner[0] : undefined);
  const of = node ? objectOf(node.type) : rows && objectOf(rows.type);
  if (!of || !(node ?? rows)) return undefined;
  const nested = idOf(object) !== undefined;
  const list = node ? `edges { node ${selectionOf(node.type, 1)} }` : `${rows?.name} ${selectionOf(of, 1)}`;
  // What a page tells of the list, how it goes on above all.
  const told = nested
    ? ''
    : selectionOf(object, 1)
        .replace(/^\{ | \}$/g, '')
        .replace('__typename', '');
  return { of, selection: `{ ${list} ${told} }`, nested };
}

/** The address of one, by a query that asks for nothing but its id. */
function ownBy(field: Field, of: GraphQLObjectType, endpoint: string): string[] {
  if (isList(field.type) || objectOf(field.type) !== of) return [];
  const id = field.args.find(({ name }) => isId(name, of));
  if (!id || field.args.some((arg) => arg !== id && isRequiredArgument(arg))) return [];
  const value = /^Int!?$/.test(String(id.type)) ? '{id}' : '"{id}"';
  const query = operationOf('query', { name: field.name, args: [id] }, selectionOf(field.type, 1));
  return [addressOf(endpoint, query, `{"${id.name}":${value}}`)];
}

/** Mutations that take a password: which makes an account, and which lets one in. A bare text that they give is a token. */
function doorsBy(
  mutations: readonly Field[],
  operation: (field: Field, selection: string, alias?: string) => Operation,
): Api['doors'] {
  const asking = mutations.filter((field) =>
    leavesOf(variablesOf(field)).some(({ path }) => /passw|^pwd$/i.test(path.at(-1) ?? '')),
  );
  const logIn = asking.find(({ name }) =>
    /log_?in|sign_?in|token_?auth|authenticate|obtain|^auth$|(create|get)_?(token|session)/i.test(name),
  );
  const signUp = asking.find((field) => field !== logIn && signsUp.test(field.name));
  const door = (field: Field): Operation =>
    operation(field, selectionOf(field.type, 1, true), objectOf(field.type) ? undefined : 'token');
  return { ...(signUp ? { signUp: door(signUp) } : {}), ...(logIn ? { logIn: door(logIn) } : {}) };
}
