/**
 * What a careful tester would write by hand for this one app (fixtures/json-spa): logs in, creates, and looks for the record after a
 * reload, in a new tab and in a fresh browser logged in; sees the write leave and an answer bring it back; cuts the backend at the form
 * and reads what the screen says. It knows the app, so it searches for nothing and waits for nothing that it need not.
 * node bench/by-hand.ts <url> <browser>; exit 0 where all was as it should be.
 */
import assert from 'node:assert/strict';
import { type Browser, chromium, type Page } from 'playwright-core';
import { create, logIn } from './recipes.ts';

const [url = '', executablePath = ''] = process.argv.slice(2);
const values = {
  email: process.env['APP_EMAIL'] ?? '',
  password: process.env['APP_PASSWORD'] ?? '',
};
const mark = `hand${Date.now().toString(36)}`;

const browser = await chromium.launch({ executablePath });
try {
  const mine = await enter(browser);
  const sent: string[] = [];
  mine.on('request', (request) => {
    if (request.method() === 'POST' && (request.postData() ?? '').includes(mark)) sent.push(request.url());
  });
  await create(mine, { mark });
  assert.ok(sent.length > 0, 'a write that carries the record leaves the browser');

  const answered = mine.waitForResponse(
    async (response) => response.url().includes('/api/') && (await response.text()).includes(mark),
  );
  await mine.reload();
  await answered;
  await shown(mine, mark);

  const tab = await mine.context().newPage();
  await tab.goto('/tasks');
  await shown(tab, mark);

  const other = await enter(browser);
  await other.goto('/tasks');
  await shown(other, mark);

  const lost = `${mark}lost`;
  await other.route('**/api/**', (route) => route.abort());
  await create(other, { mark: lost }).catch(() => undefined);
  await other.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
  assert.equal(await other.getByRole('link', { name: lost }).count(), 0, 'what was not saved is not in the list');
} finally {
  await browser.close();
}

async function enter(from: Browser): Promise<Page> {
  const context = await from.newContext({ baseURL: url });
  context.setDefaultTimeout(5000);
  const page = await context.newPage();
  await logIn(page, values);
  return page;
}

async function shown(page: Page, text: string): Promise<void> {
  await page.getByRole('link', { name: text }).waitFor();
}
