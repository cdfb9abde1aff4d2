/**
 * Nobody: a fresh browser without an account that walks the app as anyone may, from its entry by the links that it sees. What it is shown on
 * the way is public by design.
 */
import type { Control, Sent, View } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import type { Facts } from '../../model/facts.ts';
import { saysLogOut } from '../../model/log-out.ts';
import type { Mark } from '../../model/mark.ts';
import { carrying } from './asking.ts';

export interface Walk {
  readonly session: Session;
  /** Addresses that it has opened. */
  readonly pages: readonly string[];
  /** Where a page showed the mark. */
  readonly shown?: { readonly url: string; readonly evidence: EvidenceId };
  /** What a page of it was answered, with the mark, and showed nowhere. */
  readonly handed?: Sent;
  /** What its pages say. */
  readonly texts: readonly string[];
  /** Goes on until so many pages were opened, or enough was seen: the mark, where nothing else is said. */
  further(most: number, enough?: () => boolean): Promise<void>;
  /** Is it an address at which the walk was, or to which a link led that it saw? */
  leads(url: string): boolean;
}

const doors = /log-?in|sign-?(in|up)|register|forgot|password|auth\b/i;
/** What ends, spoils or does something has no business on a walk, and what is no page either. */
const apart =
  /log-?o(ut|ff)|sign-?o(ut|ff)|abmelden|salir|delete|remove|destroy|unsubscribe|impersonate|(^|[/=_-])(update|toggle|complete|done|archive|approve|reject|cancel|reset|clear|vote|like|seed|run|ban)($|[/&_-])|[?&](action|do|cmd)=|\.(pdf|zip|csv|png|jpe?g|svg|ics|xml|json)$/i;
/** Pages that nobody opens before anybody is accused. */
export const mostPages = 10;
/** And where nothing has leaked; a walk of so few leaves doors aside. */
export const fewPages = 4;
/** The rank of links to a door. */
const door = 3;
/** Presses of what looks like a link and has no address. */
const mostPresses = 4;

/**
 * Opens the entry in a fresh browser; `further` follows links: first those that lead to where the record lives (`goals`), then those of the
 * navigation, doors last.
 */
export async function nobodyWalks(context: Context, mark: Mark, goals: readonly string[]): Promise<Walk> {
  const { facts, actors, clock } = context;
  const since = clock.now();
  const session = await actors.fresh('nobody');
  const tab = session.window.first;
  const pages: string[] = [];
  const texts: string[] = [];
  const waiting = new Map<string, number>();
  const seen = new Set<string>();
  const presses: Control[] = [];
  let shown: Walk['shown'];
  let handed: Sent | undefined;

  const look = async (url: string): Promise<void> => {
    pages.push(url);
    seen.add(plain(url)).add(plain(tab.url));
    const marked = async (): Promise<boolean> => (await tab.find([mark])).shown.includes(mark);
    let stands = await marked();
    handed ??= carrying(session.window.traffic(since), mark);
    // A long list draws what comes into view.
    if (!stands && handed) await tab.scrollThrough(async () => (stands = await marked()));
    if (stands)
      shown ??= { url: tab.url, evidence: await tab.screen(`nobody is shown ${mark} on a walk from ${facts.entry}`) };
    const view = await tab.view();
    texts.push(view.text);
    for (const { url: to, rank } of linksIn(view, facts, goals)) {
      const known = waiting.get(to);
      if (known === undefined || rank < known) waiting.set(to, rank);
    }
    if (pages.length === 1) presses.push(...buttonsIn(view));
  };

  const next = (most: number): string | undefined =>
    [...waiting]
      .filter(([url, rank]) => !seen.has(plain(url)) && (rank < door || most > fewPages))
      .sort((a, b) => a[1] - b[1])[0]?.[0];

  await look(facts.entry);
  return {
    session,
    pages,
    texts,
    get shown() {
      return shown;
    },
    get handed() {
      return handed;
    },
    leads: (url) => seen.has(plain(url)) || [...waiting.keys()].some((to) => plain(to) === plain(url)),
    async further(most, enough = () => shown !== undefined) {
      for (let to = next(most); to && !enough() && pages.length < most; to = next(most)) {
        await tab.goto(to);
        await look(to);
      }
      for (const button of presses.splice(0, most > fewPages && pages.length < most && !enough() ? mostPresses : 0)) {
        await tab.goto(facts.entry);
        const on = { role: button.role, name: button.name, tag: button.tag, css: button.css };
        if (!('missing' in (await tab.act({ do: 'click', on }, { quick: true })))) await look(tab.url);
        if (enough()) return;
      }
    },
  };
}

/** The address without what changes nothing; a fragment that is a route stays. */
export const plain = (url: string): string =>
  url
    .replace(/#(?![!/]).*$/, '')
    .replace(/\/$/, '')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/gi, '#');

/** Links of a page that a walk may follow, each with its rank: what leads to a goal first, doors last. */
export function linksIn(
  { controls }: View,
  { entry }: Facts,
  goals: readonly string[],
): { url: string; rank: number }[] {
  const { origin } = new URL(entry);
  return controls.flatMap(({ href, region, name }) => {
    const to = href ? URL.parse(href, entry) : null;
    if (to?.origin !== origin || apart.test(to.pathname) || apart.test(to.search) || saysLogOut(name)) return [];
    const rank = goals.some((goal) => plain(goal) === plain(to.href))
      ? 0
      : doors.test(to.pathname)
        ? door
        : region === 'nav' || region === 'header'
          ? 1
          : 2;
    return [{ url: to.href, rank }];
  });
}

const buttonsIn = ({ controls }: View): Control[] =>
  controls.filter(
    (c) =>
      !c.href &&
      ['link', 'button', 'tab', 'menuitem'].includes(c.role) &&
      (['nav', 'header'].includes(c.region) || c.role === 'tab') &&
      !c.hidden &&
      !apart.test(c.name) &&
      !saysLogOut(c.name) &&
      !doors.test(c.name),
  );
