import type { Flags } from '../config/merge.ts';
import { map } from '../report/map.ts';
import type { Io } from './parts.ts';
import { healed } from './recipes.ts';
import { auditByFlags, perform } from './run-audit.ts';
import { inputOf } from './run-folder.ts';

/** `plummet survey <url>`: finds the way in and the way to write, and asks nothing. Exit code 0 where a record is kept, else 2. */
export async function runSurvey(
  address: string | undefined,
  flags: Flags & { json?: boolean },
  io: Io,
): Promise<number> {
  return perform(io, async (progress, signal) => {
    const { run, dir, settings } = await auditByFlags(address, flags, 'audit', io, progress, signal, { asks: false });
    return () => {
      const { report } = inputOf(dir, run, io.cwd).files ?? {};
      io.out.write(
        flags.json
          ? `${JSON.stringify(run.facts, null, 1)}\n`
          : map({ run, width: io.out.columns, ...(report ? { folder: report } : {}) }),
      );
      io.err.write(healed(settings.remembered, run));
      return run.facts.record?.kind === 'kept' ? 0 : 2;
    };
  });
}
