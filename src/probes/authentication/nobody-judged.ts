/** What nobody was told and did, held against what A saw and what nobody's own walk shows. Pure. */
import type { Facts } from '../../model/facts.ts';
import type { Mark } from '../../model/mark.ts';
import type { Intent } from '../../model/run.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite } from '../_shared/ground.ts';
import type { Door } from './nobody-doors.ts';
import type { Elsewhere } from './nobody-elsewhere.ts';
import type { Readings } from './nobody-reads.ts';
import type { Writing } from './nobody-writes.ts';

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
const reading = 'authentication/private-data-needs-a-session';
const askRecords = '--intent records=private|shared|public';

/** Pure: what nobody was told, held against what nobody's own walk shows. */
export function judgeReads(o: SeenByNobody, facts: Facts, { records }: Intent): Verdict {
  const { walk, mark } = o;
  const meant = records === 'private' || records === 'shared';
  const reads = o.reads.filter((r) => r.nobody === 'carries');
  const places = o.places.filter((p) => p.shown || p.carried);
  const blame = (because: string): Verdict =>
    fail(reading, {
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
    return fail(reading, {
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

const writes = 'authentication/writes-need-a-session';
const doing = { create: 'creates', edit: 'edits', delete: 'deletes' } as const;
const did = {
  create: 'A reads what nobody wrote',
  edit: 'A reads what nobody put in its place',
  delete: 'A does not find it any more',
};

/** Pure: what A saw of what nobody sent. */
export function judgeWrites(o: {
  readonly writes: readonly Writing[];
  /** As nobody opened them. */
  readonly places: readonly { readonly shown: boolean; readonly away: boolean }[];
  readonly doors: readonly Door[];
  readonly socket: boolean;
  readonly where: string;
  readonly reproduce: string;
}): Verdict {
  const done = o.writes.filter((w) => w.done && !w.offered);
  const [worst] = done;
  if (worst && done.every((w) => w.keyed) && o.places.some((p) => p.shown && !p.away))
    return unknown(
      'intent',
      `${worst.request}, whose address cannot be guessed, is taken from nobody, to whom the page opens as well: a key that may be handed on, or a check that is missing`,
      '--intent login=required|open',
      done.flatMap((w) => [w.evidence, w.honest]),
    );
  if (worst)
    return fail(writes, {
      where: o.where,
      because: `${worst.request}, sent by nobody, ${doing[worst.what]} a record of A: ${did[worst.what]}${
        done.length > 1
          ? ` (and so does ${done
              .slice(1)
              .map((w) => w.request)
              .join(', ')})`
          : ''
      }`,
      wrongIf: 'anyone may write it on purpose, and nothing that nobody meets on a walk from the first page offers it',
      evidence: cite(...done.flatMap((w) => [w.evidence, w.honest])),
      reproduce: o.reproduce,
    });
  const shown = o.writes.filter((w) => w.control && w.status > 0 && w.status !== 429);
  const offered = o.writes.filter((w) => w.offered);
  const evidence = (of: readonly Writing[]) => cite(...of.flatMap((w) => [w.evidence, w.honest]));
  if (shown.some((w) => !w.offered)) {
    const says = `${list(shown.filter((w) => !w.offered).map((w) => `${w.what} (${w.request}, answered ${w.status})`))}: sent by nobody it changed nothing that A reads, sent by A it did`;
    const [door] = o.doors;
    if (door)
      return unknown(
        'needs-more',
        `${door.request}, for a record that does not exist, answers nobody as it answers A (${door.status}): it looks for the record before it asks who wants it, if it asks at all. Elsewhere, ${says}`,
        'a look at its handler: does it ask for a session?',
        o.doors.flatMap((d) => [d.honest, d.evidence]),
      );
    return pass(says, evidence(shown));
  }
  if (offered.length)
    return notApplicable("nobody's own pages offer to write it: it is open by design", evidence(offered));
  if (o.socket)
    return unknown('needs-more', 'what A writes goes by a socket, which is not tried as nobody', undefined, []);
  if (o.writes.some((w) => w.control))
    return unknown(
      'could-not-look',
      "nobody's browser got no answer to what it sent",
      undefined,
      o.writes.map((w) => w.evidence),
    );
  return unknown(
    'control-failed',
    "A's own write, sent again, was not read back",
    undefined,
    o.writes.map((w) => w.honest),
  );
}

const list = (all: readonly string[]): string => all.join(', ');
