/**
 * section/claim: @says@
 *
 * Does: writes a marked record the way a user would, disturbs one thing, and looks for the mark at its places.
 * Control: the honest write was acknowledged.
 * Could deceive it: say here what looks like a break and is none, and what looks sound and is not.
 */
import { z } from 'zod';
import type { Context } from '../../src/model/context.ts';
import { defineProbe } from '../../src/model/probe.ts';
import { pass, unknown, type Verdict } from '../../src/model/verdict.ts';
import { cite, plant } from '../../src/probes/_shared/ground.ts';
import { outcome, said, seen, sighting } from '../../src/probes/_shared/observed.ts';

const id = 'section/claim';

/** What was seen, and nothing that was concluded from it. */
const observed = z.object({ write: outcome, sighting: sighting.optional() });
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { A } = context.actors;
  const { mark, outcome: write, places } = await plant(context, A);
  if (write.said !== 'ok') return { write: said(write) };
  // The disturbance goes here.
  return { write: said(write), sighting: seen(await A.look(mark, 'seen', { places })) };
}

/** Each early return says why this is not yet a break. */
export function judge({ write, sighting }: Observed): Verdict {
  if (write.said !== 'ok') return unknown('control-failed', write.because, undefined, [write.evidence]);
  if (!sighting || sighting.seen === 'could-not-look') {
    return unknown('could-not-look', sighting?.because ?? 'nothing was looked for', undefined, [write.evidence]);
  }
  if (sighting.seen === 'yes') return pass(sighting.because, cite(write.evidence, sighting.evidence));
  return unknown(
    'unclear',
    `${id} cannot tell a break yet: return fail(id, { where, because, wrongIf, evidence }) here`,
  );
}

export const probe = defineProbe({
  id,
  version: 1,
  does: 'writes 1 record and looks for it',
  mess: 'own-rows',
  costs: 5_000,
  session: 'shared',
  profile: 'audit',
  observed,
  observe,
  claims: [{ id, judge }],
});
