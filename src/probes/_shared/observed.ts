import { z } from 'zod';

/** Shapes that observations of several probes share. */
export const evidenceId = z.custom<`e${number}`>((v) => typeof v === 'string' && /^e\d+$/.test(v));
export const sighting = z.object({
  seen: z.enum(['yes', 'no', 'could-not-look']),
  because: z.string(),
  evidence: evidenceId,
});
export type SightingSeen = z.infer<typeof sighting>;
export const outcome = z.object({
  said: z.enum(['ok', 'refused', 'unclear']),
  because: z.string(),
  evidence: evidenceId,
});
export const sent = z.object({
  method: z.string(),
  url: z.string(),
  status: z.number().optional(),
  bytes: z.number(),
  marked: z.boolean(),
  socket: z.boolean(),
});

/** Only what a verdict rests on, so that a stored observation holds nothing else. */
export const seen = (s: { seen: SightingSeen['seen']; because: string; evidence: `e${number}` }): SightingSeen => ({
  seen: s.seen,
  because: s.because,
  evidence: s.evidence,
});
export const said = (o: {
  said: 'ok' | 'refused' | 'unclear';
  because: string;
  evidence: `e${number}`;
}): z.infer<typeof outcome> => ({ said: o.said, because: o.because, evidence: o.evidence });
