/** What got the page a new token while it lived: a request that carried something which is no password, and an answer with a new token. */
import { jwtIn } from '../../lib/jwt.ts';
import type { Sent } from '../../model/browser.ts';
import type { WireAnswer, WireRequest } from '../../model/context.ts';
import { replayed } from '../_shared/replay.ts';
import { type Carrier, cookiesOf, instead, jwtOf } from '../_shared/request-parts.ts';

export interface Renewing {
  /** As it would be sent next: with what the last such answer gave. */
  readonly request: WireRequest;
  readonly secrets: readonly string[];
  /** What the new token is called in the answer, or the cookie that brings it. */
  readonly gives: string;
}

/** Of the address, or of what is sent: a token that merely guards a form gets nothing. */
const inPath = /refresh|renew|rotate|\btokens?\b/i;
const inBody = /refresh_?token|grant_type/i;
const typed = /pass(word|wd|phrase)?|pwd|kennwort|contrase|senha|parola/i;
const strings = /"([\w-]+)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;

/** Undefined where the page got no token but by the log-in. */
export function renewingIn(traffic: readonly Sent[], carriers: readonly Carrier[]): Renewing | undefined {
  const last = traffic.findLast(
    (r) =>
      !r.socket &&
      r.method === 'POST' &&
      !typed.test(r.body) &&
      (inPath.test(new URL(r.url).pathname) || inBody.test(r.body)) &&
      (r.status ?? 0) < 300 &&
      givenBy(r, carriers) !== undefined,
  );
  const gives = last && givenBy(last, carriers);
  if (!last || gives === undefined) return undefined;
  const answered = new Map([...last.answer.matchAll(strings)].map(([, key = '', value = '']) => [key, value]));
  const secrets: string[] = [];
  const form = /x-www-form-urlencoded/.test(last.headers['content-type'] ?? '');
  const fields = new URLSearchParams(form ? last.body : '');
  for (const [name, value] of [...fields]) {
    const next = answered.get(name);
    secrets.push(...[value, next ?? ''].filter((one) => one.length > 11));
    if (next) fields.set(name, next);
  }
  const body = form
    ? `${fields}`
    : last.body.replace(strings, (all, key: string, value: string) => {
        const next = answered.get(key);
        if (value.length > 11) secrets.push(value);
        if (next === undefined || !next) return all;
        secrets.push(next);
        return all.replace(value, () => next);
      });
  let request: WireRequest = { ...replayed(last, body) };
  for (const [name, value] of cookiesOf(last.headers['cookie'])) {
    const set = setBy(last, name);
    if (set !== undefined) request = instead(request, { kind: 'cookie', name, value }, set);
    secrets.push(...[value, set ?? ''].filter((one) => one.length > 11));
  }
  return { request, secrets, gives };
}

const setBy = ({ answerHeaders }: Sent, name: string): string | undefined =>
  (answerHeaders['set-cookie'] ?? '')
    .split('\n')
    .find((line) => line.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(';')[0];

/** What this answer calls the token that carries the session. */
function givenBy(r: Sent, carriers: readonly Carrier[]): string | undefined {
  for (const { kind, name, value } of carriers) {
    if (kind === 'cookie' && setBy(r, name)) return `cookie ${name}`;
    const bare = jwtOf(value)?.text ?? value.replace(/^\w+ +/, '');
    const alike = (text: string): boolean => text === bare || (jwtIn(value) !== undefined && jwtIn(text) !== undefined);
    const found = [...r.answer.matchAll(strings)].filter(
      ([, key = '', text = '']) => alike(text) && !/refresh/i.test(key),
    );
    const key = found[0]?.[1];
    if (key !== undefined && kind !== 'cookie') return key;
  }
  return undefined;
}

/** The new token of an answer; undefined where it gave none. */
export function renewed({ status, headers, body }: WireAnswer, { gives }: Renewing): string | undefined {
  if (status >= 400 || status === 0) return undefined;
  const cookie = /^cookie (.+)$/.exec(gives)?.[1];
  if (cookie !== undefined)
    return (headers['set-cookie'] ?? '')
      .split(/[\n,] ?/)
      .find((line) => line.startsWith(`${cookie}=`))
      ?.slice(cookie.length + 1)
      .split(';')[0];
  return [...body.matchAll(strings)].find(([, key]) => key === gives)?.[2] || undefined;
}
