/**
 * Sends half of an honest write, tells the app to stop (SIGTERM), and sends the rest a moment later: the answer must come, and the
 * process must end. Control: the same slow write is answered while nobody stops the app. What could deceive it: an app that answers
 * before it has read the whole (then nothing is in flight).
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { holds } from '../../model/mark.ts';
import { defineProbe } from '../../model/probe.ts';
import { isTelemetry } from '../../model/said.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { developmentOf } from '../_shared/development.ts';
import { cite, noWay } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { replayed } from '../_shared/replay.ts';
import { appOf } from '../_shared/started.ts';

/** Milliseconds in which a process that was told to stop has ended. */
const most = 10_000;
/** Milliseconds between SIGTERM and the rest of the request. */
const slow = 1500;
const answer = z.object({ status: z.number(), early: z.boolean(), error: z.string().optional(), evidence: evidenceId });
const observed = z.object({
  none: z.string().optional(),
  development: z.string().optional(),
  where: z.string(),
  control: answer.optional(),
  flight: answer.optional(),
  took: z.number(),
  forced: z.boolean(),
  stopped: evidenceId.optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, clock, wire, ledger } = context;
  const app = appOf(context);
  const base: Observed = {
    where: facts.entry,
    took: 0,
    forced: false,
    ...developmentOf(facts, app),
    reproduce: '',
  };
  const { record } = facts;
  if (record?.kind !== 'kept')
    return { ...base, none: record ? 'the record is not kept at all' : noWay(facts).because };
  context.progress('stopping the app while a request is in flight');
  if (!app.running) await app.start();
  const session = await actors.fresh('A');
  const mark = context.mark();
  const honest = await session.do(record.create, { mark });
  if (!honest.missing) ledger.add({ what: 'record', mark, how: record.says, acknowledged: honest.said === 'ok' });
  await session.close();
  const write = honest.writes.find((w) => !w.socket && !isTelemetry(w) && holds(w.body, mark) && w.body.length > 1);
  if (!write) return { ...base, none: 'no request of its own carries a record, so none can be held in flight' };
  const send = async (between: () => Promise<void>): Promise<z.infer<typeof answer>> => {
    const next = context.mark();
    const told = await wire.sendSlowly(replayed(write, write.body.replaceAll(mark, next)), between);
    const acknowledged = told.status > 0 && told.status < 400;
    ledger.add({ what: 'record', mark: next, how: `${record.says}, sent slowly`, acknowledged });
    return said(told);
  };
  const control = await send(() => clock.sleep(slow));
  const where = `${write.method} ${new URL(write.url).pathname}`;
  const told = { ...base, where, control };
  if (control.early || control.status === 0) return told;
  let stopping: ReturnType<typeof app.stop> | undefined;
  const flight = await send(async () => {
    await clock.sleep(300);
    stopping = app.stop(2 * most);
    await clock.sleep(slow);
  });
  const stopped = await stopping;
  await app.start();
  return {
    ...told,
    flight,
    took: stopped?.took ?? 0,
    forced: stopped?.forced ?? false,
    ...(stopped ? { stopped: stopped.evidence } : {}),
    reproduce: `# the app runs under its start command as process group $PGID; a session's cookie is in $COOKIE
(printf '${write.method} ${new URL(write.url).pathname} HTTP/1.1\\r\\nHost: ${new URL(write.url).host}\\r\\nCookie: %s\\r\\nContent-Length: 20\\r\\nConnection: close\\r\\n\\r\\n0123456789' "$COOKIE"
 sleep 1; kill -TERM -- -"$PGID"; sleep 1; printf '0123456789'; sleep 3) | nc ${new URL(write.url).hostname} ${new URL(write.url).port || 80}
# an answer must come, and the group must be gone within 10 s`,
  };
}

const said = (a: {
  status: number;
  early: boolean;
  error?: string;
  evidence: `e${number}`;
}): z.infer<typeof answer> => ({
  status: a.status,
  early: a.early,
  ...(a.error ? { error: a.error } : {}),
  evidence: a.evidence,
});

const claim = 'deployment/stop-is-graceful';

export const stop = defineProbe<Observed>({
  id: 'deployment/stop',
  version: 1,
  does: 'writes 3 records and stops the app while one of them is on its way',
  mess: 'breaks',
  costs: 12_000,
  session: 'own',
  profile: 'audit',
  needs: 'app',
  observed,
  observe,
  claims: [
    {
      id: claim,
      judge(o) {
        if (o.none !== undefined) return unknown('no-way-found', o.none);
        if (!o.control) return unknown('control-failed', 'no request was tried');
        if (o.control.early || o.control.status === 0)
          return unknown(
            'control-failed',
            o.control.early
              ? `${o.where} is answered before it was sent whole, so nothing is in flight`
              : `${o.where}, sent slowly, got no answer while the app ran: ${o.control.error ?? ''}`,
            undefined,
            [o.control.evidence],
          );
        if (!o.flight || !o.stopped) return unknown('control-failed', 'the app was not stopped');
        const evidence = cite(o.control.evidence, o.flight.evidence, o.stopped);
        const ends = !o.forced && o.took <= most + slow;
        if (o.flight.status > 0 && ends)
          return pass(
            `${o.where} was in flight at SIGTERM and answered ${o.flight.status}; the app was gone after ${(o.took / 1000).toFixed(1)} s`,
            evidence,
          );
        if (o.development)
          return unknown(
            'development-server',
            `${o.development} decides this by itself`,
            'the production start command',
            evidence,
          );
        return fail(claim, {
          where: o.where,
          because:
            o.flight.status === 0
              ? `${o.where} was in flight at SIGTERM and got no answer (${o.flight.error ?? 'the connection was closed'})`
              : `SIGTERM did not end the app within ${most / 1000} s${o.forced ? ', it had to be killed' : ''}`,
          wrongIf:
            o.flight.status === 0
              ? 'where it is deployed, requests are led elsewhere before SIGTERM comes'
              : 'where it is deployed, its process alone gets SIGTERM, and ends',
          evidence,
          reproduce: o.reproduce,
        });
      },
    },
  ],
});
