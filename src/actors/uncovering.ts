import type { Tab, Window } from '../model/browser.ts';
import type { Facts } from '../model/facts.ts';
import { locate } from '../model/match.ts';

/** The same browser, in whose tabs what is not at hand is looked for again once the greeting is closed that lies over the page of each new one. */
export function uncovering(window: Window, memory: { readonly facts: Partial<Facts> }): Window {
  const own = (tab: Tab): Tab =>
    Object.create(tab, {
      act: {
        value: async (...args: Parameters<Tab['act']>): ReturnType<Tab['act']> => {
          const change = await tab.act(...args);
          return 'missing' in change && (await uncovered(tab, memory.facts.layers)) ? tab.act(...args) : change;
        },
      },
    });
  const first = own(window.first);
  return Object.create(window, { first: { value: first }, tab: { value: async () => own(await window.tab()) } });
}

/** Closes what the survey closed in its own browser. True where it lay there. */
async function uncovered(tab: Tab, layers: Facts['layers'] = []): Promise<boolean> {
  let closed = false;
  for (const on of layers) {
    const view = await tab.view();
    const over = view.modal && !view.controls.some((c) => c.editable);
    if (over && locate(view, { ...on, exact: true }) && !('missing' in (await tab.act({ do: 'click', on }))))
      closed = true;
  }
  return closed;
}
