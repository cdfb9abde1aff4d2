/** Recipes of the config serve in place of the search: through the command, on a single page with a door. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Fixture } from '../fixtures/contract.ts';
import tasks from '../fixtures/json-spa/fixture.ts';
import memory from '../fixtures/memory-only/fixture.ts';
import type { RunEvent } from '../src/model/evidence.ts';
import type { Run } from '../src/model/run.ts';

const program = join(import.meta.dirname, '../bin/plummet.js');
const account = { email: 'ada@example.com', password: 'Long-enough-1' };

/** Plain Playwright; `button` is what the form is sent by. */
const recipes = (button = 'Add task'): string => `
  async logIn(page) {
    await page.goto('/login');
    await page.getByLabel('E-mail').fill(process.env.APP_EMAIL);
    await page.getByLabel('Password').fill(process.env.APP_PASSWORD);
    await page.locator('form').getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'New task' }).waitFor();
  },
  async create(page, { mark }) {
    await page.goto('/tasks');
    await page.getByRole('button', { name: 'New task' }).click();
    await page.getByLabel('Title').fill(mark);
    await page.getByRole('button', { name: '${button}' }).click();
    await page.getByRole('link', { name: mark }).waitFor();
  },
  async edit(page, values) {
    await page.goto('/tasks');
    await page.locator('li').filter({ hasText: values.mark }).getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Title').fill(values.new);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('link', { name: values.new }).waitFor();
  },
  async delete(page, { mark }) {
    await page.goto('/tasks');
    page.once('dialog', (dialog) => dialog.accept().catch(() => {}));
    await page.locator('li').filter({ hasText: mark }).getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('link', { name: mark }).waitFor({ state: 'detached' });
  },`;

/** As codegen writes them. */
const recordings: Readonly<Record<string, string>> = {
  'log-in': `
  await page.goto('http://localhost:9/login');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('${account.email}');
  await page.getByRole('textbox', { name: 'Password' }).click();
  await page.getByRole('textbox', { name: 'Password' }).fill('${account.password}');
  await page.locator('form').getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'New task' }).waitFor();`,
  create: `
  await page.goto('http://localhost:9/tasks');
  await page.getByRole('button', { name: 'New task' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Buy milk');
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(page.getByRole('link', { name: 'Buy milk' })).toBeVisible();`,
  edit: `
  await page.goto('http://localhost:9/tasks');
  await page.locator('li').filter({ hasText: 'Buy milk' }).getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Buy bread');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('link', { name: 'Buy bread' }).waitFor();`,
  delete: `
  await page.goto('http://localhost:9/tasks');
  page.once('dialog', dialog => {
    dialog.accept().catch(() => {});
  });
  await page.getByRole('listitem').filter({ hasText: /Buy milk/ }).getByRole('button', { name: 'Delete' }).click();`,
};

async function audited(
  fixture: Fixture,
  config: string,
  words: readonly string[],
  defect?: string,
): Promise<{ run: Run; events: RunEvent[] }> {
  const app = await fixture.start(defect);
  const dir = mkdtempSync(join(tmpdir(), 'given-'));
  try {
    if (fixture === tasks)
      assert.ok(
        (
          await fetch(new URL('/api/signup', app.url), {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(account),
          })
        ).ok,
      );
    writeFileSync(
      join(dir, 'plummet.config.mjs'),
      `import { recorded } from 'plummet';\nexport default { recipes: {${config}} };\n`,
    );
    for (const [name, steps] of Object.entries(recordings))
      writeFileSync(
        join(dir, `${name}.spec.ts`),
        `import { test, expect } from '@playwright/test';\n\ntest('test', async ({ page }) => {${steps}\n});\n`,
      );
    const child = spawn(process.execPath, [program, ...words, app.url, '--out', join(dir, 'run')], {
      cwd: dir,
      env: { ...process.env, APP_EMAIL: account.email, APP_PASSWORD: account.password, XDG_STATE_HOME: dir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    assert.ok(code !== null && code < 3, said);
    return {
      run: JSON.parse(readFileSync(join(dir, 'run/run.json'), 'utf8')) as Run,
      events: readFileSync(join(dir, 'run/events.ndjson'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as RunEvent),
    };
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

const statuses = (run: Run): Record<string, string> =>
  Object.fromEntries(
    run.results.map((r) => [r.claim, `${r.status}: ${r.status === 'fail' ? r.findings[0].because : r.because}`]),
  );

describe('recipes given', () => {
  it('write, log in, edit and delete; nothing is searched for, and what was made is taken away where it can be', async () => {
    const { run, events } = await audited(tasks, recipes(), ['audit', '--only', 'persistence', '--only', 'fail-loud']);
    const told = statuses(run);
    for (const [claim, status] of Object.entries(told))
      assert.match(
        status,
        claim === 'persistence/text-comes-back-as-written' ? /^unknown/ : /^(pass|unknown|not)/,
        claim,
      );
    for (const claim of [
      'records-survive-reload',
      'records-reach-other-browsers',
      'writes-leave-the-browser',
      'edits-persist',
      'deletions-persist',
    ])
      assert.match(told[`persistence/${claim}`] ?? '', /^pass/, claim);
    assert.match(told['fail-loud/absent-backend-is-an-error'] ?? '', /^pass/);
    assert.equal(run.facts.record?.create.given, true);
    assert.equal(run.facts.door.logIn?.given, true);
    assert.equal(run.facts.edit?.given, true);
    assert.equal(run.facts.delete?.given, true);
    const before = events.findIndex((e) => e.kind === 'made');
    assert.deepEqual(
      events.slice(0, before).filter((e) => e.kind === 'act' && /^(clicked|typed)/.test(e.says)),
      [],
      'nothing was tried on the way to the first record',
    );
    assert.deepEqual(
      run.ledger.filter((e) => e.what === 'record' && !e.removed),
      [],
      'the recipe to delete cleans up',
    );
  });

  it('that codegen recorded serve as they are, with marks for what was typed', async () => {
    const { run } = await audited(
      tasks,
      `logIn: recorded('log-in.spec.ts'), create: recorded('create.spec.ts'),
       edit: recorded('edit.spec.ts', { record: 'Buy milk' }), delete: recorded('delete.spec.ts', { record: 'Buy milk' })`,
      ['audit', '--only', 'persistence/records-*,persistence/edits-persist,persistence/deletions-persist'],
    );
    const told = statuses(run);
    assert.equal(Object.keys(told).length, 5);
    for (const [claim, status] of Object.entries(told)) assert.match(status, /^pass/, claim);
  });

  it('find what is broken: a save that goes on without a backend', async () => {
    const { run } = await audited(tasks, recipes(), ['reload'], 'optimistic-silence');
    const told = statuses(run);
    assert.match(told['persistence/records-survive-reload'] ?? '', /^pass/);
    assert.match(told['fail-loud/absent-backend-is-an-error'] ?? '', /^fail: .*(as if saved|says it is saved)/);
  });

  it('that do not work are told, and nothing is concluded', async () => {
    const { run } = await audited(tasks, recipes('Add a task'), ['reload']);
    for (const [claim, status] of Object.entries(statuses(run))) assert.match(status, /^unknown/, claim);
    assert.ok(
      run.facts.tried.some((text) => /recipes\.create/.test(text)),
      run.facts.tried.join('; '),
    );
  });

  it('that write into the page alone: held, and gone after a reload', async () => {
    const create = `async create(page, { mark }) {
      await page.goto('/');
      await page.getByRole('textbox').first().fill(mark);
      await page.getByRole('textbox').first().press('Enter');
      await page.getByText(mark).waitFor();
    }`;
    const { run } = await audited(memory, create, ['reload'], 'as-built');
    assert.equal(run.facts.record?.kind, 'held', run.facts.tried.join('; '));
    assert.match(statuses(run)['persistence/records-survive-reload'] ?? '', /^fail: .*gone after a reload/);
  });
});
