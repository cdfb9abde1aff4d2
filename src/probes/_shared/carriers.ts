/**
 * Which cookie or header carries the session: a read that brought a mark of ours is sent again by hand, as it was sent, and then without each of
 * its cookies and headers in turn. Where the mark stays away, that one carries it. Control: sent as it was, it brings the mark, before and after.
 */
import { type Jwt, jwtIn } from '../../lib/jwt.ts';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session, WireRequest } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import type { Place } from '../../model/facts.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { ofBrowser, ofRequest, readsOf } from './asking.ts';
import { plant } from './ground.ts';
import { replayed } from './replay.ts';

export interface Carrier {
  readonly kind: 'cookie' | 'header' | 'query';
  readonly name: string;
  /** As it was sent. Never to be written down. */
  readonly value: string;
}

export interface Carried {
  readonly session: Session;
  readonly mark: Mark;
  readonly places: readonly Place[];
  /** As the page sent it last. */
  readonly read: WireRequest;
  /** All of them are needed, or, with `enough`, each alone is enough. */
  readonly carriers: readonly Carrier[];
  readonly enough: boolean;
  readonly evidence: readonly EvidenceId[];
}

/** `open`: the read brings the mark with nothing that would say who asks. `lacking`: why nothing can be said. */
export type Search =
  | { readonly found: Carried }
  | { readonly open: string; readonly evidence: readonly EvidenceId[] }
  | { readonly lacking: string; readonly evidence: readonly EvidenceId[] };

type Asking = Pick<Context, 'wire' | 'clock'>;

/** Sends it by hand; `yes` where the answer holds the mark. Where it is asked to slow down it waits, once. */
export async function tells(
  { wire, clock }: Asking,
  request: WireRequest,
  mark: Mark,
): Promise<{ readonly yes: boolean; readonly status: number; readonly body: string; readonly evidence: EvidenceId }> {
  let answer = await wire.send(request);
  if (answer.status === 429) {
    await clock.sleep(2000);
    answer = await wire.send(request);
  }
  return {
    yes: holds(answer.body, mark) !== undefined,
    status: answer.status,
    body: answer.body,
    evidence: answer.evidence,
  };
}

/** Plants a mark in this session and finds what carries it. Throws where there is no way to write a record. */
export async function carriersOf(context: Context, session: Session): Promise<Search> {
  // The page may have read it right after it was saved, and be told later that nothing has changed (304).
  const since = context.clock.now();
  const { mark, outcome, places } = await plant(context, session);
  const seen = await session.look(mark, 'seen', { places });
  const evidence: EvidenceId[] = [outcome.evidence, seen.evidence];
  if (seen.seen !== 'yes') return { lacking: `the record was not seen before: ${seen.because}`, evidence };
  const sent = readsOf(session, mark, since).at(-1);
  if (!sent) return { lacking: 'no request of the page brought the record by itself (a socket may have)', evidence };
  let read = heldBack(context, sent);
  const honest = async (): Promise<boolean> => {
    const told = await tells(context, read, mark);
    evidence.push(told.evidence);
    return told.yes;
  };
  if (!(await honest())) {
    read = (await readAnew(context, session, { mark, places, read })) ?? read;
    if (!(await honest()))
      return { lacking: 'sent by hand, the read did not bring what it brought the page', evidence };
  }
  if (!(await honest())) return { lacking: 'sent by hand twice, the read did not bring the record twice', evidence };
  const parts = partsOf(read);
  const without = async (left: readonly Carrier[]): Promise<boolean> => {
    const told = await tells(context, lessen(read, left), mark);
    evidence.push(told.evidence);
    return told.yes;
  };
  if (await without(parts)) return { open: read.url, evidence };
  const needed: Carrier[] = [];
  for (const part of parts) if (!(await without([part]))) needed.push(part);
  const enough: Carrier[] = [];
  if (!needed.length)
    for (const part of parts) if (await without(parts.filter((other) => other !== part))) enough.push(part);
  if (!(await honest())) {
    read = (await readAnew(context, session, { mark, places, read })) ?? read;
    if (!(await honest())) return { lacking: 'the session did not outlast the trial of what carries it', evidence };
  }
  const carriers = current(read, needed.length ? needed : enough);
  if (!carriers.length) return { lacking: 'no single cookie or header was found that carries the session', evidence };
  const named = carriers.map(({ kind, name }) => `the ${kind} ${name}`).join(needed.length ? ' and ' : ' or ');
  evidence.push(
    context.journal.note({ kind: 'note', who: session.who, says: `the session is carried by ${named}`, data: {} }),
  );
  return { found: { session, mark, places, read, carriers, enough: !needed.length, evidence } };
}

/** The same read as the page sends it now: what carries the session may have been renewed. Undefined where it no longer brings the mark. */
export async function readAnew(
  context: Context,
  session: Session,
  { mark, places, read }: Pick<Carried, 'mark' | 'places' | 'read'>,
): Promise<WireRequest | undefined> {
  const since = context.clock.now();
  await session.look(mark, 'seen', { places, within: 5000 });
  const same = (r: Sent): boolean =>
    !r.socket &&
    r.method === read.method &&
    r.url === read.url &&
    r.body === (read.body ?? '') &&
    (r.status ?? 0) < 400;
  const sent = session.window.traffic(since).findLast(same) ?? readsOf(session, mark, since).at(-1);
  return sent && heldBack(context, sent);
}

/** What of it says who asks is from now on written nowhere. */
function heldBack({ journal }: Pick<Context, 'journal'>, sent: Sent): WireRequest {
  const read = replayed(sent, sent.body);
  if (!sent.body) delete read.headers?.['content-length'];
  for (const { value } of partsOf(read)) {
    const bare = value.replace(/^\w+ +/, '');
    for (const secret of [bare, jwtOf(value)?.text]) if (secret && secret.length >= 12) journal.hide(secret);
  }
  return read;
}

const named = /token|key|sess|\bsid\b|auth|jwt/i;

/** All that might say who asks. */
function partsOf({ url, headers = {} }: WireRequest): Carrier[] {
  const cookies = cookiesOf(headers['cookie']).map(([name, value]): Carrier => ({ kind: 'cookie', name, value }));
  const others = Object.entries(headers).flatMap(([name, value]): Carrier[] =>
    ofBrowser.test(name) || ofRequest.test(name) ? [] : [{ kind: 'header', name, value }],
  );
  const query = [...new URL(url).searchParams].flatMap(([name, value]): Carrier[] =>
    value.length > 11 && (named.test(name) || jwtIn(value)) ? [{ kind: 'query', name, value }] : [],
  );
  return [...cookies, ...others, ...query];
}

/** These carriers with the values that this request holds. */
export const current = (read: WireRequest, carriers: readonly Carrier[]): Carrier[] =>
  partsOf(read).filter((part) => carriers.some(({ kind, name }) => kind === part.kind && name === part.name));

/** The request without these parts. */
const lessen = (request: WireRequest, parts: readonly Carrier[]): WireRequest =>
  parts.reduce((less, part) => instead(less, part, undefined), request);

/** The request with another value for this part; without it where that is undefined. */
export function instead(request: WireRequest, { kind, name }: Carrier, value: string | undefined): WireRequest {
  if (kind === 'query') {
    const url = new URL(request.url);
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
    return { ...request, url: url.href };
  }
  const { [kind === 'header' ? name : 'cookie']: before, ...headers } = request.headers ?? {};
  if (kind === 'header')
    return { ...request, headers: { ...headers, ...(value === undefined ? {} : { [name]: value }) } };
  const cookies = cookiesOf(before).flatMap(([key, old]) =>
    key !== name ? [`${key}=${old}`] : value === undefined ? [] : [`${key}=${value}`],
  );
  return { ...request, headers: { ...headers, ...(cookies.length ? { cookie: cookies.join('; ') } : {}) } };
}

/** Of a Cookie header; values may hold “=”. */
export const cookiesOf = (header: string | undefined): [string, string][] =>
  (header ?? '').split(';').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=');
    return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
  });

/** The token in what carries the session, where it is a signed one; a cookie may hold it percent-encoded. */
export function jwtOf(value: string): Jwt | undefined {
  const plain = jwtIn(value);
  if (plain || !value.includes('%')) return plain;
  try {
    return jwtIn(decodeURIComponent(value));
  } catch {
    return undefined;
  }
}
