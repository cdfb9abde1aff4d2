import type { Writable } from 'node:stream';
import type { ProcessSpec } from '../model/app.ts';
import type { RunEvent } from '../model/evidence.ts';
import type { Run } from '../model/run.ts';
import type { Backend } from '../model/stores.ts';
import type { Clues, Suspect } from '../model/suspects.ts';
import type { AuditOptions, Before, Profile } from '../model/target.ts';
import type { Replayed } from '../model/walk.ts';

/** What this machine offers to an audit. */
export interface Inspection {
  readonly browser:
    | { readonly path: string; readonly from: string; readonly version: string }
    | { readonly error: string };
  /** Undefined where no browser started. */
  readonly sandbox?: boolean;
  readonly notes?: readonly string[];
}

/** What the joint gives to a surface. Loaded when it is needed, since it brings the browser's driver along. */
export interface Parts {
  audit(options: AuditOptions): Promise<{ run: Run; dir: string }>;
  judge(run: Run): Run;
  /** Takes away what that run left; gives it as it is then. */
  clean(options: AuditOptions, before: Before): Promise<Run>;
  /** Does again what its survey did. */
  replay(options: AuditOptions, before: Before, events: readonly RunEvent[]): Promise<Replayed>;
  /** `started`: with those that ask for an app that we started. */
  probedClaims(profile?: Profile, started?: boolean): readonly string[];
  /** What would be done for these claims, in its order. */
  planned(claims: readonly string[], started?: boolean): readonly { readonly does: string }[];
  /** Stores and backends that the environment of these processes names. */
  backendsOf(processes: readonly ProcessSpec[]): readonly Backend[];
  /** Where in the source at this folder each of these likely sits. */
  suspectsIn(source: string, clues: readonly Clues[]): readonly (readonly Suspect[])[];
  inspect(): Promise<Inspection>;
  /** Opens a window for a person to log in; what the browser holds when `done` or closed, as text of Playwright's file. */
  logInByHand(options: {
    readonly url: string;
    readonly path?: string;
    readonly headed: boolean;
    readonly done: Promise<void>;
    readonly signal: AbortSignal;
  }): Promise<string | undefined>;
}

/** Where a command reads and writes. */
export interface Io {
  readonly cwd: string;
  readonly out: Stream;
  readonly err: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Undefined where nobody can be asked. */
  ask?(question: string): Promise<string>;
  /** stdout for what a program reads there: whatever else would be said on it goes to stderr from now on. */
  alone(): Writable;
  /** All that is piped in; undefined where a person types. */
  input?(): Promise<string>;
  now(): Date;
  parts(): Promise<Parts>;
  /** Calls back at each Ctrl-C or request to end; gives the way to stop listening. */
  interrupts(listener: () => void): () => void;
  /** Ends the process at once. */
  kill(code: number): void;
}

export interface Stream {
  write(text: string): void;
  readonly tty: boolean;
  readonly columns: number;
}

/** Colours only where a person looks, and did not say no. */
export const colored = (io: Io, stream: Stream): boolean =>
  stream.tty && !io.env['NO_COLOR'] && io.env['TERM'] !== 'dumb';
