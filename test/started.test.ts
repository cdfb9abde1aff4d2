/** The app in our hand: started by the tool, stopped and started again; each fault of the fixture turns red what it breaks, for its reason. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { faults } from '../fixtures/in-hand/server.ts';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';

const root = join(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'plummet-started-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const restart = 'persistence/records-survive-a-restart';
const deletions = 'persistence/deletions-persist';
const accounts = 'persistence/accounts-survive';
const stop = 'deployment/stop-is-graceful';
const lines = 'observability/requests-leave-a-trace';
const production = 'deployment/start-is-for-production';
const all = [restart, deletions, accounts, stop, lines, production];

/** What each fault breaks, and how the finding says it. */
const breaks: Record<keyof typeof faults, Record<string, RegExp>> = {
  'in-memory': { [restart]: /cannot log in any more/, [accounts]: /cannot log in after it/ },
  'accounts-in-memory': { [restart]: /cannot log in any more/, [accounts]: /cannot log in after it/ },
  'hides-deleted': { [deletions]: /is back after it/ },
  'drops-in-flight': { [stop]: /in flight at SIGTERM and got no answer/ },
  'ignores-sigterm': { [stop]: /did not end the app within 10 s, it had to be killed/ },
  'says-nothing': { [lines]: /none left a line/ },
  'starts-once': { [restart]: /does not start again: .*another instance is running/s },
};

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** `run` differs where the command itself is what is asked. */
async function started(
  claims: readonly string[],
  fault?: string,
  run = 'exec node fixtures/in-hand/server.ts',
): Promise<Run> {
  const port = await freePort();
  const name = fault ?? `sound-${port}`;
  const env = {
    PORT: String(port),
    DATA: join(dir, `${name}.sqlite`),
    PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
    ...(fault ? { FAULT: fault } : {}),
  };
  const done = await audited(`http://127.0.0.1:${port}/`, claims, { start: [{ name: 'app', run, cwd: root, env }] });
  const left = (): string => {
    try {
      return execFileSync('pgrep', ['-f', `${dir}/${name}`], { encoding: 'utf8' });
    } catch {
      return '';
    }
  };
  assert.equal(left(), '', 'nothing of it runs any more');
  await assert.rejects(fetch(`http://127.0.0.1:${port}/`), 'its port is closed');
  return done;
}

const said = (run: Run): string =>
  run.results
    .map((r) => `${r.claim} ${r.status}: ${r.status === 'fail' ? r.findings[0].because : r.because}`)
    .join('\n');

describe('an app that is started by the tool', { concurrency: 2 }, () => {
  it('and sound: all that can be asked of it passes, and what was made is taken away', async () => {
    const run = await started(all);
    assert.equal(run.mode, 'start');
    for (const result of run.results) assert.equal(result.status, 'pass', said(run));
    assert.deepEqual(run.results.map((r) => r.claim).sort(), [...all].sort());
    assert.match(
      run.results.find((r) => r.claim === deletions)?.because ?? '',
      /fresh browser .*; .* before the app was restarted, stays away/,
    );
    assert.deepEqual(
      run.ledger.filter((entry) => entry.what === 'record' && entry.acknowledged && !entry.removed),
      [],
    );
  });

  for (const [fault, fails] of Object.entries(breaks))
    it(`and broken: ${fault}`, async () => {
      const run = await started(Object.keys(fails), fault);
      for (const [claim, because] of Object.entries(fails)) {
        const result = run.results.find((r) => r.claim === claim);
        assert.ok(result?.status === 'fail', said(run));
        assert.match(result.findings[0].because, because);
      }
    });

  it('by a watcher: that is for development', async () => {
    const run = await started([production], undefined, 'exec node --watch fixtures/in-hand/server.ts');
    const [result] = run.results;
    assert.ok(result?.status === 'fail', said(run));
    assert.match(result.findings[0].because, /a watcher that starts it anew/);
  });
});
