/** What a script that a finding carries prints, run by itself. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findBrowser } from '../src/drivers/browser/find.ts';

/** `url`: of the app, where it is not the one that was audited. */
export async function printedBy(code: string, url?: string): Promise<string> {
  const browser = await findBrowser();
  const script = spawn(process.execPath, ['--input-type=module', '-'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, ...browser.env, CHROME: browser.path, ...(url ? { APP_URL: new URL(url).origin } : {}) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [script.stdout, script.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  script.stdin.end(code);
  await new Promise((resolve) => script.once('close', resolve));
  return said;
}
