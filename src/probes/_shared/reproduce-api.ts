/** Code of the requests of an API, for the scripts that reproduce a finding. */
import type { Send } from '../../model/recipe.ts';

const plain = (text: string, origin: string): string => JSON.stringify(text.replace(origin, ''));

/** The call of `send` that does this step. */
export function sending({ method, url, body, form, item, own, id, token }: Send, origin: string): string {
  const parts = [
    `method: '${method}'`,
    `url: ${plain(url, origin)}`,
    ...(body === undefined ? [] : [`body: ${JSON.stringify(body)}`]),
    ...(form ? ['form: true'] : []),
    ...(item ? [`item: ${plain(item, origin)}`] : []),
    ...(own ? [`own: ${plain(own, origin)}`] : []),
    ...(id ? [`id: '${id}'`] : []),
    ...(token ? ['token: true'] : []),
  ];
  return `await send(page, { ${parts.join(', ')} });`;
}

/** What such a call does: sends the request as the page's browser, and opens what it made. */
export const sender = `const objects = (v) => Array.isArray(v) ? v.flatMap(objects) : v && typeof v === 'object' ? [v, ...Object.values(v).flatMap(objects)] : [];
const posted = (address) => {
  const url = new URL(address), query = url.searchParams.get('query') ?? '';
  return query.startsWith('query Sounding') && { url: url.origin + url.pathname, body: JSON.stringify({ query, variables: JSON.parse(url.searchParams.get('variables') || '{}') }) };
};
const json = { accept: 'application/json', 'content-type': 'application/json' };
const byPost = (route) => {
  const { url, body } = posted(route.request().url());
  return route.continue({ method: 'POST', url, headers: { ...route.request().headers(), ...json }, postData: body });
};
const rowsOf = (v) => (Array.isArray(v) ? v : [v, ...Object.values(v)].flatMap((o) => Object.values(o ?? {})).flatMap((o) => [o, ...Object.values(o ?? {})]).find(Array.isArray) ?? [v]).map((o) => o?.node ?? o);
const send = async (page, { method, url, body, form, item, own, id, token }) => {
  const values = { mark, new: changed, alt, email, username, name: username, password };
  const fill = (text) => text.replace(/\\{([\\w.]+)\\}/g, (all, key) => values[key] ?? all);
  const isOwn = (key) => key.toLowerCase().replaceAll('_', '') === (id ?? '').toLowerCase().replaceAll('_', '');
  const idOf = (o) => [...Object.keys(o ?? {}).filter(isOwn), 'id', '_id', 'uuid', 'key', 'slug'].map((key) => o?.[key]).find((v) => typeof v === 'string' || typeof v === 'number');
  if (item) {
    const query = posted(base + fill(item));
    const list = query ? await page.request.post(query.url, { headers: json, data: query.body }) : await page.request.get(base + fill(item));
    const ours = rowsOf(await list.json()).filter((o) => idOf(o) !== undefined && Object.values(o).some((v) => typeof v === 'string' && v.includes(mark)));
    if (ours.length !== 1) return console.log(ours.length, 'rows of', item, 'bear', mark);
    const [found] = ours;
    values.id = idOf(found);
    for (const [key, value] of Object.entries(found)) values['item.' + key] = value;
  }
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const answer = await page.request.fetch(base + fill(url), { method, ...(body ? { headers: { 'content-type': type }, data: fill(body) } : {}) });
  const told = await answer.json().catch(() => ({}));
  console.log(method, fill(url), answer.status(), ...(told?.errors ? ['with errors'] : []));
  const borne = token && objects(told).flatMap((o) => Object.entries(o)).find(([key, value]) => /^(access|auth|id|session|bearer)?_?token$|^jwt$|^(api_?)?key$/i.test(key) && typeof value === 'string')?.[1];
  if (borne) await page.context().setExtraHTTPHeaders({ authorization: 'Bearer ' + borne });
  values.id = [told, ...Object.values(told), ...Object.values(told?.data ?? {})].map(idOf).find((v) => v !== undefined) ?? values.id;
  if (own && answer.ok()) await page.goto(base + fill(own));
};
`;
