import type { Actors } from '../model/context.ts';
import type { Ledger } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';

/** Takes away our own rows, newest first, by the recipe that the survey learned; stops at `until` or where deleting no longer works. */
export async function cleanUp(options: { actors: Actors; facts: Facts; ledger: Ledger; until: number; now(): number }): Promise<void> {
  const recipe = options.facts.delete;
  if (!recipe) return;
  const mine = [...options.ledger.entries].reverse().filter((e) => e.what === 'record' && e.acknowledged && !e.removed);
  let misses = 0;
  for (const entry of mine) {
    if (options.now() > options.until || misses >= 3) return;
    try {
      const done = await options.actors.A.do(recipe, { mark: entry.mark });
      if (done.missing || done.said === 'refused') misses++;
      else { misses = 0; options.ledger.removed(entry.mark); }
    } catch {
      misses++;
    }
  }
}
