/** Addresses that are only read, asked as a session's own pages ask. */
import type { Sent, Tab } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Facts } from '../../model/facts.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { type Asked, ask, carrying, isAskable, ofRequest } from './asking.ts';

/** Lists of an API that are read, at most. */
const mostLists = 12;

/** Reads the lists that the document of an API names: no page of it leads there. */
export async function readLists({ window }: Session, { kind, pages = [] }: Facts): Promise<void> {
  if (kind !== 'api') return;
  for (const url of pages.slice(0, mostLists)) await window.first.fetch({ method: 'GET', url });
}

/** Asks an address with GET, with the session's cookies and what its own requests to that origin carried. */
export function read(
  context: Pick<Context, 'clock' | 'journal'>,
  session: Session,
  url: string,
  tab?: Tab,
): Promise<Asked> {
  const from: Sent = {
    kind: 'fetch',
    answerHeaders: {},
    answer: '',
    at: 0,
    bytes: 0,
    method: 'GET',
    url,
    body: '',
    headers: headersTo(new URL(url).origin, session.window.traffic(0)),
  };
  return ask(context, session, from, tab ? { tab } : {});
}

/** What the last request asked by, and what any of them said of who asks: files and translations are asked for without that. */
export function headersTo(origin: string, traffic: readonly Sent[]): Record<string, string> {
  const mine = traffic.filter(
    (r) => r.kind === 'fetch' && r.method !== 'OPTIONS' && URL.parse(r.url)?.origin === origin,
  );
  const who = mine.flatMap((r) => Object.entries(r.headers)).filter(([name]) => !ofRequest.test(name));
  const last = mine.findLast((r) => r.headers['authorization']) ?? mine.at(-1);
  const headers = { ...Object.fromEntries(who), ...(last?.headers ?? { accept: '*/*' }) };
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'));
}

/** Words by which whoever sent these is known: the addresses that were typed, and what stands before the @ where that is no common word. */
export function typedIn(traffic: readonly Sent[]): string[] {
  const bodies = traffic.filter((r) => !r.socket && !/^(GET|HEAD|OPTIONS)$/.test(r.method)).map((r) => r.body);
  const found = bodies.flatMap((body) => body.match(/[\w.+-]{3,}(?:@|%40)[\w-]+\.[\w.-]+/g) ?? []);
  return [...new Set(found.map((text) => text.replace('%40', '@')))].flatMap((email) => {
    const [local = ''] = email.split('@');
    return local.length > 6 ? [email, local] : [email];
  });
}

/**
 * A read by which a session can be tried later: the last that told it one of the words by which it is known, else the last that its pages fetched, and
 * else its page. Undefined where there was none.
 */
export function ownRead(traffic: readonly Sent[], words: readonly string[]): Sent | undefined {
  const reads = traffic.filter(
    (r) => !r.socket && r.method === 'GET' && (r.status ?? 0) >= 200 && (r.status ?? 0) < 300 && isAskable(r),
  );
  const telling = reads.findLast((r) => /^(document|fetch)$/.test(r.kind) && words.some((word) => carrying([r], word)));
  const json = reads.findLast((r) => r.kind === 'fetch' && /json/.test(r.answerHeaders['content-type'] ?? ''));
  return telling ?? json ?? reads.findLast((r) => r.kind === 'document');
}

/** Is it told what it was, or answered as it was where it was told nothing of its own? */
export async function isStillIn(
  context: Pick<Context, 'clock' | 'journal'>,
  session: Session,
  was: Sent | undefined,
  words: readonly string[],
): Promise<boolean> {
  if (!was) return true;
  const { status, exchanges } = await ask(context, session, was);
  const told = words.filter((word) => carrying([was], word));
  if (told.length) return told.some((word) => carrying(exchanges, word));
  const first = exchanges[0]?.status ?? status;
  return first === 304 || (first >= 200 && first < 300);
}

/** Does what was answered hold the mark, and what was asked not? */
export const tells = (asked: Asked, mark: Mark): boolean =>
  (asked.status < 400 && holds(asked.body, mark) !== undefined) ||
  asked.exchanges.some((r) => holds(r.answer, mark) && !holds(r.url, mark) && !holds(r.body, mark));

/** What a session is told by its own pages since the time, in any answer. */
export const toldSince = (session: Session, mark: Mark, since: number): boolean =>
  session.window
    .traffic(since)
    .some((r) => r.kind !== 'script' && holds(r.answer, mark) && !holds(r.url, mark) && !holds(r.body, mark));

/** It says no, or leads to where something else stands (a door, the start). */
export function isRefused({ status, exchanges }: Asked): boolean {
  const first = exchanges[0];
  const said = first?.status ?? status;
  const to = first?.answerHeaders['location'];
  const from = URL.parse(first?.url ?? '')?.pathname ?? '';
  const led =
    said >= 300 && said < 400 && to !== undefined && !(URL.parse(to, first?.url)?.pathname ?? '').startsWith(from);
  return said === 401 || said === 403 || led;
}
