/** app.mjs of a suite of pages: how this app is used, in one place, for a person to correct when it changes. */
import type { Place } from '../../model/facts.ts';
import { beyondCode, locator, namedCode, stepsCode } from '../../model/playwright.ts';
import { quote } from '../../model/quote.ts';
import type { Recipe, Step } from '../../model/recipe.ts';
import { account, values, word } from './account.ts';
import type { Ways } from './ways.ts';

export function appOfPages(ways: Ways): string {
  const { facts, whose, signUp, addUser, logIn, create } = ways;
  const functions = [
    doing('signUp', 'Makes the account of the values.', signUp, ways),
    doing('addUser', 'Makes the account of the values, as somebody who is logged in.', addUser, ways),
    doing('logIn', 'Logs in at the door.', logIn, ways),
    creating(doing('create', 'Writes a record that carries the mark.', create, ways), ways),
    doing('edit', 'Gives the record with the mark the text `changed`.', facts.edit, ways),
    doing('move', 'Ticks or moves the record with the mark.', facts.move, ways),
    doing('remove', 'Deletes the record with the mark.', facts.delete, ways),
    doing('save', 'Saves the form of the account with the mark.', facts.saved?.recipe, ways),
  ].filter(Boolean);
  return `/** How this app is used. Where it changes, correct it here: no test names a button or a field. */
import { expect } from '@playwright/test';

${namedCode.replace('const named', 'export const named')}
${word(facts.record?.carries ?? 'text')}
${account(whose, addUser !== undefined)}
${newPage(ways)}
${functions.join('\n')}
${door(ways)}
${homes(ways)}
${shown}`;
}

/** The steps of create up to its save, and the save. */
export function halves(ways: Ways): string {
  const { create } = ways;
  const commit = create.steps.findIndex((s) => 'commits' in s && s.commits);
  const upTo = commit < 0 ? create.steps.length - 1 : commit;
  const typing = ['fill', 'type', 'goto', 'select', 'pick', 'check', 'attach'];
  const code = (steps: readonly Step[]): string[] => stepsCode({ steps }, ways.origin, speech(ways.origin));
  const reopening = code(create.steps.slice(0, upTo).filter((step) => !typing.includes(step.do)));
  return [
    functionOf('fillIn', 'Fills in the form of a record.', code(create.steps.slice(0, upTo))),
    functionOf('press', 'Saves it.', code(create.steps.slice(upTo))),
    functionOf('reopen', 'Opens the form anew, and types nothing.', reopening),
  ].join('\n');
}

/** Where the state of the record is read off after `move`. */
export function stateOf({ facts }: Ways): string {
  const last = facts.move?.steps.at(-1);
  if (last?.do !== 'check' && last?.do !== 'select') return '';
  return `/** What is ticked or chosen at the record with the mark. */
const stateOf = async (page, { mark }) => ${locator(last.on)}.${last.do === 'check' ? 'isChecked' : 'inputValue'}();
`;
}

const speech = (origin: string): Parameters<typeof stepsCode>[2] => ({
  goto: (url) => `await page.goto(${address(url, origin)});`,
  send: 'page',
  own: 'own',
});
const address = (url: string, origin: string): string =>
  quote(url.startsWith(origin) ? url.slice(origin.length) || '/' : url);

/** What `app.mjs` offers: done, and a moment later. */
function doing(name: string, says: string, recipe: Recipe | undefined, ways: Ways): string {
  const lines = recipe ? stepsCode(recipe, ways.origin, speech(ways.origin)) : [];
  return recipe && lines.length && !beyondCode(recipe)
    ? functionOf(name, says, [...lines, 'await settled(page);'], 'export ')
    : '';
}

/** With the address at which it ended, where that is needed: the page of the record. */
function creating(code: string, { keepsOwn }: Ways): string {
  if (!keepsOwn) return code;
  const [, given] = /\(page, (\{.*\})\) \{$/m.exec(code) ?? [];
  return code
    .replace('carries the mark. */', 'carries the mark. Where that ends is its own page. */')
    .replace(/\(page(?:, \{.*\})?\) \{$/m, () => `(page, values) {${given ? `\n  const ${given} = values;` : ''}`)
    .replace(/\}\n$/, '  values.own = page.url();\n}\n');
}

const functionOf = (name: string, says: string, lines: readonly string[], before = ''): string => `/** ${says} */
${before}async function ${name}(${parameters(lines)}) {
${lines.map((line) => `  ${line}\n`).join('')}}
`;

const parameters = (lines: readonly string[]): string => {
  const used = values.filter((value) => lines.some((line) => new RegExp(`\\b${value}\\b(?!:)`).test(unquoted(line))));
  return used.length ? `page, { ${used.join(', ')} }` : 'page';
};
/** A line without what stands in quotes. */
const unquoted = (line: string): string => line.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/'(?:[^'\\]|\\.)*'/g, '');

function newPage({ facts }: Ways): string {
  const layers = (facts.layers ?? []).map(
    (on) => `  await page.addLocatorHandler(${locator(on)}, (button) => button.click());\n`,
  );
  const headers =
    facts.door.kind === 'given'
      ? `{
    ...(process.env.E2E_HEADERS ? { extraHTTPHeaders: JSON.parse(process.env.E2E_HEADERS) } : {}),
    ...(process.env.E2E_STORAGE_STATE ? { storageState: process.env.E2E_STORAGE_STATE } : {}),
  }`
      : '';
  return `/** A page of a browser that has seen nothing of this app. */
export async function freshPage(browser, { changed }) {
  const context = await browser.newContext(${headers});
  const page = await context.newPage();
  page.on('dialog', (dialog) => dialog.accept(changed));
${layers.join('')}  return page;
}

/** A page may show a record before it has sent it: it gets a moment. */
const settled = (page) => page.waitForTimeout(${Math.min(3000, Math.max(800, 2 * (facts.record?.delay ?? 0)))});
`;
}

/** What shows that one stands at the door, and what that one is in. */
function door({ facts, logIn, whose }: Ways): string {
  const fills = logIn?.steps.flatMap((s) => (s.do === 'fill' || s.do === 'type' ? [s] : [])) ?? [];
  const field = fills.find((s) => s.value === '{password}') ?? fills[0];
  const first = fills[0]?.on;
  const join =
    whose === 'sign-up'
      ? `/** Somebody new: a fresh browser in which the account of the values was made. */
export async function join(browser, values) {
  const page = await freshPage(browser, values);
  await signUp(page, values);
  if (await door(page).isVisible()) await logIn(page, values);
  return page;
}
`
      : `/** A fresh browser that is logged in. */
export const join = enter;
`;
  if (!field || !first || !logIn)
    return `/** A fresh browser. */
export async function enter(browser, values) {
  const page = await freshPage(browser, values);
  await page.goto(${address(facts.entry, new URL(facts.entry).origin)});
  return page;
}

${whose === 'sign-up' ? join.replace('  if (await door(page).isVisible()) await logIn(page, values);\n', '') : join}
/** Opens an address. */
export const open = (page, url) => page.goto(url);
`;
  const signs = (facts.record?.signs ?? []).slice(0, 3);
  const inside = signs.map((on, at) => (at ? `.or(${locator(on, '')})` : locator(on, ''))).join('');
  return `/** The field at which one stands who is not logged in. */
export const door = (page) => ${locator(field.on)};

/** A fresh browser that is logged in to the account of the values. */
export async function enter(browser, values) {
  const page = await freshPage(browser, values);
${logIn.steps[0]?.do === 'goto' ? '' : `  await page.goto(${address(facts.entry, new URL(facts.entry).origin)});\n`}  await logIn(page, values);
  await expect(door(page), 'the account is let in').toBeHidden();
  return page;
}

${join}
/** Opens an address; a session that has ended, or that lives in one tab, is renewed. */
export async function open(page, url, values) {
  await page.goto(url);
${
  inside
    ? `  const inside = ${inside};
  await expect(door(page).or(inside).first(), 'the page shows the door or what is behind it').toBeVisible();
`
    : '  await settled(page);\n'
}  if (!(await door(page).isVisible())) return;
  await logIn(page, values);
  await page.goto(url);
}
`;
}

/** To where records are, and to the form that was saved. */
function homes({ home, ownPages, facts, origin }: Ways): string {
  const to = (name: string, says: string, place: Place): string => {
    const way = stepsCode({ steps: way0(place) }, origin, speech(origin));
    return `/** ${says} */
export async function ${name}(page, values) {
  await open(page, ${address(place.url, origin)}, values);
${way.map((line) => `  ${line}\n`).join('')}}
`;
  };
  return [
    ownPages
      ? `/** To the page of the record: no list shows them. */
export const home = (page, values) => open(page, values.own, values);
`
      : to('home', 'To where the records are.', home),
    ...(facts.saved ? [to('form', 'To the form that is saved.', facts.saved.place)] : []),
  ].join('\n');
}
const way0 = (place: Place): readonly Step[] => place.way ?? [];

const shown = `/** Does the page show the text, in words or in a field? Titles may be cut, so that the first six characters are enough. */
export async function shows(page, text) {
  const words = await page.locator('body').innerText();
  const fields = await page.locator('input, textarea').evaluateAll((all) => all.map((field) => field.value));
  return looksLike(text).test([words, ...fields].join('\\n'));
}

/** The test goes on once the page shows it, and fails where it does not. */
export const sees = (page, text, when) =>
  expect.poll(() => shows(page, text), { message: \`“\${text}” is there \${when}\` }).toBe(true);
export const seesNot = (page, text, when) =>
  expect.poll(() => shows(page, text), { message: \`“\${text}” is not there \${when}\` }).toBe(false);
`;
