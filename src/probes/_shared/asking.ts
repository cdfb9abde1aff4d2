/**
 * What one user's page asked, asked by the page of another: in a page of theirs, with their cookies, and with the keys and tokens that their own
 * requests carry. Nothing of the first one's goes along but what was asked.
 */
import type { Sent, Tab } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import { asksOnly } from '../../model/graphql.ts';
import { holds, type Mark } from '../../model/mark.ts';

/** Headers that the browser sets itself, or that name one request alone. */
export const ofBrowser =
  /^(host|connection|content-length|cookie|origin|referer|user-agent|accept-encoding|accept-language|sec-.*|proxy-.*|upgrade-insecure-requests|cache-control|pragma|if-.*|priority|idempotency-key|service-worker.*|upgrade|(x-)?purpose|dnt)$/i;
/** Headers that say what is asked, and nothing of who asks. */
export const ofRequest =
  /^(accept|content-type|range|prefer|accept-profile|content-profile|x-requested-with|x-http-method-override|x-method-override|rsc|next-.*|hx-.*|turbo-.*|x-inertia.*|apollo-require-preflight|x-apollo-operation-name|graphql-preflight)$/i;

/**
 * The headers of a request as this session would send it: what says who asks is taken from its own last request to the same origin, else from
 * what it was served itself: its token against forged requests, and a key that stands for all to read in what it got.
 */
export function headersFor(session: Session, from: Sent): Record<string, string> {
  const origin = new URL(from.url).origin;
  const all = session.window.traffic(0).filter((r) => !r.socket);
  const mine = all.filter((r) => URL.parse(r.url)?.origin === origin);
  const last = (name: string): string | undefined =>
    mine.findLast((r) => r.headers[name] !== undefined && r.method !== 'OPTIONS')?.headers[name] ??
    (isForgeryToken.test(name) ? forgeryTokenIn(mine) : undefined) ??
    (isServed(from.headers[name]?.split(' ').at(-1) ?? '') ? from.headers[name] : undefined);
  const isServed = (key: string): boolean => key.length > 15 && all.some((r) => r.answer.includes(key));
  return Object.fromEntries(
    Object.entries(from.headers).flatMap(([name, value]): [string, string][] => {
      if (ofBrowser.test(name)) return [];
      if (ofRequest.test(name)) return [[name, value]];
      const theirs = last(name);
      return theirs === undefined ? [] : [[name, theirs]];
    }),
  );
}

/** Names of what keeps forged requests out, as header, cookie or field. */
export const isForgeryToken = /csrf|xsrf|authenticity_token|requestverificationtoken|^_token$/i;

/** The token against forged requests that a browser with this traffic has, in a cookie or on its page; the last that it got. */
export function forgeryTokenIn(traffic: readonly Sent[]): string | undefined {
  for (const { headers, answer, answerHeaders } of traffic.toReversed()) {
    const cookies = `${answerHeaders['set-cookie'] ?? ''}\n${(headers['cookie'] ?? '').replace(/; /g, '\n')}`;
    const cookie = [...cookies.matchAll(/(?:^|\n|, )([\w-]+)=([^;,\n]+)/g)].find(([, name = '']) =>
      isForgeryToken.test(name),
    );
    if (cookie?.[2]) return decoded(cookie[2]);
    const [tag] = /<meta[^>]+name=["']?[\w-]*(?:csrf|xsrf)[\w-]*["']?[^>]*>/i.exec(answer) ?? [];
    const content = tag && /content=["']?([^"'>\s]+)/i.exec(tag)?.[1];
    if (content) return content;
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export interface Asked {
  /** As the page saw it at the end of all redirects; 0 where no answer came. */
  readonly status: number;
  readonly body: string;
  /** All that passed the relay for it, redirects too: a page does not see what a redirect carries, whoever asks by hand does. */
  readonly exchanges: readonly Sent[];
  readonly evidence: EvidenceId;
}

/** Asks it in the session's page, which stands on the app; `change` replaces its address, body or method. */
export async function ask(
  context: Pick<Context, 'clock' | 'journal'>,
  session: Session,
  from: Sent,
  change: { method?: string; url?: string; body?: string; tab?: Tab } = {},
): Promise<Asked> {
  const { method = from.method, url = from.url, body = from.body, tab = session.window.first } = change;
  const since = context.clock.now();
  const answer = await tab.fetch({
    method,
    url,
    headers: headersFor(session, from),
    ...(body && method !== 'GET' && method !== 'HEAD' ? { body } : {}),
  });
  const passed = session.window.traffic(since).filter((r) => !r.socket && r.method !== 'OPTIONS');
  // What the browser kept by itself is answered with it, though nothing of it passed (304, or no request at all).
  const kept = answer.status > 0 && !passed.some((r) => r.answer);
  const exchanges = kept
    ? [...passed, { ...from, method, url, body, status: answer.status, answer: answer.body }]
    : passed;
  const evidence = context.journal.note({
    kind: 'exchange',
    who: session.who,
    says: `${session.who} asked ${method} ${url}: ${answer.error ?? `answered ${answer.status}`}`,
    data: { ...(body ? { body: body.slice(0, 1000) } : {}), answer: answer.body.slice(0, 1000) },
  });
  return { status: answer.status, body: answer.body, exchanges, evidence };
}

/** Of all that was answered the exchange that carries the mark without having been told it; undefined where none does. */
export const carrying = (exchanges: readonly Sent[], mark: Mark): Sent | undefined =>
  exchanges.find((r) => holds(r.answer, mark) && !holds(r.url, mark) && !holds(r.body, mark));

/** The reads of this session that carried the mark since the time (epoch ms), each once: documents, and what its pages fetched. */
export function readsOf(session: Session, mark: Mark, since: number): Sent[] {
  const found = new Map<string, Sent>();
  for (const r of session.window.traffic(since))
    if (
      !r.socket &&
      r.kind !== 'script' &&
      (r.method === 'GET' || asksOnly(r)) &&
      (r.status ?? 0) < 400 &&
      carrying([r], mark)
    )
      found.set(`${r.method} ${r.url} ${r.body}`, r);
  return [...found.values()];
}

/** Addresses that hold who asks. */
const holdsSession = /[?&](\w*token|auth|jwt|api_?key|key|sid|session\w*|sig|signature|x-amz-\w+)=/i;

/** Can another ask it as well? Not with a key of the first one's own in its address; and a stream has no end that could be waited for. */
export const isAskable = ({ url, answerHeaders }: Sent): boolean =>
  !holdsSession.test(url) && !/event-stream/.test(answerHeaders['content-type'] ?? '');
