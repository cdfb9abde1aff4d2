import {
  buildClientSchema,
  buildSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  parse,
} from 'graphql';
import { asJson, jsonOf, type Members } from '../../model/answer.ts';
import type { Session } from '../../model/context.ts';
import { apiOf } from './graphql.ts';
import type { Api } from './places.ts';

/** Where it is served by habit. What is called GraphQL is asked; the others only where they say themselves that they are. */
const usual = ['graphql', 'api/graphql', 'v1/graphql', 'gql', 'query', '', 'api'];
const called = /graphql|gql/;
/** In what words a server, or the page that it shows, says so to who comes without a query. */
const says = /graphi?ql|apollo|(get|must provide) (a )?query( string)?|query (string )?(is )?missing/i;

/** A GraphQL API at the usual addresses of the origin, by its schema: told by itself (October 2021, 4), else in one of the texts. */
export async function graphqlIn(session: Session, origin: string, texts: readonly string[]): Promise<Api | undefined> {
  for (const path of usual) {
    const url = `${origin}/${path}`;
    if (!called.test(path) && !says.test(await answerTo(session, url))) continue;
    const alive = await answerTo(session, url, '{ __typename }');
    if (typeof dataIn(alive)?.['__typename'] !== 'string') continue;
    const told = await answerTo(session, url, getIntrospectionQuery({ descriptions: false }));
    const schema = introspected(dataIn(told)) ?? written(texts);
    if (schema) return apiOf(schema, url);
    return {
      operations: [],
      collections: [],
      doors: {},
      lack: `GraphQL is spoken at /${path}, and its introspection is off: give --openapi with its schema, as SDL or as the answer to an introspection query`,
    };
  }
  return undefined;
}

async function answerTo(session: Session, url: string, query?: string): Promise<string> {
  const { body } = await session.window.first.fetch({
    method: query === undefined ? 'GET' : 'POST',
    url,
    headers: { ...asJson, ...(query === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(query === undefined ? {} : { body: JSON.stringify({ query }) }),
  });
  return body;
}

const dataIn = (answer: string): Members | undefined => (jsonOf(answer) as { data?: Members } | undefined)?.data;

/** The schema of an answer to an introspection query; undefined where it is none. */
function introspected(data: unknown): GraphQLSchema | undefined {
  try {
    return buildClientSchema(data as IntrospectionQuery, { assumeValid: true });
  } catch {
    return undefined;
  }
}

/** The schema that texts hold: an answer to an introspection query, or SDL in one or several files. */
function written(texts: readonly string[]): GraphQLSchema | undefined {
  for (const text of texts) {
    const value = jsonOf(text) as { data?: unknown } | undefined;
    const schema = value && introspected(value.data ?? value);
    if (schema) return schema;
  }
  const parts = texts.filter(isSdl);
  try {
    const schema = buildSchema(parts.join('\n'), { assumeValidSDL: true, assumeValid: true });
    return schema.getQueryType() ? schema : undefined;
  } catch {
    return undefined;
  }
}

function isSdl(text: string): boolean {
  try {
    return parse(text, { noLocation: true }).definitions.some(({ kind }) => /^ObjectType/.test(kind));
  } catch {
    return false;
  }
}
