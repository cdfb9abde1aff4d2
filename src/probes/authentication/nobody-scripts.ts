/** Scripts that show it without Plummet: what A read and wrote, asked and sent again by a browser without an account. */
import type { Facts } from '../../model/facts.ts';
import { quote } from '../../model/quote.ts';
import { script } from '../_shared/reproduce.ts';
import type { Writing } from './nobody-writes.ts';

const start = (facts: Facts): string =>
  `const page = await fresh(); ${facts.door.signUp ? 'await signUp(page);' : 'await enter(page);'}
const nobody = await (await browser.newContext()).newPage(); await nobody.goto(base + ${quote(pathOf(facts.entry))});`;

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '');

/** Each answer to A that holds what A wrote is asked for again, without following where it leads. */
export const reproduceReads = (facts: Facts): string =>
  !facts.record
    ? ''
    : script(
        facts,
        `${start(facts)}
const reads = new Map();
page.on('response', async (answer) => {
  const asked = answer.request(), data = asked.postData() ?? undefined;
  const reads_ = asked.method() === 'GET' || /"query"\\s*:\\s*"\\s*(query|\\{)/.test(data ?? '');
  if (!reads_ || !['document', 'fetch', 'xhr'].includes(asked.resourceType())) return;
  const text = await answer.text().catch(() => '');
  if (text.toLowerCase().includes(mark)) reads.set(asked.method() + ' ' + asked.url(), { method: asked.method(), url: asked.url(), data, headers: { accept: asked.headers().accept ?? '*/*', ...(data ? { 'content-type': 'application/json' } : {}) } });
});
await create(page); await home(page); await page.waitForTimeout(1500);
for (const [what, { url, ...how }] of reads) {
  const answer = await nobody.request.fetch(url, { ...how, maxRedirects: 0 });
  console.log('nobody asks', what, 'and is answered', answer.status(), 'with what A wrote:', (await answer.text()).toLowerCase().includes(mark));
}
console.log('reads of A that carry it:', reads.size);`,
      );

/** The page is opened by A, and each answer behind it that holds an e-mail address is asked for again. Of them only the number is said. */
export const reproduceElsewhere = (facts: Facts, url: string): string =>
  script(
    facts,
    `${start(facts)}
const reads = new Map(), address = /[\\w.+-]+@[\\w-]+\\.[\\w.-]*\\w/g;
page.on('response', async (answer) => {
  if (answer.request().method() === 'GET' && ['document', 'fetch', 'xhr'].includes(answer.request().resourceType())) reads.set(answer.url(), await answer.text().catch(() => ''));
});
await page.goto(base + ${quote(pathOf(url))}); await page.waitForTimeout(2000);
const people = new Set((await page.locator('body').innerText()).match(address));
for (const [url, text] of reads) {
  if (![...people].some((one) => text.includes(one))) continue;
  const answer = await nobody.request.fetch(url, { maxRedirects: 0 }), told = await answer.text();
  console.log('nobody asks GET', url, 'and is answered', answer.status(), 'with e-mail addresses that A sees:', [...people].filter((one) => told.includes(one)).length);
}`,
  );

/** A's request is seen (of an edit or a deletion: and kept from the server), and sent by nobody, with nobody's own hidden fields. */
export const reproduceWrite = (facts: Facts, what: Writing['what']): string =>
  !facts.record
    ? ''
    : script(
        facts,
        `${start(facts)}
const sent = []; let held = false;
page.on('request', (r) => sent.push({ method: r.method(), url: r.url(), data: r.postData() ?? '', headers: r.headers() }));
const asked = page.request.fetch.bind(page.request);
page.request.fetch = async (url, how) => {
  sent.push({ url, method: how.method, data: how.body ?? how.data ?? '', headers: how.headers ?? {} });
  return held && how.method !== 'GET' ? { status: () => 0, json: async () => ({}) } : asked(url, how);
};
await page.route('**/*', (r) => held && r.request().method() !== 'GET' ? r.abort() : r.fallback());
const isWrite = (w) => !['GET', 'HEAD', 'OPTIONS'].includes(w.method);
const byNobody = async (write, from, to) => {
  let data = write.data.replaceAll(from, to);
  if (/urlencoded/.test(write.headers['content-type'] ?? '')) {
    const fields = new URLSearchParams(data), form = await (await nobody.request.get(write.headers.referer ?? base)).text();
    for (const [, name] of form.matchAll(/<input[^>]+type="hidden"[^>]+name="([^"]+)"/g))
      if (fields.has(name) && /token|csrf/i.test(name)) fields.set(name, new RegExp('name="' + name + '"[^>]+value="([^"]*)"').exec(form)?.[1] ?? '');
    data = fields.toString();
  }
  const answer = await nobody.request.fetch(write.url.replaceAll(from, to), { method: write.method, ...(data ? { data } : {}), headers: { 'content-type': write.headers['content-type'] ?? 'application/json' }, maxRedirects: 0 });
  console.log('nobody sends', write.method, write.url, 'and is answered', answer.status());
};
const theirs = 'nob' + stamp;
await create(page);
${body[what]}`,
      );

const look = 'await home(page); await page.waitForTimeout(1500);';
const body: Readonly<Record<Writing['what'], string>> = {
  create: `const write = sent.findLast((w) => isWrite(w) && w.data.includes(mark));
await byNobody(write, mark, theirs);
${look}
console.log('A sees what nobody wrote:', await shows(page, theirs));`,
  edit: `held = true; await edit(page).catch(() => {}); held = false;
const write = sent.findLast((w) => isWrite(w) && w.data.includes(changed));
await byNobody(write, changed, theirs);
${look}
console.log('A sees what nobody put in its place:', await shows(page, theirs));`,
  delete: `const before = sent.length; held = true; await remove(page).catch(() => {}); held = false;
const write = sent.slice(before).findLast(isWrite);
await byNobody(write, mark, mark);
${look}
console.log('A still sees it:', await shows(page, mark));`,
};
