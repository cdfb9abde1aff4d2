/** What of a run can be said in plain code: the way in, the write, and what is done to a record. */
import type { Facts, Place } from '../../model/facts.ts';
import { beyondCode, usesOwn } from '../../model/playwright.ts';
import type { Recipe } from '../../model/recipe.ts';
import type { Run } from '../../model/run.ts';
import { isId } from '../../model/walk.ts';

/**
 * Whose account the tests use. sign-up: each makes its own. any: the door takes any name. given: it is read from the environment.
 * headers: headers or a session from the environment stand for it. none: there is no door.
 */
export type Whose = 'sign-up' | 'any' | 'given' | 'headers' | 'none';

export interface Ways {
  readonly facts: Facts;
  readonly origin: string;
  readonly whose: Whose;
  readonly create: Recipe;
  readonly signUp?: Recipe;
  readonly addUser?: Recipe;
  readonly logIn?: Recipe;
  /** Where records are looked for. */
  readonly home: Place;
  /** No list shows the records: each is looked for at the page at which it was made. */
  readonly ownPages: boolean;
  /** `create` has to keep the address of that page. */
  readonly keepsOwn: boolean;
  /** A part of an address that belongs to the account of the run alone; undefined where there is none. */
  bound(recipe: Pick<Recipe, 'steps'>): string | undefined;
  /** The record stood on the page once it was written. */
  readonly stood: boolean;
}

const able = (recipe: Recipe | undefined): recipe is Recipe => recipe !== undefined && beyondCode(recipe) === undefined;

/** Or why no test can be written of it. */
export function waysOf(run: Run): Ways | { readonly why: string } {
  const { facts } = run;
  const { record, door } = facts;
  if (!record || record.kind === 'echo') return { why: 'the run found no way to write a record' };
  if (!able(record.create)) return { why: `to write a record, code alone does not do: ${beyondCode(record.create)}` };
  if (record.carries === 'date')
    return { why: 'its records are told apart by a date alone, which an app may show in many ways' };
  if (door.kind === 'closed') return { why: 'the run found no way in' };
  if (door.logIn && !able(door.logIn)) return { why: `to log in, code alone does not do: ${beyondCode(door.logIn)}` };
  const list = record.places.find((p) => p.what === 'list');
  const home = list ?? record.places[0] ?? { url: facts.entry, what: 'own' };
  if (!list && facts.kind === 'api')
    return { why: 'no list of the API shows the records, and each has an address that is known only once it is made' };
  const whose = whoseOf(facts);
  const bound = (recipe: Pick<Recipe, 'steps'>): string | undefined =>
    whose === 'sign-up' || whose === 'any' ? boundIn(run, recipe) : undefined;
  const place: Pick<Recipe, 'steps'> = { steps: list ? [{ do: 'goto', url: list.url }, ...(list.way ?? [])] : [] };
  const foreign = bound(record.create) ?? bound(place);
  if (foreign)
    return {
      why: `records are written or read at an address of the run’s own account (“${foreign}”), and each test signs up anew`,
    };
  return {
    facts,
    origin: new URL(facts.entry).origin,
    whose,
    create: record.create,
    ...(able(door.signUp) ? { signUp: door.signUp } : {}),
    ...(able(door.addUser) ? { addUser: door.addUser } : {}),
    ...(door.logIn ? { logIn: door.logIn } : {}),
    home,
    ownPages: !list,
    keepsOwn: !list || [facts.edit, facts.move, facts.delete].some(usesOwn),
    bound,
    stood: observed(run, 'persistence/ladder')?.['stood'] !== false,
  };
}

function whoseOf({ door }: Facts): Whose {
  if (door.kind === 'given') return 'headers';
  if (door.kind === 'none') return 'none';
  if (door.kind === 'name') return 'any';
  if (door.account !== 'signed-up') return 'given';
  if (able(door.signUp)) return 'sign-up';
  return door.signUp ? 'given' : 'any';
}

/**
 * A part of an address that the sign-up of the run's account made, or may have: it holds a mark, a name of the account or what was typed
 * there, or it is an id. Where another account saw the record at its place, the place is nobody's own.
 */
function boundIn({ facts, ledger, results }: Run, { steps }: Pick<Recipe, 'steps'>): string | undefined {
  const shared = results.some((r) => r.claim === 'concurrency/others-see-the-change' && r.status === 'pass');
  const typed = (facts.door.signUp?.steps ?? []).flatMap((step) =>
    (step.do === 'fill' || step.do === 'type') && !step.value.includes('{') ? [slug(step.value)] : [],
  );
  const made = ledger.map(({ mark }) => slug(mark.split('@')[0] ?? '')).filter((text) => text.length > 3);
  const isOurs = (part: string): boolean =>
    made.some((text) => slug(part).includes(text)) ||
    (!shared && !isDate.test(part) && (typed.includes(slug(part)) || isId(part) || /^\d+$/.test(part)));
  return steps
    .flatMap((step) => (step.do === 'goto' || step.do === 'send' ? partsOf(step.url) : []))
    .find((part) => part.length > 0 && isOurs(part));
}

const isDate = /^(19|20)\d\d(-\d\d){0,2}$/;
const slug = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');

/** Of its path, and of a path behind #. What is asked for (?page=2) is no part. */
function partsOf(url: string): string[] {
  const { pathname, hash } = new URL(url, 'http://app');
  return `${pathname}/${hash.slice(1)}`.split('/');
}

/** What a probe of the run observed; undefined where it did not. */
export function observed({ observations }: Run, probe: string): Readonly<Record<string, unknown>> | undefined {
  const found = observations.find((one) => one.probe === probe)?.observed;
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : undefined;
}

/** Milliseconds that something may take to show, as an audit waits for it. */
export const patience = ({ record }: Facts): number => Math.min(60_000, Math.max(5000, 3 * (record?.delay ?? 0)));
