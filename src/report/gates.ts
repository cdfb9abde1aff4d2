/** A suite of plain tests from a stored run: what it decided is asked again by Playwright Test, or by node:test for an API, without Plummet. */
import type { Run } from '../model/run.ts';
import { holdsSecret, looksSecret, withoutValues } from '../model/secret.ts';
import { apiTests, appOfApi } from './gates/api.ts';
import { appOfPages } from './gates/app-pages.ts';
import { config, restartConfig, type Start, server } from './gates/around.ts';
import { type Plan, planOf } from './gates/plan.ts';
import { readme } from './gates/readme.ts';
import { specs } from './gates/tests-pages.ts';
import { waysOf } from './gates/ways.ts';
import { workflow } from './gates/workflow.ts';

export interface Gates {
  /** Name of the file in the suite's folder → its text. */
  readonly suite: Readonly<Record<string, string>>;
  /** Of .github/workflows. */
  readonly workflow: string;
  readonly plan: Plan;
}

/**
 * `around.folder`: the suite's, as seen from the root of the repository; `around.cwd`: a folder of a start command as seen from the suite's;
 * both with slashes. Pure. Where no test can be written at all: why.
 */
export function gates(
  run: Run,
  around: { readonly folder: string; cwd(path: string): string },
): Gates | { readonly why: string } {
  const ways = waysOf(run);
  if ('why' in ways) return ways;
  const starts = (run.target.start ?? []).map(({ run: command, cwd, env, role }): Start => {
    const plain = withoutValues(command);
    return {
      run: plain.run,
      cwd: around.cwd(cwd),
      env: [...new Set([...env, ...plain.env])],
      ...(role ? { role } : {}),
    };
  });
  if (starts.some(({ run: command }) => holdsSecret(command)))
    return {
      why: 'the start command holds what looks like a secret, and the suite would hold it, too. Audit again with it as a variable: --env NAME=value, or NAME=value before the command',
    };
  const plan = planOf(run, ways, starts.length > 0);
  if (!plan.tests.length) return { why: 'the run decided nothing that a plain test could ask' };
  const tests = [...new Set(plan.tests.map(({ test }) => test))];
  const restarts = tests.some((test) => test.startsWith('restart'));
  const api = ways.facts.kind === 'api';
  const suite = {
    '.gitignore': 'test-results/\nreport/\n',
    'README.md': readme(run, ways, plan, starts, around.folder, restarts),
    ...(api
      ? { 'api.mjs': appOfApi(ways), ...apiTests(tests, ways, starts.length > 0) }
      : { 'playwright.config.mjs': config(ways, starts), 'app.mjs': appOfPages(ways), ...specs(tests, ways, run) }),
    ...(restarts && !api ? { 'restart.config.mjs': restartConfig } : {}),
    ...(restarts || (api && starts.length) ? { 'server.mjs': server(ways, starts) } : {}),
  };
  const made = { suite, workflow: workflow(run, ways, starts, around.folder, restarts), plan };
  const telling = Object.entries({ ...suite, 'the workflow': made.workflow }).find(([, text]) => looksSecret(text));
  if (!telling) return made;
  return {
    why: `what looks like a secret would stand in ${telling[0]}, since an address or a recipe of the run holds it. Audit again without it there: --header and --storage-state say who comes, and a function of plummet.config.ts may read it from the environment`,
  };
}
