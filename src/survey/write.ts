import type { Change, Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { Place, RecordFacts } from '../model/facts.ts';
import { fold, holds, type Mark } from '../model/mark.ts';
import { describe, listOf } from '../model/match.ts';
import { pageThrough } from '../model/paging.ts';
import type { Recipe, Step, Values } from '../model/recipe.ts';
import { isTelemetry, plainText, soundsSaved, wasRefused } from '../model/said.ts';
import type { Form } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';

/** A fresh mark of the kind that the record carries. */
export function markFor(context: Pick<SurveyContext, 'marks'>, carries: RecordFacts['carries'] | 'none'): Mark {
  if (carries === 'number') return context.marks.number();
  if (carries === 'whole') return context.marks.whole();
  if (carries === 'date') return context.marks.date();
  return context.marks.next();
}

/**
 * Tries a form as a way to write: once with a first mark, then from a fresh page with a second. What it is (kept, held, echo)
 * is decided by what a fresh load shows: of a record both marks stand, of a settings form only the last.
 */
export async function tryWrite(
  context: SurveyContext,
  session: Session,
  path: readonly Step[],
  view: View,
  form: Form,
  text = 0,
): Promise<RecordFacts | undefined> {
  const tab = session.window.first;
  const { marks } = context;
  const made: Mark[] = [];
  let carries = 'text' as RecordFacts['carries'] | 'none';
  const values = (kind: typeof carries): Values => {
    carries = kind;
    const mark = markFor(context, kind);
    made.push(mark);
    return { mark, alt: marks.next() };
  };
  const done = await complete(tab, view, form, { fresh: values, today: context.today, all: false, text });
  const mark = made.at(-1);
  if (!done || !mark) {
    context.tried(`${form.group.heading || form.signature}: went away`);
    return undefined;
  }
  const what = done.plan.says;
  if (done.said === 'refused' || !done.change) {
    context.tried(`${what}: refused, ${done.because}`);
    return undefined;
  }
  if (carries === 'none') return undefined;
  context.ledger.add({ what: 'record', mark, how: what, acknowledged: done.said === 'ok' });
  const after = done.change.after;
  const tall = form.texts.find(
    (c) =>
      (c.tag === 'textarea' || c.type === 'rich') &&
      !done.plan.steps.some((s) => s.do === 'fill' && s.marked && s.on.css === c.css),
  );
  return verifyWrite(context, session, {
    create: { id: 'create', steps: [...path, ...done.steps], learned: after.url },
    says: what,
    carries,
    mark,
    marks: made,
    change: done.change,
    places: [after.url, view.url, startOf(path)],
    ...(tall ? { longText: describe(tall, view) } : {}),
  });
}

/** A first mark that was written, by a form that was found or by a recipe of the config. */
export interface Written {
  readonly create: Recipe;
  /** In a sentence: which form on which page. */
  readonly says: string;
  readonly carries: RecordFacts['carries'];
  readonly mark: Mark;
  /** All marks that were typed on the way. */
  readonly marks: readonly Mark[];
  readonly change: Pick<Change, 'before' | 'after' | 'appeared' | 'writes'>;
  /** Where a fresh load may show it, the likeliest first. */
  readonly places: readonly (string | undefined)[];
  readonly longText?: RecordFacts['longText'];
}

/** The replay control: what was written once is looked for after a fresh load, and written again from a fresh page with a second mark. */
export async function verifyWrite(
  context: SurveyContext,
  session: Session,
  written: Written,
): Promise<RecordFacts | undefined> {
  const tab = session.window.first;
  const { create, carries, mark, longText, says: what } = written;
  const { before, after } = written.change;
  const first = await tab.find([mark]);
  const began = context.clock.now();

  // Where does a fresh load show it? Where the act ended, where the form was, home, then what the navigation offers.
  const candidates = unique([...written.places, context.memory.facts.entry]);
  const fresh = await session.window.tab();
  let seenAt = await seen(fresh, mark, candidates);
  const wrote = written.change.writes.some((w) => !isTelemetry(w) && !wasRefused(w));
  // What comes last in a long list is not in the page until it is scrolled or paged to.
  if (!seenAt.length && wrote) seenAt = await seen(fresh, mark, candidates.slice(0, 2), true);
  for (let wait = 0; !seenAt.length && wrote && wait < 4 && context.left() > 3000; wait++) {
    await context.clock.sleep(700);
    seenAt = await seen(fresh, mark, candidates.slice(0, 2));
  }
  if (!seenAt.length && wrote)
    seenAt = await seen(
      fresh,
      mark,
      unique(linksOf(after, context.memory.facts.entry))
        .filter((u) => !candidates.includes(u))
        .slice(0, 8),
    );
  const delay = context.clock.now() - began;
  await fresh.close();
  context.progress(
    seenAt.length
      ? 'a record was seen again after a fresh load; writing a second'
      : 'nothing was seen after a fresh load; writing a second',
  );

  // From a fresh page, a second mark: the replay control.
  const second = markFor(context, carries);
  const replay = await session.do(create, { mark: second });
  if (replay.missing || replay.said === 'refused') {
    context.tried(`${what}: worked once, but its replay did not (${replay.because})`);
    return undefined;
  }
  context.ledger.add({ what: 'record', mark: second, how: what, acknowledged: replay.said === 'ok' });
  const successTexts = common(written.change, replay.appeared, [mark, second, ...written.marks]);
  const requests = replay.writes
    .filter((w) => holds(w.body, second) || holds(w.url, second))
    .map((w) => ({ method: w.method, url: w.url, ...(w.socket ? { socket: true } : {}) }));
  const facts = (
    kind: RecordFacts['kind'],
    places: readonly Place[],
    signs: RecordFacts['signs'],
    evidence: `e${number}`,
  ): RecordFacts => ({
    kind,
    create,
    says: what,
    carries,
    places,
    signs,
    ...(longText ? { longText } : {}),
    delay: kind === 'kept' ? delay : 0,
    successTexts,
    evidence: [evidence],
    requests,
  });

  if (seenAt.length) {
    const other = await session.window.tab();
    const places: Place[] = [];
    const lists: (Place & { plain: boolean })[] = [];
    let signs: RecordFacts['signs'] = [];
    const ownUrl = replay.url;
    let both = false;
    for (let tries = 0; tries < 5 && !both; tries++) {
      if (tries) await context.clock.sleep(700);
      places.length = 0;
      lists.length = 0;
      for (const url of unique([...seenAt.map((p) => p.url), ownUrl])) {
        await other.goto(url);
        let now = await other.find([mark, second]);
        if (!now.shown.length && !now.inField.length && (await pageThrough(other, [mark, second], 4)).size === 2)
          now = { ...now, shown: [mark, second] };
        const view = await other.view();
        if (now.shown.includes(mark) && now.shown.includes(second)) {
          // An address that lays a form over the list is no place to look at the list.
          const plain = !view.modal && !lists.some((p) => p.plain);
          const list = listOf(view, mark, second);
          lists.push({ url, what: 'list', ...(list ? { list } : {}), plain: !view.modal });
          if (plain || lists.length === 1) signs = signsOf(view, [mark, second]);
          both = true;
        } else if ([...now.shown, ...now.inField].includes(second) && !candidates.slice(1).includes(url))
          places.push({ url, what: 'own' });
        else if ([...now.shown, ...now.inField].includes(mark) && url === after.url && url !== ownUrl) both ||= false;
      }
      if (!both && ownUrl !== after.url) {
        // No list shows both, but each has an address of its own where it stands.
        await other.goto(after.url);
        const old = await other.find([mark]);
        if ([...old.shown, ...old.inField].includes(mark) && places.some((p) => p.what === 'own')) {
          both = true;
          signs = signsOf(await other.view(), [mark, second]);
        }
      }
    }
    const evidence = await other.screen(
      both ? `${mark} and ${second} stand after fresh loads` : `only one of ${mark} and ${second} stands`,
    );
    await other.close();
    if (both) return facts('kept', lists.length ? placesIn(lists) : places, signs, evidence);
    context.tried(`${what}: a second value takes the place of the first, so it is a setting and no record`);
    return undefined;
  }
  // Not kept. Held: two stand at once as siblings of one template, in one page that was never loaded anew.
  const third = markFor(context, carries);
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
        sameDocument(c.href, last.url) &&
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
      : `${first.shown.includes(mark) ? 'an echo' : 'no sight'} of ${mark}`,
  );
  if (siblings)
    return facts(
      'held',
      [
        { url: last.url, what: 'list' },
        ...(last.url === before.url ? [] : [{ url: before.url, what: 'list' as const }]),
      ],
      signsOf(last, [second, third]),
      evidence,
    );
  context.tried(
    `${what}: ${now.shown.length || first.shown.length || first.live.length ? 'shown once and gone after a fresh load (an echo)' : 'not seen afterwards'}`,
  );
  return undefined;
}

const placesIn = (lists: readonly (Place & { plain: boolean })[]): Place[] =>
  (lists.some((p) => p.plain) ? lists.filter((p) => p.plain) : lists).map(({ plain: _, ...place }) => place);
const unique = (urls: readonly (string | undefined)[]): string[] => [
  ...new Set(urls.filter((u): u is string => !!u && /^https?:/.test(u))),
];
const startOf = (path: readonly Step[]): string | undefined => (path[0]?.do === 'goto' ? path[0].url : undefined);
const sameDocument = (a: string, b: string): boolean => new URL(a).origin === new URL(b).origin;

async function seen(tab: Tab, mark: Mark, urls: readonly string[], deep = false): Promise<Place[]> {
  const places: Place[] = [];
  for (const url of urls) {
    await tab.goto(url);
    const found = await tab.find([mark]);
    // Two addresses may lead to one page.
    if (places.some((p) => p.url === tab.url)) continue;
    if (found.shown.includes(mark)) places.push({ url: tab.url, what: 'list' });
    else if (found.inField.includes(mark)) places.push({ url: tab.url, what: 'own' });
    else if (deep) {
      const { url } = tab;
      if ((await pageThrough(tab, [mark], 4)).has(mark)) places.push({ url, what: 'list' });
    }
  }
  return places;
}

/** Same-origin links of the navigation and the page, without those that do something. */
function linksOf(view: View, entry: string): string[] {
  const origin = new URL(entry).origin;
  return view.controls
    .filter(
      (c) =>
        c.href.startsWith(origin) &&
        c.region !== 'footer' &&
        !/log-?out|sign-?out|delete|remove|download|export|\/auth\//i.test(c.href),
    )
    .sort(
      (a, b) =>
        Number(b.region === 'nav' || b.region === 'header') - Number(a.region === 'nav' || a.region === 'header'),
    )
    .map((c) => c.href);
}

/** Up to six controls that stand there whatever the rows are. */
function signsOf(view: View, marks: readonly Mark[]): RecordFacts['signs'] {
  return view.controls
    .filter(
      (c) =>
        !c.hidden &&
        !marks.some((m) => fold(`${c.name}${c.text}`).includes(fold(m).slice(0, 6))) &&
        (c.template < 0 || c.region === 'nav' || c.region === 'header' || c.editable) &&
        (c.name || c.attr),
    )
    .sort((a, b) => Number(b.editable) - Number(a.editable))
    .slice(0, 6)
    .map((c) => describe(c, view));
}

/** Texts without marks that appeared at both honest saves. */
function common(
  first: Pick<Change, 'before' | 'after' | 'appeared'>,
  second: readonly string[],
  marks: readonly Mark[],
): string[] {
  const clean = (list: readonly string[]): string[] =>
    list
      .filter((t) => t.length < 120 && !marks.some((m) => fold(t).includes(fold(m).slice(0, 6))))
      .map(plainText)
      .filter((t) => t.length > 2);
  const later = new Set(clean(second));
  // A sign is said, not shown for good: it stands in a live region, or it has gone again.
  const live = new Set(first.after.live.map(plainText));
  // What a button is called is no word about what was done.
  const names = new Set(
    [...first.before.controls, ...first.after.controls].filter((c) => !c.editable).map((c) => plainText(c.name)),
  );
  const stays = new Set(first.after.text.split('\n').map(plainText));
  return [...new Set(clean(first.appeared))].filter(
    (t) => later.has(t) && !names.has(t) && (live.has(t) || !stays.has(t)) && soundsSaved(t),
  );
}

function bothInRows(view: View, a: Mark, b: Mark): boolean {
  const has = (text: string, m: Mark): boolean => !!holds(text, m);
  return view.templates.some(
    (t) => t.rows.some((r) => has(r, a) && !has(r, b)) && t.rows.some((r) => has(r, b) && !has(r, a)),
  );
}
