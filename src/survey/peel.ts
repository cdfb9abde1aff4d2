import type { Tab, View } from '../model/browser.ts';
import { describe } from '../model/match.ts';
import { says } from './words.ts';

/** Takes away what lies over the page: a cookie banner, a tour, a greeting. Three layers at most. */
export async function peel(tab: Tab): Promise<View> {
  let view = await tab.view();
  for (let layer = 0; layer < 3; layer++) {
    const consent = /cookie|consent|gdpr|datenschutz|tracking/i.test(view.text.slice(0, 100_000));
    const over = view.modal && !view.controls.some((c) => c.editable);
    if (!over && !consent) return view;
    const button = view.controls.find(
      (c) =>
        c.role === 'button' &&
        !c.editable &&
        c.name.length < 40 &&
        (over ? says('consent', c.name) || says('cancel', c.name) : says('consent', c.name) && c.row < 0),
    );
    if (!button) return view;
    const change = await tab.act({ do: 'click', on: describe(button, view) }, { control: button });
    if ('missing' in change) return view;
    view = change.after;
  }
  return view;
}
