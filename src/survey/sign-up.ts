import type { Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import { sendsToMailbox } from '../model/mail.ts';
import { holds } from '../model/mark.ts';
import type { Recipe, Step, Values } from '../model/recipe.ts';
import { asksForCode, byAuthenticator, lacksSecret } from './by-authenticator.ts';
import { byMail, mailboxFor, mailWanted, waitsForMail } from './by-mail.ts';
import { type Form, forms, signsUp } from './classify.ts';
import { type Completed, complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import { behindCode, byAddress, type Entered, enterBy, letIn, shut } from './log-in.ts';
import { peel } from './peel.ts';
import { besideLogin, type Reached, reach } from './reach.ts';

/** The form filled in for an account, which is in the ledger from then on. */
function completed(
  context: SurveyContext,
  tab: Tab,
  view: View,
  form: Form,
  account: Values,
): ReturnType<typeof complete> {
  context.ledger.begin({ what: 'account', mark: account['email'] ?? '', how: 'sign-up' });
  return complete(tab, view, form, {
    fresh: () => account,
    today: context.today,
    all: true,
    purposes: ['sign-up', 'password'],
  });
}

/**
 * One form with a button to log in and another to sign up. It is filled before that is pressed: empty, it might make an account without a
 * name. Where pressing it sent nothing it only led on: `after` is where. Undefined where no form is both.
 */
async function inOneForm(
  context: SurveyContext,
  tab: Tab,
  view: View,
  account: Values,
  path: Step[] = [{ do: 'goto', url: view.url }],
): Promise<{ at?: Reached; done?: Completed; after: View } | undefined> {
  const form = forms(view).find(isBoth);
  if (!form) return undefined;
  context.progress('signing up');
  const done = await completed(context, tab, view, form, account);
  const after = done?.change?.after ?? (await tab.view());
  const sent = done?.change?.writes.some((w) => holds(w.body, account['username'] ?? ''));
  if (!sent) context.ledger.settle(account['email'] ?? '', 'nothing');
  return sent && done ? { at: { view, form, path }, done, after } : { after };
}

const isBoth = (f: Form): boolean => f.purpose === 'log-in' && f.buttons.length > 1 && f.buttons.some(signsUp);

/** Signs up, and learns in a browser of its own how the new account logs in. `door`: the log-in that was come to. Undefined where no form signs up. */
export async function signingUp(
  context: SurveyContext,
  session: Session,
  entry: View,
  door?: Reached,
): Promise<Entered | undefined> {
  const tab = session.window.first;
  if (!context.writes) return undefined;
  let view = entry;
  if (tab.url !== entry.url) {
    await tab.goto(entry.url);
    view = await tab.view();
  }
  const account = context.actors.mint();
  const mailbox = mailboxFor(context, account);
  // The log-in that was come to already may be the form that signs up, too.
  const elsewhere = door && isBoth(door.form) && !forms(view).some(isBoth) ? door : undefined;
  for (const step of elsewhere?.path ?? []) await tab.act(step);
  if (elsewhere) view = await tab.view();
  const both = await inOneForm(context, tab, view, account, elsewhere?.path);
  let at = both?.at ?? (await reach(context, tab, both?.after ?? view, 'sign-up', ['sign-up']));
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
  const done = both?.done ?? (await completed(context, tab, at.view, at.form, account));
  if (!done?.change || done.said === 'refused') {
    context.ledger.settle(account['email'] ?? '', 'nothing');
    context.tried(`signing up by ${done?.plan.says ?? 'the form'}: ${done?.because ?? 'it went away'}`);
    return undefined;
  }
  context.ledger.settle(account['email'] ?? '', 'ok');
  const { after } = done.change;
  const sent = sendsToMailbox(after.text) || forms(after).some((f) => f.purpose === 'code-door');
  const atOnce = await byAuthenticator(context, tab, account);
  const mailed = !atOnce && mailbox && (sent || shut(after)) ? await byMail(context, tab, account, mailbox) : undefined;
  const coded = mailed ? await byAuthenticator(context, tab, account) : atOnce;
  const steps = [...at.path, ...done.steps, ...(mailed?.steps ?? []), ...(coded?.steps ?? [])];
  const evidence = await tab.screen('signed up');
  const last = coded ?? mailed;
  let inside = last ? letIn(last.after) : !shut(after);
  const within = !done.change.writes.length && !done.change.requests.some((r) => r.kind === 'document');
  const { path, logIn, refused } = await loggingIn(context, account, { mailed: mailed && at.form, steps, within });
  // One whose address is confirmed may have to log in: whoever signs up later is led to where that is done.
  if (mailed && !inside) steps.push(...path);
  const asks = !inside && asksForCode(await tab.view());
  if (asks) inside = await behindCode(context, tab);
  if (!inside && logIn && !refused) {
    await session.do(logIn, account);
    inside = !shut(await tab.view());
  }
  const waits = !mailed && waitsForMail(after);
  if ((waits || asksToConfirm.test((await tab.view()).text)) && (!logIn || refused))
    return {
      door: {
        kind: 'closed',
        says: `sign-up asks to confirm an e-mail address${mailbox && waits ? `, and ${mailbox.lack()}` : ''}`,
        wants: mailWanted,
        evidence: [evidence],
      },
      account: {},
      in: false,
    };
  const uncoded = asks && !inside ? lacksSecret(context.url) : undefined;
  if (uncoded && (!logIn || refused))
    return {
      door: { kind: 'closed', says: `sign-up ${uncoded.says}`, wants: uncoded.wants, evidence: [evidence] },
      account: {},
      in: false,
    };
  // Who comes by an address alone and is let in by a letter signs up each time.
  const alone = mailed && logIn && !path.length;
  return {
    door: {
      kind: 'password',
      says: alone
        ? byAddress(mailed.by)
        : `sign-up${mailed ? `, confirmed by the ${mailed.by} that comes by mail,` : ''}${coded ? ', with the code of an authenticator app,' : ''} and log-in`,
      ...(alone ? {} : { signUp: { id: 'sign-up', steps } }),
      ...(logIn ? { logIn } : {}),
      ...(refused ? { logInRefused: refused } : {}),
      account: 'signed-up',
      evidence: [evidence],
    },
    account,
    in: inside,
  };
}

const asksToConfirm = /(check|confirm|verify)[^.]{0,30}(e-?mail|inbox)/i;

/**
 * How the new account logs in, learned in a browser of its own: the one that signed up may be logged in already. `path`: the way to the form.
 * `mailed`: the form by which a letter was asked for; `steps`: what was done by it; `within`: nothing left the page at the sign-up, so the
 * page answers log-ins, too.
 */
async function loggingIn(
  context: SurveyContext,
  account: Values,
  { mailed, steps, within }: { mailed: Form | undefined; steps: readonly Step[]; within: boolean },
): Promise<{ path: readonly Step[]; logIn?: Recipe; refused?: string }> {
  const other = await context.windows.open({ label: 'A' });
  try {
    await other.first.goto(context.memory.facts.entry);
    const login = await reach(context, other.first, await peel(other.first, context), 'log-in', ['log-in']);
    const there = context.actors.wrap(other, 'A', account);
    if (login) {
      const entered = await enterBy(context, there, login, account);
      const path = login.path;
      if (entered.in) return { path, logIn: entered.recipe };
      context.tried(`logging in with the new account from a fresh browser: ${entered.because}`);
      return {
        path,
        ...(entered.sent || (within && entered.unknown) ? { logIn: entered.recipe, refused: entered.because } : {}),
      };
    }
    if (mailed && !mailed.fields.some((f) => f.type === 'password')) {
      const logIn: Recipe = { id: 'log-in', steps };
      const done = await there.do(logIn, account);
      if (!done.missing && !shut(await other.first.view())) return { path: [], logIn };
    }
    context.tried('no log-in form was found for the new account');
    return { path: [] };
  } finally {
    await other.close();
  }
}
