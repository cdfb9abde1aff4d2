/**
 * `npm test [-- files or globs] [-t name]`: the tests, with "N passed, N failed" as the last line. A run that executed
 * no test has not passed.
 */
import { once } from 'node:events';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { name: { type: 'string', short: 't' } },
});

/** What runs audits beside each other has the machine to itself; what is cut short waits more than it works. */
const alone = [['started', 'interrupted', 'authenticator'], ['matrix']];
const phases =
  positionals.length > 0
    ? [positionals]
    : [
        ['src/**/*.test.ts', 'bench/*.test.ts', `test/!(${alone.flat().join('|')}).test.ts`],
        ...alone.map((names) => names.map((name) => `test/${name}.test.ts`)),
      ];
let passed = 0;
let failed = 0;
let skipped = 0;
for (const files of phases) {
  const reporter = new spec();
  reporter.pipe(process.stdout, { end: false });
  run({
    globPatterns: files,
    // Most files wait for more than half of their time, and do one thing after the other.
    concurrency: 5,
    ...(values.name ? { testNamePatterns: [values.name] } : {}),
  })
    .on('test:summary', ({ counts, file }) => {
      if (file !== undefined) return;
      passed += counts.passed;
      failed += counts.tests - counts.passed - counts.skipped - counts.todo;
      skipped += counts.skipped + counts.todo;
    })
    .pipe(reporter);
  await once(reporter, 'end');
}
if (skipped > 0) console.log(`${skipped} not run`);
if (passed + failed === 0) console.log('No test was executed.');
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
