import type { Authenticator } from '../model/authenticator.ts';
import type { Window, Windows } from '../model/browser.ts';
import type { Chart } from '../model/chart.ts';
import type { Actors, Clock, Session, Wire } from '../model/context.ts';
import type { Journal, Ledger } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import type { Mail } from '../model/mail.ts';
import type { Marks } from '../model/mark.ts';
import type { WayIn } from '../model/published/words.ts';
import type { Recipe, Values } from '../model/recipe.ts';
import type { Remembered } from '../model/remembered.ts';

/** What was tried at doors, so that nothing is tried twice and nobody is locked out. */
interface Tries {
  readonly done: Set<string>;
  locked: boolean;
  /** Why the last that was let as far as a code or a letter got no further, and what would help. */
  lacks?: { readonly says: string; readonly wants: string };
}

/** What the survey may touch. It grows `memory.facts` as it learns, so that sessions use what is known so far. */
export interface SurveyContext {
  readonly url: string;
  readonly windows: Windows;
  readonly memory: { facts: Partial<Facts> & { readonly entry: string } };
  readonly actors: Actors & {
    adopt(session: Session, account: Values): void;
    wrap(window: Window, who: string, account?: Values): Session;
    mint(): Values;
  };
  readonly marks: Marks;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly wire: Wire;
  readonly authenticator: Authenticator;
  /** Where the app's mail is caught. */
  readonly mail?: Mail;
  /** Ways in that the app's own source or log tells, the likeliest first. */
  readonly published: readonly WayIn[];
  readonly login?: { readonly user: string; readonly password: string };
  readonly headers?: Readonly<Record<string, string>>;
  readonly storage?: unknown;
  /** Texts that describe an API: the one that is given, else OpenAPI documents and READMEs of the source. */
  openapi(): readonly string[];
  /** What the source tells of its pages and fields; empty where there is none. */
  chart(): Chart;
  readonly given: Partial<Record<'log-in' | 'create' | 'edit' | 'delete', Recipe>>;
  /** What an earlier survey learned, to be tried first. */
  readonly remembered?: Remembered;
  /** May records be written at all? */
  readonly writes: boolean;
  readonly today: string;
  /** The write-read-reload cycle alone: edit, move and delete are not looked for. */
  readonly short: boolean;
  readonly tries: Tries;
  progress(text: string): void;
  /** Milliseconds left for the survey. */
  left(): number;
  /** No record was found: the probes need less time, and the survey may have some of theirs. */
  goOn(): void;
  tried(text: string): void;
  /** What a person should know of how it went. */
  noted(text: string): void;
}
