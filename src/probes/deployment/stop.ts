/**
 * Sends half of an honest write, tells the app to stop (SIGTERM), and sends the rest a moment later: the answer must come, and the
 * process must end. Control: the same slow write is answered while nobody stops the app. Where no request of its own carries a record, its
 * log-in serves, or a request to an address that nothing has, as long as the app reads it whole. What could deceive it: an app that answers before it has read
 * the whole (then nothing is in flight); one that listens to the signal in the started process alone (which is tried next).
 */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context, WireRequest } from '../../model/context.ts';
import { holds, type Mark } from '../../model/mark.ts';
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
  /** Each time that it was told to stop: to whom SIGTERM went, what came of the request, ms until all was gone. */
  stops: z.array(
    z.object({
      to: z.enum(['group', 'started']),
      flight: answer,
      took: z.number(),
      forced: z.boolean(),
      evidence: evidenceId,
    }),
  ),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, clock, wire, ledger } = context;
  const app = appOf(context);
  const base: Observed = {
    where: facts.entry,
    stops: [],
    ...developmentOf(facts, app),
    reproduce: '',
  };
  const { record } = facts;
  if (record?.kind !== 'kept' && record?.kind !== 'phantom')
    return { ...base, none: record ? 'the record is not kept at all' : noWay(facts).because };
  context.progress('stopping the app while a request is in flight');
  if (!app.running) await app.start();
  const since = clock.now();
  const session = await actors.fresh('A');
  const logIn = session.window
    .traffic(since)
    .find((w) => isHeld(w) && /pass|pwd|senha|contrase|kennwort/i.test(w.body));
  const mark = context.mark();
  const honest = await session.do(record.create, { mark });
  await session.close();
  const write = honest.writes.find((w) => isHeld(w) && holds(w.body, mark));
  const ways: ((next: Mark) => WireRequest)[] = write
    ? [(next) => replayed(write, write.body.replaceAll(mark, next))]
    : [...(logIn ? [() => replayed(logIn, logIn.body)] : []), (next) => toNowhere(facts.entry, next)];
  const send = async (request: (typeof ways)[number], between: () => Promise<void>): Promise<Answer> => {
    const next = context.mark();
    if (write) ledger.begin({ what: 'record', mark: next, how: `${record.says}, sent slowly` });
    const told = await wire.sendSlowly(request(next), between);
    if (told.status > 0 && told.status < 400) ledger.settle(next, 'ok');
    return said(told);
  };
  let held: { request: (typeof ways)[number]; control: Answer } | undefined;
  for (const way of ways) {
    held = { request: way, control: await send(way, () => clock.sleep(slow)) };
    if (isAnswer(held.control)) break;
  }
  if (!held) return base;
  const { request, control } = held;
  const { method, url, headers } = request(mark);
  const { pathname, host, hostname, port } = new URL(url);
  const where = `${method} ${pathname}`;
  const told = { ...base, where, control };
  if (!isAnswer(control)) return told;
  const stops: Observed['stops'] = [];
  for (const to of ['group', 'started'] as const) {
    let stopping: ReturnType<typeof app.stop> | undefined;
    const flight = await send(request, async () => {
      await clock.sleep(300);
      stopping = app.stop(most + slow, to);
      await clock.sleep(slow);
    });
    const stopped = await stopping;
    await app.start();
    if (stopped) stops.push({ to, flight, took: stopped.took, forced: stopped.forced, evidence: stopped.evidence });
    // Who ignores what all were told ignores it alone, too.
    if (stops.some(graceful) || stopped?.forced || context.left() < 20_000) break;
  }
  return {
    ...told,
    stops,
    reproduce: `# the app runs under its start command as process group $PGID; a session's cookie is in $COOKIE
(printf '${where} HTTP/1.1\\r\\nHost: ${host}\\r\\nCookie: %s\\r\\nContent-Type: ${headers?.['content-type'] ?? 'text/plain'}\\r\\nContent-Length: 20\\r\\nConnection: close\\r\\n\\r\\n0123456789' "$COOKIE"
 sleep 1; kill -TERM -- -"$PGID"; sleep 1; printf '0123456789'; sleep 3) | nc ${hostname} ${port || 80}
# an answer must come, and the group must be gone within 10 s; so too with kill -TERM "$PGID", to the started process alone`,
  };
}

type Answer = z.infer<typeof answer>;
/** A request whose body can be sent in two parts. */
const isHeld = (w: Sent): boolean =>
  /^(POST|PUT|PATCH)$/.test(w.method) && !w.socket && !isTelemetry(w) && w.body.length > 1 && !w.error;
/** A request that asks for nothing: nobody has its address, and servers that read bodies first wait for its end. */
const toNowhere = (entry: string, mark: Mark): WireRequest => {
  const body = JSON.stringify({ nothing: mark });
  return {
    method: 'POST',
    url: new URL(`/nowhere-${mark}`, entry).href,
    headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
    body,
    timeout: 20_000,
  };
};
/** It was in flight until it was sent whole, and then answered. */
const isAnswer = (a: Answer): boolean => !a.early && a.status > 0;
const ends = (stop: Observed['stops'][number]): boolean => !stop.forced && stop.took <= most + slow;
const graceful = (stop: Observed['stops'][number]): boolean => stop.flight.status > 0 && ends(stop);
const telling = { group: 'SIGTERM to all of its processes', started: 'SIGTERM to the started process alone' };

const said = (a: { status: number; early: boolean; error?: string; evidence: `e${number}` }): Answer => ({
  status: a.status,
  early: a.early,
  ...(a.error ? { error: a.error } : {}),
  evidence: a.evidence,
});

const claim = 'deployment/stop-is-graceful';

export const stop = defineProbe<Observed>({
  id: 'deployment/stop',
  version: 2,
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
        if (!isAnswer(o.control))
          return unknown(
            'control-failed',
            o.control.early
              ? `${o.where} is answered before it was sent whole, so nothing is in flight`
              : `${o.where}, sent slowly, got no answer while the app ran: ${o.control.error ?? ''}`,
            undefined,
            [o.control.evidence],
          );
        const [first] = o.stops;
        if (!first) return unknown('control-failed', 'the app was not stopped');
        const evidence = cite(o.control.evidence, ...o.stops.flatMap((stop) => [stop.flight.evidence, stop.evidence]));
        const good = o.stops.find(graceful);
        if (good)
          return pass(
            `${o.where} was in flight at ${telling[good.to]} and answered ${good.flight.status}; the app was gone after ${(good.took / 1000).toFixed(1)} s`,
            evidence,
          );
        if (o.development)
          return unknown(
            'development-server',
            `${o.development} decides this by itself`,
            'the production start command',
            evidence,
          );
        if (o.stops.length < 2 && !first.forced)
          return unknown(
            'no-time',
            'SIGTERM to the started process alone could not be tried any more',
            undefined,
            evidence,
          );
        return fail(claim, {
          where: o.where,
          because:
            first.flight.status === 0
              ? `${o.where} was in flight at SIGTERM and got no answer (${first.flight.error ?? 'the connection was closed'})`
              : `SIGTERM did not end the app within ${most / 1000} s${first.forced ? ', it had to be killed' : ''}`,
          wrongIf:
            first.flight.status === 0
              ? 'where it is deployed, requests are led elsewhere before SIGTERM comes'
              : 'where it is deployed, another signal than SIGTERM ends it',
          evidence,
          reproduce: o.reproduce,
        });
      },
    },
  ],
});
