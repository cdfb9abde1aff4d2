import { z } from 'zod';
import { lacking } from '../_shared/alteration.ts';
import { evidenceId } from '../_shared/observed.ts';

export const listSeen = z.object({
  url: z.string(),
  /** B's own record stands there: it was looked at. */
  control: z.boolean(),
  /** B's page shows A's record. */
  shown: z.boolean(),
  /** It has more pages than were gone through, so that it is not known whether A's record stands there. */
  partly: z.boolean().optional(),
  /** Address of the answer to B that holds A's record. */
  carried: z.string().optional(),
  evidence: evidenceId,
});
export type ListSeen = z.infer<typeof listSeen>;

/** Where A's mark was shown on a walk before anybody was accused. */
export const walked = z.object({ who: z.enum(['nobody', 'B']), url: z.string(), evidence: evidenceId });
export type Walked = z.infer<typeof walked>;

export const reading = z.object({
  /** Requests by which A's record was asked for as B. */
  tried: z.number(),
  /** B's own record is read in the same way. */
  control: z.boolean(),
  leak: z
    .object({
      where: z.string(),
      evidence: evidenceId,
      /** Is nobody told it by asking, too? */
      nobody: z.enum(['no', 'asking']),
      guessable: z.boolean(),
    })
    .optional(),
  /** A's page of the record shows it as text, so it is there to be read and not to be edited. */
  page: z.boolean(),
  evidence: z.array(evidenceId),
});
export type Reading = z.infer<typeof reading>;

export const attempt = z.object({
  none: lacking.optional(),
  /** Why it could not be tried. */
  missing: z.string().optional(),
  wants: z.string().optional(),
  /** Where B sees A's records: B's page has no control to do it to one, or it was done by that, or what came of it was not. */
  offered: z.enum(['no', 'done', 'not-done']).optional(),
  /** The same request, for another record of B's own, has worked. */
  control: z.boolean(),
  /** A sees that it was done; undefined where that is not clear. */
  taken: z.boolean().optional(),
  where: z.string(),
  evidence: z.array(evidenceId),
});
export type Attempt = z.infer<typeof attempt>;

export const observed = z.object({
  /** Why nothing was tried. */
  stop: z.object({ why: z.enum(['local', 'unkept', 'alone', 'outside', 'not-made']), because: z.string() }).optional(),
  note: evidenceId,
  lists: z.array(listSeen),
  read: reading.optional(),
  walked: walked.optional(),
  change: attempt.optional(),
  remove: attempt.optional(),
  reproduce: z.object({ list: z.string(), read: z.string(), change: z.string(), remove: z.string() }),
});
export type Observed = z.infer<typeof observed>;
