/** Addresses that are only read, asked as a session's own pages ask. */
import type { Sent, Tab } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { type Asked, ask } from './asking.ts';

/** Asks an address with GET, with the session's cookies and what its own last request to that origin carried. */
export function read(
  context: Pick<Context, 'clock' | 'journal'>,
  session: Session,
  url: string,
  tab?: Tab,
): Promise<Asked> {
  const { origin } = new URL(url);
  const mine = session.window
    .traffic(0)
    .findLast((r) => r.kind === 'fetch' && r.method !== 'OPTIONS' && URL.parse(r.url)?.origin === origin);
  const from: Sent = {
    kind: 'fetch',
    answerHeaders: {},
    answer: '',
    at: 0,
    bytes: 0,
    method: 'GET',
    url,
    body: '',
    headers: Object.fromEntries(
      Object.entries(mine?.headers ?? { accept: '*/*' }).filter(([name]) => name !== 'content-type'),
    ),
  };
  return ask(context, session, from, tab ? { tab } : {});
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
