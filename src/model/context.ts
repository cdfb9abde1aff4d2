import type { App } from './app.ts';
import type { Sent, Tab, Unless, Window, Windows } from './browser.ts';
import type { EvidenceId, Journal, Ledger, Said } from './evidence.ts';
import type { Facts, Place } from './facts.ts';
import type { Mark, Marks } from './mark.ts';
import type { Recipe, Values } from './recipe.ts';
import type { Intent } from './run.ts';

export interface Outcome {
  readonly said: Said;
  readonly because: string;
  /** Where the page stood afterwards. */
  readonly url: string;
  readonly appeared: readonly string[];
  readonly writes: readonly Sent[];
  readonly requests: readonly Sent[];
  /** Epoch ms of the deciding act. */
  readonly at: number;
  readonly evidence: EvidenceId;
  /** A step of the recipe found no control. */
  readonly missing?: string;
}

export interface Sighting {
  readonly seen: 'yes' | 'no' | 'could-not-look';
  readonly at: readonly Place[];
  readonly altered?: 'cut';
  readonly because: string;
  readonly evidence: EvidenceId;
}

/** One session of one actor: a browser logged in, with a page at hand. */
export interface Session {
  readonly who: string;
  readonly window: Window;
  /** Logged in, where there is a door. What a session outside sees says nothing. */
  readonly inside: boolean;
  /** In the session's first tab, unless another is named. What it makes is in the ledger, as made by `how`. `unless`: as a tab's acts take it. */
  do(
    recipe: Recipe,
    values: Values,
    options?: { quick?: boolean; stayAt?: boolean; tab?: Tab; how?: string; unless?: Unless },
  ): Promise<Outcome>;
  /**
   * Looks for the mark where the record lives. `no` only where the place was rendered for a live session and the deadline passed, and
   * none of those `beside`, which are older, stands there alone: a dashboard shows the first or the best of them.
   */
  look(
    mark: Mark,
    until: 'seen' | 'gone',
    options?: { places?: readonly Place[]; sentinel?: Mark; beside?: readonly Mark[]; within?: number; tab?: Tab },
  ): Promise<Sighting>;
  close(): Promise<void>;
}

export interface Actors {
  /** A session of A in a fresh browser, logged in afresh (storage is never copied). */
  fresh(who: 'A' | 'B' | 'nobody'): Promise<Session>;
  /** A's session at work, shared by probes that leave nothing behind in the page. */
  readonly A: Session;
  /** A's own values; empty where nobody logs in. */
  readonly account: Values;
  /** Can a second account be had? Where nobody signs up, whether A makes accounts is learned when this is first asked. */
  hasSecond(): Promise<boolean>;
  /** B's, where we made it; undefined where it was given, or none was needed yet. */
  readonly minted: Values | undefined;
  /** Makes an account that no other probe uses, by signing up or by A. Undefined where neither can be done. `by`: by another recipe than the door's. */
  signUp(by?: Recipe): Promise<{ readonly values: Values; readonly outcome: Outcome; session: Session } | undefined>;
  /** A session of the administrator whose account was given. */
  admin(): Promise<Session | undefined>;
  logIn(values: Values, who: string, by?: Recipe): Promise<{ session: Session; in: boolean; evidence: EvidenceId }>;
}

/** One exchange of a browser of ours, or what came by a socket. */
export type Heard = Pick<Sent, 'method' | 'url' | 'headers' | 'body' | 'answer'>;

/** What was heard in all answers since the run began. */
export interface Answers {
  /** How many were read, and how many requests carried a password. */
  readonly read: number;
  readonly doors: number;
  /** Secrets in them: of each what it is, where it was answered to whom, and how it begins. Scripts, styles and pictures are not looked at. */
  readonly spills: readonly {
    readonly what: string;
    readonly where: string;
    readonly who: string;
    readonly short: string;
    readonly evidence: EvidenceId;
  }[];
}

/** Everything a probe may touch. No clock, network or randomness but these. */
export interface Context {
  readonly facts: Facts;
  readonly intent: Intent;
  readonly actors: Actors;
  readonly windows: Windows;
  readonly marks: Marks;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly wire: Wire;
  readonly answers: Answers;
  readonly clock: Clock;
  /** The app, where we started it. */
  readonly app?: App;
  /** Texts of its source that may be secrets, each once, the likeliest first; empty where the source is not given. Read when asked for. */
  readonly literals: readonly Literal[];
  /** Says in one line what is being done. */
  progress(text: string): void;
  /** A fresh mark of the kind that the record carries. */
  mark(): Mark;
  /** Milliseconds left for this probe. */
  left(): number;
}

/** A text of the source, and where it stands: file:line. */
export interface Literal {
  readonly text: string;
  readonly where: string;
}

export interface Clock {
  now(): number;
  /** Resolves after ms, or sooner when the run is interrupted. */
  sleep(ms: number): Promise<void>;
}

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Milliseconds. */
  readonly timeout?: number;
  /** An address of this machine that it is to come from. */
  readonly from?: string;
}
export interface WireAnswer {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly error?: string;
  readonly evidence: EvidenceId;
}

/** A fresh connection per request, no cookies but those given. */
export interface Wire {
  send(request: WireRequest): Promise<WireAnswer>;
  /** Sends half of the body, waits for `between`, sends the rest. `early`: the answer came before the rest was sent. */
  sendSlowly(request: WireRequest, between: () => Promise<void>): Promise<WireAnswer & { readonly early: boolean }>;
}
