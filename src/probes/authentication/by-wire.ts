/** The request that a log-in form sends, as a text to be sent again with another password. Pure. */
import type { Sent } from '../../model/browser.ts';
import type { WireAnswer, WireRequest } from '../../model/context.ts';
import { isTelemetry } from '../../model/said.ts';
import { replayed } from '../_shared/replay.ts';

/** As it stands in JSON, in a form, in an address. */
const forms: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => new URLSearchParams({ s: text }).toString().slice(2),
  encodeURIComponent,
];

/** Of what the form sent, the one request that holds the password as it was typed; undefined where there is none, or two. */
export function requestWith(writes: readonly Sent[], password: string): Sent | undefined {
  const found = writes.filter(
    (w) => !w.socket && !isTelemetry(w) && forms.some((form) => w.body.includes(form(password))),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** The same with another password; `fresh`: hidden fields and cookies as the form was just given them. */
export function withPassword(
  from: Sent,
  was: string,
  password: string,
  fresh?: { readonly fields: Readonly<Record<string, string>>; readonly cookie: string },
): WireRequest {
  const form = forms.find((f) => from.body.includes(f(was))) ?? encodeURIComponent;
  let body = from.body.replaceAll(form(was), form(password));
  if (fresh) {
    const sent = new URLSearchParams(body);
    for (const [name, value] of Object.entries(fresh.fields)) if (sent.has(name)) sent.set(name, value);
    body = sent.toString();
  }
  const request = replayed(from, body);
  return { ...request, headers: { ...request.headers, ...(fresh?.cookie ? { cookie: fresh.cookie } : {}) } };
}

const attribute = (tag: string, name: string): string | undefined => {
  const [, , double, single, bare] =
    new RegExp(`\\s${name}\\s*=\\s*("([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag) ?? [];
  return double ?? single ?? bare;
};
const plain = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#(\d+);/g, (_, n: string) => String.fromCharCode(Number(n)))
    .replace(/&#x([\da-f]+);/gi, (_, n: string) => String.fromCharCode(Number.parseInt(n, 16)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** Of a form that is sent as a form: its hidden fields and the cookies that came along. Undefined where it sends none of them. */
export function hiddenIn(
  page: Pick<WireAnswer, 'body' | 'headers'>,
  from: Sent,
): { fields: Record<string, string>; cookie: string } | undefined {
  if (!/x-www-form-urlencoded/.test(from.headers['content-type'] ?? '')) return undefined;
  const sent = new URLSearchParams(from.body);
  const fields: Record<string, string> = {};
  for (const [tag] of page.body.matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(tag, 'name');
    if (name && attribute(tag, 'type')?.toLowerCase() === 'hidden' && sent.has(name))
      fields[name] = plain(attribute(tag, 'value') ?? '');
  }
  // Dates of cookies hold commas, too.
  const cookies = (page.headers['set-cookie'] ?? '').split(/,\s*(?=[\w!#$%&'*+.^`|~-]+=)/);
  const cookie = cookies.flatMap((one) => one.split(';')[0]?.trim() || []).join('; ');
  return Object.keys(fields).length ? { fields, cookie } : undefined;
}

/** What tells an answer that lets in from one that does not: its status, where it leads, what it sets, what its members are called. */
export function kindOf({ status, headers, body }: Pick<WireAnswer, 'status' | 'headers' | 'body'>): string {
  const cookies = (headers['set-cookie'] ?? '').split(/,\s*(?=[\w!#$%&'*+.^`|~-]+=)/).flatMap((one) => {
    const [name, value] = one.split(';')[0]?.split('=') ?? [];
    return name && value ? [name.trim()] : [];
  });
  const leads = URL.parse(headers['location'] ?? '', 'http://a')?.pathname ?? '';
  let members: unknown = /type\s*=\s*["']?password/i.test(body) ? 'a form with a password' : '';
  try {
    members = shape(JSON.parse(body), 0);
  } catch {
    // A page.
  }
  return JSON.stringify([status, leads, [...new Set(cookies)].sort(), members]);
}
const shape = (value: unknown, depth: number): unknown =>
  typeof value === 'object' && value !== null && depth < 3
    ? Object.entries(value)
        .map(([key, inner]) => [key, shape(inner, depth + 1)])
        .sort((a, b) => String(a[0]).localeCompare(String(b[0])))
    : typeof value === 'boolean'
      ? value
      : typeof value;
