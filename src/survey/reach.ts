import type { Tab, View } from '../model/browser.ts';
import { describe } from '../model/match.ts';
import type { Step } from '../model/recipe.ts';
import { type Form, forms } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { says } from './words.ts';

/** A form that was come to, and the way there from a blank page. */
export interface Reached {
  readonly view: View;
  readonly form: Form;
  readonly path: Step[];
}

/** The way to a form of this purpose: on this page, or behind a link or button that is called so. */
export async function reach(
  context: SurveyContext,
  tab: Tab,
  from: View,
  word: 'log-in' | 'sign-up',
  purposes: readonly Form['purpose'][],
): Promise<Reached | undefined> {
  const start = from.url;
  let view = from;
  const path: Step[] = [{ do: 'goto', url: start }];
  const kind = word === 'log-in' ? 'logIn' : 'signUp';
  for (let hop = 0; hop < 3; hop++) {
    const form = forms(view).find((f) => purposes.includes(f.purpose));
    if (form) return { view, form, path };
    const called = (name: string): boolean => says(kind, name) && !says(word === 'log-in' ? 'signUp' : 'logOut', name);
    const control =
      view.controls.find(
        (c) =>
          !c.editable &&
          !c.disabled &&
          c.role !== 'text' &&
          called(`${c.name}`) &&
          !/google|github|apple|facebook|microsoft|sso/i.test(c.name),
      ) ??
      view.controls.find(
        (c) =>
          c.href &&
          new RegExp(
            word === 'log-in' ? '/(log-?in|sign-?in|auth)\\b' : '/(sign-?up|register|registration|join)\\b',
            'i',
          ).test(c.href) &&
          new URL(c.href).origin === new URL(view.url).origin,
      ) ??
      (hop === 0 && word === 'log-in'
        ? view.controls.find(
            (c) =>
              // Where no head of the page is marked as such, what stands on top is it.
              (c.region !== 'main' || (c.y < 100 && c.row < 0)) &&
              !c.editable &&
              /\b(admin|account|my account|staff|member)\b/i.test(c.name) &&
              !['danger', 'remove', 'archive', 'create'].some((kind) => says(kind as 'danger', c.name)) &&
              (c.role === 'link' || c.role === 'button'),
          )
        : undefined);
    if (!control) return undefined;
    const on = describe(control, view);
    const change = await tab.act({ do: 'click', on }, { control });
    if ('missing' in change) return undefined;
    // Pressed again it would do no more.
    if (!change.navigated && shapes(change.after) === shapes(view)) return undefined;
    if (change.navigated && change.after.url !== start && !change.after.modal)
      path.splice(0, path.length, { do: 'goto', url: change.after.url });
    else path.push({ do: 'click', on });
    view = change.after;
    if (context.left() < 2000) return undefined;
  }
  const form = forms(view).find((f) => purposes.includes(f.purpose));
  return form ? { view, form, path } : undefined;
}

const shapes = (view: View): string =>
  `${view.modal} ${forms(view).map((f) => `${f.purpose} ${f.signature}`)} ${view.controls.map((c) => c.name)}`;

/** The few links and buttons that stand beside a log-in form: does one lead to a form that signs up? */
export async function besideLogin(context: SurveyContext, tab: Tab, entry: View): Promise<Reached | undefined> {
  await tab.goto(entry.url);
  const login = await reach(context, tab, await tab.view(), 'log-in', ['log-in']);
  const others =
    login?.view.controls.filter(
      (c) =>
        c.region === 'main' &&
        !c.editable &&
        c.role !== 'text' &&
        !says('danger', c.name) &&
        !says('remove', c.name) &&
        !says('archive', c.name) &&
        c.group !== login.form.group.index &&
        (!c.href || c.href.startsWith(new URL(entry.url).origin)),
    ) ?? [];
  if (!login || others.length > 4) return undefined;
  for (const control of others) {
    if (tab.url !== login.view.url || context.left() < 3000) await tab.goto(login.view.url);
    const on = describe(control, login.view);
    const change = await tab.act({ do: 'click', on });
    if ('missing' in change) continue;
    const form = forms(change.after).find((f) => f.purpose === 'sign-up');
    if (form)
      return {
        view: change.after,
        form,
        path: [
          { do: 'goto', url: login.view.url },
          { do: 'click', on },
        ],
      };
  }
  return undefined;
}
