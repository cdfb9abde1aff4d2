/** A log-in that holds an account itself: filled in as it opens, or by a button beside it (“Add guest credentials”). */
import type { Control, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import { describe } from '../model/match.ts';
import type { Recipe, Step } from '../model/recipe.ts';
import { type Form, forms, trigger } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { shut } from './log-in.ts';
import type { Reached } from './reach.ts';
import { says } from './words.ts';

/** How one comes in so, from a blank page; the session is left inside. */
export interface AsGuest {
  readonly recipe: Recipe;
  readonly evidence: `e${number}`;
  readonly says: string;
}

/** Sends the log-in as it stands, where it holds an address or a name and a password already. Undefined where it holds none or opens nothing. */
export async function enterAsFilled(
  context: SurveyContext,
  session: Session,
  { view, form, path }: Reached,
): Promise<AsGuest | undefined> {
  return isFilled(form)
    ? send(context, session, view, form, path, 'log-in with what the form holds already')
    : undefined;
}

/** Is something beside this log-in called a guest's or a demo's? */
export const takesGuests = ({ view, form }: Reached): boolean => guestButton(view, form) !== undefined;

/** Presses what is called so; where that fills the form, sends it. */
export async function enterAsGuest(
  context: SurveyContext,
  session: Session,
  { form, path }: Reached,
): Promise<AsGuest | undefined> {
  const tab = session.window.first;
  context.progress('entering as a guest');
  for (const step of path) await tab.act(step);
  const view = await tab.view();
  const button = guestButton(view, form);
  if (!button) return undefined;
  const step: Step = { do: 'click', on: describe(button, view) };
  const pressed = await tab.act(step);
  if ('missing' in pressed) return undefined;
  const steps = [...path, step];
  // One that opens the app at once may make a new guest at each press, with rows of its own.
  const filled = forms(pressed.after).find((f) => f.signature === form.signature && isFilled(f));
  return filled && send(context, session, pressed.after, filled, steps, `“${button.name}” of the log-in`);
}

const guestButton = (view: View, form: Form): Control | undefined =>
  view.controls.find(
    (c) =>
      (c.role === 'button' || c.submits) &&
      !c.disabled &&
      !c.hidden &&
      says('demo', c.name) &&
      !says('danger', c.name) &&
      c.css !== trigger(form, 'log-in')?.css,
  );

/** What a password field holds is not read: who one is stands there, and it asks for a password. */
function isFilled({ purpose, fields }: Form): boolean {
  const who = fields.filter((f) => ['text', 'email'].includes(f.type));
  return (
    purpose === 'log-in' &&
    fields.some((f) => f.type === 'password') &&
    who.length > 0 &&
    who.every((f) => f.value !== '')
  );
}

async function send(
  { clock }: SurveyContext,
  { window }: Session,
  view: View,
  form: Form,
  path: readonly Step[],
  says: string,
): Promise<AsGuest | undefined> {
  const button = trigger(form, 'log-in');
  if (!button) return undefined;
  const step: Step = { do: 'click', on: describe(button, view), commits: true };
  const change = await window.first.act(step);
  if ('missing' in change) return undefined;
  // A busy server takes a moment to let one in.
  let after = change.after;
  for (let tries = 0; tries < 5 && shut(after); tries++) {
    await clock.sleep(400);
    after = await window.first.view();
  }
  if (shut(after)) return undefined;
  return { recipe: { id: 'log-in', steps: [...path, step] }, evidence: change.evidence, says };
}
