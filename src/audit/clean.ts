import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp } from '../arena/clean-up.ts';
import { openJournal, openLedger } from '../evidence/journal.ts';
import { interruptible, within } from '../lib/patience.ts';
import { seeded } from '../lib/random.ts';
import { makeMarks } from '../model/mark.ts';
import type { Run } from '../model/run.ts';
import type { AuditOptions, Before } from '../model/target.ts';
import { comeIn } from './recall.ts';
import { openWorld } from './world.ts';

/**
 * Takes away what a stored run left in the app, which is to run at its address: as A, by the way to delete that was learned, our own rows
 * only. Rewrites run.json; what stays is in its ledger. Throws a Failure where no browser starts.
 */
export async function clean(options: AuditOptions, before: Before): Promise<Run> {
  const { run } = before;
  const journal = openJournal(options.out, Date.now);
  const ledger = openLedger(journal, Date.now, run.ledger);
  const { start: _, ...byUrl } = options;
  const notes: string[] = [];
  const progress = (says: string): void => options.progress({ stage: 'clean', says, at: 0 });
  const world = await openWorld(byUrl, {
    journal,
    ledger,
    marks: makeMarks(seeded(options.seed)),
    notes,
    facts: run.facts,
    ...(before.accounts ? { accounts: before.accounts } : {}),
    timed: (_stage, work) => work,
    progress,
  });
  try {
    progress('logging in');
    const until = Date.now() + options.budget;
    const tidy = async (): Promise<void> => {
      // A new account has nothing to take away.
      if (await comeIn(world, byUrl, before.accounts?.A, false)) {
        progress('removing what was written');
        await cleanUp({ actors: world.actors, facts: run.facts, ledger, until, now: Date.now });
      } else notes.push('Nothing was removed: the account that wrote it could not log in.');
    };
    await within(options.budget + 2000, 'the clean-up', interruptible(options.signal)(tidy()));
  } catch (error) {
    notes.push(`Not all could be looked at: ${(error as Error).message.split('\n')[0]}`);
  } finally {
    await world.close();
  }
  const cleaned: Run = { ...run, ledger: ledger.entries, notes: [...new Set([...run.notes, ...notes])] };
  writeFileSync(join(options.out, 'run.json'), `${JSON.stringify(cleaned, null, 1)}\n`);
  return cleaned;
}
