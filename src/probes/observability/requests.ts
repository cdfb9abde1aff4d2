/**
 * Makes honest requests and looks for their lines in what the app prints and in the text files that it holds open. Control: the requests
 * were answered. What could deceive it: a log that is sent elsewhere (said in wrongIf), lines that come late (waited for).
 */
import { z } from 'zod';
import type { App } from '../../model/app.ts';
import type { Context } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { developmentOf } from '../_shared/development.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { appOf } from '../_shared/started.ts';

const observed = z.object({
  development: z.string().optional(),
  asked: z.array(z.object({ method: z.string(), path: z.string(), status: z.number() })),
  /** A line with the path of one of them and how it ended. */
  line: z.string().optional(),
  /** A line with a path, and nothing of how it ended. */
  half: z.string().optional(),
  lines: z.number(),
  requests: evidenceId,
  log: evidenceId,
});
type Observed = z.infer<typeof observed>;
type Asked = Observed['asked'][number];

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, clock, journal } = context;
  const app = appOf(context);
  context.progress('looking for the lines that requests leave');
  const since = clock.now();
  const session = await actors.fresh('A');
  const mark = context.mark();
  const record = facts.record?.kind === 'echo' ? undefined : facts.record;
  if (record) await session.do(record.create, { mark });
  const origin = new URL(facts.entry).origin;
  const asked: Asked[] = session.window
    .traffic(since)
    .filter(
      (r) => !r.socket && r.status !== undefined && r.url.startsWith(origin) && !isStatic(r.url) && !isHealth(r.url),
    )
    .map((r) => ({ method: r.method, path: new URL(r.url).pathname, status: r.status ?? 0 }));
  await session.close();
  let found = await search(app, since, asked);
  // Lines may be written in batches.
  for (let tries = 0; tries < 6 && !found.line; tries++) {
    await clock.sleep(500);
    found = await search(app, since, asked);
  }
  const shown = app.log(since).slice(0, 20);
  return {
    ...developmentOf(facts, app),
    asked: asked.slice(0, 20),
    ...found,
    lines: app.log(since).length,
    requests: journal.note({
      kind: 'exchange',
      who: 'A',
      says: `asked: ${asked
        .slice(0, 8)
        .map((r) => `${r.method} ${r.path} ${r.status}`)
        .join(', ')}`,
    }),
    log: journal.note({
      kind: 'log',
      who: 'app',
      says: shown.length
        ? `the app printed ${shown.length} lines and more meanwhile`
        : 'the app printed nothing meanwhile',
      data: { lines: shown.map((line) => line.text.slice(0, 300)) },
    }),
  };
}

/** Asked every few seconds by machines, and kept out of logs on purpose. */
const isHealth = (url: string): boolean =>
  /\/(health\w*|livez?|liveness|readyz?|readiness|ping|up|status)\/?$/i.test(new URL(url).pathname);
const isStatic = (url: string): boolean => /\.(js|mjs|css|png|jpe?g|svg|ico|woff2?|map|webp|gif)(\?|$)/i.test(url);

/** Frameworks log a path as the router sees it: its end, from two characters on, will do beside the outcome. */
async function search(app: App, since: number, asked: readonly Asked[]): Promise<Pick<Observed, 'line' | 'half'>> {
  const lines = [
    ...app.log(since).map((line) => line.text),
    ...(await app.logFiles(since)).flatMap(({ end }) => end.split('\n')),
  ];
  let half: string | undefined;
  for (const { method, path, status } of asked) {
    const ends = path
      .split('/')
      .map((_, at, parts) => `/${parts.slice(at + 1).join('/')}`)
      .filter((end) => end.length > 2);
    const named = lines.filter((line) =>
      path === '/'
        ? new RegExp(`${method}\\b.{0,20}[\\s"':/]/[\\s"',?]`).test(line)
        : ends.some((end) => line.includes(end)),
    );
    const whole = named.find((line) => new RegExp(`\\b${status}\\b`).test(line));
    if (whole) return { line: whole.slice(0, 300) };
    half ??= named[0]?.slice(0, 300);
  }
  return half ? { half } : {};
}

const claim = 'observability/requests-leave-a-trace';

export const requests = defineProbe<Observed>({
  id: 'observability/requests',
  version: 1,
  does: 'writes 1 record and reads the log',
  mess: 'own-rows',
  costs: 5000,
  session: 'own',
  profile: 'audit',
  needs: 'app',
  observed,
  observe,
  claims: [
    {
      id: claim,
      judge(o) {
        const evidence = cite(o.requests, o.log);
        if (!o.asked.length) return unknown('control-failed', 'no request was answered', undefined, [...evidence]);
        if (o.development)
          return unknown(
            'development-server',
            `${o.development} writes its own lines, or none`,
            'the production start command',
            evidence,
          );
        if (o.line) return pass(`a request leaves a line: ${o.line}`, evidence);
        if (o.half)
          return unknown('unclear', `a line names a path and not how it ended: ${o.half}`, undefined, [...evidence]);
        return fail(claim, {
          where: 'the log',
          because: `${o.asked.length} requests were answered, and none left a line with its path (${o.lines} lines printed meanwhile)`,
          wrongIf: 'the log is sent to another machine, or written to a file that is opened for each line',
          evidence,
          reproduce: `# with the app's own start command in APP_START\nsh -c "$APP_START" > /tmp/app.log 2>&1 & sleep 5\ncurl -s -o /dev/null -w '%{http_code}\\n' "$APP_URL"; sleep 2; cat /tmp/app.log`,
        });
      },
    },
  ],
});
