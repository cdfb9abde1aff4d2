import type { Tab } from './browser.ts';
import type { Place } from './facts.ts';

/** Opens the address of a place afresh, and goes on by its way. `ok`: the page was loaded and all of the way was there. */
export async function openPlace(
  tab: Tab,
  { url, way = [] }: Pick<Place, 'url' | 'way'>,
): Promise<{ readonly ok: boolean; readonly status?: number }> {
  const { ok, status } = await tab.goto(url);
  for (const step of way) if ('missing' in (await tab.act(step))) return { ok: false };
  return { ok, ...(status === undefined ? {} : { status }) };
}
