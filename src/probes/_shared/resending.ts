/**
 * A write that one user's page sent, sent by the page of another with other words: with what that other page has of its own against forged
 * requests, and with ids made anew that the first page made.
 */
import type { Sent } from '../../model/browser.ts';
import type { Context, Outcome, Session } from '../../model/context.ts';
import { holds, type Mark } from '../../model/mark.ts';
import type { Recipe, Values } from '../../model/recipe.ts';
import { isTelemetry } from '../../model/said.ts';
import { type Asked, ask, forgeryTokenIn, isForgeryToken } from './asking.ts';
import { cannotBeGuessed } from './keys.ts';
import { freshId, uuid } from './wire-writer.ts';

/** A write as it was sent, and what has to be known to send it again. */
export interface Learned {
  readonly write: Sent;
  /** Ids that the page made itself. */
  readonly made: readonly string[];
  /** The page whose form it was. */
  readonly form: string;
  /** It creates: what its form is given for one sending is to be had anew. */
  readonly once: boolean;
}

/** The request among the writes that this is about: the last that is no socket and holds the text, where one is given. */
export function learnedFrom(
  { writes, requests }: Pick<Outcome, 'writes' | 'requests'>,
  text: Mark | undefined,
  entry: string,
  once: boolean,
): Learned | undefined {
  const write = writes.findLast(
    (w) =>
      !w.socket &&
      w.method !== 'OPTIONS' &&
      !isTelemetry(w) &&
      (text === undefined || holds(w.body, text) || holds(w.url, text)),
  );
  if (!write) return undefined;
  const form = write.headers['referer'] ?? entry;
  const made = [...new Set(`${write.url} ${write.body}`.match(uuid) ?? [])].filter(
    (id) => !form.includes(id) && !requests.some((r) => r !== write && r.at < write.at && r.answer.includes(id)),
  );
  return { write, made: once ? made : [], form, once };
}

/** Sends it with `to` in place of `from`. Undefined where the words do not stand in it as such (encrypted, packed). */
export async function resend(
  context: Context,
  session: Session,
  { write, made, form, once }: Learned,
  words?: { readonly from: Mark; readonly to: Mark },
): Promise<Asked | undefined> {
  const anew = made.map((id) => [id, freshId(context)] as const);
  const changed = (text: string): string =>
    [...(words ? [[words.from, words.to] as const] : []), ...anew].reduce(
      (all, [from, to]) => all.replaceAll(from, to),
      text,
    );
  const url = changed(write.url);
  let body = changed(write.body);
  if (words && !holds(body, words.to) && !holds(url, words.to)) return undefined;
  const type = write.headers['content-type'] ?? '';
  const own = (fields: readonly (readonly [string, string])[]): ReturnType<typeof ownFields> =>
    ownFields(context, session, form, fields, once);
  if (/x-www-form-urlencoded/.test(type)) {
    const fields = new URLSearchParams(body);
    for (const [name, value] of await own([...fields]))
      if (value === undefined) fields.delete(name);
      else fields.set(name, value);
    body = fields.toString();
  } else if (/multipart\/form-data/.test(type)) {
    const part = /(name="([^"]+)"\r\n\r\n)([^\r\n]*)/g;
    const fields = await own([...body.matchAll(part)].map(([, , name = '', value = '']) => [name, value] as const));
    body = body.replace(part, (all, head: string, name: string) =>
      fields.has(name) ? `${head}${fields.get(name) ?? ''}` : all,
    );
  }
  return ask(context, session, write, { url, body });
}

/** Fields that a form is given for one browser alone: other hidden ones say what it is about. */
const isOwn = /token|csrf|xsrf|nonce|^__/i;

/** Of these fields those that each browser has of its own, with this session's values; undefined where it has none. `once`: keys too that serve for one creation. */
async function ownFields(
  context: Context,
  session: Session,
  form: string,
  fields: readonly (readonly [string, string])[],
  once: boolean,
): Promise<Map<string, string | undefined>> {
  const own = fields.filter(([name, value]) => isOwn.test(name) || (once && cannotBeGuessed(value)));
  const hidden = own.length ? await session.window.first.hiddenFields(form) : {};
  return new Map(
    own.map(([name, value]) => [
      name,
      hidden[name] ??
        (isForgeryToken.test(name)
          ? forgeryTokenIn(session.window.traffic(0))
          : isOwn.test(name)
            ? undefined
            : another(value, context)),
    ]),
  );
}

/** One of the same shape, that was not used yet. */
const another = (key: string, context: Context): string =>
  key.search(uuid) < 0 ? [...key].reverse().join('') : key.replace(uuid, () => freshId(context));

/** What the recipe would send, kept from the server: on its way every write is refused. In a tab of its own. */
export async function heldBack(
  session: Session,
  recipe: Recipe,
  values: Values,
  text: Mark | undefined,
  entry: string,
): Promise<Learned | undefined> {
  const tab = await session.window.tab();
  // A session that lasts for one page is begun again while that can be sent.
  const [first, ...rest] = recipe.steps;
  const opened = first?.do === 'goto' ? await tab.act(first, { values }) : undefined;
  const { heal } = session.window.cut('refuse', ({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
  try {
    const steps = opened && !('missing' in opened) ? rest : recipe.steps;
    const outcome = await session.do({ ...recipe, steps }, values, { tab, quick: true });
    return learnedFrom(outcome, text, entry, false);
  } finally {
    // A page that keeps what it could not send would send it now.
    await tab.close();
    await heal();
  }
}
