/** `npm run demo`: audits the onboarding board of the examples, a picture of a tool, and shows what the report says of it. */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { start } from '../examples/onboarding-board/server.ts';

const root = path.resolve(import.meta.dirname, '..');
const out = path.join('.plummet', 'demo');
const app = await start({ port: 0 });
console.error(`A polished onboarding board runs at ${app.url}. What is behind it?\n`);
const child = spawn(process.execPath, [path.join(root, 'bin/plummet.js'), app.url, '--out', out], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches the child too, and it says when it is done.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => (signal === 'SIGTERM' || !process.stdin.isTTY) && child.kill(signal));
const code = await new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 130)));
await app.close();

const report = path.join(root, out, 'report.html');
if (code === 0 || code === 1 || code === 2) {
  console.log(`\nThe report, with screenshots: ${report}`);
  if (code === 1)
    console.log(
      'What is broken belongs to the board, on purpose: `plummet` itself ended with 1, and the demo has done its work.',
    );
  show(report);
} else process.exitCode = code;

/** On a desktop, in the browser; elsewhere its name must do. */
function show(file: string): void {
  const desktop =
    process.stdout.isTTY && (process.platform === 'darwin' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  if (desktop)
    spawnSync(process.platform === 'darwin' ? 'open' : 'xdg-open', [file], { stdio: 'ignore', timeout: 5_000 });
}
