/** Runs a script that a finding carries, as whoever reads it would: alone, with a browser of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { findBrowser } from '../src/drivers/browser/find.ts';

const root = join(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'plummet-reproduce-'));
after(() => rmSync(dir, { recursive: true, force: true }));

/** All that it printed. `env`: what it is told besides. */
export async function printed(code: string, env: Record<string, string> = {}): Promise<string> {
  const browser = await findBrowser();
  const script = spawn(process.execPath, ['--input-type=module', '-'], {
    cwd: root,
    env: { ...process.env, ...browser.env, CHROME: browser.path, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [script.stdout, script.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  // Pictures go beside the run, not into the tree.
  script.stdin.end(
    code.replace(/path: '([\w-]+\.png)'/g, (_, name: string) => `path: ${JSON.stringify(join(dir, name))}`),
  );
  await new Promise((resolve) => script.once('close', resolve));
  return said;
}
