/**
 * What other pages show A of other people: an e-mail address that stands there and nowhere on nobody's walk is looked for in what nobody is
 * answered to the reads behind that page. For a record of ours may be public while others are not. Whom nobody's walk shows by another of
 * their words (the name of a doctor who can be booked) is public, with what belongs to them.
 */
import { z } from 'zod';
import { jsonOf, rowsIn as listed, objectsIn } from '../../model/answer.ts';
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import { asksOnly } from '../../model/graphql.ts';
import { inNoRow } from '../../model/match.ts';
import { ask, isAskable } from '../_shared/asking.ts';
import { linksIn, mostPages, type Walk } from '../_shared/nobody.ts';
import { evidenceId } from '../_shared/observed.ts';

/** Pages of A that are looked at, and reads behind them. */
const [mostOthers, mostReads] = [3, 4];

export const elsewhere = z.object({
  /** The page that shows A what it does not show nobody. */
  page: z.string(),
  /** Method and address of the read. */
  what: z.string(),
  control: z.boolean(),
  leaked: z.boolean(),
  evidence: evidenceId,
  honest: evidenceId,
});
export type Elsewhere = z.infer<typeof elsewhere>;

const address = /[\w.+-]+@[\w-]+\.[\w.-]*\w/g;
/** Of the house, not of a person. */
const house =
  /^(info|contact|hello|hi|office|support|help|mail|admin|team|sales|press|no-?reply|kontakt|billing|privacy|legal|security|feedback|jobs|careers|abuse|service|webmaster|datenschutz)@/;

export async function lookElsewhere(context: Context, walk: Walk, known: readonly string[]): Promise<Elsewhere[]> {
  const { facts, clock, marks } = context;
  const { A } = context.actors;
  const nobody = walk.session.window.first;
  // A is logged in: what a row links to may do something to what is not ours.
  const view = await A.window.first.view();
  const controls = view.controls.filter((c) => inNoRow(c, view));
  const links = linksIn({ ...view, controls }, facts, known)
    .filter(({ url, rank }) => rank === 1 && !walk.leads(url))
    .slice(0, mostOthers);
  const since = clock.now();
  /** Addresses of people, each with the page that shows it. */
  const people = new Map<string, string>();
  const tab = links.length ? await A.window.tab() : undefined;
  for (const { url } of tab ? links : []) {
    if (!tab || !(await tab.goto(url)).ok) continue;
    for (const one of (await tab.view()).text.toLowerCase().match(address) ?? [])
      if (!house.test(one) && !marks.anyIn(one)) people.set(one, people.get(one) ?? url);
  }
  await tab?.close();
  // What a script or a page hands everybody is no secret of anybody.
  for (const r of walk.session.window.traffic(0))
    if (r.kind === 'script' || r.kind === 'document')
      for (const one of r.answer.toLowerCase().match(address) ?? []) people.delete(one);
  const shownIn = (text: string): string | undefined => {
    const low = text.toLowerCase();
    return [...people].find(([one]) => low.includes(one))?.[1];
  };
  const bears = (text: string): boolean => shownIn(text) !== undefined;
  const told = (exchanges: readonly Sent[]): boolean => exchanges.some(({ answer }) => bears(answer));
  // What the browser kept (304) was answered in full before.
  const all = A.window.traffic(0);
  const full = (r: Sent): string => (r.answer ? r : all.findLast((e) => e.url === r.url && e.answer))?.answer ?? '';
  const reads = all.filter((r) => r.at >= since && isRead(r) && bears(rowsIn(full(r))));
  const found: Elsewhere[] = [];
  for (const read of [...new Map(reads.map((r) => [r.url, r])).values()].slice(0, mostReads)) {
    const page = shownIn(full(read)) ?? read.url;
    const honest = await ask(context, A, read);
    const theirs = await ask(context, walk.session, read);
    const leaked = told(theirs.exchanges);
    if (leaked) {
      await nobody.goto(page);
      if (bears((await nobody.view()).text)) continue;
      const isShown = (): boolean =>
        walk.texts.some(bears) ||
        theirs.exchanges.some(({ answer }) => showsPeople(walk.texts, [...people.keys()], answer));
      await walk.further(mostPages, isShown);
      if (isShown()) continue;
    }
    found.push({
      page,
      what: `${read.method} ${read.url}`,
      control: told(honest.exchanges),
      leaked,
      evidence: theirs.evidence,
      honest: honest.evidence,
    });
  }
  return found;
}

/**
 * Does a page show most of the people with these addresses, by the names that stand beside them in an answer? A name is of two words or more,
 * and stands in one row alone.
 */
export function showsPeople(texts: readonly string[], addresses: readonly string[], answer: string): boolean {
  const rows = objectsIn(jsonOf(answer)).map((row) => Object.values(row).filter((value) => typeof value === 'string'));
  const named = rows
    .filter((row) => row.some((value) => addresses.includes(value.toLowerCase())))
    .map((row) =>
      row.filter((v) => /^\p{L}\S* [^@\d]{2,60}$/u.test(v) && rows.filter((r) => r.includes(v)).length === 1),
    );
  const shown = named.filter((names) => names.some((name) => texts.some((text) => text.includes(name))));
  return shown.length > 0 && shown.length * 2 >= named.length;
}

/** Of JSON its rows: a text or a setting that names an address is no list of people. */
function rowsIn(answer: string): string {
  const value = jsonOf(answer);
  return typeof value === 'object' ? JSON.stringify(listed(value)) : answer;
}

const isRead = (r: Sent): boolean =>
  !r.socket && (r.method === 'GET' || asksOnly(r)) && (r.status ?? 0) < 400 && r.kind !== 'script' && isAskable(r);
