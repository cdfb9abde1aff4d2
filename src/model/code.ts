import type { Authenticator } from './authenticator.ts';
import type { Tab } from './browser.ts';
import { type Mailbox, sendsToMailbox } from './mail.ts';
import type { Step, Values } from './recipe.ts';

/** Where codes of the moment come from, besides the page itself. */
export interface Codes {
  readonly mailbox?: Mailbox | undefined;
  readonly authenticator?: Authenticator;
  /** Milliseconds that may be waited for the next one. */
  left?(): number;
}

/** A code of this moment that a page shows, as demonstrations do: “Your code: 482913”. */
const shown = /(?:code|otp|pin|passcode|token)[^\p{L}\d]{0,4}(?:\p{L}+[^\p{L}\d]{1,3}){0,4}(\d{4,8})(?!\d)/iu;
/** Milliseconds that a letter is waited for where the page shows what may be the code. */
const soon = 1500;

/**
 * The values with the code or the link of this moment, where the step asks for it: computed from a secret that was shown to the account, from
 * a letter to it, else as the page shows it, else as it is known. Undefined where there is none.
 */
export async function withCode(tab: Tab, step: Step, values: Values, codes: Codes = {}): Promise<Values | undefined> {
  const { mailbox, authenticator, left } = codes;
  if (step.do === 'goto' && step.url === '{link}') {
    const link = await mailbox?.find('link');
    return link ? { ...values, link } : undefined;
  }
  if (step.do !== 'fill' || !step.value.includes('{code}')) return values;
  const view = await tab.view();
  authenticator?.see(view, values);
  if (authenticator?.knows(values) && !(mailbox && sendsToMailbox(view.text))) {
    const code = await authenticator.code(values, left?.());
    return code ? { ...values, code } : undefined;
  }
  const here = shown.exec(view.text)?.[1] ?? values['code'];
  const code = (await mailbox?.find('code', here ? soon : undefined)) ?? here;
  return code ? { ...values, code } : undefined;
}
