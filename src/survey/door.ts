import type { Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { DoorFacts } from '../model/facts.ts';
import { describe } from '../model/match.ts';
import type { Recipe, Step, Values } from '../model/recipe.ts';
import { type Form, forms, isDoor } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import { says, shownCredentials } from './words.ts';

type Purpose = Form['purpose'];

/** Opens the door of the app in the usual order: account given, shown on the page, sign-up, a name. The session is left inside. */
export async function openDoor(
  context: SurveyContext,
  session: Session,
  entry: View,
): Promise<{ door: DoorFacts; account: Values; in: boolean }> {
  const tab = session.window.first;
  const none: Values = {};
  if (context.headers || context.storage) {
    const evidence = await tab.screen('entered with the headers or the storage state that were given');
    return {
      door: { kind: 'given', says: 'given headers or storage state', evidence: [evidence], account: 'given' },
      account: none,
      in: true,
    };
  }
  const words = (view: View): string => view.text.slice(0, 30_000);
  const login = await reach(context, tab, entry, 'log-in', ['log-in']);
  const text = login ? `${words(login.view)} ${login.form.fields.map((f) => f.placeholder).join(' ')}` : words(entry);
  const accounts: { values: Values; how: 'given' | 'shown' }[] = [];
  if (context.login)
    accounts.push({
      values: { email: context.login.user, username: context.login.user, password: context.login.password },
      how: 'given',
    });
  else
    for (const pattern of shownCredentials) {
      const hit = pattern.exec(text);
      if (hit?.[1] && hit[2] && !/^(password|email|and|or)$/i.test(hit[2])) {
        accounts.push({
          values: { email: hit[1], username: hit[1], password: hit[2].replace(/[.,;]$/, '') },
          how: 'shown',
        });
        break;
      }
    }
  const prefilled = login?.form.fields.find((f) => f.value.includes('@'));
  for (const { values, how } of accounts) {
    if (!login) break;
    context.progress(
      how === 'given' ? 'logging in with the account given' : 'logging in with the account that the page shows',
    );
    context.journal.hide(values['password'] ?? '');
    const done = await enterBy(context, session, login, values);
    if (done.in)
      return {
        door: {
          kind: 'password',
          says: `log-in with the account ${how === 'given' ? 'given' : 'shown on the page'}`,
          logIn: done.recipe,
          account: how,
          evidence: [done.evidence],
        },
        account: values,
        in: true,
      };
    context.tried(`logging in as ${values['email']}: ${done.because}`);
  }
  if (login && prefilled) {
    const change = await tab.act({
      do: 'click',
      on: describe(login.form.buttons[0] ?? login.form.fields[0]!, login.view),
    });
    if (!('missing' in change) && !isDoor(change.after)) {
      const recipe: Recipe = {
        id: 'log-in',
        steps: [...login.path, { do: 'click', on: describe(login.form.buttons[0]!, login.view), commits: true }],
      };
      return {
        door: {
          kind: 'password',
          says: 'log-in with what the form holds already',
          logIn: recipe,
          account: 'shown',
          evidence: [change.evidence],
        },
        account: none,
        in: true,
      };
    }
  }
  const signUp = await signingUp(context, session, entry);
  if (signUp) return signUp;
  const named = forms(entry).find((f) => f.purpose === 'name-door') ?? undefined;
  if (named) {
    const door = await nameDoor(context, session, entry, named);
    if (door) return door;
  }
  const evidence = await tab.screen('the door stayed shut');
  return {
    door: {
      kind: login ? 'closed' : 'none',
      says: login ? 'a log-in that could not be opened' : 'no form asks who one is',
      ...(login ? { wants: '--login user:password' } : {}),
      evidence: [evidence],
    },
    account: none,
    in: !login,
  };
}

/** Is this a page to enter by a name alone? Fills it and keeps the recipe. */
export async function nameDoor(
  context: SurveyContext,
  session: Session,
  view: View,
  form: Form,
  path: readonly Step[] = [{ do: 'goto', url: view.url }],
): Promise<{ door: DoorFacts; account: Values; in: boolean } | undefined> {
  const tab = session.window.first;
  const account = context.actors.mint();
  context.progress('entering by a name');
  const done = await complete(tab, view, form, {
    fresh: () => account,
    today: context.today,
    all: true,
    purposes: ['name-door'],
  });
  if (!done?.change || done.said === 'refused') return undefined;
  const inside = !forms(done.change.after).some((f) => f.signature === form.signature);
  if (!inside) return undefined;
  const recipe: Recipe = { id: 'log-in', steps: [...path, ...done.steps] };
  const evidence = await tab.screen('inside, by a name alone');
  return {
    door: {
      kind: 'name',
      says: 'a name alone, without proof',
      logIn: recipe,
      account: 'signed-up',
      evidence: [evidence],
    },
    account,
    in: true,
  };
}

/** The way to a form of this purpose: on this page, or behind a link or button that is called so. */
async function reach(
  context: SurveyContext,
  tab: Tab,
  from: View,
  word: 'log-in' | 'sign-up',
  purposes: readonly Purpose[],
): Promise<{ view: View; form: Form; path: Step[] } | undefined> {
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
              c.region !== 'main' &&
              !c.editable &&
              /\b(admin|account|my account|staff|member)\b/i.test(c.name) &&
              c.role === 'link',
          )
        : undefined);
    if (!control) return undefined;
    const on = describe(control, view);
    const change = await tab.act({ do: 'click', on }, { control });
    if ('missing' in change) return undefined;
    if (change.navigated && change.after.url !== start && !change.after.modal)
      path.splice(0, path.length, { do: 'goto', url: change.after.url });
    else path.push({ do: 'click', on });
    view = change.after;
    if (context.left() < 2000) return undefined;
  }
  const form = forms(view).find((f) => purposes.includes(f.purpose));
  return form ? { view, form, path } : undefined;
}

/** A form to log in or sign up still stands there. */
const shut = (view: View): boolean =>
  forms(view).some((f) => f.purpose === 'log-in' || f.purpose === 'sign-up') ||
  view.controls.some((c) => c.type === 'password');

/** Logs in by a form that was reached; learned as a recipe when the door is no longer there on a fresh load. */
async function enterBy(
  context: SurveyContext,
  session: Session,
  at: { view: View; form: Form; path: Step[] },
  account: Values,
): Promise<{ in: boolean; recipe: Recipe; evidence: `e${number}`; because: string }> {
  const tab = session.window.first;
  if (tab.url !== at.view.url) for (const step of at.path) await tab.act(step);
  const done = await complete(tab, at.view, at.form, {
    fresh: () => account,
    today: context.today,
    all: false,
    purposes: ['log-in', 'code-door'],
  });
  const recipe: Recipe = { id: 'log-in', steps: [...at.path, ...(done?.steps ?? [])] };
  const view = done?.change?.after ?? (await tab.view());
  let inside = !!done?.change && !view.controls.some((c) => c.type === 'password') && done.said !== 'refused';
  if (inside) {
    // A login that a reload forgets is still a login of this page; but one that never took would show its door again.
    inside = !forms(view).some((f) => f.purpose === 'log-in' && f.signature === at.form.signature);
  }
  const evidence = await tab.screen(inside ? 'logged in' : 'the log-in was not accepted');
  return { in: inside, recipe, evidence, because: done?.because ?? 'the form went away' };
}

/** The few links and buttons that stand beside a log-in form: does one lead to a form that signs up? */
async function besideLogin(context: SurveyContext, tab: Tab, entry: View): ReturnType<typeof reach> {
  await tab.goto(entry.url);
  const login = await reach(context, tab, await tab.view(), 'log-in', ['log-in']);
  const others =
    login?.view.controls.filter(
      (c) =>
        c.region === 'main' &&
        !c.editable &&
        c.role !== 'text' &&
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

async function signingUp(
  context: SurveyContext,
  session: Session,
  entry: View,
): Promise<{ door: DoorFacts; account: Values; in: boolean } | undefined> {
  const tab = session.window.first;
  if (!context.writes) return undefined;
  let view = entry;
  if (tab.url !== entry.url) {
    await tab.goto(entry.url);
    view = await tab.view();
  }
  let at = await reach(context, tab, view, 'sign-up', ['sign-up']);
  if (!at && forms(await tab.view()).some((f) => f.purpose === 'log-in'))
    at = await reach(context, tab, await tab.view(), 'sign-up', ['sign-up']);
  if (!at) {
    const login = await reach(context, tab, view, 'log-in', ['log-in']);
    if (login) at = await reach(context, tab, login.view, 'sign-up', ['sign-up']);
    if (at && login && at.path[0]?.do === 'goto' && at.path[0].url === login.view.url)
      at = { ...at, path: [...login.path, ...at.path.slice(1)] };
  }
  // In a language that we do not know, the one other way out of a log-in is likely the way to an account.
  if (!at) at = await besideLogin(context, tab, entry);
  if (!at) return undefined;
  context.progress('signing up');
  const account = context.actors.mint();
  const done = await complete(tab, at.view, at.form, {
    fresh: () => account,
    today: context.today,
    all: true,
    purposes: ['sign-up', 'password'],
  });
  if (!done?.change || done.said === 'refused') {
    context.tried(`signing up by ${done?.plan.says ?? 'the form'}: ${done?.because ?? 'it went away'}`);
    return undefined;
  }
  context.ledger.add({ what: 'account', mark: account['email'] ?? '', how: 'sign-up', acknowledged: true });
  const signUp: Recipe = { id: 'sign-up', steps: [...at.path, ...done.steps] };
  const evidence = await tab.screen('signed up');
  let inside = !shut(done.change.after);
  // How to log in is learned in a browser of its own: the one that signed up may be logged in already.
  const other = await context.windows.open({ label: 'A' });
  await other.first.goto(context.memory.facts.entry);
  const login = await reach(context, other.first, await other.first.view(), 'log-in', ['log-in']);
  let logIn: Recipe | undefined;
  let refused: string | undefined;
  if (login) {
    const there = context.actors.wrap(other, 'A', account);
    const entered = await enterBy(context, there, login, account);
    logIn = entered.recipe;
    if (!entered.in) {
      refused = entered.because;
      context.tried(`logging in with the new account from a fresh browser: ${entered.because}`);
    }
  } else context.tried('no log-in form was found for the new account');
  await other.close();
  if (!inside && logIn && !refused) {
    await session.do(logIn, account);
    inside = !shut(await tab.view());
  }
  if (/(check|confirm|verify)[^.]{0,30}(e-?mail|inbox)/i.test((await tab.view()).text) && (!logIn || refused))
    return {
      door: {
        kind: 'closed',
        says: 'sign-up asks to confirm an e-mail address',
        wants: '--login user:password',
        evidence: [evidence],
      },
      account: {},
      in: false,
    };
  return {
    door: {
      kind: 'password',
      says: 'sign-up and log-in',
      signUp,
      ...(logIn ? { logIn } : {}),
      ...(refused ? { logInRefused: refused } : {}),
      account: 'signed-up',
      evidence: [evidence],
    },
    account,
    in: inside,
  };
}
