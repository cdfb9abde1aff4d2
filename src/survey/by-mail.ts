import type { Tab, View } from '../model/browser.ts';
import { type Mailbox, mailboxOf, secretsOf, sendsToMailbox } from '../model/mail.ts';
import { describe } from '../model/match.ts';
import type { Step, Values } from '../model/recipe.ts';
import { type Form, forms } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import { says } from './words.ts';

/** What would open a door that waits for mail. */
export const mailWanted =
  '--start, so that its mail is caught (or --mail <port>, where it mails to that port of this machine), or --login user:password';

/** What a letter to the account opened, and how. */
export interface Mailed {
  readonly by: 'link' | 'code';
  readonly steps: readonly Step[];
  readonly after: View;
}

/** Milliseconds that a letter is waited for where no page speaks of it in words that we know. */
const unasked = 1500;

/** What is sent to this account from now on. Undefined where mail is not caught. */
export const mailboxFor = ({ mail, clock, url }: SurveyContext, { email }: Values): Mailbox | undefined =>
  mail && email ? mailboxOf(mail, email, clock.now(), url) : undefined;

const codeDoor = (view: View): Form | undefined => forms(view).find((f) => f.purpose === 'code-door');
/** Does the page send one to one's mailbox, or ask for a code? */
const waits = (view: View): boolean => sendsToMailbox(view.text) || codeDoor(view) !== undefined;

/** Does it do so, and let one do nothing else? */
export const waitsForMail = (view: View): boolean =>
  sendsToMailbox(view.text) &&
  !view.controls.some((c) => c.editable && !c.hidden && c.group !== codeDoor(view)?.group.index);

/** Does what a letter wants: types its code into the form that asks for it, or follows its link. Undefined where none came, or it was not taken. */
export async function byMail(
  context: SurveyContext,
  tab: Tab,
  account: Values,
  mailbox: Mailbox,
): Promise<Mailed | undefined> {
  const view = await tab.view();
  const within = waits(view) ? undefined : unasked;
  if (!within) context.progress('waiting for mail from the app');
  const form = codeDoor(view);
  const code = form && (await mailbox.find('code', within));
  if (form && code) {
    const done = await complete(tab, view, form, {
      fresh: () => account,
      today: context.today,
      all: false,
      purposes: ['code-door'],
      codes: { mailbox: { ...mailbox, find: () => Promise.resolve(code) } },
    });
    if (done?.change && done.said !== 'refused') return { by: 'code', steps: done.steps, after: done.change.after };
    context.tried(`the code that came by mail: ${done?.because ?? 'the form went away'}`);
    return undefined;
  }
  const link = await mailbox.find('link', form ? 0 : within);
  if (!link) {
    if (!within) context.tried(mailbox.lack());
    return undefined;
  }
  const follow: Step = { do: 'goto', url: '{link}' };
  await tab.act(follow, { values: { ...account, link } });
  const steps: Step[] = [follow];
  const last = await pressOn(tab);
  if (last) steps.push(last);
  // What was opened by a secret is spent: what follows begins at the front.
  if (secretsOf(tab.url).some((secret) => link.includes(secret))) {
    const home: Step = { do: 'goto', url: context.memory.facts.entry };
    await tab.act(home);
    steps.push(home);
  }
  return { by: 'link', steps, after: await tab.view() };
}

/** Pages that let no scanner of mail open them ask for one press more: the only button, called as what lets one in. */
async function pressOn(tab: Tab): Promise<Step | undefined> {
  const view = await tab.view();
  if (view.controls.some((c) => c.editable && !c.hidden)) return undefined;
  const [button, ...others] = view.controls.filter((c) => c.role === 'button' && c.region === 'main' && !c.hidden);
  if (!button || others.length || says('remove', button.name) || says('danger', button.name)) return undefined;
  const opens = says('confirm', button.name) || says('logIn', button.name) || verifies.test(button.name);
  if (!opens) return undefined;
  const step: Step = { do: 'click', on: describe(button, view), commits: true };
  const change = await tab.act(step, { control: button });
  return 'missing' in change ? undefined : step;
}
const verifies = /verif|confirm|activ|best[äa]tig|aktivier/i;
