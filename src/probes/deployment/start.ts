/**
 * Reads what the start command runs, and what the pages showed of it. Control: the processes were seen running. What could deceive it:
 * a server made for production that has a word of a development server in a path (only the program's own words count).
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { developmentIn } from '../_shared/development.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { appOf } from '../_shared/started.ts';

const observed = z.object({
  given: z.array(z.string()),
  commands: z.array(z.string()),
  /** What the pages showed, in a sentence. */
  shown: z.string().optional(),
  evidence: evidenceId,
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const app = appOf(context);
  const commands = [...app.commands()];
  return {
    given: app.processes.map((each) => each.run),
    commands,
    ...(context.facts.development ? { shown: context.facts.development } : {}),
    evidence: context.journal.note({ kind: 'log', who: 'app', says: `runs: ${commands.join('; ')}` }),
  };
}

const claim = 'deployment/start-is-for-production';

export const start = defineProbe<Observed>({
  id: 'deployment/start',
  version: 1,
  does: 'reads what the start command runs',
  mess: 'none',
  costs: 100,
  session: 'own',
  profile: 'audit',
  needs: 'app',
  observed,
  observe,
  claims: [
    {
      id: claim,
      judge(o) {
        if (!o.commands.length) return unknown('could-not-look', 'its processes could not be read on this system');
        const evidence = cite(o.evidence);
        const found = developmentIn([...o.commands, ...o.given]);
        if (found)
          return fail(claim, {
            where: o.given.join('; '),
            because: `the start command runs ${found.server}: ${found.command.slice(0, 160)}`,
            wrongIf: 'another command starts it where it is deployed',
            evidence,
            reproduce: `sh -c ${JSON.stringify(o.given[0] ?? '')} & sleep 5; ps -ef | grep -v grep | grep -E 'node|python|php|ruby'`,
          });
        if (o.shown)
          return fail(claim, {
            where: o.given.join('; '),
            because: `the start command runs ${o.shown}`,
            wrongIf: 'another command starts it where it is deployed',
            evidence,
            reproduce: `sh -c ${JSON.stringify(o.given[0] ?? '')} & sleep 5; curl -si "$APP_URL" | head -40`,
          });
        return pass(`it runs ${o.commands.at(-1)?.slice(0, 160)}, no development server that is known`, evidence);
      },
    },
  ],
});
