/** Scripts that show what a session is worth. Each makes its own account and record; the read that brought the record is kept as the browser sent it. */
import type { Facts } from '../../model/facts.ts';
import { quote } from '../../model/quote.ts';
import type { Step } from '../../model/recipe.ts';
import { reproduce, stepsFor } from '../_shared/reproduce.ts';
import { brought, emptyFile } from './forging.ts';

/**
 * `kept`: the last read that brought the record, or that of `path`; `again(kept)`: asked without the browser, does it bring the record once more, or
 * else what nobody gets?
 */
const keeping = (path: string | undefined): string => `let kept, nobody;
const keep = async (response) => {
  const request = response.request();
  const text = await response.text().catch(() => '');
  if (${path === undefined ? `request.resourceType() === 'script' || !text.toLowerCase().includes(mark)` : `request.url() !== base + ${quote(path)}`}) return;
  if (request.method() !== 'GET' && (request.postData() ?? '').toLowerCase().includes(mark)) return;
  kept = { url: request.url(), method: request.method(), body: request.postData() ?? undefined, headers: await request.allHeaders() };
};
const asked = async ({ url, method, body, headers: sent }) => {
  const headers = Object.fromEntries(Object.entries(sent).filter(([name]) => !/^(:|host$|connection$|content-length$|accept-encoding$|sec-|if-)/.test(name)));
  const ask = () => fetch(url, { method, body, headers, redirect: 'manual' });
  const answer = await ask().catch(ask); // a connection that was kept may have been closed meanwhile
  return (await answer.text()).toLowerCase();
};
const again = async (read) => { const text = await asked(read); return ${path === undefined ? 'text.includes(mark)' : 'text !== nobody'}; };
const written = async (page) => {
  page.on('response', keep);
  ${path === undefined ? 'await create(page); await home(page);' : 'await enter(page);'} await page.waitForTimeout(2000);
  if (!kept) { console.log('no request brought the record'); await browser.close(); process.exit(2); }
  nobody = await asked({ ...kept, headers: {} });
  console.log('the session reads it:', await again(kept));
};
`;

export const showCookies = (facts: Facts, names: readonly string[]): string =>
  reproduce(
    facts,
    `const other = await fresh();
other.on('response', async (response) => {
  for (const { name, value } of await response.headersArray())
    if (name.toLowerCase() === 'set-cookie' && ${JSON.stringify(names)}.includes(value.split('=')[0]))
      console.log('set:', value.replace(/=[^;]*/, '=…'));
});
await enter(other); await other.waitForTimeout(1000);
for (const cookie of await other.context().cookies())
  if (${JSON.stringify(names)}.includes(cookie.name)) console.log(cookie.name, 'HttpOnly:', cookie.httpOnly, 'Secure:', cookie.secure);`,
  );

export const showFixation = (facts: Facts, name: string, path: string | undefined): string =>
  reproduce(
    facts,
    `const other = await fresh();
const value = async () => (await other.context().cookies()).find((cookie) => cookie.name === ${quote(name)})?.value;
await other.goto(base + ${quote(facts.entry.replace(new URL(facts.entry).origin, ''))}); await other.waitForTimeout(1000);
const before = await value();
await enter(other);
console.log('the session was there before the log-in:', before !== undefined, ' it is still the same:', before === (await value()));
${keeping(path)}await written(other);
const pairs = kept.headers['cookie'].split('; ').map((pair) => (pair.startsWith(${quote(`${name}=`)}) ? ${quote(`${name}=`)} + before : pair)).join('; ');
console.log('the session of before the log-in reads it:', await again({ ...kept, headers: { ...kept.headers, ['cookie']: pairs } }));`,
  );

export const showLogOut = (facts: Facts, steps: readonly Step[], path: string | undefined): string =>
  reproduce(
    facts,
    `${keeping(path)}await written(page);
page.off('response', keep);
${stepsFor(facts, steps)}
await page.waitForTimeout(2000);
console.log('after logging out, the kept session reads it:', await again(kept));`,
  );

/** `how` is of a forgery that was taken, as the trial calls it; `secret`: where the secret stands that signs another. */
export const showForgery = (
  facts: Facts,
  how: string | undefined,
  secret: string | undefined,
  path: string | undefined,
): string =>
  how === undefined && secret === undefined
    ? ''
    : reproduce(
        facts,
        `${keeping(path)}const { createHmac } = await import('node:crypto');
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (header, payload, secret) => {
  const head = { ...header, alg: /^HS/.test(header.alg) ? header.alg : 'HS256' };
  const text = part(head) + '.' + part(payload);
  return text + '.' + createHmac('sha' + head.alg.slice(2), secret).update(text).digest('base64url');
};
const forge = (header, payload, signature) => ${forging(how)};${how === undefined ? `\nconsole.log('APP_SECRET is to hold the text that stands in', ${quote(secret ?? '')});` : ''}
await written(page);
const token = /eyJ[\\w-]+\\.eyJ[\\w-]+\\.[\\w-]*/;
const read = (text) => JSON.parse(Buffer.from(text, 'base64url').toString());
const headers = Object.fromEntries(Object.entries(kept.headers).map(([name, value]) => [name, value.replace(token, (honest) => {
  const [header, payload, signature] = honest.split('.');
  return forge(read(header), { ...read(payload), exp: Math.floor(Date.now() / 1000) + 3600, forged: true }, signature);
})]));
console.log('a forged token reads it:', await again({ ...kept, headers }));`,
      );

/** Code of the forged token. */
function forging(how: string | undefined): string {
  if (how === undefined) return `sign(header, payload, process.env.APP_SECRET ?? '')`;
  const alg = /“alg”: “(\w+)”/.exec(how)?.[1];
  if (alg) return `part({ ...header, alg: ${quote(alg)} }) + '.' + part(payload) + '.'`;
  if (how.includes('cut off')) return `part(header) + '.' + part(payload) + '.'`;
  if (how.includes('empty secret')) return `sign(header, payload, '')`;
  if (how.includes('jwk'))
    return `sign({ ...header, alg: 'HS256', jwk: ${JSON.stringify(brought)} }, payload, 'plummet')`;
  if (how.includes('kid')) return `sign({ ...header, alg: 'HS256', kid: ${quote(emptyFile)} }, payload, '')`;
  return `part(header) + '.' + part(payload) + '.' + signature`;
}
