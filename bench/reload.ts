/** `plummet reload` with recipes given against a script by hand: one run, in turns, the same browser, whole processes, median after one warm-up. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fixture from '../fixtures/json-spa/fixture.ts';
import { findBrowser } from '../src/drivers/browser/find.ts';
import { median, plummet, seconds, table, timed } from './measure.ts';

const goal = 1.5;
const account = { email: 'ada@example.com', password: 'Long-enough-1' };

export async function reload(runs: number): Promise<void> {
  const { path } = await findBrowser();
  const dir = mkdtempSync(join(tmpdir(), 'plummet-bench-'));
  const recipes = pathToFileURL(join(import.meta.dirname, 'recipes.ts')).href;
  writeFileSync(
    join(dir, 'plummet.config.mjs'),
    `import * as recipes from ${JSON.stringify(recipes)};\nexport default { recipes: { logIn: (page) => recipes.logIn(page, { email: process.env.APP_EMAIL, password: process.env.APP_PASSWORD }), create: recipes.create }, browser: { path: ${JSON.stringify(path)} } };\n`,
  );
  const env = { APP_EMAIL: account.email, APP_PASSWORD: account.password };
  const both: { ours: number[]; theirs: number[]; stages: Record<string, number>[] } = {
    ours: [],
    theirs: [],
    stages: [],
  };
  console.log(
    `${path}\n${cpus().length} processors; ${runs} turns after one to warm up; whole processes, in seconds\n`,
  );
  try {
    for (let turn = 0; turn <= runs; turn++) {
      const app = await started();
      const theirs = await timed([join(import.meta.dirname, 'by-hand.ts'), app.url, path], { cwd: dir, env });
      await app.close();
      const again = await started();
      const { took, run } = await plummet(again.url, { cwd: dir, env, codes: [0] });
      await again.close();
      if (turn === 0) continue;
      both.ours.push(took);
      both.theirs.push(theirs);
      const { total = 0, ...stages } = run.timings;
      both.stages.push({
        ...stages,
        'the rest of the audit': total - Object.values(stages).reduce((sum, ms) => sum + ms, 0),
        'start, report and end of the process': took - total,
        ...Object.fromEntries(run.observations.map((o) => [`· ${o.probe}`, o.took])),
      });
      console.log(`turn ${turn}: plummet ${seconds(took)}, by hand ${seconds(theirs)}`);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  const [ours, theirs] = [median(both.ours), median(both.theirs)];
  console.log(`\nmedian: plummet reload ${seconds(ours)}, by hand ${seconds(theirs)}`);
  console.log(`ratio ${(ours / theirs).toFixed(2)} (goal: at most ${goal})\n\nwhere the time goes (medians):`);
  const names = [...new Set(both.stages.flatMap((stage) => Object.keys(stage)))];
  console.log(table(names.map((name) => [name, seconds(median(both.stages.map((stage) => stage[name] ?? 0)))])));
  console.log();
}

/** A fresh app in which the account exists. */
async function started(): ReturnType<typeof fixture.start> {
  const app = await fixture.start();
  const answer = await fetch(new URL('/api/signup', app.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  assert.ok(answer.ok, 'the account was made');
  return app;
}
