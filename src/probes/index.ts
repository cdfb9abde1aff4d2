import type { Probe } from '../model/probe.ts';
import { ladder } from './persistence/ladder.ts';

/** The checklist, in order. */
export const probes: readonly Probe[] = [ladder];
