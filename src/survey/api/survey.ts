import type { Session } from '../../model/context.ts';
import type { DoorFacts, Facts, RecordFacts } from '../../model/facts.ts';
import type { Values } from '../../model/recipe.ts';
import type { SurveyContext } from '../context.ts';
import { type Operation, operationsIn } from './document.ts';
import { enter } from './door.ts';
import { collectionsIn } from './places.ts';
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
];

/** Learns an app without pages by what its OpenAPI document says. Its addresses are opened in the browser as pages are. */
export async function surveyApi(context: SurveyContext, session: Session, seen: DoorFacts): Promise<Learned> {
  const { url, progress } = context;
  progress('looking for what the API says of itself');
  const operations = await described(context, session);
  const given = context.headers || context.storage;
  let door: DoorFacts = given
    ? { ...seen, kind: 'given', says: 'given headers or storage state', account: 'given' }
    : { ...seen, says: 'no request asks who one is' };
  let account: Values = {};
  if (!operations) {
    context.tried(
      'the address answers no page, and no OpenAPI document was found at the usual addresses or in the source',
    );
    return { door, account };
  }
  const collections = collectionsIn(operations);
  if (!collections.length)
    context.tried('its document names no request that makes a record which can be told by a text or a number of ours');
  let record: RecordFacts | undefined;
  let entered = Boolean(given);
  for (const collection of collections.slice(0, 5)) {
    if (context.left() < 4000) break;
    progress(`trying ${collection.create.says}`);
    let found = entered || collection.create.open ? await writeTo(context, session, collection, operations) : shut;
    if (found === shut && !entered) {
      const opened = await enter(context, session, operations);
      ({ door, account } = opened);
      if (!opened.in) return { door, account };
      entered = true;
      found = await writeTo(context, session, collection, operations);
    }
    if (found === shut) context.tried(`${collection.create.says}: asks for more than this account may do`);
    else if (found) record = found;
    if (record?.kind === 'kept') {
      const { edit, remove, absent } = await alterIn(context, session, collection, record);
      return {
        door,
        account,
        record,
        ...(edit ? { edit } : {}),
        ...(remove ? { delete: remove } : {}),
        absent: [...absent, 'move', 'settings'],
        pages: addresses(operations, url),
      };
    }
    if (record)
      return {
        door,
        account,
        record,
        ...(await untried(context, session, collection, record)),
        pages: addresses(operations, url),
      };
  }
  return { door, account, ...(record ? { record } : {}), pages: addresses(operations, url) };
}

const addresses = (operations: readonly Operation[], url: string): string[] => [
  ...new Set([url, ...operations.filter((o) => o.method === 'GET' && !o.url.includes('{')).map((o) => o.url)]),
];

async function described(context: SurveyContext, session: Session): Promise<Operation[] | undefined> {
  const { origin } = new URL(context.url);
  for (const text of context.openapi) {
    const operations = operationsIn(text, origin);
    if (operations?.length) return operations;
  }
  for (const path of usual) {
    const { status, body } = await session.window.first.fetch({ method: 'GET', url: `${origin}/${path}` });
    const operations = status === 200 ? operationsIn(body, origin) : undefined;
    if (operations?.length) return operations;
  }
  return undefined;
}
