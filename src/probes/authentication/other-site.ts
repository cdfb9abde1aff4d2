/** Pages of another site for one write of A, what becomes of them when A opens them, and what A sees of it. */
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { pageThrough } from '../../model/paging.ts';
import { openPlace } from '../../model/place.ts';
import { carrying } from '../_shared/asking.ts';
import { type Forged, fieldsOf, forgedForms, forgedJson, type Honest, type Replaced } from '../_shared/forged.ts';
import type { WireWriter } from '../_shared/wire-writer.ts';

/** What another site puts where the form has what it cannot know: nothing, or what it is given on a page of its own. */
async function tokensOf(context: Context, session: Session, writer: WireWriter, body: Honest): Promise<Replaced[]> {
  const fields = fieldsOf(body)?.map(([name]) => name) ?? [];
  const mine = fields.length ? await session.window.first.hiddenFields(writer.form) : {};
  const hidden = Object.keys(mine).filter((name) => fields.includes(name));
  for (const name of hidden) if ((mine[name] ?? '').length > 11) context.journal.hide(mine[name] ?? '');
  if (!hidden.length) return [{}];
  const without = Object.fromEntries(hidden.map((name) => [name, undefined]));
  const other = await context.actors.fresh((await context.actors.hasSecond()) ? 'B' : 'nobody');
  await other.window.first.goto(writer.form);
  const theirs = await other.window.first.hiddenFields(writer.form);
  await other.close();
  for (const value of Object.values(theirs)) if (value.length > 11) context.journal.hide(value);
  return hidden.some((name) => theirs[name] !== undefined)
    ? [without, Object.fromEntries(hidden.map((name) => [name, theirs[name]]))]
    : [without];
}

/** The pages for one write: each with a mark of its own. */
export async function pagesOf(
  context: Context,
  session: Session,
  writer: WireWriter,
): Promise<(Forged & { mark: Mark })[]> {
  const honest = async (mark: Mark): Promise<Honest | undefined> => {
    const asked = await writer.request(mark);
    const type = writer.from.headers['content-type'] ?? '';
    return asked && { method: asked.method, url: asked.url, type, body: asked.body ?? '' };
  };
  const sample = await honest(writer.trial);
  if (!sample) return [];
  const form = fieldsOf(sample) !== undefined;
  const tokens = form ? await tokensOf(context, session, writer, sample) : [{}];
  const all = (h: Honest): Forged[] => (form ? tokens.flatMap((by, i) => forgedForms(h, by, i > 0)) : forgedJson(h));
  const pages: (Forged & { mark: Mark })[] = [];
  for (const { way } of all(sample)) {
    const mark = context.mark();
    const next = await honest(mark);
    const page = next && all(next).find((one) => one.way === way);
    if (page) pages.push({ ...page, mark });
  }
  return pages;
}

/** A opens the page; what came of its request is told when it is over. */
export async function lure(
  context: Context,
  session: Session,
  page: Forged & { mark: Mark },
  url: string,
): Promise<{ came: boolean; cookie: boolean }> {
  const { clock, journal, ledger } = context;
  const since = clock.now();
  ledger.begin({ what: 'record', mark: page.mark, how: `by a page of another site: ${page.way}` });
  const tab = await session.window.elsewhere(url, page.html);
  const own = (): Sent[] =>
    session.window.traffic(since).filter((r) => r.url === url && (r.method === 'OPTIONS' || holds(r.body, page.mark)));
  const over = (): boolean => own().some((r) => r.status !== undefined || r.error !== undefined);
  for (const end = clock.now() + 2500; clock.now() < end && !over(); ) await clock.sleep(100);
  await tab.close();
  const request = own().findLast((r) => r.method !== 'OPTIONS');
  const site = request?.headers['sec-fetch-site'];
  const came = request !== undefined && (site === undefined || site === 'cross-site');
  journal.note({
    kind: 'exchange',
    who: 'A',
    says: `A opened a page on another site, which sent ${url} as ${page.way}: ${request ? `answered ${request.status}` : 'it was not sent'}`,
    data: { cookie: request?.headers['cookie'] !== undefined, ...(site ? { 'sec-fetch-site': site } : {}) },
  });
  return { came, cookie: request?.headers['cookie'] !== undefined };
}

/** Which of the marks A sees where the record lives, or was answered with there. */
export async function seenBy(
  context: Context,
  session: Session,
  writer: WireWriter,
  marks: readonly Mark[],
): Promise<Set<Mark>> {
  const { clock, facts } = context;
  const since = clock.now();
  const found = new Set<Mark>();
  for (let round = 0; ; round++) {
    for (const place of writer.places) {
      await openPlace(session.window.first, place);
      for (const mark of await pageThrough(session.window.first, marks, 6)) found.add(mark);
      for (const mark of marks) if (carrying(session.window.traffic(since).filter(readOnly), mark)) found.add(mark);
    }
    if (found.size > 1 || (round > 0 && clock.now() > since + Math.max(2500, 2 * (facts.record?.delay ?? 0))))
      return found;
    await clock.sleep(500);
  }
}
const readOnly = (r: Sent): boolean => r.method === 'GET' && r.kind !== 'script';
