/**
 * Promises 5 and 8: what an audited page sends cannot hold us up, run in the report, drive the terminal, or leave anything behind.
 * Each hostile app is audited by the command itself, as a user would: a process of its own, with a temp folder of its own.
 * A part of them: PLUMMET_HOSTILE=dialogs,crash
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningFixture } from '../fixtures/contract.ts';
import { kinds, start } from '../fixtures/hostile/start.ts';
import { probedClaims } from '../src/audit.ts';
import { type Launched, launchBrowser } from '../src/drivers/browser/launch.ts';
import type { Run } from '../src/model/run.ts';

const program = join(import.meta.dirname, '../bin/plummet.js');
const budget = 25;
/** Starting the browser, ending it, and writing the report on a machine that has other work. */
const grace = 12;
/** Into the survey, in ms: the whole of it may be over in three seconds. */
const soon = 400;
/** Whatever moves a cursor, sets a title or turns the direction of text. */
const drives = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const chosen = process.env['PLUMMET_HOSTILE']?.split(',') ?? kinds;

interface Audit {
  readonly app: RunningFixture;
  /** Temp and working folder of the tool: all that it writes is in here. */
  readonly dir: string;
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null; seconds: number }>;
  said(): string;
}

async function begin(kind: string): Promise<Audit> {
  const app = await start(kind);
  const dir = mkdtempSync(join(tmpdir(), 'hostile-'));
  chmodSync(dir, 0o711); // root's browser is somebody else's, and must come through
  const from = Date.now();
  const child = spawn(
    process.execPath,
    [program, 'reload', app.url, '--budget', `${budget}s`, '--out', join(dir, 'run')],
    { cwd: dir, env: { ...process.env, TMPDIR: dir, XDG_STATE_HOME: dir }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; seconds: number }>((resolve) => {
    const late = setTimeout(() => child.kill('SIGKILL'), (budget + 3 * grace) * 1000);
    child.once('close', (code, signal) => {
      clearTimeout(late);
      resolve({ code, signal, seconds: (Date.now() - from) / 1000 });
    });
  });
  return { app, dir, child, ended, said: () => said };
}

/** Command lines, of others than this process, that name the folder. */
function running(dir: string): string[] {
  if (!existsSync('/proc/self/cmdline'))
    return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(dir));
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(dir) ? [line.slice(0, 200)] : [];
      } catch {
        return []; // it has just ended
      }
    });
}

function nothingLeft(dir: string): void {
  assert.deepEqual(running(dir), [], 'no process is left');
  assert.deepEqual(
    readdirSync(dir).filter((name) => name !== 'run'),
    [],
    'no temp file is left',
  );
}

const runOf = (dir: string): Run => JSON.parse(readFileSync(join(dir, 'run/run.json'), 'utf8')) as Run;

describe('hostile apps', { skip: process.platform === 'win32' }, () => {
  let reader: Launched;
  before(async () => {
    reader = await launchBrowser();
  });
  after(() => reader.close());

  const finish = async (audit: Audit): Promise<void> => {
    await audit.app.close();
    rmSync(audit.dir, { recursive: true, force: true });
  };

  /** Opens the report as a person would, and all of its folds. */
  const runsNothing = async (dir: string): Promise<void> => {
    // Served, not opened as a file: root's browser is a user who may not read it.
    const report = 'http://report.test/report.html';
    const context = await reader.browser.newContext();
    await context.route('**/*', (route) =>
      route.request().url() === report
        ? route.fulfill({ contentType: 'text/html; charset=utf-8', path: join(dir, 'run/report.html') })
        : route.abort(),
    );
    try {
      const page = await context.newPage();
      const happened: string[] = [];
      page.on('dialog', (dialog) => {
        happened.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('request', (request) => {
        if (request.url() !== report && !request.url().startsWith('data:')) happened.push(`request ${request.url()}`);
      });
      page.on('popup', () => happened.push('popup'));
      await page.goto(report, { waitUntil: 'load' });
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
      });
      await sleep(300);
      if (await page.evaluate(() => '__pwned' in window)) happened.push('script');
      assert.deepEqual(happened, [], 'the report runs and asks for nothing');
      assert.ok((await page.locator('body').innerText()).length > 200, 'the report says something');
    } finally {
      await context.close();
    }
  };

  for (const kind of chosen)
    it(kind, async () => {
      const audit = await begin(kind);
      try {
        const { code, seconds } = await audit.ended;
        assert.ok(seconds < budget + grace, `it took ${seconds} s`);
        assert.ok(code !== null && code < 3, `it ended with ${code}: ${audit.said().slice(-2000)}`);
        const run = runOf(audit.dir);
        assert.deepEqual(run.results.map((r) => r.claim).sort(), [...probedClaims('reload')].sort());
        assert.doesNotMatch(audit.said(), drives);
        await runsNothing(audit.dir);
        nothingLeft(audit.dir);
        if (kind === 'escapes') {
          // The app is sound under its war paint; and what it says was there to be quoted.
          assert.deepEqual(
            run.results.map((r) => r.status).filter((s) => s !== 'pass'),
            [],
          );
          assert.match(readFileSync(join(audit.dir, 'run/events.ndjson'), 'utf8'), /<script>alert/);
          assert.match(run.facts.title, /__pwned/);
        }
      } finally {
        await finish(audit);
      }
    });

  for (const kind of ['escapes', 'dialogs', 'busy-loop'].filter((k) => chosen.includes(k))) {
    it(`${kind}, interrupted`, async () => {
      const audit = await begin(kind);
      try {
        await until(() => /survey:/.test(audit.said()), 15_000);
        await sleep(soon);
        const from = Date.now();
        audit.child.kill('SIGINT');
        const { code } = await audit.ended;
        assert.ok(Date.now() - from < grace * 1000, `it took ${Date.now() - from} ms to end`);
        assert.equal(code, 130);
        const run = runOf(audit.dir);
        assert.equal(run.interrupted, true);
        assert.deepEqual(run.results.map((r) => r.claim).sort(), [...probedClaims('reload')].sort());
        await runsNothing(audit.dir);
        nothingLeft(audit.dir);
      } finally {
        await finish(audit);
      }
    });

    it(`${kind}, killed`, async () => {
      const audit = await begin(kind);
      try {
        await until(() => /survey:/.test(audit.said()), 15_000);
        await sleep(soon);
        assert.ok(running(audit.dir).length > 1, 'a browser runs');
        audit.child.kill('SIGKILL');
        await audit.ended;
        await sleep(3000);
        nothingLeft(audit.dir);
      } finally {
        await finish(audit);
      }
    });
  }
});

async function until(holds: () => boolean, ms: number): Promise<void> {
  for (const end = Date.now() + ms; !holds(); await sleep(50)) assert.ok(Date.now() < end, 'it does not begin');
}
