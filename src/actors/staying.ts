/** Staying in a page whose memory matters: what is wanted may stand there already, or a link of it leads there without a load. */
import type { Tab } from '../model/browser.ts';
import type { Mark } from '../model/mark.ts';
import { locate } from '../model/match.ts';
import type { Step } from '../model/recipe.ts';
import { sameAddress } from './lasting.ts';

/** Goes there by a link of the page, as a person does, so that a page with a memory keeps it. */
export async function followed(tab: Tab, url: string): Promise<boolean> {
  const view = await tab.view();
  const link = view.controls.find((c) => c.href && !c.hidden && sameAddress(c.href, url));
  if (!link) return false;
  const change = await tab.act(
    { do: 'click', on: { role: link.role, name: link.name, tag: link.tag } },
    { control: link },
  );
  return !('missing' in change) && sameAddress(tab.url, url);
}

/** What is used next stands here, and with a field all that are filled with it: a search above the list may be called like one of them. */
export async function atHand(tab: Tab, steps: readonly Step[], mark?: Mark): Promise<boolean> {
  const others = steps.findIndex((s) => s.do !== 'fill');
  const next = steps.slice(0, others < 0 ? steps.length : Math.max(1, others));
  const view = await tab.view();
  return next.length > 0 && next.every((s) => 'on' in s && locate(view, s.on, mark) !== undefined);
}
