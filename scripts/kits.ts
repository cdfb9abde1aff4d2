/**
 * `npm run test:kits [-- -t name]`: the eight families of components in `kits/`, a package of its own. What is missing is installed, what
 * has changed is built, then their pages are surveyed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const kits = path.join(root, 'kits');
const windows = process.platform === 'win32';

keep('node_modules/.locked', ['package-lock.json'], () =>
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: kits, shell: windows }),
);
keep(
  'dist/.built',
  globSync(['*.*', '*/*.{js,jsx,svelte,css}'], { cwd: kits, exclude: ['node_modules', 'dist'] }),
  () => run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel=error'], { cwd: kits }),
);
run(process.execPath, [path.join(root, 'scripts/test.ts'), 'test/kits/*.test.ts', ...process.argv.slice(2)], {
  cwd: root,
});

/** Does it unless it was done with these very files; a note in `mark` says so. */
function keep(mark: string, files: readonly string[], doIt: () => void): void {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) hash.update(`${file}\0`).update(readFileSync(path.join(kits, file)));
  const now = hash.digest('hex');
  const note = path.join(kits, mark);
  if (existsSync(note) && readFileSync(note, 'utf8') === now) return;
  console.error(`kits: ${mark.split('/')[0]} is made anew`);
  doIt();
  writeFileSync(note, now);
}

/** Ends with what it ended with, where that is not well. */
function run(command: string, args: readonly string[], options: { cwd: string; shell?: boolean }): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status !== 0) process.exit(status ?? 1);
}
