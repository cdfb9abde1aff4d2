import type { Session } from '../../model/context.ts';
import type { DoorFacts, Facts } from '../../model/facts.ts';
import type { Values } from '../../model/recipe.ts';
import type { SurveyContext } from '../context.ts';
import { operationsIn } from './document.ts';
import { enter, hasDoor, nobodyCan } from './door.ts';
import { graphqlIn } from './graphql-found.ts';
import { type Api, type Collection, collectionsIn, doorsIn, isList } from './places.ts';
import { operationsInProse } from './prose.ts';
import { alterIn, shut, untried, writeTo } from './write.ts';

export interface Learned extends Partial<Facts> {
  readonly door: DoorFacts;
  readonly account: Values;
}

/** Where documents are served by habit of the usual frameworks. */
const usual = [
  'openapi.json',
  'openapi.yaml',
  'swagger.json',
  'api-docs',
  'v3/api-docs',
  'api/openapi.json',
  'api/openapi.yaml',
  'api/docs/openapi.json',
  'api/docs.json',
  'api-docs.json',
  'api/api-docs',
  'api-docs/swagger.json',
  'docs/json',
  'docs/openapi.json',
  'documentation/json',
  'swagger/v1/swagger.json',
  'swagger/doc.json',
  'api-json',
  'api/schema/?format=json',
  'openapi.yml',
  'swagger.yaml',
  'openapi',
  'api/swagger.json',
  'api/v1/openapi.json',
  'v1/openapi.json',
  ...['api-docs', 'docs', 'api/docs', 'api/api-docs', 'swagger', 'api'].map((at) => `${at}/swagger-ui-init.js`),
];

/** Learns an app without pages by what its OpenAPI document says. Its addresses are opened in the browser as pages are. */
export async function surveyApi(
  context: SurveyContext,
  session: Session,
  seen: DoorFacts,
  api: Api | undefined,
): Promise<Learned> {
  const { url, progress } = context;
  const given = context.headers || context.storage;
  let door: DoorFacts = given
    ? { ...seen, kind: 'given', says: 'given headers or storage state', account: 'given' }
    : { ...seen, says: 'no request asks who one is' };
  let account: Values = {};
  if (!api || api.lack) {
    context.tried(
      api?.lack ??
        'the address answers no page, and no OpenAPI document was found at the usual addresses, nor GraphQL, nor examples of its requests in the source',
    );
    return { door, account };
  }
  const { operations, collections, doors } = api;
  if (!collections.length)
    context.tried(
      'what describes it names no request that makes a record which can be told by a text or a number of ours',
    );
  const pages = addresses(api, url);
  // Who has made an account writes as its owner, also where nobody asks.
  const opened = given || !hasDoor(context, doors) ? undefined : await enter(context, session, doors);
  if (opened?.in) ({ door, account } = opened);
  for (const told of collections.slice(0, most)) {
    if (context.left() < 4000) break;
    const collection = await answering(session, told);
    progress(`trying ${collection.create.says}`);
    const found = await writeTo(context, session, collection, operations);
    if (found === shut && !given && !opened?.in) return { door: opened?.door ?? nobodyCan(context), account, pages };
    if (found === shut) context.tried(`${collection.create.says}: asks for more than this account may do`);
    if (!found || found === shut) continue;
    const ways = found.kind === 'kept' ? alterIn : untried;
    return { door, account, record: found, ...(await ways(context, session, collection, found)), pages };
  }
  return { door, account, pages };
}

/** With the first address of its list that is answered: how many rows one may ask for is told by trying. */
async function answering(session: Session, collection: Collection): Promise<Collection> {
  for (const list of collection.lists ?? []) {
    const { status } = await session.window.first.fetch({ method: 'GET', url: list });
    if (status > 0 && status < 400) return { ...collection, list };
  }
  return collection;
}

/** Collections that are tried. */
const most = 8;

/** The document in the script that Swagger UI is begun with, where it has no address of its own. */
function embedded(script: string): string | undefined {
  const from = script.indexOf('{', script.indexOf('"swaggerDoc"'));
  if (!script.includes('"swaggerDoc"') || from < 0) return undefined;
  for (let depth = 0, quoted = false, i = from; i < script.length; i++) {
    const c = script[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return script.slice(from, i + 1);
  }
  return undefined;
}

const addresses = ({ operations }: Api, url: string): string[] => [
  ...new Set([url, ...operations.filter((o) => isList(o, operations)).map((o) => o.url)]),
];

/** What an API says of itself: in a document, as a schema of GraphQL, else in the examples of its README. */
export async function described(context: SurveyContext, session: Session): Promise<Api | undefined> {
  context.progress('looking for what the API says of itself');
  const { origin } = new URL(context.url);
  const texts = context.openapi();
  const rest = (operations: Api['operations']): Api => ({
    operations,
    collections: collectionsIn(operations),
    doors: doorsIn(operations),
  });
  for (const text of texts) {
    const operations = operationsIn(text, origin);
    if (operations?.length) return rest(operations);
  }
  for (const path of usual) {
    const { status, body } = await session.window.first.fetch({ method: 'GET', url: `${origin}/${path}` });
    const operations = status === 200 ? operationsIn(embedded(body) ?? body, origin) : undefined;
    if (operations?.length) return rest(operations);
  }
  const queried = await graphqlIn(session, origin, texts);
  if (queried && !queried.lack) return queried;
  // Examples in a README say less than a document, and serve where there is none.
  const examples = texts.flatMap((text) => operationsInProse(text, origin));
  return examples.some(({ method }) => method === 'POST') ? rest(examples) : queried;
}
