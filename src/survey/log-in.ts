import type { Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { DoorFacts } from '../model/facts.ts';
import { sendsToMailbox } from '../model/mail.ts';
import type { Recipe, Values } from '../model/recipe.ts';
import { soundsRefused } from '../model/said.ts';
import { newLines } from './attempt.ts';
import { asksForCode, byAuthenticator, lacksSecret } from './by-authenticator.ts';
import { byMail, type Mailed, mailboxFor, mailWanted, waitsForMail } from './by-mail.ts';
import { forms } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import type { Reached } from './reach.ts';
import { says } from './words.ts';

/** What a door turned out to be, whose account opens it, and whether the session stands inside. */
export interface Entered {
  readonly door: DoorFacts;
  readonly account: Values;
  readonly in: boolean;
}

/** A door that asks for an address alone, in words. */
export const byAddress = (by: Mailed['by'] | undefined): string =>
  `an e-mail address without a password${by ? `, and the ${by} that comes by mail` : ''}`;

/** A form to log in or sign up still stands there, or a code is asked for. */
export const shut = (view: View): boolean =>
  asksForCode(view) ||
  forms(view).some((f) => f.purpose === 'log-in' || f.purpose === 'sign-up') ||
  view.controls.some((c) => c.type === 'password');

/** Neither a door nor the way to one. */
export const letIn = (view: View): boolean =>
  !shut(view) && !view.controls.some((c) => !c.editable && says('logIn', c.name) && !says('logOut', c.name));

/** A code may be asked for that can wait: does the app stand open behind its own address all the same? */
export async function behindCode({ memory }: SurveyContext, tab: Tab): Promise<boolean> {
  await tab.act({ do: 'goto', url: memory.facts.entry });
  return letIn(await tab.view());
}

/** Logs in by a form that was reached; learned as a recipe when the door is no longer there on a fresh load. */
export async function enterBy(
  context: SurveyContext,
  session: Session,
  at: Reached,
  account: Values,
): Promise<{
  in: boolean;
  recipe: Recipe;
  evidence: `e${number}`;
  because: string;
  by?: Mailed['by'];
  /** The form was sent: whoever is not in was refused by the app. */
  sent: boolean;
}> {
  const tab = session.window.first;
  if (tab.url !== at.view.url) for (const step of at.path) await tab.act(step);
  const mailbox = mailboxFor(context, account);
  const done = await complete(tab, at.view, at.form, {
    fresh: () => account,
    today: context.today,
    all: false,
    purposes: ['log-in', 'code-door'],
    codes: { mailbox, authenticator: context.authenticator, left: context.left },
  });
  const steps = [...at.path, ...(done?.steps ?? [])];
  // A login that a reload forgets is still a login of this page; but one that never took would show its door again.
  const standing = (view: View): boolean =>
    view.controls.some((c) => c.type === 'password') ||
    asksForCode(view) ||
    forms(view).some((f) => ['log-in', 'code-door'].includes(f.purpose) && f.signature === at.form.signature);
  const answer = done?.change;
  const alone = !at.form.fields.some((f) => f.type === 'password');
  const mailed =
    mailbox && answer && !mailbox.served && (alone || sendsToMailbox(answer.after.text))
      ? await byMail(context, tab, account, mailbox)
      : undefined;
  const coded = answer && (await byAuthenticator(context, tab, account));
  steps.push(...(mailed?.steps ?? []), ...(coded?.steps ?? []));
  let view = (coded ?? mailed)?.after ?? (answer && done.said !== 'refused' ? answer.after : undefined);
  // A busy server takes a moment to let one in.
  for (let tries = 0; view && standing(view) && tries < 5; tries++) {
    await context.clock.sleep(400);
    view = await tab.view();
  }
  if (view && asksForCode(view) && (await behindCode(context, tab))) {
    steps.push({ do: 'goto', url: context.memory.facts.entry });
    view = await tab.view();
  }
  const uncoded = asksForCode(view ?? (await tab.view())) ? lacksSecret(context.url) : undefined;
  const waits = alone && !mailed && view !== undefined && waitsForMail(view);
  const inside = view !== undefined && !standing(view) && !waits;
  const evidence = await tab.screen(inside ? 'logged in' : 'the log-in was not accepted');
  const unmailed = mailbox?.lack() ?? 'it sends one to a mailbox, and mail is not caught';
  const lacks = waits ? { says: unmailed, wants: mailWanted } : uncoded;
  if (lacks) context.tries.lacks = lacks;
  // What is answered within the page itself is said a moment later.
  const refusal =
    answer && !inside
      ? newLines({ before: answer.before, after: view ?? answer.after }).find((line) => soundsRefused(line))
      : undefined;
  const by = mailed?.by ?? (mailbox?.served ? 'code' : undefined);
  return {
    in: inside,
    recipe: { id: 'log-in', steps },
    evidence,
    because: lacks?.says ?? (refusal && `the page says “${refusal}”`) ?? done?.because ?? 'the form went away',
    sent: answer !== undefined && (answer.writes.length > 0 || answer.navigated || refusal !== undefined),
    ...(by ? { by } : {}),
  };
}
