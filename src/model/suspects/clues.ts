/** What a run knows of a cause that a search of the source can use. Pure. */
import type { RunEvent } from '../evidence.ts';
import type { Facts } from '../facts.ts';
import type { Recipe } from '../recipe.ts';
import type { Run } from '../run.ts';
import type { Clues } from '../suspects.ts';

/** The recipe that a claim is asked by; the create where it has none of its own. */
function recipeOf(
  { edit, move, delete: remove, saved, record, wordless, door }: Facts,
  claim: string,
): Recipe | undefined {
  const own: Readonly<Record<string, Recipe | undefined>> = {
    'persistence/edits-persist': edit,
    'persistence/moves-persist': move,
    'persistence/deletions-persist': remove,
    'persistence/saved-forms-keep-their-values': saved?.recipe,
    'persistence/accounts-survive': door.signUp,
  };
  return claim in own ? own[claim] : (record?.create ?? wordless?.act);
}

/** How an API usually takes what a recipe does to one record, where no request was seen. */
const usual: Readonly<Record<string, readonly string[]>> = {
  edit: ['PATCH', 'PUT'],
  move: ['PATCH', 'PUT'],
  delete: ['DELETE'],
};

interface Write {
  readonly method: string;
  readonly url: string;
}

/** `claims`: of one cause, the root first. */
export function cluesOf({ facts, results }: Run, events: readonly RunEvent[], claims: readonly string[]): Clues {
  const root = claims[0] ?? '';
  const recipe = recipeOf(facts, root);
  const steps = (recipe?.steps ?? []).flatMap((step) => ('on' in step ? [step] : []));
  const result = results.find(({ claim }) => claim === root);
  const cited = new Set(result?.status === 'fail' ? result.findings.flatMap(({ evidence }) => evidence) : []);
  const acts = events.filter(({ id, kind }) => kind === 'act' && cited.has(id));
  const sent = acts.flatMap((act) => writesOf(act));
  const created = facts.record?.requests ?? [];
  const seen: readonly Write[] = sent.length
    ? sent
    : recipe && recipe !== facts.record?.create
      ? wouldBe(recipe, created)
      : created;
  return {
    claims,
    requests: distinct(seen),
    controls: steps
      .filter(({ do: does }) => does !== 'fill' && does !== 'type')
      .flatMap(({ on }) => (on.name ? [on.name] : [])),
    fields: steps
      .flatMap((step) => (step.do === 'fill' || step.do === 'type' ? [step.on.attr ?? step.on.name] : []))
      .filter(Boolean),
    silent: acts.some(({ data }) => Array.isArray(data?.['writes']))
      ? sent.length === 0
      : created.length === 0 && recipe === facts.record?.create,
  };
}

function writesOf({ data }: RunEvent): Write[] {
  const writes = data?.['writes'];
  if (!Array.isArray(writes)) return [];
  return writes.filter((one): one is Write => typeof one?.method === 'string' && typeof one?.url === 'string');
}

const wouldBe = ({ id }: Recipe, created: readonly Write[]): Write[] =>
  created.flatMap(({ url }) =>
    (usual[id] ?? []).map((method) => ({ method, url: `${url.replace(/[?#].*|\/$/, '')}/:id` })),
  );

function distinct(writes: readonly Write[]): Clues['requests'] {
  const all = writes.map(({ method, url }) => ({ method: method.toUpperCase(), path: pathOf(url) }));
  return [...new Map(all.map((one) => [`${one.method} ${one.path}`, one])).values()].slice(0, 6);
}

/** Without query, and with `:id` for numbers, uuids and other parts that a person would not have written. */
const pathOf = (url: string): string =>
  url
    .replace(/^\w+:\/\/[^/]+/, '')
    .replace(/[?#].*/, '')
    .split('/')
    .map((part) => (/^(\d+|[0-9a-f]{8}-[0-9a-f-]{27}|(?=.*\d)[\w-]{12,})$/i.test(part) ? ':id' : part))
    .join('/');
