/** Ways in that others published: on the page, in the source, in the log. Each is tried once, few in all, and none any more at a lock. */
import type { View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { DoorFacts } from '../model/facts.ts';
import { inProse } from '../model/published/prose.ts';
import type { WayIn } from '../model/published/words.ts';
import type { Values } from '../model/recipe.ts';
import { type Form, forms } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { type Entered, enterBy } from './log-in.ts';
import type { Reached } from './reach.ts';

/** Usual limits are five and ten. */
const mostTries = 6;
const locked =
  /too many|lock(ed|out)|temporarily|rate.?limit|try again (later|in)|attempts? (left|remaining)|answer was (423|429)|zu viele|gesperrt|demasiad|bloquead|trop de|verrouill|bloqu[ée]|muitas|tentativas|troppi|bloccat|te veel|geblokkeerd|zbyt wiele|zablokowan|слишком много|заблокирован|[çc]ok fazla|kilitl|次数|锁定|ロック|試行|너무 많|잠[겼금]|बहुत अधिक|محاولات|محظور/i;

/** A password or a code by itself opens it: nothing asks who one is. */
export const takesACode = (form: Form): boolean => {
  const words = form.fields.filter((f) => !['checkbox', 'radio'].includes(f.type) && f.tag !== 'select');
  return form.purpose === 'code-door' || (words.length === 1 && words[0]?.type === 'password');
};

/** The values of an account, under every name that a form may ask for. */
export const valuesOf = ({ user, email, password }: Omit<WayIn, 'where'>): Values =>
  user === undefined
    ? { email: password, username: password, name: password, code: password, password }
    : { email: email ?? user, username: user, name: user, password };

/** Codes that the page shows beside a field that takes nothing else: “Default password: 0000”. */
export const codesShown = (view: View): WayIn[] =>
  inProse(view.text.slice(0, 30_000), 0)
    .filter(({ user }) => user === undefined)
    .map(({ line: _, ...way }) => ({ ...way, where: 'the page' }));

/** Tries them at the door one after the other; the first that opens it is the account. Undefined where none does. */
export async function enterByPublished(
  context: SurveyContext,
  session: Session,
  door: Reached,
  ways: readonly WayIn[],
): Promise<Entered | undefined> {
  const { tries } = context;
  const alone = takesACode(door.form);
  for (const way of ways) {
    const { user, where } = way;
    const account = valuesOf(alone ? { password: way.password } : way);
    const key = alone ? way.password : `${user} ${way.password}`;
    if ((!alone && user === undefined) || tries.done.has(key)) continue;
    if (tries.locked || tries.done.size >= mostTries || context.left() < 3000) break;
    tries.done.add(key);
    hide(context, way);
    context.progress(`logging in ${alone ? 'with a code' : `as ${user}`}, read in ${where}`);
    const tab = session.window.first;
    if (!forms(await tab.view()).some((f) => f.signature === door.form.signature))
      for (const step of door.path) await tab.act(step);
    const done = await enterBy(context, session, door, account);
    if (done.in) {
      const shown = where === 'the page';
      const facts: DoorFacts = {
        kind: 'password',
        says: shown
          ? `${alone ? 'a code alone' : 'log-in with the account'} shown on the page`
          : `${alone ? 'a code alone, told by' : `log-in as ${user}, an account told by`} ${where}`,
        logIn: done.recipe,
        account: shown ? 'shown' : 'published',
        evidence: [done.evidence],
      };
      return { door: facts, account, in: true };
    }
    const view = await tab.view();
    tries.locked = locked.test([done.because, ...view.live].join('\n'));
    context.tried(
      `logging in ${alone ? 'with the code' : `as ${user}`} read in ${where}: ${done.because}${tries.locked ? '; nothing more is tried, since it speaks of a lock' : ''}`,
    );
  }
  return undefined;
}

/** What pages are full of is no secret: hiding such a word, or a number as short as a year, would hide the page. */
function hide(context: SurveyContext, { user, password }: WayIn): void {
  if (password !== user && !/^(password|admin|demo|test|user|guest|login|secret|\d{1,5})$/i.test(password))
    context.journal.hide(password);
}

/** The form of this view that a code opens. */
export function codeDoorIn(view: View): Reached | undefined {
  const form = forms(view).find((f) => f.purpose === 'code-door' && takesACode(f));
  return form && { view, form, path: [{ do: 'goto', url: view.url }] };
}

/** A code that the page shows beside its field, or that the source tells. */
export const enterByCode = async (
  context: SurveyContext,
  session: Session,
  door: Reached,
): Promise<Entered | undefined> =>
  takesACode(door.form)
    ? enterByPublished(context, session, door, [...codesShown(door.view), ...context.published])
    : undefined;
