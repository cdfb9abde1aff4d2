import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BrowserFailure } from './failure.ts';
import { findBrowser } from './find.ts';
import { browserFlags, DEFAULTS_NOT_TAKEN } from './flags.ts';
import { type Launched, launchBrowser } from './launch.ts';

let launched: Launched;
const servers: Server[] = [];

async function serve(body: string): Promise<string> {
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(body));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

before(async () => {
  launched = await launchBrowser({ proxyPlaceholder: false });
});
after(async () => {
  await launched.close();
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});

test('a page may not read another origin', { timeout: 20_000 }, async () => {
  const [one, two] = [await serve('one'), await serve('<p id=secret>two</p>')];
  const page = await launched.browser.newPage();
  await page.goto(one);
  const tried = await page.evaluate(async (url) => {
    const fetched = await fetch(url).then(
      (response) => response.text(),
      (error: Error) => error.name,
    );
    const frame = document.createElement('iframe');
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    frame.src = url;
    document.body.append(frame);
    await loaded;
    let framed: string;
    try {
      framed = (frame.contentWindow as Window).document.body.innerText;
    } catch (error) {
      framed = (error as Error).name;
    }
    return { fetched, framed };
  }, two);
  assert.deepEqual(tried, { fetched: 'TypeError', framed: 'SecurityError' });
  await page.context().close();
});

test('no flag of ours or of the driver switches security off', () => {
  const flags = browserFlags({});
  for (const bad of [
    '--disable-web-security',
    '--no-sandbox',
    '--disable-site-isolation-trials',
    '--single-process',
    '--no-zygote',
    '--allow-running-insecure-content',
    '--ignore-certificate-errors',
  ]) {
    assert.ok(!flags.includes(bad), bad);
  }
  const off =
    flags
      .find((flag) => flag.startsWith('--disable-features='))
      ?.slice('--disable-features='.length)
      .split(',') ?? [];
  for (const feature of ['site-per-process', 'IsolateOrigins', 'SitePerProcess'])
    assert.ok(!off.includes(feature), feature);
  assert.ok(flags.includes('--site-per-process'));
  assert.ok(DEFAULTS_NOT_TAKEN.includes('--disable-popup-blocking'));
});

test('what has no relay reaches nothing', { timeout: 20_000 }, async () => {
  const url = await serve('reached');
  const closed = await launchBrowser({});
  try {
    const page = await closed.browser.newPage();
    await assert.rejects(page.goto(url), /ERR_PROXY_CONNECTION_FAILED/);
  } finally {
    await closed.close();
  }
});

test('the browser says what it is, and why it has no sandbox where it has none', () => {
  assert.match(launched.version, /^\d+\./);
  assert.equal(launched.sandbox, launched.notes.length === 0);
  assert.ok(existsSync(launched.found.path));
});

test('a browser that cannot be run is a coded failure that says what to do', async () => {
  for (const path of ['/nonexistent/chrome', import.meta.filename]) {
    await assert.rejects(
      findBrowser(path),
      (error: BrowserFailure) => error.code === 'browser-not-usable' && error.message.includes(path),
    );
  }
});

test('a program that is no browser is told so, with nothing left', {
  timeout: 20_000,
  skip: process.platform === 'win32',
}, async () => {
  await assert.rejects(
    launchBrowser({ path: '/bin/false' }),
    (error: BrowserFailure) => error.code === 'browser-not-started' && error.message.includes('/bin/false'),
  );
});

/** A browser of our own making in a folder of the given mode: a script that looks at its flags, then runs the real one. */
async function scripted(mode: number, check: string, use: (path: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'plummet-test-'));
  try {
    const path = join(dir, 'browser');
    writeFileSync(path, `#!/bin/sh\n${check}\nexec '${launched.found.path}' "$@"\n`, { mode: 0o755 });
    chmodSync(dir, mode);
    await use(path);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test('where the sandbox cannot be had, the browser starts without, and says so', {
  timeout: 20_000,
  skip: process.platform !== 'linux',
}, async () => {
  await scripted(
    0o755,
    'case " $* " in *" --no-sandbox "*) ;; *) echo "No usable sandbox!" >&2; exit 1 ;; esac',
    async (path) => {
      for (let round = 0; round < 2; round++) {
        const bare = await launchBrowser({ path });
        await bare.close();
        assert.equal(bare.sandbox, false);
        assert.equal(bare.notes.length, 1);
        assert.match(bare.notes[0] ?? '', /without its sandbox/);
      }
    },
  );
});

test('root runs what no other user can reach itself, and says so', {
  timeout: 20_000,
  skip: process.getuid?.() !== 0,
}, async () => {
  await scripted(0o700, '', async (path) => {
    const bare = await launchBrowser({ path });
    await bare.close();
    assert.equal(bare.sandbox, false);
    assert.match(bare.notes[0] ?? '', /runs as root and without its sandbox/);
  });
});

test('as root the browser is not root', { skip: process.getuid?.() !== 0 || process.platform !== 'linux' }, () => {
  assert.equal(launched.sandbox, true);
  const own =
    spawnSync('ps', ['-eo', 'ppid=,uid=,args='], { encoding: 'utf8' })
      .stdout.split('\n')
      .find((one) => Number.parseInt(one, 10) === process.pid && one.includes('--user-data-dir')) ?? '';
  assert.notEqual(own.trim().split(/\s+/)[1], '0');
  assert.match(own, /--user-data-dir/);
});

test('the bundled browser lies where others cannot change it', async (t) => {
  const found = await findBrowser();
  if (found.from !== 'bundled') return t.skip('another browser is installed');
  const { mode, uid } = statSync(found.path);
  assert.equal(mode & 0o022, 0);
  assert.equal(uid, process.getuid?.());
});
