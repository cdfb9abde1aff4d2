/** What every page shares: what a thing is made of, and how things are read, kept and taken away on the server. */
const items = `${location.pathname}/items`;

export const kinds = ['River', 'Lake', 'Sea'];
export const owners = ['Iris', 'Juno', 'Otto'];
export const plans = ['Small', 'Large'];
export const empty = { title: '', kind: '', day: '', owner: '', plan: '', sure: false };

export const load = async () => (await (await fetch(items)).json()).items;

/** A new thing, or one that has an id already. Comes back with what the server says against it; undefined where it was taken. */
export async function save({ id, ...item }) {
  const answer = await fetch(id ? `${items}/${id}` : items, {
    method: id ? 'PATCH' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(item),
  });
  return answer.ok ? undefined : (await answer.json()).error;
}

export const remove = ({ id }) => fetch(`${items}/${id}`, { method: 'DELETE' });
