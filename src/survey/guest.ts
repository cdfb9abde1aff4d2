/** A log-in that holds an account itself: filled in as it opens, or by a button beside it (“Add guest credentials”). */
import type { Control, Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import { describe } from '../model/match.ts';
import type { Recipe, Step } from '../model/recipe.ts';
import { saidOf, soundsRefused } from '../model/said.ts';
import { newLines } from './attempt.ts';
import { type Form, forms, trigger } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { letIn } from './log-in.ts';
import type { Reached } from './reach.ts';
import { says } from './words.ts';

/** How one comes in so, from a blank page. */
export interface AsGuest {
  readonly recipe: Recipe;
  readonly evidence: `e${number}`;
  readonly says: string;
}

/** Sends the log-in as it opens, where it holds an address and a password already; the session is left inside. Undefined where it holds none or opens nothing. */
export async function enterAsFilled(
  context: SurveyContext,
  session: Session,
  { view, form, path }: Reached,
): Promise<AsGuest | undefined> {
  if (!isFilled(form)) return undefined;
  const tab = session.window.first;
  for (const step of path) await tab.act(step);
  return send(context, tab, view, form, path, 'log-in with what the form holds already');
}

/** Is something beside this log-in called a guest's or a demo's? */
export const takesGuests = ({ view, form }: Reached): boolean => guestButton(view, form) !== undefined;

/**
 * Presses what is called so, in a browser of its own; where that fills the form, sends it. One that opens the app at once may make a new guest
 * at each press, with rows of its own: undefined, as where nothing opens.
 */
export async function learnGuest(context: SurveyContext, { form, path }: Reached): Promise<AsGuest | undefined> {
  context.progress('entering as a guest');
  const window = await context.windows.open({ label: 'A' });
  try {
    const tab = window.first;
    for (const step of path) await tab.act(step);
    const view = await tab.view();
    const button = guestButton(view, form);
    if (!button) return undefined;
    const step: Step = { do: 'click', on: describe(button, view) };
    const pressed = await tab.act(step);
    if ('missing' in pressed) return undefined;
    const filled = forms(pressed.after).find((f) => f.signature === form.signature && isFilled(f));
    return (
      filled && (await send(context, tab, pressed.after, filled, [...path, step], `“${button.name}” of the log-in`))
    );
  } finally {
    await window.close();
  }
}

/** Does it open the app to this session as well? */
export async function comesIn(session: Session, { recipe }: AsGuest): Promise<boolean> {
  await session.do(recipe, {});
  return letIn(await session.window.first.view());
}

/** Whose account it is, and none of the things that are done with demos and to them. */
const guests =
  /(?<!\p{L})(guest|demo|gast|invitado|invitada|invité|invitée|convidado|ospite|gosc|гост\p{L}*|misafir|访客|游客|ゲスト|게스트|ضيف)(?!\p{L})/u;
const otherwise =
  /(?<!\p{L})(data|clear|load|seed|again|request|book|watch|schedule|see|method|video|delete|remove|reset|send)(?!\p{L})/u;

const guestButton = (view: View, form: Form): Control | undefined =>
  view.controls.find((c) => {
    const name = c.name.normalize('NFC').toLowerCase();
    const rest = name.replace(guests, '');
    return (
      (c.role === 'button' || c.submits) &&
      !c.disabled &&
      !c.hidden &&
      guests.test(name) &&
      !otherwise.test(rest) &&
      !(['danger', 'remove', 'archive', 'signUp'] as const).some((kind) => says(kind, rest)) &&
      c.css !== trigger(form, 'log-in')?.css
    );
  });

/** Who one is, and something in its password field. */
function isFilled({ purpose, fields }: Form): boolean {
  const who = fields.filter((f) => ['text', 'email'].includes(f.type));
  const secrets = fields.filter((f) => f.type === 'password');
  const all = [...who.map((f) => f.value !== ''), ...secrets.map((f) => f.filled === true)];
  return purpose === 'log-in' && who.length > 0 && secrets.length > 0 && all.every(Boolean);
}

/** Sends it once. Inside is where neither the door nor a refusal stands. */
async function send(
  { clock }: SurveyContext,
  tab: Tab,
  view: View,
  form: Form,
  path: readonly Step[],
  says: string,
): Promise<AsGuest | undefined> {
  const button = trigger(form, 'log-in');
  if (!button) return undefined;
  const step: Step = { do: 'click', on: describe(button, view), commits: true };
  const change = await tab.act(step);
  if ('missing' in change) return undefined;
  const { before } = change;
  const refused = change.requests.some((r) => r.kind === 'document' && (r.status ?? 0) >= 400);
  if (refused || saidOf(change, '\u0000').said === 'refused') return undefined;
  // A busy server takes a moment to let one in.
  let { after } = change;
  for (let tries = 0; tries < 5 && !letIn(after); tries++) {
    await clock.sleep(400);
    after = await tab.view();
  }
  if (!letIn(after) || newLines({ before, after }).some(soundsRefused)) return undefined;
  return { recipe: { id: 'log-in', steps: [...path, step] }, evidence: change.evidence, says };
}
