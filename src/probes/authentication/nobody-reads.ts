/** What A read that carries A's mark, asked again as nobody; and the places of the record, opened by nobody. */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Facts, Place } from '../../model/facts.ts';
import { asksOnly } from '../../model/graphql.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { locate } from '../../model/match.ts';
import { openPlace } from '../../model/place.ts';
import type { Intent } from '../../model/run.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { ask, carrying, readsOf } from '../_shared/asking.ts';
import { cite } from '../_shared/ground.ts';
import { cannotBeGuessed } from '../_shared/keys.ts';
import { evidenceId } from '../_shared/observed.ts';
import type { Elsewhere } from './nobody-elsewhere.ts';

/** Reads that are asked again, at most, and places that are opened. */
const [mostReads, mostPlaces] = [5, 3];

export const readings = z.object({
  reads: z.array(
    z.object({
      /** Method and address. */
      what: z.string(),
      /** Its address holds what cannot be guessed. */
      keyed: z.boolean(),
      /** A's own, asked the same way, carries the mark. */
      control: z.boolean(),
      nobody: z.enum(['carries', 'lacks', 'no answer']),
      /** What carried it, where that was no plain answer. */
      by: z.string(),
      evidence: evidenceId,
      honest: evidenceId,
    }),
  ),
  places: z.array(
    z.object({
      url: z.string(),
      keyed: z.boolean(),
      opened: z.boolean(),
      /** Led elsewhere, or to the door. */
      away: z.boolean(),
      /** The page shows the mark. */
      shown: z.boolean(),
      /** And what a member does there. */
      asMember: z.boolean(),
      /** What it was answered on the way, with the mark. */
      carried: z.string().optional(),
      evidence: evidenceId,
    }),
  ),
});
export type Readings = z.infer<typeof readings>;

/** Addresses that hold who asks: A's own key would go along. */
const holdsSession = /[?&](\w*token|auth|jwt|api_?key|key|sid|session\w*|sig|signature|x-amz-\w+)=/i;

/** Not with a key of A's own in its address; and a stream has no end that could be waited for. */
export const isAskable = ({ url, answerHeaders }: Sent): boolean =>
  !holdsSession.test(url) && !/event-stream/.test(answerHeaders['content-type'] ?? '');

export function readsToAsk(session: Session, mark: Mark, since: number): Sent[] {
  const pattern = (r: Sent): string => `${r.method} ${r.url.replace(/\d+/g, '#')} ${r.body.length}`;
  const found = readsOf(session, mark, since).filter(isAskable);
  return [...new Map(found.map((r) => [pattern(r), r])).values()].slice(-mostReads);
}

export async function askReads(
  context: Context,
  nobody: Session,
  reads: readonly Sent[],
  mark: Mark,
): Promise<Readings['reads']> {
  const asked: Readings['reads'] = [];
  for (const read of reads) {
    const honest = await ask(context, context.actors.A, read);
    const theirs = await ask(context, nobody, read);
    const leak = carrying(theirs.exchanges, mark);
    asked.push({
      what: `${read.method} ${read.url}`,
      keyed: isKeyed(read, mark),
      control: carrying(honest.exchanges, mark) !== undefined,
      nobody: leak ? 'carries' : theirs.status || theirs.exchanges.length ? 'lacks' : 'no answer',
      by: leak && (leak.status ?? 0) >= 300 ? `the ${leak.status}${toward(leak)}` : '',
      evidence: theirs.evidence,
      honest: honest.evidence,
    });
  }
  return asked;
}

const toward = ({ answerHeaders }: Sent): string => {
  const to = answerHeaders['location'];
  return to ? ` to ${to.slice(0, 100)}` : '';
};

export async function openPlaces(
  { clock, facts }: Context,
  nobody: Session,
  places: readonly Place[],
  mark: Mark,
): Promise<Readings['places']> {
  const tab = nobody.window.first;
  const opened: Readings['places'] = [];
  for (const place of places.filter(({ url }) => !holds(url, mark)).slice(0, mostPlaces)) {
    const since = clock.now();
    const { status } = await openPlace(tab, place);
    const view = await tab.view();
    const shown = (await tab.find([mark])).shown.includes(mark);
    const carried = carrying(nobody.window.traffic(since), mark);
    const signs = facts.record?.signs ?? [];
    opened.push({
      url: place.url,
      keyed: isKeyed({ url: place.url, body: '', method: 'GET' }, mark),
      opened: !tab.browserError && status !== 429,
      away: pathOf(tab.url) !== pathOf(place.url) || view.controls.some((c) => c.type === 'password'),
      shown,
      asMember: signs.length > 0 && signs.filter((sign) => locate(view, sign)).length * 2 >= signs.length,
      ...(carried && (carried.status ?? 0) >= 300 ? { carried: `the ${carried.status}${toward(carried)}` } : {}),
      ...(carried && (carried.status ?? 0) < 300 ? { carried: `${carried.method} ${carried.url}` } : {}),
      evidence: await tab.screen(`nobody opened ${place.url}: ${shown ? 'it shows' : 'no sight of'} ${mark}`),
    });
  }
  return opened;
}

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '').replace(/\/?(\?.*)?$/, '');

/** Does its address, or a variable of its query, hold a part that cannot be guessed? */
function isKeyed({ url, body, method }: Pick<Sent, 'url' | 'body' | 'method'>, mark: Mark): boolean {
  const variables = asksOnly({ method, body }) ? (/"variables"\s*:\s*(\{.*?\})/.exec(body)?.[1] ?? '') : '';
  return `${url.replace(/^https?:\/\/[^/]+/, '')}/${variables}`
    .split(/[^\w-]+/)
    .some((part) => !holds(part, mark) && cannotBeGuessed(part));
}

export interface SeenByNobody extends Readings {
  readonly mark: Mark;
  readonly where: string;
  readonly walk: {
    readonly pages: readonly string[];
    readonly shown?: { readonly url: string; readonly evidence: `e${number}` } | undefined;
    readonly handed?: string | undefined;
    readonly evidence: `e${number}`;
  };
  readonly elsewhere: readonly Elsewhere[];
  /** Nobody wrote as A does. */
  readonly wrote: boolean;
  readonly reproduce: string;
  readonly reproduceElsewhere: string;
}
const claim = 'authentication/private-data-needs-a-session';
const askRecords = '--intent records=private|shared|public';

/** Pure: what nobody was told, held against what nobody's own walk shows. */
export function judgeReads(o: SeenByNobody, facts: Facts, { records }: Intent): Verdict {
  const { walk, mark } = o;
  const meant = records === 'private' || records === 'shared';
  const reads = o.reads.filter((r) => r.nobody === 'carries');
  const places = o.places.filter((p) => p.shown || p.carried);
  const blame = (because: string): Verdict =>
    fail(claim, {
      where: o.where,
      because,
      wrongIf: 'it is public on purpose, and nothing that nobody meets on a walk from the first page leads there',
      evidence: cite(
        ...reads.flatMap((r) => [r.honest, r.evidence]),
        ...places.map((p) => p.evidence),
        walk.shown?.evidence,
        walk.evidence,
      ),
      reproduce: o.reproduce,
    });
  const others = o.elsewhere.find((e) => e.leaked && e.control);
  if (others && !(reads.length || places.length) && records !== 'public')
    return fail(claim, {
      where: others.page,
      because: `${others.what}, asked by nobody, answers with e-mail addresses of people that ${others.page} shows A, and nobody not`,
      wrongIf: 'who they are is public on purpose, and nothing that nobody meets on a walk from the first page says so',
      evidence: cite(others.honest, others.evidence, walk.evidence),
      reproduce: o.reproduceElsewhere,
    });
  const guarded = o.elsewhere.filter((e) => e.control && !e.leaked);
  if (walk.shown) {
    if (meant)
      return blame(`nobody's own walk shows ${mark} at ${walk.shown.url}, and records are meant to be ${records}`);
    if (guarded.length)
      return pass(
        `what A writes is public by design (${walk.shown.url} shows it to nobody), and what ${guarded[0]?.page} shows A of other people is kept from nobody`,
        cite(walk.shown.evidence, ...guarded.flatMap((e) => [e.honest, e.evidence])),
      );
    return notApplicable(
      `what A writes is public by design: nobody's own walk shows it at ${walk.shown.url}`,
      cite(walk.shown.evidence),
    );
  }
  if (!reads.length && !places.length) {
    const shown = o.reads.filter((r) => r.control && r.nobody === 'lacks');
    if (!shown.length)
      return o.reads.some((r) => r.control)
        ? unknown('could-not-look', "nobody's browser got no answer to what A reads", undefined, [walk.evidence])
        : unknown(
            'control-failed',
            'no read that carried what A wrote could be asked again by A itself',
            undefined,
            o.reads.map((r) => r.honest),
          );
    const open = o.places.filter((p) => p.opened);
    return pass(
      `${shown.length} ${shown.length === 1 ? 'read that carries' : 'reads that carry'} ${mark} for A ${shown.length === 1 ? 'was' : 'were'} asked again as nobody${open.length ? ` and ${open.length} ${open.length === 1 ? 'page was' : 'pages were'} opened` : ''}: no answer holds it`,
      cite(...shown.flatMap((r) => [r.honest, r.evidence]), ...open.map((p) => p.evidence)),
    );
  }
  if (records === 'public')
    return notApplicable(
      'records are meant to be public (records: public)',
      cite(...reads.map((r) => r.evidence), ...places.map((p) => p.evidence)),
    );
  const away = o.places.length > 0 && o.places.every((p) => p.away);
  const open = (because: string): Verdict =>
    unknown('intent', because, askRecords, [...reads.map((r) => r.evidence), ...places.map((p) => p.evidence)]);
  if (!meant) {
    const page = o.places.find((p) => p.shown && !p.away && !p.asMember);
    if (page)
      return open(
        `${page.url} shows nobody what A wrote, and nothing that a member does: whether it is a public page, only its owner can say`,
      );
    if (!away && [...reads, ...places].every((one) => one.keyed))
      return open(
        `nobody gets what A wrote by an address that cannot be guessed (${reads[0]?.what ?? places[0]?.url}): a key that may be handed on, or a check that is missing`,
      );
    if (!away && walk.handed !== undefined)
      return open(
        `pages of nobody's own walk are handed what A wrote (${walk.handed}) and do not show it: whether it is public, only its owner can say`,
      );
    const all = o.reads.filter((r) => r.control);
    if (facts.kind === 'api' && !o.wrote && reads.length >= all.length)
      return open(
        'all that A reads of it is read by nobody, too, who cannot write: whether it is public, only its owner can say',
      );
  }
  const [read] = reads;
  const [place] = places;
  const turned = away ? ', though the page turns nobody away' : '';
  if (read)
    return blame(
      read.by
        ? `${read.what}, asked by nobody, leads away, and ${read.by} still carries what A wrote (${mark})`
        : `${read.what}, asked by nobody, answers with what A wrote (${mark})${turned}`,
    );
  return blame(
    place?.shown
      ? `${place.url}, opened by nobody, shows what A wrote (${mark})`
      : `${place?.url}, opened by nobody, is answered with what A wrote (${mark}): ${place?.carried}`,
  );
}
