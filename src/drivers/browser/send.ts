import { idIn, idOf, itemWith, type Members, tokenIn } from '../../model/answer.ts';
import type { Tab } from '../../model/browser.ts';
import { nextPage } from '../../model/paging-api.ts';
import { type Send, substitute, type Values } from '../../model/recipe.ts';

/** Pages of a list that are asked for an item. */
const most = 12;

/**
 * Sends it from within the page, and opens the address of what it made. Returns a sentence where what it is about was not found. `bear`: from
 * now on the browser sends this token.
 */
export async function send(
  tab: Pick<Tab, 'fetch' | 'goto'>,
  step: Send,
  { values = {}, mark = values['mark'], quick = false }: { values?: Values; mark?: string; quick?: boolean },
  bear: (token?: string) => Promise<void>,
): Promise<string | undefined> {
  const known = step.item && mark ? await itemOf(tab, substitute(step.item, values), mark, step.id) : {};
  if (!known) return `no item of ${step.item} holds ${mark}`;
  const all = { ...values, ...known };
  // An old token beside a new log-in is refused by some.
  if (step.token) await bear();
  const answer = await tab.fetch({
    method: step.method,
    url: substitute(step.url, all),
    headers: {
      accept: 'application/json',
      ...(step.body === undefined
        ? {}
        : { 'content-type': step.form ? 'application/x-www-form-urlencoded' : 'application/json' }),
    },
    ...(step.body === undefined
      ? {}
      : { body: substitute(step.body, mapped(all, step.form ? encodeURIComponent : inJson)) }),
  });
  if (answer.error || answer.status >= 400) return undefined;
  const token = step.token ? tokenIn(answer.body)?.token : undefined;
  if (token) await bear(token);
  const own = quick ? undefined : ownIn(step, answer, all);
  if (own) await tab.goto(own);
  return undefined;
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
const mapped = (values: Values, how: (text: string) => string): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, how(value)]));

/** Where the answer says that it is (RFC 9110, 10.2.2), else what its id makes of the address. */
function ownIn(
  { own, url, id: named }: Send,
  { headers, body }: { headers: Record<string, string>; body: string },
  values: Values,
): string | undefined {
  if (!own) return undefined;
  const told = headers['location'];
  if (told && URL.parse(told, url)?.origin === new URL(url).origin) return new URL(told, url).href;
  const id = idIn(body, named);
  const address = substitute(own, { ...values, ...(id === undefined ? {} : { id: encodeURIComponent(id) }) });
  return address.includes('{') ? undefined : address;
}

/** What is known of the record by its list: its id as {id}, its plain members as {item.name}. */
async function itemOf(
  tab: Pick<Tab, 'fetch'>,
  list: string,
  mark: string,
  named?: string,
): Promise<Values | undefined> {
  let item: Members | undefined;
  let next: string | undefined = list;
  for (let page = 0; next && !item && page < most; page++) {
    const url: string = next;
    const { body } = await tab.fetch({ method: 'GET', url, headers: { accept: 'application/json' } });
    item = itemWith(body, mark, named);
    next = nextPage(url, body);
  }
  const id = item && idOf(item, named);
  if (!item || id === undefined) return undefined;
  const plain = Object.entries(item).filter(([, v]) => ['string', 'number', 'boolean'].includes(typeof v));
  return { id: encodeURIComponent(id), ...Object.fromEntries(plain.map(([k, v]) => [`item.${k}`, String(v)])) };
}
