import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { supervise } from './supervise.ts';

const dir = mkdtempSync(join(tmpdir(), 'supervise-'));
after(() => rmSync(dir, { recursive: true, force: true }));

/** A server that says when it starts, serves, and is told to stop. */
const server = (onTerm: string): string => `
  const server = require('node:http').createServer((req, res) => { console.log(req.method, req.url); res.end('ok'); });
  process.on('SIGTERM', () => { ${onTerm} });
  server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('listening'));
`;
const journal = { note: () => 'e1' as const, hide: () => undefined, redact: <T>(value: T): T => value };

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address() as { port: number };
      s.close(() => resolve(port));
    });
  });
}

async function made(
  script: string,
  run = (file: string) => `node ${file}`,
  env: Record<string, string> = {},
): Promise<{ app: ReturnType<typeof supervise>; url: string; file: string }> {
  const port = await freePort();
  const file = join(mkdtempSync(join(dir, 'app-')), 'server.cjs');
  writeFileSync(file, script);
  const url = `http://127.0.0.1:${port}/`;
  const app = supervise({
    processes: [{ name: 'web', run: run(file), cwd: dir, env: { PORT: String(port), ...env } }],
    url,
    journal,
    signal: new AbortController().signal,
  });
  return { app, url, file };
}

const refused = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  );
/** Processes whose command line names the file. */
const running = async (file: string): Promise<string> => {
  const found = spawn('pgrep', ['-f', file], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  found.stdout.on('data', (part: Buffer) => (said += part.toString()));
  await new Promise((resolve) => found.once('close', resolve));
  return said.trim();
};

describe('an app in our hand', () => {
  it('is started, heard, stopped as it wishes, and started again', async () => {
    const { app, url } = await made(server(`console.log('bye'); server.close(() => process.exit(0));`));
    try {
      await app.start();
      const since = Date.now();
      assert.equal(await (await fetch(`${url}a`, { headers: { connection: 'close' } })).text(), 'ok');
      const stopped = await app.stop();
      assert.equal(stopped.forced, false);
      assert.deepEqual(
        // The line of the request that asked whether it answers may come late.
        app.log(since).flatMap(({ text }) => (text === 'GET /' ? [] : [text])),
        ['GET /a', 'bye'],
      );
      assert.ok(await refused(url));
      await app.start();
      assert.equal((await fetch(url)).status, 200);
    } finally {
      await app.close();
    }
    assert.ok(await refused(url));
  });

  it('that ignores SIGTERM is killed after its grace, also where a script of npm stands before it', async () => {
    const { app, url, file } = await made(server(`console.log('never');`), (f) => `sh -c "node ${f} & wait"`);
    try {
      await app.start();
      const stopped = await app.stop(300);
      assert.equal(stopped.forced, true);
      assert.ok(await refused(url));
      assert.equal(await running(file), '');
    } finally {
      await app.close();
    }
  });

  it('that opens its port before it can answer is waited for', async () => {
    const { app, url } = await made(
      `const from = Date.now();
       require('node:http').createServer((req, res) => { res.statusCode = Date.now() - from < 800 ? 503 : 200; res.end(); })
         .listen(Number(process.env.PORT), '127.0.0.1');`,
    );
    try {
      await app.start();
      assert.equal((await fetch(url)).status, 200);
    } finally {
      await app.close();
    }
  });

  it('that leaves its group and its session is ended all the same', async () => {
    const { app, file } = await made(server('process.exit(0);'), (f) => `setsid node ${f} & wait`);
    try {
      await app.start();
    } finally {
      await app.close();
    }
    assert.equal(await running(file), '');
  });

  it('that ends at once is told with its last words', async () => {
    const { app } = await made(`console.error('no DATABASE_URL'); process.exit(3);`);
    await assert.rejects(
      app.start(),
      /ended with 3 before http:\/\/127\.0\.0\.1:\d+ answered\. It said:\n {2}no DATABASE_URL/,
    );
    await app.close();
  });

  it('that somebody ends while it starts is told apart from one that does not start', async () => {
    const { app } = await made('setTimeout(() => process.kill(process.pid, "SIGKILL"), 50)');
    try {
      await assert.rejects(app.start(), { code: 'E_ENDED', message: /ended (by SIGKILL|with 137) before/ });
    } finally {
      await app.close();
    }
  });

  it('is not started where something answers already', async () => {
    const { app, url } = await made(server(''));
    const other = createServer().listen(Number(new URL(url).port), '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    await assert.rejects(app.start(), /Something answers at http:\/\/127\.0\.0\.1:\d+ already/);
    other.close();
    await app.close();
  });

  it('is gone within 3 s after we are killed', async () => {
    const { url, file } = await made(server(''));
    const owner = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { supervise } = await import(${JSON.stringify(join(import.meta.dirname, 'supervise.ts'))});
         const app = supervise({ processes: [{ name: 'web', run: 'node ${file}', cwd: '/', env: { PORT: '${new URL(url).port}' } }], url: '${url}', journal: { note: () => 'e1', hide() {} }, signal: new AbortController().signal });
         await app.start(); console.log('up');`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((resolve) => owner.stdout.once('data', resolve));
    assert.notEqual(await running(file), '');
    owner.kill('SIGKILL');
    const until = Date.now() + 3000;
    while ((await running(file)) && Date.now() < until) await sleep(50);
    assert.equal(await running(file), '');
  });
});
