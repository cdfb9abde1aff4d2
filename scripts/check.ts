/**
 * `npm run check`: the one gate. Every step runs, also after one that failed; the output of a step is shown if it failed. `--no-tests`: without the
 * unit tests, where `npm test` runs them right after.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const tool = (file: string): string => path.join(root, 'node_modules', file);

const steps: (readonly [string, string, ...string[]])[] = [
  ['format and lint', tool('@biomejs/biome/bin/biome'), 'check', '--colors=off', '--max-diagnostics=60'],
  ['types', tool('typescript/bin/tsc'), '--noEmit', '--pretty', 'false'],
  [
    'law of imports',
    tool('dependency-cruiser/bin/dependency-cruise.mjs'),
    'src',
    '--config',
    '.dependency-cruiser.cjs',
  ],
  ['purity', path.join(root, 'scripts/purity.ts')],
  ['dead code', tool('knip/bin/knip.js'), '--no-progress'],
];
if (!process.argv.includes('--no-tests'))
  steps.push([
    'unit tests',
    path.join(root, 'scripts/test.ts'),
    '{src/**,bench}/*.test.ts',
    'test/{parity,links,import-law}.test.ts',
  ]);

let broken = 0;
const begun = performance.now();
for (const [name, ...command] of steps) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const ok = status === 0;
  if (!ok) {
    broken++;
    process.stdout.write(`${stdout}${stderr}`);
  }
  console.log(`${ok ? 'ok    ' : 'BROKEN'} ${name.padEnd(16)} ${seconds(start)}`);
}
console.log(`${broken === 0 ? 'ok' : `${broken} of ${steps.length} steps broken`}, ${seconds(begun)}`);
process.exitCode = broken === 0 ? 0 : 1;

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
