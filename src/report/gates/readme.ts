/** README.md of a suite: how it is run, what it shows, what it leaves out. */
import { plural } from '../../lib/text.ts';
import type { Run } from '../../model/run.ts';
import { code, inert } from '../markdown/inert.ts';
import { saysOf } from '../outline.ts';
import type { Start } from './around.ts';
import type { Plan } from './plan.ts';
import type { Ways, Whose } from './ways.ts';
import { storesOf } from './workflow.ts';

const accounts: Readonly<Record<Whose, string>> = {
  'sign-up': 'Each test signs up by itself, with an address of its own.',
  any: 'The door takes any name: each test comes with one of its own.',
  given:
    'The account is read from the environment: `E2E_USER` and `E2E_PASSWORD`; a second user from `E2E_USER_2` and `E2E_PASSWORD_2`, where a test needs one.',
  headers:
    'Headers that stand for a log-in are read from the environment as JSON (`E2E_HEADERS`), a stored session from the file that `E2E_STORAGE_STATE` names.',
  none: 'No account is needed.',
};

export function readme(
  run: Run,
  ways: Ways,
  plan: Plan,
  starts: readonly Start[],
  folder: string,
  restarts: boolean,
): string {
  const api = ways.facts.kind === 'api';
  const claims = [...new Set(plan.tests.map(({ claim }) => claim))];
  const status = new Map(run.results.map((result) => [result.claim, result.status]));
  const variables = [...new Set(starts.flatMap(({ env }) => env))];
  const command = (which: string): string =>
    api
      ? `node --test ${folder}/${which}.test.mjs`
      : `npx playwright test --config ${folder}${which === 'kept' ? '' : `/${which}.config.mjs`}`;
  const stores = storesOf(run);
  return `# What is kept

Tests that do what a user does, disturb, and look again. \`plummet gates\` wrote them from a run of ${run.startedAt.slice(0, 10)}; they run without Plummet.
Where the app changes, correct ${code(api ? 'api.mjs' : 'app.mjs')}: it alone knows its ${api ? 'requests' : 'buttons and fields'}.

## Run them

\`\`\`sh
${api ? '' : 'npm install --save-dev @playwright/test && npx playwright install chromium\n'}${command('kept')}
${restarts ? `${command('restart')}    # starts and stops the app itself: nothing else may run at its address\n` : ''}\`\`\`

- \`BASE_URL\` is where the app runs (else ${code(ways.origin)}${starts.length ? ', where it is started if nothing answers there' : ''}).
- ${accounts[ways.whose]}
- \`E2E_TIMEOUT\` is how long something may take to show, in milliseconds.
${api ? '' : '- `PLAYWRIGHT_CHROMIUM_PATH` is a Chromium to use instead of the one that Playwright installs.\n'}${variables.length ? `- What the app was started with is not kept. Set ${variables.map(code).join(', ')}.\n` : ''}${starts.length && stores.length ? `- It was seen to use ${stores.map(code).join(', ')}: the workflow brings one.\n` : ''}- Each test writes records of its own and leaves them there: run them where that does no harm. A record is looked for where the run found such records; where a list has pages, its first is read.

## What they show

${claims.map((claim) => `- ${inert(saysOf(claim))} ${status.get(claim) === 'fail' ? '**Broken when this was written:** it fails until that is mended.' : 'Shown when this was written.'} (${code(claim)})`).join('\n') || '- Nothing: see below.'}

## What is left out

${plan.left.map(({ claim, because }) => `- ${code(claim)}: ${inert(because)}.`).join('\n') || '- Nothing that the run decided.'}
${plan.untold.length ? `\nThe run itself could not tell ${plural(plan.untold.length, 'claim')}, so that no test asks them: ${plan.untold.map(code).join(', ')}.\n` : ''}`;
}
