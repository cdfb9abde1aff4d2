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
import { freshId, uuid } from './wire-writer.ts';

/** A write as it was sent, and what has to be known to send it again. */
export interface Learned {
  readonly write: Sent;
  /** Ids that the page made itself. */
  readonly made: readonly string[];
  /** The page whose form it was. */
  readonly form: string;
}

/** The request among the writes that this is about: the last that is no socket and holds the text, where one is given. */
export function learnedFrom(
  { writes, requests }: Pick<Outcome, 'writes' | 'requests'>,
  text: Mark | undefined,
  entry: string,
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
  return { write, made: write.method === 'POST' ? made : [], form };
}

/** Sends it with `to` in place of `from`. Undefined where the words do not stand in it as such (encrypted, packed). */
export async function resend(
  context: Context,
  session: Session,
  { write, made, form }: Learned,
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
  if (/x-www-form-urlencoded/.test(type)) {
    const fields = new URLSearchParams(body);
    for (const [name, value] of await ownTokens(session, form, [...fields.keys()]))
      if (value === undefined) fields.delete(name);
      else fields.set(name, value);
    body = fields.toString();
  } else if (/multipart\/form-data/.test(type)) {
    const parts = [...body.matchAll(/name="([^"]+)"\r\n\r\n[^\r\n]*/g)];
    const own = new Map(
      await ownTokens(
        session,
        form,
        parts.map(([, name = '']) => name),
      ),
    );
    body = body.replace(/(name="([^"]+)"\r\n\r\n)([^\r\n]*)/g, (all, head: string, name: string) =>
      own.has(name) ? `${head}${own.get(name) ?? ''}` : all,
    );
  }
  return ask(context, session, write, { url, body });
}

/** Fields that a form is given for one browser alone: other hidden ones say what it is about. */
const isOwn = /token|csrf|xsrf|nonce|^__/i;

/** Of these fields those that each browser has of its own, with this session's values; undefined where it has none. */
async function ownTokens(
  session: Session,
  form: string,
  names: readonly string[],
): Promise<(readonly [string, string | undefined])[]> {
  const own = names.filter((name) => isOwn.test(name));
  if (!own.length) return [];
  const hidden = await session.window.first.hiddenFields(form);
  return own.map((name) => [
    name,
    hidden[name] ?? (isForgeryToken.test(name) ? forgeryTokenIn(session.window.traffic(0)) : undefined),
  ]);
}

/** What the recipe would send, kept from the server: on its way every write is refused. In a tab of its own. */
export async function heldBack(
  session: Session,
  recipe: Recipe,
  values: Values,
  text: Mark | undefined,
  entry: string,
): Promise<Learned | undefined> {
  const tab = await session.window.tab();
  const { heal } = session.window.cut('refuse', ({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
  try {
    const outcome = await session.do(recipe, values, { tab, quick: true });
    return learnedFrom(outcome, text, entry);
  } finally {
    await heal();
    await tab.close();
  }
}
