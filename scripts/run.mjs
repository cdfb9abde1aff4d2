/**
 * What `npm test`, `npm run test:kits`, `check`, `demo`, `bench`, `build`, `new-probe`, `golden` and `site` start, on a fresh clone too. Plain JavaScript
 * for the Node that happens to be there (18 or later): it installs what is missing, then hands over to the Node 24 of
 * the `node` package, which runs TypeScript as it is.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const node = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const programs = {
  check: 'scripts/check.ts',
  test: 'scripts/test.ts',
  'test:kits': 'scripts/kits.ts',
  build: 'scripts/build.ts',
  demo: 'scripts/demo.ts',
  bench: 'bench/index.ts',
  'new-probe': 'scripts/new-probe.ts',
  golden: 'scripts/golden.ts',
  site: 'scripts/site.ts',
};

const [name = '', ...rest] = process.argv.slice(2);
const program = programs[name];
if (!program) {
  console.error(`run.mjs: "${name}" is none of ${Object.keys(programs).join(', ')}`);
  process.exit(64);
}
if (!installed()) install();
start();

/** Compares what npm says it installed with the lockfile. Times of files would lie after a checkout. */
function installed() {
  const have = packages(path.join(modules, '.package-lock.json'));
  const want = packages(path.join(root, 'package-lock.json'));
  if (!have || !want || !existsSync(node)) return false;
  return Object.entries(want).every(([where, { version, optional }]) => {
    if (where === '') return true;
    const found = have[where];
    return found ? found.version === version : Boolean(optional);
  });
}

function packages(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function install() {
  console.error('Installing what is missing: npm ci');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const started = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (started.status !== 0 || !existsSync(node)) {
    console.error('npm ci did not bring the packages. Run it by hand to see why; it needs the npm registry.');
    process.exit(started.status || 1);
  }
}

/** Signals reach the child with the group; it decides how to end, and we end as it did. */
function start() {
  const child = spawn(node, [path.join(root, program), ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + os.constants.signals[signal]));
}
