/** A secret that stands in the source, and one without which nothing starts: an app in our hand, whose session is a signed token. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';
import { printed } from './printed.ts';
import { freePort } from './servers.ts';

const root = join(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'plummet-secret-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const forged = 'authentication/tokens-cannot-be-forged';
const secret = 'authentication/secret-has-no-default';
const path = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;

/** The server alone in a folder of its own. */
function placed(): string {
  const folder = mkdtempSync(join(dir, 'app-'));
  cpSync(join(root, 'fixtures/default-secret/server.ts'), join(folder, 'server.ts'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return folder;
}

async function started(more: Record<string, string>): Promise<Run> {
  const port = await freePort();
  const folder = placed();
  const env = { PORT: String(port), PATH: path, ...more };
  return audited(`http://127.0.0.1:${port}/`, [forged, secret], {
    permit: 'disrupts',
    start: [{ name: 'app', run: 'exec node server.ts', cwd: folder, env }],
    source: folder,
  });
}

/** The script of a finding, against an instance of its own. */
async function shown(reproduce: string, env: Record<string, string>): Promise<string> {
  const port = String(await freePort());
  const app = spawn('node', ['server.ts'], {
    cwd: placed(),
    env: { ...process.env, PATH: path, PORT: port, FAULT: 'default' },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => app.once('close', resolve));
  const url = `http://127.0.0.1:${port}`;
  try {
    while (!(await fetch(url).catch(() => undefined))) await new Promise((go) => setImmediate(go));
    return await printed(reproduce, { APP_URL: url, ...env });
  } finally {
    app.kill('SIGKILL');
    await ended;
  }
}

describe('a secret', { concurrency: 2 }, () => {
  it('that stands in the source lets in whoever has read it', async () => {
    const { results } = await started({ FAULT: 'default' });
    for (const claim of [forged, secret]) {
      const result = results.find((r) => r.claim === claim);
      assert.ok(result?.status === 'fail', `${claim}: ${JSON.stringify(result)}`);
      assert.match(result.findings[0].because, /a secret that stands in server\.ts:\d+ is taken for the honest one/);
      assert.ok(!JSON.stringify(result).includes('plum-orchard'), 'the secret itself is not written');
    }
    const result = results.find((r) => r.claim === secret);
    assert.ok(result?.status === 'fail');
    const { reproduce } = result.findings[0];
    assert.match(await shown(reproduce, { APP_SECRET: 'plum-orchard-signing-key' }), /a forged token reads it: true/);
    assert.match(await shown(reproduce, { APP_SECRET: 'another' }), /a forged token reads it: false/);
  });

  it('without which the app does not start has no default', async () => {
    const { results } = await started({ JWT_SECRET: 'a-long-random-text-of-this-run-alone' });
    const because = (claim: string): string => {
      const result = results.find((r) => r.claim === claim);
      assert.equal(result?.status, 'pass', JSON.stringify(result));
      return result?.status === 'pass' ? result.because : '';
    };
    assert.match(because(secret), /without JWT_SECRET it does not start/);
    assert.match(because(forged), /no word that many use and no text of its source/);
  });
});
