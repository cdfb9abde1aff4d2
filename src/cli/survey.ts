import { randomInt } from 'node:crypto';
import type { Flags } from '../config/merge.ts';
import { map } from '../report/map.ts';
import type { Io } from './parts.ts';
import { healed } from './recipes.ts';
import { auditInto, perform, prepare } from './run-audit.ts';
import { inputOf, makeRunFolder } from './run-folder.ts';

/** `plummet survey <url>`: finds the way in and the way to write, and asks nothing. Exit code 0 where a record is kept, else 2. */
export async function runSurvey(
  address: string | undefined,
  flags: Flags & { json?: boolean },
  io: Io,
): Promise<number> {
  return perform(io, async (progress, signal) => {
    const { settings, parts, permit } = await prepare(address, flags, 'audit', io, progress.say);
    const { only: _, skip: __, out, ...options } = settings;
    const dir = await makeRunFolder(io.cwd, out, settings.url, io.now());
    const seed = settings.seed ?? randomInt(2 ** 32);
    const { run } = await auditInto(dir, parts, { ...options, permit, claims: [], seed, signal, ...progress }, io);
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
