import type { ProcessSpec } from './app.ts';
import type { GivenCriterion } from './criteria.ts';
import type { Values } from './recipe.ts';
import type { Remembered } from './remembered.ts';
import type { Intent, Observation, Result, Run } from './run.ts';

/** How much harm the target permits, each including those before it. */
export type Permit = (typeof permits)[number];
export const permits = ['reads', 'writes', 'attacks', 'disrupts'] as const;

/** reload: the cheapest answer, in seconds. audit: everything that this mode can ask. */
export type Profile = 'reload' | 'audit';

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** A recipe given as code: drives the page (Playwright's) by itself and returns when it is done. Values: mark, new, email, password, name, date. */
export type GivenRecipe = (page: unknown, values: Values) => Promise<void>;
export interface GivenRecipes {
  readonly logIn?: GivenRecipe;
  readonly create?: GivenRecipe;
  readonly edit?: GivenRecipe;
  readonly delete?: GivenRecipe;
}

/** What is being done now, in one line. */
export interface Progress {
  readonly stage: string;
  readonly says: string;
  /** Milliseconds since the run began. */
  readonly at: number;
}

/** Accounts that were made by us, and the words that open them. */
export interface Accounts {
  readonly A?: Values;
  readonly B?: Values;
}

/** An earlier run of the same app. */
export interface Before {
  readonly run: Run;
  readonly accounts?: Accounts;
  /** What it observed that is not to be observed again. Undefined where only what it learned is used. */
  readonly kept?: readonly Observation[];
}

/** Everything an audit has to be told. */
export interface AuditOptions {
  readonly url: string;
  readonly profile: Profile;
  readonly permit: Permit;
  /** Milliseconds. */
  readonly budget: number;
  /** The run folder. */
  readonly out: string;
  /** Selected ids by only and skip, over those that are probed. */
  readonly claims: readonly string[];
  readonly intent: Intent;
  readonly login?: Login;
  readonly login2?: Login;
  /** An account with more rights than an ordinary one. */
  readonly admin?: Login;
  readonly headers?: Readonly<Record<string, string>>;
  readonly headers2?: Readonly<Record<string, string>>;
  /** Path of a storage state file as Playwright writes it. */
  readonly storageState?: string;
  /** Path or address of an OpenAPI document. */
  readonly openapi?: string;
  /** host:port to which pages may write besides the target. */
  readonly backends: readonly string[];
  readonly browser: { readonly path?: string; readonly headed: boolean; readonly slow: number };
  readonly seed: number;
  readonly recipes?: GivenRecipes;
  /** What the config demands in functions; those that `claims` names are tried. */
  readonly criteria?: readonly GivenCriterion[];
  /** Given where the app is ours to start and stop. */
  readonly start?: readonly ProcessSpec[];
  /** Folder of its source, to be read: ways in are looked for there. Default: those of `start`. */
  readonly source?: string;
  /** Hosts that the app may reach outside of this machine, and localhost:port beside it; `*` for all. */
  readonly allowEgress?: readonly string[];
  /** Port of 127.0.0.1 at which its mail is caught, where it is not told by us where to send it. */
  readonly mail?: number;
  /** What the app keeps may be harmed: it is started where it is, and not copied. */
  readonly disposableStore?: boolean;
  /** What is broken is filmed: a trace of each window, in the run folder. */
  readonly trace?: boolean;
  /** Pictures show the rows of others, too. */
  readonly showRows?: boolean;
  /** What was written stays in the app. */
  readonly keepRows?: boolean;
  /** What an earlier survey learned: the survey goes by it where that still leads there. */
  readonly remembered?: Remembered;
  /** What its report is to say of how it was asked. */
  readonly notes?: readonly string[];
  /** A run whose recipes are used, and not learned again. */
  readonly from?: Before;
  /** Where the accounts that it makes are kept, for a later run. */
  readonly vault?: { keep(accounts: Accounts): void };
  /** Aborted: finish with what there is, remove what was made. */
  readonly signal: AbortSignal;
  progress(event: Progress): void;
  found?(result: Result): void;
}
