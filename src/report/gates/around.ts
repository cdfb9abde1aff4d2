/** What stands around the tests: how they are run, the app that they start, the workflow and the README. */

import { quote } from '../../model/quote.ts';
import { patience, type Ways } from './ways.ts';

/** How the app was started: a command line, and its folder as seen from the suite, with slashes. */
export interface Start {
  readonly run: string;
  readonly cwd: string;
  readonly env: readonly string[];
  readonly role?: 'web' | 'api' | 'worker';
}

/** playwright.config.mjs. */
export function config(ways: Ways, starts: readonly Start[]): string {
  const served = starts.map(
    ({ run, cwd, role }) =>
      `{ command: ${quote(run)}, cwd: folder(${quote(cwd)})${role === 'worker' ? '' : ', url: baseURL'}, reuseExistingServer: true }`,
  );
  return `import { defineConfig } from '@playwright/test';
${starts.length ? "import { fileURLToPath } from 'node:url';\n" : ''}
const baseURL = process.env.BASE_URL ?? ${quote(ways.origin)};
${starts.length ? 'const folder = (path) => fileURLToPath(new URL(path, import.meta.url));\n' : ''}
export default defineConfig({
  testDir: '.',
  testIgnore: 'restart.spec.mjs',
  outputDir: 'test-results',
  fullyParallel: true,
  timeout: 120_000,
  // A record may take a moment until it shows: the run that these tests come from waited as long.
  expect: { timeout: Number(process.env.E2E_TIMEOUT ?? ${patience(ways.facts)}) },
  reporter: process.env.CI ? [['list'], ['html', { open: 'never', outputFolder: 'report' }]] : 'list',
  use: {
    baseURL,
    actionTimeout: 15_000,
    launchOptions: { executablePath: process.env.PLAYWRIGHT_CHROMIUM_PATH || undefined },
  },
${served.length ? `  webServer: process.env.BASE_URL ? undefined : [${served.join(', ')}],\n` : ''}});
`;
}

/** restart.config.mjs: the tests that stop the app themselves, and so run alone. */
export const restartConfig = `import { defineConfig } from '@playwright/test';
import usual from './playwright.config.mjs';

export default defineConfig({ ...usual, testIgnore: [], testMatch: 'restart.spec.mjs', workers: 1, webServer: undefined });
`;

/** server.mjs: starts and stops the app. */
export function server(ways: Ways, starts: readonly Start[]): string {
  const commands = starts.map(({ run, cwd }) => `  { run: ${quote(run)}, cwd: ${quote(cwd)} },\n`);
  return `/** Starts the app and stops it, as a platform does: a signal to each process, and an end for those that do not hear it. Linux and macOS. */
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const base = process.env.BASE_URL ?? ${quote(ways.origin)};
const commands = [
${commands.join('')}];
let running = [];

const answers = () => fetch(base, { redirect: 'manual', signal: AbortSignal.timeout(2000) }).then(() => true, () => false);

/** Until it answers. */
export async function start() {
  if (await answers()) throw new Error(\`Something answers at \${base} already. Stop it first: these tests start and stop the app themselves.\`);
  running = commands.map(({ run, cwd }) => {
    const child = spawn(run, { shell: true, detached: true, stdio: 'ignore', cwd: fileURLToPath(new URL(cwd, import.meta.url)) });
    return { child, ended: new Promise((resolve) => child.once('exit', resolve)) };
  });
  for (const end = Date.now() + 60_000; !(await answers()); await sleep(200))
    if (Date.now() > end) throw new Error(\`\${base} did not answer within a minute of the start.\`);
}

/** Where the app is to run here, and does not: until it answers. */
export async function startUnlessUp() {
  if (!process.env.BASE_URL && !(await answers())) await start();
}

/** What was started here: until nothing answers any more. */
export async function stop() {
  if (!running.length) return;
  for (const { child, ended } of running) {
    const send = (signal) => { try { process.kill(-child.pid, signal); } catch { /* it has ended */ } };
    send('SIGTERM');
    await Promise.race([ended, sleep(10_000)]);
    send('SIGKILL');
    await ended;
  }
  running = [];
  for (const end = Date.now() + 5000; (await answers()) && Date.now() < end; ) await sleep(100);
}
`;
}
