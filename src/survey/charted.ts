/** Pages that the source names: opened like links of the page, and as far as they open. */
import type { Tab, View } from '../model/browser.ts';
import { forms } from './classify.ts';
import type { SurveyContext } from './context.ts';

export interface Charted {
  readonly url: string;
  /** As controls that may lead to a form are scored. */
  readonly score: number;
}

const most = { pages: 10, likely: 0.3 };
/** Below a button that is called as what makes something, above the links of a menu. */
const weight = 12;

/** Those that likely hold a form, the likeliest first; but where one stands already. */
export function charted(context: SurveyContext, at: string): Charted[] {
  const here = new URL(at);
  return context
    .chart()
    .pages.filter(({ likely }) => likely >= most.likely)
    .map(({ address, likely }) => ({ url: new URL(address, here.origin).href, score: likely * weight }))
    .filter(({ url }) => placeOf(url) !== placeOf(at) && new URL(url).origin === here.origin)
    .slice(0, most.pages);
}

const placeOf = (url: string): string => {
  const { pathname, hash } = new URL(url);
  return pathname.replace(/(?<=.)\/$/, '') + hash;
};

/** The page as it opens; undefined, with the reason in what was tried, where another came or none. */
export async function openCharted(
  { tried, progress }: SurveyContext,
  tab: Tab,
  { url }: Charted,
): Promise<View | undefined> {
  const place = placeOf(url);
  progress(`opening ${place}, which the source has`);
  const { ok, status = 0, error } = await tab.goto(url);
  const view = await tab.view();
  const why = !ok
    ? (error ?? 'no answer')
    : status >= 400
      ? `the answer was ${status}`
      : placeOf(view.url) !== place
        ? `redirected to ${placeOf(view.url)}`
        : undefined;
  if (why) tried(`the source has ${place}; it did not open (${why})`);
  else if (!forms(view).length) tried(`the source has ${place}; it opens, and shows no form`);
  return ok && status < 400 && new URL(view.url).origin === new URL(url).origin ? view : undefined;
}

/** What was not opened before the time was up. */
export const unopened = (pages: readonly Charted[]): string =>
  `the source has ${pages.map(({ url }) => placeOf(url)).join(', ')}; not opened, the time for looking was up`;
