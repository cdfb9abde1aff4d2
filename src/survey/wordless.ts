/**
 * Writes without words: a basket that is filled, a like, a vote, a seat that is booked, a box that is ticked. Nobody can write a mark there; the
 * trace is a number, a state or a row. It is learned by doing it twice and comparing loads before, between and after, so that clocks, random
 * numbers and counters of visits drop out. Looked for only where no record can be written.
 */
import type { Change, Control, Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { Place, WordlessFacts } from '../model/facts.ts';
import { describe, inNoRow } from '../model/match.ts';
import { openPlace } from '../model/place.ts';
import type { Act, Step } from '../model/recipe.ts';
import { isTelemetry, wasRefused } from '../model/said.ts';
import { changed, type Reading, readingOf, steady, tell } from '../model/trace.ts';
import { isDoor } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { peel } from './peel.ts';
import { placeholderOption, says } from './words.ts';

const most = { pages: 6, tries: 6, milliseconds: 25_000 };

interface Candidate {
  readonly control: Control;
  readonly view: View;
  readonly page: Pick<Place, 'url' | 'way'>;
  readonly score: number;
  /** Its words say that it is done to what is there, or to its state: without a trace after a load, it is not kept. */
  readonly worded: boolean;
}

/** Steady looks at each place, in the order of the places. */
type Looks = readonly Reading[];

export async function findWordless(
  context: SurveyContext,
  session: Session,
  start: View,
): Promise<WordlessFacts | undefined> {
  const tab = session.window.first;
  const end = context.clock.now() + Math.min(most.milliseconds, context.left() * 0.8);
  const over = (): boolean => context.clock.now() > end;
  context.progress('looking for what can be written without words: baskets, likes, votes, boxes');
  const seen = new Set<string>();
  let tries = 0;
  let held: WordlessFacts | undefined;
  for (const page of pagesFrom(start)) {
    if (over()) break;
    if (!(await openPlace(tab, page)).ok) continue;
    const view = await peel(tab);
    for (const candidate of candidatesIn(view, page)) {
      const key = `${candidate.control.role}|${candidate.control.name.toLowerCase().replace(/\d+/g, '#')}|${candidate.control.attr.replace(/\d+/g, '#')}`;
      if (seen.has(key)) continue;
      if (over() || tries++ >= most.tries) return held;
      seen.add(key);
      const found = await tryTwice(context, tab, candidate);
      if (found?.kind === 'kept') return found;
      held ??= found;
    }
  }
  return held;
}

/** The page at hand, and what its navigation and its first rows lead to. */
function pagesFrom(view: View): Pick<Place, 'url' | 'way'>[] {
  const home = { url: view.url };
  const origin = new URL(view.url).origin;
  const addresses = new Set([view.url]);
  const templates = new Set<number>();
  const away = (c: Control): boolean =>
    (['danger', 'logOut', 'logIn', 'signUp', 'remove', 'settings', 'keeping'] as const).some((kind) =>
      says(kind, c.name),
    ) || /log-?out|sign-?out|delete|\.(pdf|zip|csv|png|jpe?g|svg)$/i.test(c.href);
  const links = view.controls.filter((c) => {
    if (!c.href.startsWith(origin) || away(c) || c.region === 'footer') return false;
    const row = c.region === 'main' && c.template >= 0;
    if (addresses.has(c.href) || (row && templates.has(c.template))) return false;
    addresses.add(c.href);
    if (row) templates.add(c.template);
    return true;
  });
  const tabs = view.controls.filter(
    (c) => !c.href && !c.disabled && !away(c) && (c.role === 'tab' || (c.role === 'button' && c.region === 'nav')),
  );
  return [
    home,
    ...links.map((c) => ({ url: c.href })),
    ...tabs.map((c) => ({ url: view.url, way: [{ do: 'click' as const, on: describe(c, view) }] })),
  ].slice(0, most.pages);
}

/** What may write without words, the likeliest first. Never what deletes, pays, invites, leaves or only chooses what is shown. */
function candidatesIn(view: View, page: Candidate['page']): Candidate[] {
  const found: Candidate[] = [];
  for (const control of view.controls) {
    if (control.disabled || control.hidden || control.role === 'text' || control.region === 'footer') continue;
    const name = `${control.name} ${control.attr}`;
    if (
      (
        ['danger', 'remove', 'logOut', 'logIn', 'signUp', 'search', 'settings', 'consent', 'terms', 'choose'] as const
      ).some((kind) => says(kind, control.name))
    )
      continue;
    if (control.href && new URL(control.href).origin !== new URL(view.url).origin) continue;
    const inRow = !inNoRow(control, view);
    const isBox = control.type === 'checkbox' || control.role === 'checkbox' || control.role === 'switch';
    const isPressed = !control.editable && control.role !== 'tab';
    const stands = control.region === 'main' || control.region === 'dialog';
    const taken = (['take', 'like', 'attend'] as const).findIndex((kind) => says(kind, control.name));
    // A heart in the head of a page leads to what one likes; a link called “cart” leads to the cart.
    if (isPressed && !isBox && taken >= 0 && stands && !(control.href && says('keeping', control.name)))
      found.push({ control, view, page, score: 10 - taken, worded: true });
    else if (isBox && inRow && control.region !== 'nav')
      found.push({ control, view, page, score: 6, worded: says('status', name) || says('transition', name) });
    else if (control.tag === 'select' && inRow && says('status', name) && optionsOf(control).length > 1)
      found.push({ control, view, page, score: 5, worded: true });
    else if (
      isPressed &&
      stands &&
      control.role === 'button' &&
      says('count', control.name) &&
      !says('create', control.name.replace(/\+|plus/gi, ''))
    )
      found.push({ control, view, page, score: 4, worded: false });
    else if (isPressed && stands && inRow && says('transition', control.name))
      found.push({ control, view, page, score: 3, worded: true });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, 3);
}

const optionsOf = (c: Control): Control['options'] =>
  c.options.filter((o) => !o.disabled && !placeholderOption(o.text) && o.value !== c.value);

/** Does it, looks, does it again or undoes it, and looks. */
async function tryTwice(
  context: SurveyContext,
  tab: Tab,
  { control, view, page, worded }: Candidate,
): Promise<WordlessFacts | undefined> {
  const what = `${named(control)} on ${new URL(view.url).pathname}`;
  const places = [page, ...keepersOf(view)];
  const before = await look(tab, places);
  const one = actOn(control, view);
  const first = await doAt(context, tab, page, one, what);
  if (!first) return undefined;
  const stop = whyNot(first, view);
  if (stop) {
    context.tried(`${what}: ${stop}`);
    return undefined;
  }
  const between = await look(tab, places);
  const [nth, keys] = differing(before, between);
  if (nth === undefined) {
    const inPage = !first.navigated && changed(readingOf(first.before), readingOf(first.after)).length > 0;
    const sent = first.writes.some((w) => !isTelemetry(w) && !wasRefused(w));
    if (inPage && (worded || sent)) return heldIn(context, tab, { page, one, what, places });
    context.tried(`${what}: two loads afterwards are as before`);
    return undefined;
  }
  const place = places[nth] ?? page;
  // The same control, as it stands now; where it can be used once only, the next of its kind.
  await openPlace(tab, page);
  const now = await tab.view();
  const same = now.controls.find((c) => c.css === control.css && c.tag === control.tag && !c.disabled);
  const back = same && actOn(same, now, control);
  const readNext = async (step: Act): Promise<Reading | undefined> => {
    const done = await doAt(context, tab, page, step, what);
    return done && !whyNot(done, view) ? (await look(tab, [place]))[0] : undefined;
  };
  const was = before[nth] as Reading;
  const then = between[nth] as Reading;
  let after = back && (await readNext(back));
  let again = after ? changed(then, after).filter((key) => keys.includes(key)) : [];
  let recipe = one;
  if (!again.length && one.do === 'click') {
    recipe = { ...one, on: { role: control.role, tag: control.tag, name: one.on.name } };
    after = await readNext(recipe);
    again = after ? changed(then, after).filter((key) => keys.includes(key)) : [];
  }
  if (!after || !again.length) {
    context.tried(`${what}: changed the page once and not again`);
    return undefined;
  }
  const undone = again.every((key) => after.get(key) === was.get(key));
  if (undone) context.ledger.removed(what);
  const evidence = await tab.screen(`${what} was done twice: ${tell(again, was, then)}`);
  const steps: Step[] = [{ do: 'goto', url: page.url }, ...(page.way ?? [])];
  return {
    kind: 'kept',
    act: { id: 'act', steps: [...steps, recipe] },
    ...(undone && back ? { undo: { id: 'act', steps: [...steps, back] } } : {}),
    says: what,
    trace: undone ? 'state' : 'count',
    place: { ...place, what: 'list' },
    keys: again,
    shows: tell(again, was, then),
    evidence: [evidence],
  };
}

/** Done twice in one page: it says so both times, and a load forgets it. */
async function heldIn(
  context: SurveyContext,
  tab: Tab,
  { page, one, what, places }: { page: Candidate['page']; one: Act; what: string; places: Candidate['page'][] },
): Promise<WordlessFacts | undefined> {
  const first = await doAt(context, tab, page, one, what);
  const now = first?.after;
  const same = now?.controls.find((c) => 'css' in one.on && c.css === one.on.css && !c.disabled);
  const step = same && now && actOn(same, now);
  const second = step && (await tab.act(step));
  if (!first || !second || 'missing' in second) return undefined;
  const [was, then, last] = [readingOf(first.before), readingOf(second.before), readingOf(second.after)];
  const keys = changed(was, then).filter((key) => then.get(key) !== last.get(key));
  // A word that comes and goes by itself is no trace: what is there between both is.
  if (!keys.length || second.navigated || keys.some((key) => readingOf(first.after).get(key) !== then.get(key)))
    return undefined;
  const evidence = await tab.screen(`${what} was done twice in one page: ${tell(keys, was, then)}`);
  const undone = keys.every((key) => last.get(key) === was.get(key));
  const gone = await look(tab, places.slice(0, 1));
  if (keys.some((key) => gone[0]?.get(key) !== was.get(key))) return undefined;
  context.ledger.removed(what);
  return {
    kind: 'held',
    act: { id: 'act', steps: [{ do: 'goto', url: page.url }, ...(page.way ?? []), one] },
    says: what,
    trace: undone ? 'state' : 'count',
    place: { ...page, what: 'list' },
    keys,
    shows: tell(keys, was, then),
    evidence: [evidence],
  };
}

/** Opens the page of the control and does it; it is in the ledger as long as it is not undone. */
async function doAt(
  context: SurveyContext,
  tab: Tab,
  page: Candidate['page'],
  step: Act,
  what: string,
): Promise<Change | undefined> {
  await openPlace(tab, page);
  context.ledger.begin({ what: 'act', mark: what, how: 'a write without words' });
  const done = await tab.act(step);
  if ('missing' in done) {
    context.ledger.settle(what, 'nothing');
    context.tried(`${what}: ${done.missing}`);
    return undefined;
  }
  context.ledger.settle(what, 'ok');
  return done;
}

const named = (c: Control): string => (c.name ? `“${c.name.slice(0, 40)}”` : `a ${c.role} without a name`);

/** A box is turned, of a list another is chosen: the first other one, or what `from` held. */
function actOn(c: Control, view: View, from?: Control): Act {
  const on = describe(c, view);
  if (c.tag === 'select')
    return { do: 'select', on, value: from ? from.value : (optionsOf(c)[0]?.value ?? ''), commits: true } as Act;
  if (c.type === 'checkbox') return { do: 'check', on, value: !c.checked, commits: true };
  return { do: 'click', on, commits: true };
}

/** It asks for something first, or was refused: nothing is learned of it here. */
function whyNot({ after, dialogs, writes, before }: Change, view: View): string | undefined {
  if (dialogs.some((d) => d.type !== 'alert')) return 'it asks first, by a dialog of the browser';
  if (isDoor(after) && !isDoor(view)) return 'it asks who one is';
  if (after.modal && !before.modal) return 'it opens a layer';
  const refused = writes.find((w) => !isTelemetry(w) && wasRefused(w));
  return refused ? `refused with ${refused.status}` : undefined;
}

/** Where the navigation keeps what was taken, if anything is called so. */
const keepersOf = (view: View): Pick<Place, 'url'>[] => {
  const link = view.controls.find(
    (c) =>
      c.href.startsWith(new URL(view.url).origin) &&
      c.href !== view.url &&
      c.region !== 'footer' &&
      says('keeping', `${c.name} ${new URL(c.href).pathname.replace(/[/_-]/g, ' ')}`),
  );
  return link ? [{ url: link.href }] : [];
};

/** Two loads of each place, and what both show alike. */
async function look(tab: Tab, places: readonly Candidate['page'][]): Promise<Looks> {
  const rounds: Reading[][] = [];
  for (let round = 0; round < 2; round++) {
    const these: Reading[] = [];
    for (const place of places) {
      await openPlace(tab, place);
      these.push(readingOf(await tab.view()));
    }
    rounds.push(these);
  }
  return places.map((_, i) => steady(rounds.map((one) => one[i] ?? new Map())));
}

/** The first place that shows something else, and what. */
function differing(before: Looks, after: Looks): [number, string[]] | [undefined, string[]] {
  for (const [i, was] of before.entries()) {
    const keys = changed(was, after[i] ?? new Map());
    if (keys.length) return [i, keys];
  }
  return [undefined, []];
}
