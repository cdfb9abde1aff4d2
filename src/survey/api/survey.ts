import type { Session } from '../../model/context.ts';
import type { DoorFacts, Facts } from '../../model/facts.ts';
import type { Values } from '../../model/recipe.ts';
import type { SurveyContext } from '../context.ts';
import { type Operation, operationsIn } from './document.ts';
import { enter, hasDoor, nobodyCan } from './door.ts';
import { collectionsIn } from './places.ts';
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
  operations: readonly Operation[] | undefined,
): Promise<Learned> {
  const { url, progress } = context;
  const given = context.headers || context.storage;
  let door: DoorFacts = given
    ? { ...seen, kind: 'given', says: 'given headers or storage state', account: 'given' }
    : { ...seen, says: 'no request asks who one is' };
  let account: Values = {};
  if (!operations) {
    context.tried(
      'the address answers no page, and no OpenAPI document was found at the usual addresses, nor examples of its requests in the source',
    );
    return { door, account };
  }
  const collections = collectionsIn(operations);
  if (!collections.length)
    context.tried('its document names no request that makes a record which can be told by a text or a number of ours');
  const pages = addresses(operations, url);
  // Who has made an account writes as its owner, also where nobody asks.
  const opened = given || !hasDoor(context, operations) ? undefined : await enter(context, session, operations);
  if (opened?.in) ({ door, account } = opened);
  for (const collection of collections.slice(0, most)) {
    if (context.left() < 4000) break;
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

const addresses = (operations: readonly Operation[], url: string): string[] => [
  ...new Set([url, ...operations.filter((o) => o.method === 'GET' && !o.url.includes('{')).map((o) => o.url)]),
];

/** What an API says of itself: in a document, else in the examples of its README. */
export async function described(context: SurveyContext, session: Session): Promise<Operation[] | undefined> {
  context.progress('looking for what the API says of itself');
  const { origin } = new URL(context.url);
  const texts = context.openapi();
  for (const text of texts) {
    const operations = operationsIn(text, origin);
    if (operations?.length) return operations;
  }
  for (const path of usual) {
    const { status, body } = await session.window.first.fetch({ method: 'GET', url: `${origin}/${path}` });
    const operations = status === 200 ? operationsIn(embedded(body) ?? body, origin) : undefined;
    if (operations?.length) return operations;
  }
  // Examples in a README say less than a document, and serve where there is none.
  const examples = texts.flatMap((text) => operationsInProse(text, origin));
  return examples.some(({ method }) => method === 'POST') ? examples : undefined;
}
