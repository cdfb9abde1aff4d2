/** The scripts that show, without Plummet, what a second user gets. */
import type { Facts } from '../../model/facts.ts';
import { quote } from '../../model/quote.ts';
import { sendOf } from '../../model/recipe.ts';
import { reproduce } from '../_shared/reproduce.ts';

/** Both are watched: what they ask and are answered tells what their records are called. */
const watching = (
  named: string,
): string => `const ids = [${[...new Set([named, 'id', '_id', 'uuid', 'key', 'slug'])].map(quote).join(', ')}];
const inTheirs = (url, landed) => {
  const [a, b] = [url.split('/'), landed.split('/')];
  const at = a.findIndex((part, i) => i > 2 && part !== b[i]);
  return at > 0 && /\\d/.test(a[at]) && /\\d/.test(b[at] ?? '') ? [...a.slice(0, at), b[at], ...a.slice(at + 1)].join('/') : url;
};
const watch = (page) => {
  const seen = { page, sent: [], said: [], urls: [], headers: {} };
  page.on('request', (r) => { seen.sent.push({ method: r.method(), url: r.url(), body: r.postData() ?? '', headers: r.headers() }); Object.assign(seen.headers, r.headers()); });
  page.on('response', (r) => { const at = { method: r.request().method(), url: r.url(), body: r.request().postData() ?? '', headers: r.request().headers() }; seen.said.push(r.text().then((text) => ({ ...at, text }), () => ({ ...at, text: '' }))); });
  page.on('websocket', (ws) => {
    ws.on('framesent', ({ payload }) => seen.sent.push({ socket: true, method: 'SEND', url: ws.url(), body: String(payload) }));
    ws.on('framereceived', ({ payload }) => seen.said.push({ socket: true, method: 'RECEIVE', url: ws.url(), body: '', text: String(payload) }));
  });
  return seen;
};
const objects = (value) => (value && typeof value === 'object' ? [...(Array.isArray(value) ? [] : [value]), ...Object.values(value).flatMap(objects)] : []);
const bears = (o, word) => Object.entries(o).some(([k, v]) => typeof v === 'string' ? v.includes(word) : v && typeof v === 'object' && !Array.isArray(v) && (/^(attributes|fields|properties)$/.test(k) || !ids.some((id) => id in v)) && bears(v, word));
const json = (text) => { try { return JSON.parse(text); } catch { return null; } };
const names = async (user, word) => {
  const own = (await Promise.all(user.said)).filter((s) => s.text.includes(word)).flatMap((s) => objects(json(s.socket ? s.text.replace(/^\\d+/, '') : s.text))).filter((o) => bears(o, word));
  return { id: own.flatMap((o) => ids.map((k) => o[k])).find((v) => v !== undefined && v !== null), links: user.urls };
};
const pairsOf = (from, to) => {
  const pairs = from.id === undefined || to.id === undefined ? [] : [[String(from.id), String(to.id)]];
  const split = (u) => u.split(/[/?&=#]/), words = (all) => new Set(all.flatMap(split).filter((part) => !/\\d/.test(part)));
  const [mine, others] = [words(from.links), words(to.links)];
  for (const one of from.links) for (const other of to.links) {
    const [a, b] = [split(one), split(other)];
    const differing = a.length === b.length ? a.flatMap((part, i) => (part === b[i] ? [] : [[part, b[i]]])) : [];
    if ((differing.length === 1 || differing.length === 2) && !differing.some(([x, y]) => others.has(x) || mine.has(y))) pairs.push(differing.at(-1));
  }
  return pairs.filter(([x, y]) => x !== y);
};
const rename = (text, pairs) => pairs.reduce((all, [from, to]) => all.replace(new RegExp('(^|[/"=:])' + from.replace(/\\W/g, '\\\\$&') + '(?=$|[/?"&,}\\\\\\\\])', 'g'), (_, before) => before + to), text);
const forbidden = /^(host|connection|content-length|cookie|origin|referer|user-agent|sec-.*|accept-encoding|:.*)$/i;
const keep = (page) => page.addInitScript(() => { const { send } = WebSocket.prototype; WebSocket.prototype.send = function (data) { window.kept = this; send.call(this, data); }; });
const ask = (user, r) => r.socket ? user.page.evaluate((text) => window.kept.send(text), r.body) : user.page.evaluate(async ({ method, url, body, headers }) => (await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body }) })).text(),
  { ...r, headers: Object.fromEntries(Object.entries({ ...r.headers, ...(user.headers.authorization ? { authorization: user.headers.authorization } : {}) }).filter(([k]) => !forbidden.test(k))) }).catch(() => '');
const atHome = async (user) => { await user.page.waitForTimeout(1000); const landed = user.page.url(), go = user.page.goto.bind(user.page); user.page.goto = (url) => go(inTheirs(url, landed)); };
const visit = async (user) => {
  await home(user.page); await user.page.waitForTimeout(1500); if (own !== user.page.url()) user.urls.push(own);
  const link = await user.page.locator('a').filter({ hasText: mark }).first().getAttribute('href', { timeout: 1000 }).catch(() => null);
  if (link) { const back = user.page.url(); user.urls.push(new URL(link, back).href); await user.page.goto(new URL(link, back).href); await user.page.waitForTimeout(1500); await home(user.page); await user.page.waitForTimeout(1000); }
};
`;

const second = ({ door }: Facts): string =>
  door.signUp
    ? "account('b'); await signUp(b.page);"
    : door.addUser
      ? "account('b'); await addUser(page); await enter(b.page);"
      : 'if (process.env.APP_USER2) { email = username = name = process.env.APP_USER2; password = process.env.APP_PASSWORD2; } await enter(b.page);';

/** Each with one record; `theirs` is A's word. */
const both = (facts: Facts): string => `${watching(sendOf(facts.record?.create)?.id ?? 'id')}
const a = watch(page); await atHome(a); await create(page); await visit(a);
const theirs = mark, ofA = await names(a, theirs);
const b = watch(await fresh()); await keep(b.page); ${second(facts)}
await atHome(b); mark = 'plub' + stamp; await create(b.page); await visit(b);
const ofB = await names(b, mark), pairs = pairsOf(ofB, ofA);
`;

export const scripts = (facts: Facts): Readonly<Record<'list' | 'read' | 'change' | 'remove', string>> => ({
  list: reproduce(
    facts,
    `${both(facts)}const got = (await Promise.all(b.said)).filter((s) => s.text.includes(theirs) && !s.url.includes(theirs));
console.log('answers to B that hold what A wrote:', got.length, got.map((s) => s.method + ' ' + s.url.replace(base, '')).join(' '));
console.log('B sees it in the list:', await shows(b.page, theirs));`,
  ),
  read: reproduce(
    facts,
    `${both(facts)}const reads = [...(await Promise.all(a.said)).filter((s) => s.text.includes(theirs)), ...(await Promise.all(b.said)).filter((s) => s.text.includes(mark)).map((s) => ({ ...s, url: rename(s.url, pairs), body: rename(s.body, pairs) }))]
  .filter((r) => !r.socket && !(r.url + r.body).includes(theirs) && (r.method === 'GET' || /"query":\\s*"\\s*(query|\\{)/.test(r.body)));
const open = new Set();
for (const r of reads) if ((await ask(b, r)).includes(theirs)) open.add(r.method + ' ' + r.url.replace(base, ''));
console.log('B reads what A wrote:', open.size > 0, [...open].join(' '));`,
  ),
  change: reproduce(
    facts,
    `${both(facts)}const before = b.sent.length; await edit(b.page);
const write = b.sent.slice(before).find((r) => r.method !== 'GET' && (r.body + r.url).includes(changed));
const third = 'plun' + stamp, to = { ...write, url: rename(write.url, pairs).replace(changed, third), body: rename(write.body, pairs).replaceAll(changed, third) };
await ask(b, to); console.log('B sent', to.method, to.url.replace(base, ''));
await home(page); await page.waitForTimeout(1500);
console.log('A sees what B wrote:', await shows(page, third), ' what A wrote:', await shows(page, theirs));`,
  ),
  remove: reproduce(
    facts,
    `${both(facts)}const before = b.sent.length; await remove(b.page);
const write = b.sent.slice(before).filter((r) => r.method !== 'GET').find((r) => rename(r.url, pairs) !== r.url || rename(r.body, pairs) !== r.body);
const to = { ...write, url: rename(write.url, pairs), body: rename(write.body, pairs) };
await ask(b, to); console.log('B sent', to.method, to.url.replace(base, ''));
await home(page); await page.waitForTimeout(1500);
console.log('A still sees what A wrote:', await shows(page, theirs));`,
  ),
});
