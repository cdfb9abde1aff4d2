/** What A read that carries A's mark, asked again as nobody; and the places of the record, opened by nobody. */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Place } from '../../model/facts.ts';
import { asksOnly } from '../../model/graphql.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { locate } from '../../model/match.ts';
import { openPlace } from '../../model/place.ts';
import { ask, carrying, isAskable, readsOf } from '../_shared/asking.ts';
import { cannotBeGuessed } from '../_shared/keys.ts';
import { evidenceId } from '../_shared/observed.ts';

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
      nobody: leak
        ? 'carries'
        : theirs.status !== 429 && (theirs.status || theirs.exchanges.length)
          ? 'lacks'
          : 'no answer',
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
