/** The sound fixture on every store that can be had here, killed while it writes: what was acknowledged, and what of it is there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Server, serve, servers } from '../test/servers.ts';
import { plummet, table } from './measure.ts';

const claim = 'persistence/records-survive-a-kill';
const folder = join(import.meta.dirname, '../fixtures/in-hand');

/** `rounds` on each store. Prints a line for each run, and the sum. */
export async function kills(rounds: number): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'plummet-kills-'));
  const running: Server[] = [];
  const stores: Record<string, Record<string, string>> = {
    'SQLite, WAL': {},
    'SQLite, journal': { JOURNAL: 'delete' },
  };
  const sums = new Map<string, { passed: number; runs: number; records: number }>();
  try {
    for (const kind of ['postgres', 'mysql', 'redis'] as const) {
      if (servers[kind].missing) {
        console.log(servers[kind].missing);
        continue;
      }
      const server = await serve(kind, join(dir, kind));
      running.push(server);
      stores[kind] = { DATABASE_URL: server.url };
    }
    for (let round = 1; round <= rounds; round++)
      for (const [store, more] of Object.entries(stores)) {
        const port = await freePort();
        const env = { PORT: `${port}`, DATA: join(dir, `${store}-${round}.sqlite`), ...more };
        const { run } = await plummet(`http://127.0.0.1:${port}/`, {
          command: 'audit',
          flags: [
            ...['--start', `exec ${process.execPath} server.ts`, '--source', folder, '--only', claim],
            ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
          ],
        });
        const result = run.results.find((r) => r.claim === claim);
        const says = result?.status === 'fail' ? result.findings[0].because : (result?.because ?? 'not asked');
        const sum = sums.get(store) ?? { passed: 0, runs: 0, records: 0 };
        sum.runs++;
        if (result?.status === 'pass') sum.passed++;
        sum.records += Number(/^(\d+) records were acknowledged/.exec(says)?.[1] ?? 0);
        sums.set(store, sum);
        console.log(`${round} ${store}: ${result?.status ?? 'unknown'}, ${says}`);
      }
  } finally {
    for (const server of running) await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  const rows = [...sums].map(([store, s]) => [store, `${s.passed} of ${s.runs}`, `${s.records}`]);
  console.log(`\n${table([['store', 'passed', 'records acknowledged, all there'], ...rows])}`);
  if ([...sums.values()].some((s) => s.passed < s.runs)) process.exitCode = 1;
}
