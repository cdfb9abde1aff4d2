import type { LedgerEntry } from './evidence.ts';
import type { Facts } from './facts.ts';
import type { Verdict } from './verdict.ts';

export type Result = Verdict & { readonly claim: string };

export interface Observation {
  readonly probe: string;
  readonly version: number;
  /** Parsed by the probe's schema before it is judged. */
  readonly observed?: unknown;
  /** Why there is none. */
  readonly lacking?: {
    readonly cause: import('./verdict.ts').Cause;
    readonly because: string;
    readonly wants?: string;
  };
  readonly startedAt: number;
  readonly took: number;
}

export interface Intent {
  readonly storage?: 'server' | 'synced' | 'local';
  readonly login?: 'required' | 'open';
  readonly records?: 'private' | 'shared' | 'public';
}

/** A question that no probe can answer and that decides the claims named. */
export interface Question {
  readonly setting: keyof Intent;
  readonly asks: string;
  readonly decides: readonly string[];
}

export interface Score {
  /** 0 to 100; undefined where nothing could be asked. */
  readonly ready?: number;
  /** As if every unknown were a pass. */
  readonly readyAtBest?: number;
  /** Floor claims decided, floor claims that this mode can ask, and how many more other modes could. */
  readonly coverage: { readonly decided: number; readonly asked: number; readonly elsewhere: number };
  readonly capped: boolean;
}

export interface Effort {
  readonly low: number;
  readonly high: number;
  readonly hours: number;
  readonly groups: readonly { readonly root: string; readonly hours: number; readonly claims: readonly string[] }[];
}

/** run.json. Every report is a pure function of this. */
export interface Run {
  readonly schema: 1;
  readonly tool: { readonly name: 'plummet'; readonly version: string };
  readonly target: {
    readonly url: string;
    readonly permit: string;
    readonly seed: number;
    readonly intent: Intent;
    readonly backends?: readonly string[];
    /** How it was started; of its variables the names. */
    readonly start?: readonly {
      readonly name: string;
      readonly run: string;
      readonly cwd: string;
      readonly env: readonly string[];
      readonly tunnels?: readonly string[];
      readonly ready?: string;
      readonly role?: 'web' | 'api' | 'worker';
    }[];
    readonly disposableStore?: boolean;
    readonly allowEgress?: readonly string[];
  };
  /** start: the app was started by us. */
  readonly mode: 'url' | 'start';
  /** The app ran on a copy of its folders and stores, which ended with the run. */
  readonly copied?: boolean;
  readonly profile: 'reload' | 'audit';
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly interrupted?: boolean;
  readonly facts: Facts;
  readonly observations: readonly Observation[];
  readonly asked: readonly string[];
  readonly results: readonly Result[];
  readonly questions: readonly Question[];
  readonly score: Score;
  readonly effort: Effort;
  readonly sentence: string;
  readonly ledger: readonly LedgerEntry[];
  readonly notes: readonly string[];
  /** Milliseconds by stage. */
  readonly timings: Readonly<Record<string, number>>;
}
