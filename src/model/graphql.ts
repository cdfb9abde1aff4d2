/**
 * GraphQL over HTTP, as far as a reader of requests and answers has to know it (GraphQL, October 2021, 7.1; GraphQL over HTTP, 6). Pure.
 * A query of ours has an address, as a page has; it is asked by POST, which every server takes.
 */
import { Kind, parse } from 'graphql';
import { jsonOf, type Members } from './answer.ts';

/** What our operations are called. */
export const ours = 'Sounding';

/** Address of a query at an endpoint. Placeholders in the variables (JSON) stay as they are. */
export const addressOf = (endpoint: string, query: string, variables: string): string =>
  `${endpoint}?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(variables).replace(/%7B(id|mark)%7D/g, '{$1}')}`;

/** The POST that the address of a query stands for; undefined for any other address. Other parameters stay in its own. */
export function postOf(address: string): { readonly url: string; readonly body: string } | undefined {
  const url = URL.parse(address);
  const query = url?.searchParams.get('query');
  if (!url || !query?.startsWith(`query ${ours}`)) return undefined;
  const variables = jsonOf(url.searchParams.get('variables') ?? '') ?? {};
  url.searchParams.delete('query');
  url.searchParams.delete('variables');
  return { url: url.href.replace(/\?$/, ''), body: JSON.stringify({ query, variables }) };
}

/** Names of the variables that the query at this address takes, each with its value as text, empty where it is given none. */
export function variablesIn(address: string): readonly (readonly [string, string])[] | undefined {
  const post = postOf(address);
  if (!post) return undefined;
  const { query, variables } = jsonOf(post.body) as { query: string; variables: Members };
  const taken = query.slice(0, query.indexOf('{')).matchAll(/\$(\w+)/g);
  return [...taken].map(([, name = '']) => [name, String(variables[name] ?? '')]);
}

/** The same query with a variable of another value: a number where it held or counts one. */
export function withVariable(address: string, name: string, value: string | number): string {
  const url = new URL(address);
  const variables = jsonOf(url.searchParams.get('variables') ?? '') as Members;
  return addressOf(
    url.origin + url.pathname,
    url.searchParams.get('query') ?? '',
    JSON.stringify({ ...variables, [name]: value }),
  );
}

/** Of a request (GraphQL over HTTP, 5.1), and of persisted queries. */
const members = new Set(['query', 'variables', 'operationName', 'extensions', 'id']);

/** Is the body of a POST that of a GraphQL operation, and does it only ask? Undefined where it is none that can be read. */
export function operationIn(body: string): 'asks' | 'writes' | undefined {
  if (!/^\s*[[{]/.test(body) || !body.includes('"query"')) return undefined;
  const value = jsonOf(body);
  const all = (Array.isArray(value) ? value : [value]) as unknown[];
  const kinds = all.flatMap((one) => {
    const text = (one as Members | null)?.['query'];
    // A record may have a member of that name, too.
    if (Object.keys((one ?? {}) as object).some((key) => !members.has(key))) return [undefined];
    return typeof text === 'string' ? operationsOf(text) : [undefined];
  });
  if (!kinds.length || kinds.includes(undefined)) return undefined;
  return kinds.every((kind) => kind === 'query') ? 'asks' : 'writes';
}

/** A query is a POST that writes nothing. */
export const asksOnly = ({ method, body }: { readonly method: string; readonly body: string }): boolean =>
  method === 'POST' && operationIn(body) === 'asks';

function operationsOf(text: string): (string | undefined)[] {
  try {
    return parse(text, { noLocation: true, maxTokens: 20_000 }).definitions.map((one) =>
      one.kind === Kind.OPERATION_DEFINITION
        ? one.operation
        : one.kind === Kind.FRAGMENT_DEFINITION
          ? 'query'
          : undefined,
    );
  } catch {
    return [undefined];
  }
}

/**
 * The status that the answer to an operation would have, had it an address of its own: where it holds errors and no data, what they
 * say; 404 where all that was asked for is null.
 */
export function statusOf(status: number, answer: string): number {
  const body = jsonOf(answer) as Members | undefined;
  if (status >= 400 || typeof body !== 'object' || body === null) return status;
  const data = body['data'];
  const nothing = data === null || data === undefined || Object.values(data).every((one) => one === null);
  if (!nothing) return status;
  const [error] = Array.isArray(body['errors']) ? (body['errors'] as Members[]) : [];
  return error ? statusIn(error) : data ? 404 : status;
}

function statusIn({ message, extensions }: Members): number {
  const { code, status, statusCode, http } = (extensions ?? {}) as Members;
  const told = [status, statusCode, (http as Members | undefined)?.['status'], code].map(Number);
  const says = `${String(code)} ${String(message)}`;
  return (
    told.find((number) => number >= 400 && number < 600) ??
    (/INTERNAL_SERVER_ERROR/.test(says)
      ? 500
      : /unauthenticated|unauthori[sz]ed|not (authenticated|logged|signed)|authentication|log(ged)? ?in|sign(ed)? ?in/i.test(
            says,
          )
        ? 401
        : /forbidden|permission|not allowed/i.test(says)
          ? 403
          : /\bnot[ _]?found|_NOT_FOUND|no such|does ?n[o']t exist|there is no/i.test(says)
            ? 404
            : 422)
  );
}
