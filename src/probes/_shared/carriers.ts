/**
 * Which cookie or header carries the session: a read that brought a mark of ours is sent again by hand, as it was sent, and then without each of
 * its cookies and headers in turn. Where the mark stays away, that one carries it. Control: sent as it was, it brings the mark, before and after.
 * Where our record is told to whoever asks, another read serves that tells A a word each time, and nobody.
 */
import { jwtIn } from '../../lib/jwt.ts';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session, WireRequest } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import type { Facts } from '../../model/facts.ts';
import { holds } from '../../model/mark.ts';
import { readsOf } from './asking.ts';
import { plant } from './ground.ts';
import { replayed } from './replay.ts';
import { type Carrier, current, jwtOf, lessen, partsOf } from './request-parts.ts';

export interface Carried {
  readonly session: Session;
  /** As the page sent it last. */
  readonly read: WireRequest;
  /** The answer brings what takes the session: the mark of a record of ours, else what A is told and nobody. `status`: 200 where it is not known. */
  brings(body: string, status?: number): boolean;
  /** What that is, in words. */
  readonly what: string;
  /** Path of the read, where it brings no mark of ours. */
  readonly path?: string;
  /** Lets the page send the read anew, which may get new tokens for it. */
  again(): Promise<void>;
  /** All of them are needed, or, with `enough`, each alone is enough. */
  readonly carriers: readonly Carrier[];
  readonly enough: boolean;
  readonly evidence: readonly EvidenceId[];
}
type Read = Pick<Carried, 'session' | 'read' | 'brings' | 'what' | 'path' | 'again'>;

/**
 * `open`: what it reads is brought with nothing that would say who asks. `silent`: nothing that its pages sent says who asks. `lacking`: why
 * nothing can be said.
 */
export type Search =
  | { readonly found: Carried }
  | { readonly open: string; readonly evidence: readonly EvidenceId[] }
  | { readonly silent: string; readonly evidence: readonly EvidenceId[] }
  | { readonly lacking: string; readonly evidence: readonly EvidenceId[] };

type Asking = Pick<Context, 'wire' | 'clock'>;

/** Sends it by hand; `yes` where the answer brings what was asked for. Where it is asked to slow down it waits, once. */
export async function tells(
  { wire, clock }: Asking,
  request: WireRequest,
  { brings }: Pick<Carried, 'brings'>,
): Promise<{ readonly yes: boolean; readonly status: number; readonly evidence: EvidenceId }> {
  let answer = await wire.send(request);
  if (answer.status === 429) {
    await clock.sleep(2000);
    answer = await wire.send(request);
  }
  return { yes: brings(answer.body, answer.status), status: answer.status, evidence: answer.evidence };
}

/** Plants a mark in this session, where there is a record, and finds what carries it; else what carries anything else that A alone is told. */
export async function carriersOf(context: Context, session: Session): Promise<Search> {
  const { record } = context.facts;
  const byMark = record && record.kind !== 'echo' ? await ofRecord(context, session) : undefined;
  if (byMark && 'found' in byMark) return byMark;
  const evidence = [...(byMark?.evidence ?? [])];
  const { email = '', username = '' } = context.actors.account;
  for (const sent of candidates(session, [email, username])) {
    const found = await toldApart(context, session, sent);
    if (!found) continue;
    const search = await carriersIn(context, found, evidence);
    if ('found' in search) return search;
  }
  const silent = (!byMark || 'lacking' in byMark) && silence(context.facts, session.window.traffic(0));
  if (silent) return { silent, evidence: evidence.length ? evidence : context.facts.evidence };
  return byMark ?? { lacking: 'nothing was found that A is told and nobody is', evidence: context.facts.evidence };
}

async function ofRecord(context: Context, session: Session): Promise<Search> {
  // The page may have read it right after it was saved, and be told later that nothing has changed (304).
  const since = context.clock.now();
  const { mark, outcome, places } = await plant(context, session);
  const seen = await session.look(mark, 'seen', { places });
  const evidence: EvidenceId[] = [outcome.evidence, seen.evidence];
  if (seen.seen !== 'yes') return { lacking: `the record was not seen before: ${seen.because}`, evidence };
  const sent = readsOf(session, mark, since).at(-1);
  if (!sent) return { lacking: 'no request of the page brought the record by itself (a socket may have)', evidence };
  const read: Read = {
    session,
    read: heldBack(context, sent),
    brings: (body) => holds(body, mark) !== undefined,
    what: 'the record',
    again: async () => void (await session.look(mark, 'seen', { places, within: 5000 })),
  };
  return carriersIn(context, read, evidence);
}

/** In words, that no request of its pages holds a cookie, a token or a header of its own; undefined where one does, or a socket may. */
export function silence({ door }: Pick<Facts, 'door'>, traffic: readonly Sent[]): string | undefined {
  // What goes by a socket may say who one is, in its own words; where a name alone lets in, it says the name.
  if (door.kind !== 'name' && traffic.some((r) => r.socket)) return undefined;
  const tells = (r: Sent): boolean =>
    partsOf(r).some(({ kind, value }) => kind !== 'query' || jwtIn(value)) ||
    jwtIn(`${r.body} ${r.answer}`) !== undefined;
  if (traffic.some(tells)) return undefined;
  return `none of the ${traffic.length} requests of its pages holds a cookie, a token or a header that would say who asks`;
}

/** Leaves out each part in turn. */
async function carriersIn(context: Context, first: Read, evidence: EvidenceId[]): Promise<Search> {
  let { read } = first;
  const ask = async (request: WireRequest): Promise<boolean> => {
    const told = await tells(context, request, first);
    evidence.push(told.evidence);
    return told.yes;
  };
  /** The honest one, renewed by its page where it must be. */
  const honest = async (): Promise<boolean> => {
    if (await ask(read)) return true;
    read = (await readAnew(context, { ...first, read })) ?? read;
    return ask(read);
  };
  if (!(await honest()) || !(await ask(read)))
    return { lacking: `sent by hand, a read did not bring ${first.what}, which it brought the page`, evidence };
  const parts = partsOf(read);
  const without = (left: readonly Carrier[]): Promise<boolean> => ask(lessen(read, left));
  if (await without(parts)) return { open: read.url, evidence };
  const needed: Carrier[] = [];
  for (const part of parts) if (!(await without([part]))) needed.push(part);
  const enough: Carrier[] = [];
  if (!needed.length)
    for (const part of parts) if (await without(parts.filter((other) => other !== part))) enough.push(part);
  if (!(await honest())) return { lacking: 'the session did not outlast the trial of what carries it', evidence };
  const carriers = current(read, needed.length ? needed : enough);
  if (!carriers.length) return { lacking: 'no single cookie or header was found that carries the session', evidence };
  const named = carriers.map(({ kind, name }) => `the ${kind} ${name}`).join(needed.length ? ' and ' : ' or ');
  const says = `${first.what} is read by ${named}: without it, it is not told`;
  evidence.push(context.journal.note({ kind: 'note', who: first.session.who, says }));
  return { found: { ...first, read, carriers, enough: !needed.length, evidence } };
}

/** The same read as the page sends it now: what carries the session may have been renewed. Undefined where the page did not send it. */
export async function readAnew(context: Context, { session, read, again }: Read): Promise<WireRequest | undefined> {
  const since = context.clock.now();
  await again();
  const sent = session.window
    .traffic(since)
    .findLast(
      (r) =>
        !r.socket &&
        r.method === read.method &&
        r.url === read.url &&
        r.body === (read.body ?? '') &&
        (r.status ?? 0) < 400,
    );
  return sent && heldBack(context, sent);
}

/** Other reads that are tried. */
const most = 8;
/** Where one asks who one is. */
const self = /\b(me|self|who-?am-?i|profile|account|user(-?info)?|session|current)\b/i;

/** Other reads of the session's pages, each once: those that tell its user's own names first, then what its pages fetched, the newest first, then the pages. */
export function candidates({ window }: Pick<Session, 'window'>, names: readonly string[]): Sent[] {
  const reads = window
    .traffic(0)
    .filter((r) => !r.socket && r.method === 'GET' && r.status === 200 && r.answer && /^(fetch|document)$/.test(r.kind))
    .filter(({ url }) => !/[?&]EIO=\d/.test(url));
  // The last of each: before the log-in it may have told less.
  const once = new Map(reads.map((r) => [r.url, r]));
  const rank = (r: Sent): number =>
    names.some((name) => name.length > 3 && r.answer.includes(name))
      ? 0
      : r.kind === 'document'
        ? 3
        : self.test(new URL(r.url).pathname)
          ? 1
          : 2;
  return [...once.values()]
    .reverse()
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, most);
}

const ofRefusals = /^(success|status|message|errors?|result|detail|reason|statusCode|timestamp)$/i;

/** What this read tells A each time, and not whoever asks with nothing that says who; undefined where it tells both the same. */
async function toldApart(context: Context, session: Session, sent: Sent): Promise<Read | undefined> {
  const read = heldBack(context, sent);
  const answers: string[] = [];
  for (const request of [read, read, lessen(read, partsOf(read))])
    answers.push((await context.wire.send(request)).body);
  const [once = '', twice = '', nobody = ''] = answers;
  const told = [...new Set(once.match(/[\p{L}\p{N}@._-]{6,}/gu) ?? [])];
  const alone = told.filter((one) => twice.includes(one) && sent.answer.includes(one) && !nobody.includes(one));
  // What a member is called may stand in a refusal, too.
  const word = alone.find((one) => !once.includes(`"${one}":`)) ?? alone.find((one) => !ofRefusals.test(one));
  if (word === undefined) return undefined;
  return {
    session,
    read,
    brings: (body, status = 200) => status < 400 && body.includes(word),
    what: `what ${new URL(sent.url).pathname} tells A alone`,
    path: sent.url.slice(new URL(sent.url).origin.length),
    again: () => session.window.first.reload(),
  };
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

/** Carriers without a signed token that stands for everybody: the key of a hosted backend, which its scripts name. */
export const ofUser = ({ carriers, session }: Pick<Carried, 'carriers' | 'session'>): Carrier[] =>
  carriers.filter(({ value }) => {
    const jwt = jwtOf(value);
    return (
      !jwt ||
      (jwt.payload['role'] !== 'anon' &&
        !session.window.traffic(0).some((r) => r.kind === 'script' && r.answer.includes(jwt.text)))
    );
  });
