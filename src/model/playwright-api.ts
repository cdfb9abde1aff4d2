/** Requests of an API as code, for scripts that show a finding and for tests that are kept. Pure text. */
import { quote } from './quote.ts';
import type { Send } from './recipe.ts';

/** The call of `send` that does this step; `by`: what it is sent by. */
export function sending({ method, url, body, form, item, own, id, token }: Send, origin: string, by: string): string {
  const plain = (text: string): string => quote(text.replace(origin, ''));
  const parts = [
    `method: ${quote(method)}`,
    `url: ${plain(url)}`,
    ...(body === undefined ? [] : [`body: ${quote(body)}`]),
    ...(form ? ['form: true'] : []),
    ...(item ? [`item: ${plain(item)}`] : []),
    ...(own ? [`own: ${plain(own)}`] : []),
    ...(id ? [`id: ${quote(id)}`] : []),
    ...(token ? ['token: true'] : []),
  ];
  return `await send(${by}, { ${parts.join(', ')} });`;
}

/** `request`, which does one of them by `ask(address, { method, headers, body })` → { status, told }; `posted`, which makes a query of GraphQL of an address. */
export const requestCode = `const objects = (v) => Array.isArray(v) ? v.flatMap(objects) : v && typeof v === 'object' ? [v, ...Object.values(v).flatMap(objects)] : [];
const posted = (address) => {
  const url = new URL(address), query = url.searchParams.get('query') ?? '';
  return query.startsWith('query Sounding') && { url: url.origin + url.pathname, body: JSON.stringify({ query, variables: JSON.parse(url.searchParams.get('variables') || '{}') }) };
};
const json = { accept: 'application/json', 'content-type': 'application/json' };
const rowsOf = (v) => (Array.isArray(v) ? v : [v, ...Object.values(v)].flatMap((o) => Object.values(o ?? {})).flatMap((o) => [o, ...Object.values(o ?? {})]).find(Array.isArray) ?? [v]).map((o) => o?.node ?? o);
const request = async (ask, base, given, { method, url, body, form, item, own, id, token }) => {
  const values = { ...given };
  const fill = (text) => text.replace(/\\{([\\w.]+)\\}/g, (all, key) => values[key] ?? all);
  const isOwn = (key) => key.toLowerCase().replaceAll('_', '') === (id ?? '').toLowerCase().replaceAll('_', '');
  const idOf = (o) => [...Object.keys(o ?? {}).filter(isOwn), 'id', '_id', 'uuid', 'key', 'slug'].map((key) => o?.[key]).find((v) => typeof v === 'string' || typeof v === 'number');
  if (item) {
    const query = posted(base + fill(item));
    const list = query ? await ask(query.url, { method: 'POST', headers: json, body: query.body }) : await ask(base + fill(item), { method: 'GET', headers: {} });
    const ours = rowsOf(list.told).filter((o) => idOf(o) !== undefined && Object.values(o).some((v) => typeof v === 'string' && v.includes(values.mark)));
    if (ours.length !== 1) return { failed: \`\${ours.length} rows of \${item} bear \${values.mark}\` };
    const [found] = ours;
    values.id = idOf(found);
    for (const [key, value] of Object.entries(found)) values['item.' + key] = value;
  }
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const { status, told } = await ask(base + fill(url), { method, headers: body ? { 'content-type': type } : {}, body: body && fill(body) });
  const bearer = token && objects(told).flatMap((o) => Object.entries(o)).find(([key, value]) => /^(access|auth|id|session|bearer)?_?token$|^jwt$|^(api_?)?key$/i.test(key) && typeof value === 'string')?.[1];
  values.id = [told, ...Object.values(told), ...Object.values(told?.data ?? {})].map(idOf).find((v) => v !== undefined) ?? values.id;
  return { status, told, sent: method + ' ' + fill(url), bearer, at: own && status < 400 ? fill(own) : undefined };
};
`;
