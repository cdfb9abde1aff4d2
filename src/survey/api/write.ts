import { idIn, idOf, itemWith, jsonOf, type Members, rowsIn } from '../../model/answer.ts';
import type { Outcome, Session } from '../../model/context.ts';
import type { Facts, RecordFacts } from '../../model/facts.ts';
import { operationIn, statusOf } from '../../model/graphql.ts';
import { markFor } from '../../model/mark.ts';
import type { Recipe, Send, Step } from '../../model/recipe.ts';
import type { SurveyContext } from '../context.ts';
import { verifyWrite } from '../verify.ts';
import type { Operation } from './document.ts';
import { bodyOf, leavesOf, sentBy, typeOf, type Wishes } from './fill.ts';
import { type Collection, isList, oneOf, ownIds } from './places.ts';

/** What the last answer said, without what is secret. */
export const toldIn = ({ journal }: SurveyContext, { writes }: Pick<Outcome, 'writes'>): string =>
  journal.redact(writes.at(-1)?.answer.slice(0, 160) ?? 'no answer');

/** Refused for want of a session. */
export const shut = 'shut';

/** Makes a record of a collection: as little as it takes, then with what the app itself shows, then with everything. */
export async function writeTo(
  context: SurveyContext,
  session: Session,
  collection: Collection,
  operations: readonly Operation[],
): Promise<RecordFacts | typeof shut | undefined> {
  const { create, carrier, list } = collection;
  const tab = session.window.first;
  const how = `the request ${create.says}`;
  const said = new Set<string>();
  let known: Wishes['known'] = {};
  for (const all of [false, true]) {
    for (const shown of [false, true]) {
      if (context.left() < 3000) return undefined;
      if (shown) known = { ...known, ...(await shownBy(session, operations, create)) };
      const without = ownIds(create, collection.id).filter((name) => name !== carrier.path[0]);
      const recipe = recipeOf(context, collection, { today: context.today, door: false, known, all, without });
      const body = (recipe.steps.at(-1) as Send).body ?? '';
      if (said.has(body)) continue;
      said.add(body);
      const mark = markFor(context.marks, carrier.carries);
      const before = await tab.view();
      const done = await session.do(recipe, { mark }, { how });
      const answer = done.writes.at(-1);
      if (done.said === 'refused') {
        const status =
          answer && (operationIn(answer.body) ? statusOf(answer.status ?? 0, answer.answer) : answer.status);
        if (status && status < 500) context.ledger.settle(mark, 'nothing');
        if (status === 401 || status === 403) return shut;
        context.tried(`${how}: ${done.because} (${toldIn(context, done)})`);
        continue;
      }
      if (done.missing) return undefined;
      return verifyWrite(context, session, {
        create: { ...recipe, learned: done.url },
        says: how,
        carries: carrier.carries,
        mark,
        marks: [mark],
        change: { before, after: await tab.view(), appeared: [], writes: done.writes },
        places: [list, done.url],
        acknowledged: list !== undefined && isAcknowledged(done),
      });
    }
  }
  return undefined;
}

/** 201, or an id in the answer; not what is done later, or is to be approved first (RFC 9110, 15.3.3). */
const isAcknowledged = ({ writes }: Outcome): boolean =>
  writes.some(({ status, answer }) => status === 201 || idIn(answer) !== undefined) &&
  !writes.some(
    ({ status, answer }) =>
      status === 202 || /"(queued|processing|scheduled|draft|moderation|in_?review)"/i.test(answer),
  );

function recipeOf({ url }: SurveyContext, { create, carrier, own, id, list }: Collection, wishes: Wishes): Recipe {
  const step: Send = {
    do: 'send',
    method: create.method,
    url: create.url,
    body: sentBy(create, bodyOf(create.body ?? {}, { ...carrier, as: '{mark}' }, wishes, create.example)),
    ...(create.form ? { form: true as const } : {}),
    ...(own ? { own } : {}),
    ...(id ? { id } : {}),
    commits: true,
  };
  return { id: 'create', steps: [{ do: 'goto', url: list ?? url }, step] };
}

/** Members that name something: nobody's address or name is put into our rows, and no secret. */
const names = /(id|code|sku|slug|type|category|status|currency|role|unit)$/i;
const secret = /secret|token|passw|key|session|auth/i;

/** Values that other lists of the app show under the names that the body asks for: what it names has to exist. */
async function shownBy(
  session: Session,
  operations: readonly Operation[],
  create: Operation,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const lists = operations.filter((one) => one.url !== create.url && isList(one, operations));
  for (const list of lists.slice(0, 6)) {
    const { url } = list;
    const answer = await session.window.first.fetch({ method: 'GET', url, headers: { accept: 'application/json' } });
    if (answer.status !== 200) continue;
    const first = rowsIn(jsonOf(answer.body))[0];
    const one = oneOf(list);
    const refs = Object.entries(create.refs ?? {}).flatMap(([name, of]) => (of === one ? [name] : []));
    for (const [name, value] of Object.entries((first ?? {}) as Members)) {
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      // The id of a product is asked for as productId or product_id.
      if (/^_?id$/.test(name)) for (const key of [`${one}Id`, `${one}_id`, `${one}ID`, ...refs]) found[key] ??= value;
      else if (names.test(name) && !secret.test(name)) found[name] ??= value;
    }
  }
  return found;
}

type Altered = Pick<Facts, 'edit' | 'delete' | 'absent'>;

/** How a record of the collection is edited and deleted, each tried once on one of our own. */
export async function alterIn(
  context: SurveyContext,
  session: Session,
  collection: Collection,
  record: RecordFacts,
): Promise<Altered> {
  const { edits: operations, remove } = collection;
  const absent: Altered['absent'] = [...collection.without, 'move', 'settings'];
  if (!operations.length && !remove) return { absent };
  const places = record.places;
  let mark = markFor(context.marks, record.carries);
  const made = await session.do(record.create, { mark });
  const item = made.writes.map(({ answer }) => itemWith(answer, mark, collection.id)).find(Boolean) ?? {};
  let edits: Recipe | undefined;
  for (const step of editsBy(context, collection, item)) {
    const fresh = markFor(context.marks, record.carries);
    const recipe: Recipe = { id: 'edit', steps: [...start(record), step] };
    const done = await session.do(recipe, { mark, new: fresh, own: made.url });
    if (done.missing || done.said !== 'ok') {
      context.tried(
        `editing by ${step.method} ${decodeURI(new URL(step.url).pathname)}: ${done.missing ?? done.because} (${toldIn(context, done)})`,
      );
      continue;
    }
    const { seen } = await session.look(fresh, 'seen', { places });
    // Acknowledged and not seen: whether that is so each time is for the probe to say.
    edits = edits && seen !== 'yes' ? edits : { ...recipe, ...(seen === 'yes' ? {} : { unproven: true }) };
    if (seen !== 'yes') continue;
    context.ledger.renamed(mark, fresh);
    mark = fresh;
    break;
  }
  if (!remove) return { ...(edits ? { edit: edits } : {}), absent };
  const recipe: Recipe = { id: 'delete', steps: [...start(record), removesBy(collection, remove)] };
  const done = await session.do(recipe, { mark, own: made.url });
  if (done.missing || done.said !== 'ok') {
    context.tried(`deleting by ${remove.says}: ${done.missing ?? done.because}`);
    return { ...(edits ? { edit: edits } : {}), absent };
  }
  const [sentinel = ''] = record.marks;
  const { seen } = await session.look(mark, 'gone', { places, sentinel, within: 0 });
  if (seen === 'no') context.ledger.removed(mark);
  return {
    ...(edits ? { edit: edits } : {}),
    delete: { ...recipe, ...(seen === 'no' ? {} : { unproven: true }) },
    absent,
  };
}

/** How a row would be edited and deleted, where none of ours exists to try it on. */
export async function untried(
  context: SurveyContext,
  session: Session,
  collection: Collection,
  record: RecordFacts,
): Promise<Partial<Altered>> {
  const { remove, list, id } = collection;
  if (!list) return {};
  const { body } = await session.window.first.fetch({
    method: 'GET',
    url: list,
    headers: { accept: 'application/json' },
  });
  const row = (rowsIn(jsonOf(body)) as Members[]).find((object) => idOf(object, id) !== undefined);
  const [edit] = editsBy(context, collection, row ?? {});
  const recipe = (what: 'edit' | 'delete', step: Send): Recipe => ({
    id: what,
    steps: [...start(record), step],
    unproven: true,
  });
  return {
    ...(edit ? { edit: recipe('edit', edit) } : {}),
    ...(remove ? { delete: recipe('delete', removesBy(collection, remove)) } : {}),
  };
}

const start = ({ places, create }: RecordFacts): Step[] => [
  { do: 'goto', url: places.find((p) => p.what === 'list')?.url ?? (create.steps[0] as { url: string }).url },
];

/** A request about the item that its list shows with the mark, or that is called by it. */
function onItem(operation: Operation, { own, list, id }: Collection, body?: string): Send {
  const { method, url, form } = operation;
  const address = url.endsWith('}') || url.endsWith('}/') ? (own ?? url) : url;
  return {
    do: 'send',
    method,
    url: address,
    ...(body === undefined ? {} : { body: sentBy(operation, body) }),
    ...(form ? { form: true as const } : {}),
    ...(address.includes('{mark}') ? {} : { item: list ?? '{own}' }),
    ...(id ? { id } : {}),
    commits: true,
  };
}

/** The id of the item, by its own name, where the body has to tell it. */
function itemIn({ item, body = {} }: Operation, { id = 'id' }: Collection): Wishes['known'] {
  const leaf = item && leavesOf(body).find(({ path }) => path.join() === item.join());
  const whole = leaf && typeOf(leaf.schema) === 'integer';
  return leaf ? { [leaf.path.at(-1) ?? '']: whole ? `#{item.${id}}` : `{item.${id}}` } : {};
}

const removesBy = (collection: Collection, remove: Operation): Send =>
  onItem(
    remove,
    collection,
    remove.item
      ? bodyOf(remove.body ?? {}, undefined, { today: '', door: false, all: false, known: itemIn(remove, collection) })
      : remove.body?.properties?.['id'] &&
          (typeOf(remove.body.properties['id']) === 'string' ? '{"id":"{id}"}' : '{"id":{id}}'),
  );

/** The new text alone, with what must be there; then with everything that the record has. */
function editsBy(context: SurveyContext, collection: Collection, item: Members): Send[] {
  const { carrier } = collection;
  const name = carrier.path.at(-1) ?? '';
  const known = Object.fromEntries(
    Object.entries(item).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[key, `{item.${key}}`]]
        : typeof value === 'number' || typeof value === 'boolean'
          ? [[key, `#{item.${key}}`]]
          : [],
    ),
  );
  return collection.edits.flatMap((edit) => {
    const { body = {} } = edit;
    const path = body.properties?.[name] ? [name] : leavesOf(body).find((leaf) => leaf.path.at(-1) === name)?.path;
    if (!path && carrier.path.length < 2) return [];
    const marked = { ...carrier, path: path ?? carrier.path, as: '{new}' as const };
    const shown = { ...known, ...itemIn(edit, collection) };
    const wishes = { today: context.today, door: false, known: collection.list ? shown : {} };
    const bodies = [false, true].map((all) => bodyOf(body, marked, { ...wishes, all }, item));
    return [...new Set(bodies)].map((one) => onItem(edit, collection, one));
  });
}
