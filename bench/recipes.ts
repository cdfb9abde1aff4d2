/** The way into json-spa and to a new task: the same code on both sides of the comparison. */
import type { Page } from 'playwright-core';

export async function logIn(
  page: Page,
  { email = '', password = '' }: Readonly<Record<string, string>>,
): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.locator('form').getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'New task' }).waitFor();
}

export async function create(page: Page, { mark = '' }: Readonly<Record<string, string>>): Promise<void> {
  await page.goto('/tasks');
  await page.getByRole('button', { name: 'New task' }).click();
  await page.getByLabel('Title').fill(mark);
  await page.getByRole('button', { name: 'Add task' }).click();
  await page.getByRole('link', { name: mark }).waitFor({ timeout: 1500 });
}
