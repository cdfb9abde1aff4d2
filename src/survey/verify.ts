/**
 * The replay control: what was written once is looked for after a fresh load, and written again from a fresh page with a second
 * mark. What it is (kept, held, echo) is decided by what is seen then: of a record both marks stand, of a settings form only the last.
 */
import type { Change } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { Place, RecordFacts } from '../model/facts.ts';
import { holds, type Mark, markFor } from '../model/mark.ts';
import { describe, listOf } from '../model/match.ts';
import { pageThrough } from '../model/paging.ts';
import { openPlace } from '../model/place.ts';
import type { Recipe } from '../model/recipe.ts';
import { isTelemetry } from '../model/said.ts';
import type { SurveyContext } from './context.ts';
import { lookAround, unique } from './look-around.ts';
import { bothInRows, signsOf, successTexts } from './signs.ts';

/** A first mark that was written, by a form that was found or by a recipe of the config. */
export interface Written {
  readonly create: Recipe;
  /** In a sentence: which form on which page. */
  readonly says: string;
  readonly carries: RecordFacts['carries'];
  readonly mark: Mark;
  /** All marks that were typed on the way. */
  readonly marks: readonly Mark[];
  readonly change: Pick<Change, 'before' | 'after' | 'appeared' | 'writes'> & Partial<Pick<Change, 'requests'>>;
  /** Where a fresh load may show it, the likeliest first. */
  readonly places: readonly (string | undefined)[];
  readonly longText?: RecordFacts['longText'];
  /** The answer named what was made by an id or an address of its own. */
  readonly acknowledged?: boolean;
}

/** What a look after the second write settles of the record. */
type Stands = Pick<RecordFacts, 'kind' | 'places' | 'signs'> & { evidence: `e${number}` };

/** The record that was written, or undefined (with the reason in what was tried) where it is none. */
export async function verifyWrite(
  context: SurveyContext,
  session: Session,
  written: Written,
): Promise<RecordFacts | undefined> {
  const { create, carries, mark, longText, says } = written;
  if (isGoTo(written)) {
    context.tried(`${says}: leads to an address of that name, and nothing else was sent`);
    return undefined;
  }
  const first = await session.window.first.find([mark]);
  const began = context.clock.now();
  const candidates = unique([...written.places, context.memory.facts.entry]);
  const seenAt = await lookAround(context, session, written, candidates);
  const delay = context.clock.now() - began;
  context.progress(`${seenAt.length ? 'a record was' : 'nothing was'} seen after a fresh load; writing a second`);

  const second = markFor(context.marks, carries);
  const replay = await session.do(create, { mark: second }, { how: says });
  if (replay.missing || replay.said === 'refused') {
    context.tried(`${says}: worked once, but its replay did not (${replay.because})`);
    return undefined;
  }
  const stands = seenAt.length
    ? await kept(context, session, written, second, { candidates, seenAt, ownUrl: replay.url })
    : written.acknowledged
      ? await phantom(context, session, written, second, candidates)
      : await held(context, session, written, second, first.shown.length > 0 || first.live.length > 0);
  return (
    stands && {
      ...stands,
      create,
      says,
      carries,
      marks: [mark, second],
      ...(longText ? { longText } : {}),
      delay: stands.kind === 'kept' ? delay : 0,
      successTexts: successTexts(written.change, replay.appeared, [mark, second, ...written.marks]),
      evidence: [stands.evidence],
      requests: replay.writes
        .filter((w) => holds(w.body, second) || holds(w.url, second))
        .map((w) => ({ method: w.method, url: w.url, ...(w.socket ? { socket: true } : {}) })),
    }
  );
}

/** A box that one types a name into to go there: what carries the name first is that the page of that address is asked for. */
export function isGoTo({ change, mark }: Pick<Written, 'change' | 'mark'>): boolean {
  const [first] = (change.requests ?? []).filter((r) => holds(r.body, mark) || holds(r.url, mark));
  // Written before it went there, in a form that hides the name.
  if (change.writes.some((w) => !isTelemetry(w) && w.at < (first?.at ?? 0))) return false;
  return first?.kind === 'document' && first.method === 'GET' && holds(new URL(first.url).pathname, mark) !== undefined;
}

/** Both marks stand after fresh loads, in a list or each at an address of its own; else it was a setting. */
async function kept(
  context: SurveyContext,
  session: Session,
  { mark, says, change }: Written,
  second: Mark,
  at: { candidates: readonly string[]; seenAt: readonly Place[]; ownUrl: string },
): Promise<Stands | undefined> {
  const { candidates, seenAt, ownUrl } = at;
  const firstUrl = change.after.url;
  const tab = await session.window.tab();
  const own: Place[] = [];
  const lists: (Place & { plain: boolean })[] = [];
  let signs: RecordFacts['signs'] = [];
  let both = false;
  for (let tries = 0; tries < 5 && !both; tries++) {
    if (tries) await context.clock.sleep(700);
    own.length = 0;
    lists.length = 0;
    for (const place of [...seenAt, ...(seenAt.some((p) => p.url === ownUrl) ? [] : [{ url: ownUrl }])]) {
      const { url } = place;
      await openPlace(tab, place);
      let now = await tab.find([mark, second]);
      if (!now.shown.length && !now.inField.length && (await pageThrough(tab, [mark, second], 4)).size === 2)
        now = { ...now, shown: [mark, second] };
      const view = await tab.view();
      if (now.shown.includes(mark) && now.shown.includes(second)) {
        // An address that lays a form over the list is no place to look at the list.
        const plain = !view.modal && !lists.some((p) => p.plain);
        const list = listOf(view, mark, second);
        const way = 'way' in place ? { way: place.way } : {};
        lists.push({ url, what: 'list', ...way, ...(list ? { list } : {}), plain: !view.modal });
        if (plain || lists.length === 1) signs = signsOf(view, [mark, second]);
        both = true;
      } else if ([...now.shown, ...now.inField].includes(second) && !candidates.slice(1).includes(url))
        own.push({ url, what: 'own' });
    }
    if (!both && ownUrl !== firstUrl && own.length) {
      // No list shows both, but each has an address of its own where it stands.
      await tab.goto(firstUrl);
      const old = await tab.find([mark]);
      if ([...old.shown, ...old.inField].includes(mark)) {
        both = true;
        signs = signsOf(await tab.view(), [mark, second]);
      }
    }
  }
  const evidence = await tab.screen(
    both ? `${mark} and ${second} stand after fresh loads` : `only one of ${mark} and ${second} stands`,
  );
  await tab.close();
  if (both) return { kind: 'kept', places: lists.length ? plainOf(lists) : own, signs, evidence };
  context.tried(`${says}: a second value takes the place of the first, so it is a setting and no record`);
  return undefined;
}

/** Two stand at once as siblings of one template, in one page that was never loaded anew; else it was an echo. */
async function held(
  context: SurveyContext,
  session: Session,
  { create, carries, mark, says, change }: Written,
  second: Mark,
  firstWasShown: boolean,
): Promise<Stands | undefined> {
  const tab = session.window.first;
  const third = markFor(context.marks, carries);
  const again = await session.do(create, { mark: third }, { stayAt: true });
  const now = await tab.find([second, third]);
  let last = await tab.view();
  let siblings = !again.missing && bothInRows(last, second, third);
  // A backend that is played inside the page has its delays too.
  for (let tries = 0; !siblings && !again.missing && now.shown.includes(second) && tries < 2; tries++) {
    await context.clock.sleep(700);
    last = await tab.view();
    siblings = bothInRows(last, second, third);
  }
  if (!siblings && !again.missing) {
    // After a change of route within the page: the list may be elsewhere.
    const link = last.controls.find(
      (c) =>
        c.role === 'link' &&
        c.href &&
        c.region !== 'footer' &&
        new URL(c.href).origin === new URL(last.url).origin &&
        c.href !== last.url &&
        !c.hidden,
    );
    const moved = link ? await tab.act({ do: 'click', on: describe(link, last) }, { control: link }) : undefined;
    if (moved && !('missing' in moved) && bothInRows(moved.after, second, third)) {
      siblings = true;
      last = moved.after;
    }
  }
  const evidence = await tab.screen(
    siblings
      ? `${second} and ${third} stand side by side until the page is loaded anew`
      : `${firstWasShown ? 'an echo' : 'no sight'} of ${mark}`,
  );
  if (siblings)
    return {
      kind: 'held',
      places: unique([last.url, change.before.url]).map((url) => ({ url, what: 'list' })),
      signs: signsOf(last, [second, third]),
      evidence,
    };
  context.tried(
    `${says}: ${now.shown.length || firstWasShown ? 'shown once and gone after a fresh load (an echo)' : 'not seen afterwards'}`,
  );
  return undefined;
}

/** Acknowledged with an id of its own, and neither is to be had when the deadline is over, where the list can be read. */
async function phantom(
  context: SurveyContext,
  session: Session,
  { says, mark }: Written,
  second: Mark,
  candidates: readonly string[],
): Promise<Stands | undefined> {
  const places: Place[] = candidates.slice(0, 1).map((url) => ({ url, what: 'list' }));
  const own = candidates.slice(1).find((url) => url !== context.memory.facts.entry);
  const there = own ? (await session.window.first.fetch({ method: 'GET', url: own })).status : 404;
  if (there !== 404 && there !== 410) {
    context.tried(`${says}: acknowledged and not in its list, and its own address answers ${there}`);
    return undefined;
  }
  const later = await session.look(second, 'seen', { places });
  const { seen, evidence } = later.seen === 'no' ? await session.look(mark, 'seen', { places, within: 0 }) : later;
  if (seen === 'no') return { kind: 'phantom', places, signs: [], evidence };
  context.tried(`${says}: acknowledged, and not seen afterwards (${later.because})`);
  return undefined;
}

const plainOf = (lists: readonly (Place & { plain: boolean })[]): Place[] =>
  (lists.some((p) => p.plain) ? lists.filter((p) => p.plain) : lists).map(({ plain: _, ...place }) => place);
