/**
 * Provokes failures of the server: bodies that are broken or of wrong types, and on a copy a save while the store takes none. For each
 * answer of 500 or 503, and each death of the process, the lines of that moment are read for a cause and a place in the code. Control: the
 * same request, unaltered, was accepted. What could deceive it: lines that come late (waited for), a log sent elsewhere (wrongIf).
 */
import { z } from 'zod';
import type { App } from '../../model/app.ts';
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
import { appOf, leaveFor } from '../_shared/started.ts';
import { someone } from '../_shared/user.ts';

const claim = 'observability/failures-are-logged';
const failure = z.object({
  /** What was done, and how it was answered. */
  how: z.string(),
  /** A line that says why. */
  cause: z.string().optional(),
  /** A line that says where: a place in the code, or the path that was asked for. */
  place: z.string().optional(),
  request: evidenceId,
  log: evidenceId,
});
const observed = z.object({
  none: z.string().optional(),
  development: z.string().optional(),
  where: z.string(),
  tried: z.array(z.string()),
  failures: z.array(failure),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

const words =
  /error|exception|traceback|panic|fatal|refused|denied|locked|unavailable|cannot|could not|failed|unexpected|invalid|undefined/i;
/** Names that systems give to errors: ENOENT, EISDIR. */
const errno = /\bE[A-Z]{3,12}\b/;
const inCode =
  /[\w./\\@-]+\.(m?[jt]sx?|cjs|cts|mts|py|rb|php|go|java|kt|cs|rs|exs?|svelte|vue)(:\d+|\(\d+\)|", line \d+| on line \d+|, line \d+)|^\s+at \S/;

/** The values of a body one by one as something that they cannot be. */
function* wrong(write: Sent): Generator<{ how: string; request: WireRequest }> {
  const type = write.headers['content-type'] ?? '';
  if (/json/.test(type)) {
    yield { how: 'broken JSON', request: replayed(write, write.body.slice(0, Math.ceil(write.body.length / 2))) };
    const body = JSON.parse(write.body) as unknown;
    if (!body || typeof body !== 'object' || Array.isArray(body)) return;
    for (const name of Object.keys(body).slice(0, 5)) {
      const value = (body as Record<string, unknown>)[name];
      const other = typeof value === 'string' ? 123 : { not: ['what', 'it', 'is'] };
      for (const bad of [other, null])
        yield {
          how: `${name} as ${JSON.stringify(bad)}`,
          request: replayed(write, JSON.stringify({ ...body, [name]: bad })),
        };
    }
  } else if (/x-www-form-urlencoded/.test(type)) {
    const fields = new URLSearchParams(write.body);
    for (const name of [...fields.keys()].slice(0, 5)) {
      const less = new URLSearchParams(fields);
      less.delete(name);
      yield { how: `without ${name}`, request: replayed(write, less.toString()) };
    }
  }
}

async function observe(context: Context): Promise<Observed> {
  const { facts, clock, wire, ledger } = context;
  const app = appOf(context);
  const base: Observed = {
    where: facts.entry,
    tried: [],
    failures: [],
    ...developmentOf(facts, app),
    reproduce: '',
  };
  const { record } = facts;
  if (!record || record.kind === 'echo') return { ...base, none: noWay(facts).because };
  context.progress('provoking failures, and reading what the app says of them');
  if (app.precious === undefined) await app.rewind();
  if (!app.running) await app.start();
  const since = clock.now();
  const { user, mark, outcome } = await someone(context);
  await user.writer.close();
  const write = outcome.writes.find((w) => !w.socket && !isTelemetry(w) && holds(w.body, mark));
  if (!write) return { ...base, none: 'no request of its own carries a record, so none can be altered' };
  const where = `${write.method} ${new URL(write.url).pathname}`;
  const tried: string[] = [];
  const failures: Observed['failures'] = [];
  let fallen = false;
  /** After a store was let go again: an app that died of it would not start on one that is locked. */
  const raise = async (): Promise<void> => {
    if (!fallen) return;
    fallen = false;
    await app.stop(500);
    await app.start();
  };
  const provoke = async (how: string, request: WireRequest): Promise<void> => {
    const from = clock.now();
    const before = new Map((await app.logFiles(0)).map(({ path, end }) => [path, end]));
    const answer = await wire.send(request);
    tried.push(`${how}: ${answer.status || answer.error || 'no answer'}`);
    const died = answer.status === 0 && !(await alive(context));
    if (answer.status !== 500 && answer.status !== 503 && !died) return;
    const told = await linesOf(context, app, from, before, new URL(request.url).pathname);
    failures.push({
      how: `${where} with ${how} ${died ? 'ended the app' : `was answered ${answer.status}`}`,
      ...told,
      request: answer.evidence,
    });
    fallen ||= died;
  };
  const next = (): Mark => {
    const made = context.mark();
    ledger.begin({ what: 'record', mark: made, how: `${record.says}, altered` });
    return made;
  };
  for (const { how, request } of wrong({ ...write, body: write.body.replaceAll(mark, next()) })) {
    if (failures.length >= 3 || context.left() < 20_000) break;
    await provoke(how, request);
    await raise();
  }
  if (failures.length < 3 && context.left() > 45_000 && (await leaveFor(app, mark, since)).kept === 'copy') {
    const file = (await app.files(since, [mark])).find((f) => f.holds.length > 0 && !f.log)?.path;
    const blocked = file
      ? await app.block(file.replace(/-(wal|journal)$/, '')).catch(() => undefined)
      : await app.failStores('gone');
    if (blocked)
      try {
        await provoke(blocked.how, { ...replayed(write, write.body.replaceAll(mark, next())), timeout: 35_000 });
      } finally {
        await blocked.lift();
      }
    await raise();
  }
  return {
    ...base,
    where,
    tried,
    failures,
    reproduce: `# the app prints to /tmp/app.log; a session's cookie is in $COOKIE\ncurl -s -o /dev/null -w '%{http_code}\\n' -X ${write.method} -H "cookie: $COOKIE" -H 'content-type: ${write.headers['content-type'] ?? ''}' --data '${/json/.test(write.headers['content-type'] ?? '') ? '{"title":' : 'title='}' '${write.url}'; sleep 2; tail -20 /tmp/app.log`,
  };
}

const alive = async ({ wire, facts }: Context): Promise<boolean> =>
  (await wire.send({ method: 'GET', url: facts.entry })).status > 0;

/** What was said from a moment on of why and where; waited for, since lines may be written in batches. */
async function linesOf(
  { clock, journal }: Context,
  app: App,
  from: number,
  before: ReadonlyMap<string, string>,
  path: string,
): Promise<Pick<Observed['failures'][number], 'cause' | 'place' | 'log'>> {
  let lines: string[] = [];
  let cause: string | undefined;
  let place: string | undefined;
  for (let tries = 0; tries < 6 && !(cause && place); tries++) {
    if (tries) await clock.sleep(400);
    const files = (await app.logFiles(from)).flatMap(({ path: file, end }) =>
      since(before.get(file) ?? '', end).split('\n'),
    );
    lines = [...app.log(from).map((line) => line.text), ...files].filter((line) => line.trim());
    cause = lines.find(tells);
    place = lines.find((line) => inCode.test(line)) ?? lines.find((line) => tells(line) && line.includes(path));
  }
  return {
    ...(cause ? { cause: cause.slice(0, 300) } : {}),
    ...(place ? { place: place.slice(0, 300) } : {}),
    log: journal.note({
      kind: 'log',
      who: 'app',
      says: lines.length ? `the app said ${lines.length} lines to it` : 'the app said nothing to it',
      data: { lines: lines.slice(0, 20).map((line) => line.slice(0, 300)) },
    }),
  };
}

/** What was appended. */
function since(before: string, now: string): string {
  const tail = before.slice(-300);
  const at = tail ? now.lastIndexOf(tail) : -1;
  return at < 0 ? now : now.slice(at + tail.length);
}

const tells = (line: string): boolean => words.test(bare(line)) || errno.test(line);

/** A line without the phrase that HTTP has for its status, which is no cause. */
const bare = (line: string): string =>
  line.replace(/\b(internal server error|service unavailable|bad gateway|bad request|not found)\b/gi, '');

export const failures = defineProbe<Observed>({
  id: 'observability/failures',
  version: 1,
  does: 'sends up to 11 malformed saves, and 1 while the store takes none (on a copy)',
  mess: 'breaks',
  costs: 15_000,
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
        const [first] = o.failures;
        if (o.development)
          return unknown(
            'development-server',
            `${o.development} says of failures what it will`,
            'the production start command',
          );
        if (!first)
          return unknown(
            'control-failed',
            `no failure could be provoked (${o.tried.slice(0, 6).join('; ') || 'nothing could be altered'})`,
          );
        const evidence = cite(...o.failures.flatMap((f) => [f.request, f.log]));
        const silent = o.failures.find((f) => !f.cause);
        if (silent)
          return fail(claim, {
            where: o.where,
            because: `${silent.how}, and the log says nothing of why`,
            wrongIf: 'the log is sent to another machine',
            evidence,
            reproduce: o.reproduce,
          });
        const vague = o.failures.find((f) => !f.place);
        if (vague)
          return unknown(
            'unclear',
            `${vague.how}; the log says why, and not where: ${vague.cause}`,
            undefined,
            evidence,
          );
        return pass(
          `${o.failures.length} failure${o.failures.length > 1 ? 's' : ''} provoked (${first.how}), each with its cause and place in the log: ${first.cause}`,
          evidence,
        );
      },
    },
  ],
});
