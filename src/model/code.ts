import type { Tab } from './browser.ts';
import type { Step, Values } from './recipe.ts';

/** A code of this moment that a page shows, as demonstrations do: “Your code: 482913”. */
const shown = /(?:code|otp|pin|passcode|token)[^\p{L}\d]{0,4}(?:\p{L}+[^\p{L}\d]{1,3}){0,4}(\d{4,8})(?!\d)/iu;

/** The values with the code that the page shows now, where the step asks for it; undefined where it shows none. */
export async function withCode(tab: Tab, step: Step, values: Values): Promise<Values | undefined> {
  if (step.do !== 'fill' || !step.value.includes('{code}')) return values;
  const code = shown.exec((await tab.view()).text)?.[1];
  return code ? { ...values, code } : undefined;
}
