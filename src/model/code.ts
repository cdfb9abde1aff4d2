import type { Tab } from './browser.ts';
import type { Mailbox } from './mail.ts';
import type { Step, Values } from './recipe.ts';

/** A code of this moment that a page shows, as demonstrations do: “Your code: 482913”. */
const shown = /(?:code|otp|pin|passcode|token)[^\p{L}\d]{0,4}(?:\p{L}+[^\p{L}\d]{1,3}){0,4}(\d{4,8})(?!\d)/iu;
/** Milliseconds that a letter is waited for where the page shows what may be the code. */
const soon = 1500;

/**
 * The values with the code or the link of this moment, where the step asks for it: from a letter to the account, else as the page shows it,
 * else as it is known. Undefined where there is none.
 */
export async function withCode(tab: Tab, step: Step, values: Values, mailbox?: Mailbox): Promise<Values | undefined> {
  if (step.do === 'goto' && step.url === '{link}') {
    const link = await mailbox?.find('link');
    return link ? { ...values, link } : undefined;
  }
  if (step.do !== 'fill' || !step.value.includes('{code}')) return values;
  const here = shown.exec((await tab.view()).text)?.[1] ?? values['code'];
  const code = (await mailbox?.find('code', here ? soon : undefined)) ?? here;
  return code ? { ...values, code } : undefined;
}
