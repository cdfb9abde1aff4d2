/** What of a run can be said in plain code: the way in, the write, and what is done to a record. */
import type { Facts, Place } from '../../model/facts.ts';
import { beyondCode } from '../../model/playwright.ts';
import type { Recipe } from '../../model/recipe.ts';
import type { Run } from '../../model/run.ts';

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
  const home = record.places.find((p) => p.what === 'list') ?? record.places[0] ?? { url: facts.entry, what: 'list' };
  return {
    facts,
    origin: new URL(facts.entry).origin,
    whose: whoseOf(facts),
    create: record.create,
    ...(able(door.signUp) ? { signUp: door.signUp } : {}),
    ...(able(door.addUser) ? { addUser: door.addUser } : {}),
    ...(door.logIn ? { logIn: door.logIn } : {}),
    home,
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

/** What a probe of the run observed; undefined where it did not. */
export function observed({ observations }: Run, probe: string): Readonly<Record<string, unknown>> | undefined {
  const found = observations.find((one) => one.probe === probe)?.observed;
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : undefined;
}

/** Milliseconds that something may take to show, as an audit waits for it. */
export const patience = ({ record }: Facts): number => Math.min(60_000, Math.max(5000, 3 * (record?.delay ?? 0)));
