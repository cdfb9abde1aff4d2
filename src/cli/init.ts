import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configNames } from '../config/load.ts';
import { intentSchema } from '../config/schema.ts';
import { nearest } from '../lib/nearest.ts';
import { list } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import type { Intent } from '../model/run.ts';
import type { Io } from './parts.ts';

const asks: Readonly<
  Record<keyof Intent, { readonly question: string; readonly means: Readonly<Record<string, string>> }>
> = {
  storage: {
    question: 'Where is the data meant to live?',
    means: { server: 'on a server', synced: 'in the browser, synced to a server', local: 'in this browser alone' },
  },
  login: {
    question: 'What is meant to stop an unauthorised user?',
    means: { required: 'a login', open: 'nothing, on purpose' },
  },
  records: {
    question: 'What is meant to happen with two users?',
    means: {
      private: 'each sees their own',
      shared: 'all who log in see the same',
      public: 'everyone sees everything',
    },
  },
};
const settings = Object.keys(asks) as (keyof Intent)[];

/** `plummet init`: asks the three questions where somebody can answer, and writes plummet.config.ts. What is not answered stays a comment: intent is asked, not guessed. */
export async function init(io: Io, force: boolean): Promise<number> {
  const there = configNames.find((name) => existsSync(join(io.cwd, name)));
  if (there && (!force || there !== 'plummet.config.ts')) {
    throw new Failure(
      'E_EXISTS',
      there === 'plummet.config.ts'
        ? 'There is a plummet.config.ts already. To write it anew: plummet init --force'
        : `There is a ${there} already. Remove it first: of two configs only one would be read.`,
    );
  }
  const intent: Record<string, string> = {};
  if (io.ask) {
    io.out.write('Three questions that no probe can answer. Enter leaves one open.\n');
    for (const setting of settings) {
      const answer = await askFor(setting, io.ask, io);
      if (answer) intent[setting] = answer;
    }
  }
  await writeFile(join(io.cwd, 'plummet.config.ts'), configText(intent));
  io.out.write(
    `Wrote plummet.config.ts.${Object.keys(intent).length < settings.length ? ' What is still open stands in it as a comment.' : ''} Next: plummet http://localhost:3000\n`,
  );
  return 0;
}

async function askFor(setting: keyof Intent, ask: NonNullable<Io['ask']>, io: Io): Promise<string | undefined> {
  const choices: readonly string[] = intentSchema.shape[setting].unwrap().options;
  io.out.write(
    `\n${asks[setting].question}\n${choices.map((choice) => `  ${choice.padEnd(10)}${asks[setting].means[choice] ?? ''}\n`).join('')}`,
  );
  for (let tries = 0; tries < 3; tries++) {
    const answer = (await ask(`${setting}: `)).trim().toLowerCase();
    if (!answer) return undefined;
    const meant =
      choices.find((choice) => choice === answer) ??
      choices.find((choice) => choice.startsWith(answer)) ??
      nearest(answer, choices);
    if (meant) return meant;
    io.out.write(`One of ${list(choices, 'or')}, or Enter.\n`);
  }
  return undefined;
}

/** The file itself; every answer can be changed by hand. */
export function configText(intent: Intent): string {
  const lines = settings.map((setting) => {
    const choices: readonly string[] = intentSchema.shape[setting].unwrap().options;
    const chosen = intent[setting];
    const meant = choices.map((choice) => `${choice}: ${asks[setting].means[choice]}`).join('; ');
    return `    // ${asks[setting].question} (${meant})\n    ${chosen ? '' : '// '}${setting}: '${chosen ?? choices[0]}',`;
  });
  return `import { defineConfig } from 'plummet';

export default defineConfig({
  // target: 'http://localhost:3000',

  intent: {
${lines.join('\n')}
  },

  // Accounts, where nobody can sign up: "user:password", from the environment rather than from this file.
  // login: process.env.APP_LOGIN,
  // login2: process.env.APP_LOGIN2,

  // What \`plummet gate\` wants shown: 'floor', or a list of sections, claims, globs, 'ready >= 80', 'records are private', 'no new failure'
  // and names of criteria below; see plummet gate --help.
  accept: 'floor',
  // waivers: [{ claim: 'persistence/lists-keep-everything', reason: 'paging comes with 1.2', who: 'ada', until: '2030-01-31' }],

  // What this app is to do, in Playwright functions ({ page, mark, after, actors }), tried at each audit: \`write\` once, \`look\` at once and
  // after each of these. One that throws, or gives false, is broken. page is A's, logged in; actors.B() and actors.nobody() give others' pages.
  // criteria: {
  //   'an invoice is still there': {
  //     after: ['reload', 'fresh browser', 'restart', 'second user'],
  //     async write({ page, mark }) {
  //       await page.goto('/invoices/new');
  //       await page.getByLabel('Customer').fill(mark);
  //       await page.getByRole('button', { name: 'Save' }).click();
  //       await page.getByText('Saved').waitFor();
  //     },
  //     async look({ page, mark }) {
  //       await page.goto('/invoices');
  //       await page.getByText(mark).waitFor();
  //     },
  //     async remove({ page, mark }) {},
  //   },
  // },

  // Where the survey does not find the way itself: short Playwright functions (page, values). Each is tried twice before it is used.
  // values: mark (what must be found again), new (the text after an edit), email, password, username, name.
  // recipes: {
  //   async logIn(page, { email, password }) {
  //     await page.goto('/login');
  //     await page.getByLabel('E-mail').fill(email);
  //     await page.getByLabel('Password').fill(password);
  //     await page.getByRole('button', { name: 'Log in' }).click();
  //     await page.waitForURL('/tasks');
  //   },
  //   async create(page, { mark }) {
  //     await page.goto('/tasks');
  //     await page.getByLabel('Title').fill(mark);
  //     await page.getByRole('button', { name: 'Add' }).click();
  //   },
  //   async edit(page, { mark, new: text }) {},
  //   async delete(page, { mark }) {},
  // },
  // Or as \`npx playwright codegen -o create.spec.ts http://localhost:3000\` recorded them; import { defineConfig, recorded } from 'plummet':
  // recipes: { create: recorded('create.spec.ts'), delete: recorded('delete.spec.ts', { record: 'what was typed in create' }) },
});
`;
}
