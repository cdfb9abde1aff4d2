/** Where a record that was written shows: at the addresses that are likely, along the way that led to it, behind tabs. */
import type { Change, Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { Place } from '../model/facts.ts';
import type { Mark } from '../model/mark.ts';
import { describe } from '../model/match.ts';
import { pageThrough } from '../model/paging.ts';
import type { Recipe, Step } from '../model/recipe.ts';
import { isTelemetry, wasRefused } from '../model/said.ts';
import type { SurveyContext } from './context.ts';
import { linksOf } from './signs.ts';
import { acts } from './words.ts';

/** Milliseconds after which nothing more is begun: most are seen at once, and other forms wait their turn. */
const longest = 15_000;

/** Where does a fresh load show it? Where the act ended, where the form was, home, then what the navigation offers. */
export async function lookAround(
  context: SurveyContext,
  session: Session,
  { create, mark, change }: { create: Recipe; mark: Mark; change: Pick<Change, 'writes' | 'after'> },
  candidates: readonly string[],
): Promise<Place[]> {
  const fresh = await session.window.tab();
  const began = context.clock.now();
  const goesOn = (): boolean => !seenAt.length && context.left() > 3000 && context.clock.now() - began < longest;
  let seenAt = await seen(fresh, mark, candidates);
  const wrote = change.writes.some((w) => !isTelemetry(w) && !wasRefused(w));
  // What has no address is reached again as it was first.
  if (goesOn()) seenAt = await seenByWay(fresh, mark, create.steps, wrote);
  for (let wait = 0; goesOn() && wrote && wait < 4; wait++) {
    await context.clock.sleep(700);
    seenAt = await seen(fresh, mark, candidates.slice(0, 2));
  }
  // What the page keeps by itself may be drawn late, too.
  for (let wait = 0; goesOn() && !wrote && wait < 2; wait++) {
    await context.clock.sleep(500);
    const { shown } = await fresh.find([mark]);
    if (shown.length) seenAt = [{ url: fresh.url, what: 'list' }];
  }
  // What comes last in a long list is not in the page until it is scrolled or paged to.
  if (goesOn() && wrote) seenAt = await seen(fresh, mark, candidates.slice(0, 2), true);
  // Or it is listed behind another tab, or on another page.
  if (goesOn() && wrote) seenAt = await seenBehind(fresh, mark, create.steps, tabsOf(change.after));
  if (goesOn() && wrote) {
    const others = unique(linksOf(change.after, context.memory.facts.entry)).filter((u) => !candidates.includes(u));
    seenAt = await seen(fresh, mark, others.slice(0, 8));
  }
  await fresh.close();
  return seenAt;
}

export const unique = (urls: readonly (string | undefined)[]): string[] => [
  ...new Set(urls.filter((u): u is string => !!u && /^https?:/.test(u))),
];

/** Along the clicks that led to the form, and in the sections that are folded away there. */
async function seenByWay(tab: Tab, mark: Mark, steps: readonly Step[], wrote: boolean): Promise<Place[]> {
  const [start] = steps;
  if (start?.do !== 'goto') return [];
  const typed = steps.findIndex((s) => s.do !== 'goto' && s.do !== 'click');
  const clicks = steps.slice(1, typed < 0 ? 1 : typed).filter((s) => s.do === 'click');
  await tab.goto(start.url);
  const found = await along(tab, mark, start.url, clicks);
  if (found || !wrote) return found ? [found] : [];
  for (const step of foldsOf(await tab.view())) {
    if ('missing' in (await tab.act(step))) continue;
    if ((await tab.find([mark])).shown.includes(mark))
      return [{ url: start.url, what: 'list', way: [...clicks, step] }];
  }
  return [];
}

/** Behind each of the tabs of the page where it was written. */
async function seenBehind(tab: Tab, mark: Mark, [start]: readonly Step[], tabs: readonly Step[]): Promise<Place[]> {
  if (start?.do !== 'goto') return [];
  for (const one of tabs) {
    await tab.goto(start.url);
    const found = await along(tab, mark, start.url, [one]);
    if (found) return [found];
  }
  return [];
}

async function along(tab: Tab, mark: Mark, url: string, steps: readonly Step[]): Promise<Place | undefined> {
  const way: Step[] = [];
  for (const step of steps) {
    if ('missing' in (await tab.act(step))) return undefined;
    way.push(step);
    if ((await tab.find([mark])).shown.includes(mark)) return { url, what: 'list', way };
  }
  return undefined;
}

/** Sections that are folded away. */
const foldsOf = (view: View): Step[] =>
  view.controls
    .filter((c) => c.folded && c.opens === '' && !c.disabled && !c.hidden && !c.editable && !acts(c.name))
    .slice(0, 3)
    .map((c) => ({ do: 'click', on: describe(c, view) }));

/** Tabs, and buttons of a navigation, that lead to other views under the same address. */
const tabsOf = (view: View): Step[] =>
  view.controls
    .filter(
      (c) =>
        !c.href &&
        !c.disabled &&
        !c.hidden &&
        (c.role === 'tab' || (c.role === 'button' && c.region === 'nav')) &&
        !acts(c.name),
    )
    .slice(0, 8)
    .map((c) => ({ do: 'click', on: describe(c, view) }));

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
