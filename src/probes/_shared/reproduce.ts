import type { Facts, WordlessFacts } from '../../model/facts.ts';
import { locator, namedCode, stepsCode } from '../../model/playwright.ts';
import { requestCode } from '../../model/playwright-api.ts';
import { quote } from '../../model/quote.ts';
import type { Recipe, Step } from '../../model/recipe.ts';

const steps = (recipe: Recipe | undefined, origin: string): string =>
  stepsCode(recipe, origin, {
    goto: (url) => `await page.goto(base + ${quote(url.replace(origin, ''))});`,
    send: 'page',
    own: 'own',
  })
    .map((line) => `  ${line}`)
    .join('\n');

/** Sends the requests of an API as the page's browser, and opens what they made. */
const sender = `${requestCode}const byPost = (route) => {
  const { url, body } = posted(route.request().url());
  return route.continue({ method: 'POST', url, headers: { ...route.request().headers(), ...json }, postData: body });
};
const send = async (page, step) => {
  const ask = async (address, { method, headers, body }) => {
    const answer = await page.request.fetch(address, { method, headers, data: body });
    return { status: answer.status(), told: await answer.json().catch(() => ({})) };
  };
  const { failed, status, told, sent, bearer, at } = await request(ask, base, { mark, own: own?.replace(base, ''), new: changed, alt, email, username, name: username, password }, step);
  if (failed) return console.log(failed);
  console.log(sent, status, ...(told?.errors ? ['with errors'] : []));
  if (bearer) await page.context().setExtraHTTPHeaders({ authorization: 'Bearer ' + bearer });
  if (at) await page.goto(base + at);
};
`;

/** These steps as lines of such a script, in which `page` does them. */
export const stepsFor = (facts: Facts, of: readonly Step[]): string =>
  steps({ id: 'act', steps: of }, new URL(facts.entry).origin);

/** A self-contained Playwright script: its own account, its own text. `body` is the trial itself, with page, base, mark, enter(page) and create(page) at hand. */
export function script(facts: Facts, body: string): string {
  const origin = new URL(facts.entry).origin;
  const given = facts.door.account !== undefined && facts.door.account !== 'signed-up';
  const headers =
    facts.door.kind === 'given' ? `{ extraHTTPHeaders: JSON.parse(process.env.APP_HEADERS ?? '{}') }` : '';
  const account = `${given ? 'let email = process.env.APP_USER, username = email, password = process.env.APP_PASSWORD, name = email;' : 'let username, email, password, name;'}
const account = (tag) => { username = 'try' + tag + stamp; email = username + '@example.com'; password = 'Pl7!' + stamp + 'Z'; name = 'Ada ' + username; };${given ? '' : "\naccount('a');"}`;
  return `// node this.mjs (needs: npm install playwright-core, and a Chromium in CHROME)
import { chromium } from 'playwright-core';
const base = process.env.APP_URL ?? ${quote(origin)};
const stamp = Date.now().toString(36).replace(/[0-9]/g, (d) => 'abcdefghij'[d]);
let own, mark = 'plum' + stamp; const alt = 'alt' + stamp, changed = 'new' + stamp;
${account}
${namedCode}${facts.kind === 'api' ? sender : ''}const browser = await chromium.launch({ executablePath: process.env.CHROME, channel: process.env.CHROME ? undefined : 'chromium' });
const fresh = async () => { const page = await (await browser.newContext(${headers})).newPage(); page.on('dialog', (d) => d.accept(changed));${(facts.layers ?? []).map((on) => ` await page.addLocatorHandler(${locator(on)}, (b) => b.click());`).join('')}${facts.kind === 'api' ? ' await page.route((u) => !!posted(u), byPost);' : ''} return page; };
const signUp = async (page) => {
${steps(facts.door.signUp, origin) || '  // no sign-up: nothing to do'}
  await page.waitForTimeout(1000);
};
const addUser = async (page) => {
${steps(facts.door.addUser, origin)}
  await page.waitForTimeout(1000);
};
const enter = async (page) => {
  await page.goto(base + ${quote(facts.entry.replace(origin, ''))});
${steps(facts.door.logIn, origin)}
  await page.waitForTimeout(1000);
};
const create = async (page) => {
${steps(facts.record?.create, origin)}
  await page.waitForTimeout(1500);
  own = page.url();
};
const edit = async (page) => {
${steps(facts.edit, origin)}
  await page.waitForTimeout(1500);
};
const move = async (page) => {
${steps(facts.move, origin)}
  await page.waitForTimeout(1500);
};
const remove = async (page) => {
${steps(facts.delete, origin)}
  await page.waitForTimeout(1500);
};
const save = async (page) => {
${steps(facts.saved?.recipe, origin)}
  await page.waitForTimeout(1500);
};
const opened = async (page) => {
${steps(formOf(facts), origin)}
};
const home = async (page) => {
${home(facts, origin)}
};
const shows = async (page, text) => ((await page.locator('body').innerText()) + (await page.locator('input, textarea').evaluateAll((all) => all.map((i) => i.value).join(' ')))).toLowerCase().includes(text);
${body}
await browser.close();
`;
}

/** To the form that was saved. */
const formOf = ({ saved }: Facts): Recipe | undefined =>
  saved && { id: 'enter', steps: [{ do: 'goto', url: saved.place.url }, ...(saved.place.way ?? [])] };

/** To where the record lives: a list, else the page at which it was made, once it was. */
const home = ({ record, entry }: Facts, origin: string): string => {
  const list = record?.places.find((p) => p.what === 'list');
  if (list) return steps({ id: 'enter', steps: [{ do: 'goto', url: list.url }, ...(list.way ?? [])] }, origin);
  return `  await page.goto(own ?? base + ${quote((record?.places[0]?.url ?? entry).replace(origin, ''))});`;
};

const start = (facts: Facts): string =>
  facts.door.signUp
    ? 'const page = await fresh(); await signUp(page);'
    : 'const page = await fresh(); await enter(page);';

export function reproduceLadder(facts: Facts, _mark: string): string {
  if (!facts.record) return '';
  return script(
    facts,
    `${start(facts)}
let sent = 0;
await create(page);
console.log('on the page after saving:', await shows(page, mark));
page.on('request', (r) => { if (r.method() !== 'GET') sent++; });
await page.reload(); await home(page); await page.waitForTimeout(1500);
console.log('after a reload:', await shows(page, mark));
const other = await fresh(); await enter(other); await home(other); await other.waitForTimeout(2000);
console.log('in a fresh browser:', await shows(other, mark));`,
  );
}

/** A form of the account is saved, and opened in a fresh browser. */
export const reproduceSaving = (facts: Facts): string =>
  script(
    facts,
    `${start(facts)}\nawait save(page);\nconst other = await fresh(); await enter(other); await opened(other); await other.waitForTimeout(2000);\nconsole.log('what was saved is in a fresh browser:', await shows(other, mark));`,
  );

export const reproduce = (facts: Facts, body: string): string =>
  !facts.record ? '' : script(facts, `${start(facts)}\n${body}`);

/** Done once; what two pictures show is compared by eye, since no words of ours stand there. */
export const reproduceWordless = (facts: Facts, { act, place }: WordlessFacts): string => {
  const origin = new URL(facts.entry).origin;
  const there: Recipe = { id: 'enter', steps: [{ do: 'goto', url: place.url }, ...(place.way ?? [])] };
  return script(
    facts,
    `const there = async (page) => {\n${steps(there, origin)}\n  await page.waitForTimeout(1500);\n};
const act = async (page) => {\n${steps(act, origin)}\n  await page.waitForTimeout(1500);\n};
const text = (page) => page.locator('body').innerText();
${start(facts)}
await there(page); const before = await text(page); await page.screenshot({ path: 'before.png' });
page.on('request', (r) => { if (r.method() !== 'GET') console.log('sent:', r.method(), r.url()); });
await act(page); await page.screenshot({ path: 'done.png' });
console.log('the page shows it:', (await text(page)) !== before);
await page.reload(); await there(page); await page.screenshot({ path: 'reloaded.png' });
console.log('after a reload:', (await text(page)) !== before);
const other = await fresh(); await enter(other); await there(other); await other.screenshot({ path: 'fresh-browser.png' });
console.log('in a fresh browser:', (await text(other)) !== before);`,
  );
};
