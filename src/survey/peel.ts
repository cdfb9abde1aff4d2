import type { Tab, View } from '../model/browser.ts';
import { describe } from '../model/match.ts';
import type { SurveyContext } from './context.ts';
import { says } from './words.ts';

/** Takes away what lies over the page: a cookie banner, a tour, a greeting. Three layers at most. How is kept: they lie over it in each new browser. */
export async function peel(tab: Tab, { memory }: Pick<SurveyContext, 'memory'>): Promise<View> {
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
    const on = describe(button, view);
    const change = await tab.act({ do: 'click', on }, { control: button });
    if ('missing' in change) return view;
    const { layers = [] } = memory.facts;
    const gone = !change.after.controls.some((c) => c.css === button.css && c.name === button.name);
    if (over && gone && !layers.some((one) => one.css === on.css && one.name === on.name))
      memory.facts = { ...memory.facts, layers: [...layers, on] };
    view = change.after;
  }
  return view;
}
