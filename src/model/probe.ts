import type { z } from 'zod';
import type { Context } from './context.ts';
import type { Facts } from './facts.ts';
import type { Intent } from './run.ts';
import type { Verdict } from './verdict.ts';

/** The order in which probes run: what makes the least mess first. */
export type Mess = 'none' | 'own-rows' | 'volume' | 'poison' | 'breaks';
export const messes: readonly Mess[] = ['none', 'own-rows', 'volume', 'poison', 'breaks'];

export interface Claim<O> {
  /** section/claim, as in the catalogue. */
  readonly id: string;
  /** Pure: the same observation and facts give the same verdict, today and when a stored run is judged again. */
  judge(observed: O, facts: Facts, intent: Intent): Verdict;
}

/** Acts once, returns an observation, answers one or more claims. */
export interface Probe<O = unknown> {
  readonly id: string;
  readonly version: number;
  /** What it does to the app, and how often, in words; a failure is looked at twice. */
  readonly does: string;
  readonly mess: Mess;
  /** Expected milliseconds; the scheduler uses it. */
  readonly costs: number;
  /** Uses A's session at work, or opens its own: those that open their own run beside the others. */
  readonly session: 'shared' | 'own';
  /** A probe of `reload`, the cheapest audit, or of the whole audit only. */
  readonly profile: 'reload' | 'audit';
  /** What it finds broken is proof by itself, as in a race: it may be missed another time, and is not observed once more. */
  readonly witnessed?: true;
  /** Asks for an app that we started. It may answer once more what an address alone lets another probe answer: the worse verdict holds. */
  readonly needs?: 'app';
  readonly observed: z.ZodType<O>;
  observe(context: Context): Promise<O>;
  readonly claims: readonly [Claim<O>, ...Claim<O>[]];
}

/** Keeps the observation's type inside a probe while the checklist holds probes of any kind. */
export const defineProbe = <O>(probe: Probe<O>): Probe => probe as unknown as Probe;
