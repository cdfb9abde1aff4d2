/** Doors that ask for the code of an authenticator app: the secret that the page shows to a new account, and the code computed from it. */
import { secretsOn, speaksOfAuthenticator } from '../model/authenticator.ts';
import type { Control, Tab, View } from '../model/browser.ts';
import { sendsToMailbox } from '../model/mail.ts';
import { describe } from '../model/match.ts';
import type { Step, Values } from '../model/recipe.ts';
import { type Form, forms } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import { flat, says } from './words.ts';

/** What the code opened, and how. */
export interface Coded {
  readonly steps: readonly Step[];
  readonly after: View;
}

const codeForm = (view: View): Form | undefined => forms(view).find((f) => f.purpose === 'code-door');

/** Does it ask for a code of the moment, and let one do nothing else? A code to join or to save by is asked for inside, too. */
export function asksForCode(view: View): boolean {
  const form = codeForm(view);
  const called = form?.fields.map((f) => `${f.name} ${f.attr} ${f.placeholder} ${f.autocomplete}`).join(' ') ?? '';
  return (
    form !== undefined &&
    (/one-?time|verif|(6|six)[- ]?digit/i.test(called) ||
      speaksOfAuthenticator(`${view.title} ${view.text.slice(0, 5000)}`)) &&
    !view.controls.some(
      (c) => c.editable && !c.disabled && !c.hidden && c.tag !== 'select' && c.group !== form.group.index,
    )
  );
}

const reveals =
  /(can.?t|cannot|unable to|trouble|problems?) scan|(enter|type|set ?up) (it |the key |the code )?manually|manual (entry|set-?up|input)|(show|view|reveal|copy|enter|use)( the| a| your)? (set-?up )?(secret|key)|schlussel (anzeigen|eingeben)|nicht scannen|clave manual|cle manuelle/;
const leadsOn = (c: Control): boolean =>
  c.role === 'button' &&
  (says('save', c.name) || says('confirm', c.name)) &&
  !['cancel', 'remove', 'danger', 'logOut'].some((kind) => says(kind as 'danger', c.name));

/** Uncovers the secret where the page hides it behind a press, and types its code. Undefined where no secret was shown or its code was not taken. */
export async function byAuthenticator(context: SurveyContext, tab: Tab, account: Values): Promise<Coded | undefined> {
  const { authenticator, left, mail } = context;
  const steps: Step[] = [];
  const isOurs = context.ledger.entries.some(({ what, mark }) => what === 'account' && mark === account['email']);
  for (let presses = 0; presses < 3; presses++) {
    const view = await tab.view();
    authenticator.see(view, account);
    const known = authenticator.knows(account);
    const form = codeForm(view);
    const asks = speaksOfAuthenticator(view.text) || (known && asksForCode(view));
    if (!asks || (mail && sendsToMailbox(view.text))) return undefined;
    if (known && form) {
      context.progress('computing the code of an authenticator app');
      const done = await complete(tab, view, form, {
        fresh: () => account,
        today: context.today,
        all: false,
        purposes: ['code-door'],
        codes: { authenticator, left },
      });
      if (done?.change && done.said !== 'refused' && !asksForCode(done.change.after))
        return { steps: [...steps, ...done.steps], after: done.change.after };
      context.tried(`the code of an authenticator app: ${done?.because ?? 'the form went away'}`);
      return undefined;
    }
    const control = view.controls.find(
      (c) =>
        !c.editable &&
        !c.disabled &&
        !c.hidden &&
        (known ? secretsOn(view).length > 0 && leadsOn(c) : isOurs && reveals.test(flat(c.name))),
    );
    if (!control) return undefined;
    const step: Step = { do: 'click', on: describe(control, view) };
    if ('missing' in (await tab.act(step, { control }))) return undefined;
    steps.push(step);
  }
  return undefined;
}

/** What stands for a door whose code nobody can compute here. */
export const lacksSecret = (url: string): { says: string; wants: string } => ({
  says: 'asks for a code of the moment, and no secret was shown to compute it from',
  wants: `plummet login ${new URL(url).origin}, which lets you log in by hand once`,
});
