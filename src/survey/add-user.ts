/** Accounts that somebody inside makes for others, where nobody signs up by themselves: the form for it, tried once. */
import type { Control, Tab, View } from '../model/browser.ts';
import type { Place } from '../model/facts.ts';
import { describe, inNoRow } from '../model/match.ts';
import type { Recipe, Step, Values } from '../model/recipe.ts';
import { type Form, forms, trigger } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import type { Reached } from './reach.ts';
import { leastRole } from './roles.ts';
import { valueFor } from './values.ts';
import { flat, says } from './words.ts';

type Around = Pick<SurveyContext, 'actors' | 'ledger' | 'memory' | 'today' | 'progress' | 'left'>;

/** How A makes an account, and the first that was made so; or why its form does not serve. Neither where no form makes one. */
export interface Added {
  readonly recipe?: Recipe;
  readonly account?: Values;
  readonly refused?: string;
}

/** Most controls that are followed to find the form. */
const most = 5;

/** Looks for the form in a tab of A's own, makes one account with the least rights, and logs in with it from a fresh browser: that proves it. */
export async function learnAddUser(context: Around): Promise<Added> {
  const { actors, ledger, today } = context;
  context.progress('looking for a way to make a second account');
  const tab = await actors.A.window.tab();
  try {
    const at = await formForAnother(context, tab);
    if (!at) return {};
    const form = leastRole(at.form);
    if (!form) return { refused: 'it offers to make administrators only' };
    const account = actors.mint();
    const email = account['email'] ?? '';
    context.progress('making a second account');
    ledger.begin({ what: 'account', mark: email, how: 'made by A' });
    const done = await complete(tab, at.view, form, { fresh: () => account, today, all: true, purposes: ['sign-up'] });
    const said = done?.change ? done.said : 'refused';
    ledger.settle(email, said === 'refused' ? 'nothing' : 'ok');
    if (!done || said === 'refused')
      return { refused: `${done?.plan.says ?? 'its form'}: ${done?.because ?? 'it went away'}` };
    const entered = await actors.logIn(account, 'the account that A made');
    const view = await entered.session.window.first.view();
    await entered.session.close();
    // Let in, but no further.
    if (forms(view).some((f) => f.purpose === 'password'))
      return { refused: 'the account that it made must choose a new password when it first logs in' };
    if (!entered.in) return { refused: 'the log-in does not let in the account that it made' };
    return { recipe: { id: 'add-user', steps: [...at.path, ...done.steps] }, account };
  } finally {
    await tab.close();
  }
}

interface Likely {
  readonly score: number;
  /** It leads to members. */
  readonly among: boolean;
}

/** Follows, from where A is at home, what is called as members are, settings and the like after that; and there what makes something new. */
async function formForAnother({ memory, left }: Around, tab: Tab): Promise<Reached | undefined> {
  const { record, entry } = memory.facts;
  const home: Pick<Place, 'url' | 'way'> = record?.places[0] ?? { url: entry };
  const start: Step[] = [{ do: 'goto', url: home.url }, ...(home.way ?? [])];
  const queue: (Likely & { path: Step[] })[] = [{ path: start, score: 0, among: false }];
  const followed = new Set<string>();
  while (queue.length && left() > 3000) {
    queue.sort((a, b) => b.score - a.score);
    const next = queue.shift();
    const here = next && (await along(tab, next.path));
    if (!next || !here) continue;
    const { view } = here;
    const form = forms(view).find((f) => isForAnother(f) && (next.among || makesOne(f)));
    if (form) return { view, form, path: here.path };
    for (const { control, score, among } of openersIn(view, next.among, next.path === start)) {
      const key = control.href || control.name;
      if (followed.has(key) || followed.size >= most) continue;
      followed.add(key);
      queue.push({ path: [...next.path, { do: 'click', on: describe(control, view) }], score, among });
    }
  }
  return undefined;
}

/**
 * The page that the steps lead to, and the way there from a blank page: an address of its own needs no steps before it. They are walked one by one
 * all the same, for a page that is opened and holds a password field is taken for the door.
 */
async function along(tab: Tab, steps: readonly Step[]): Promise<{ view: View; path: Step[] } | undefined> {
  const path: Step[] = [];
  for (const step of steps) {
    const change = await tab.act(step);
    if ('missing' in change) return undefined;
    if (step.do === 'click' && change.navigated && !change.after.modal)
      path.splice(0, path.length, { do: 'goto', url: change.after.url });
    else path.push(step);
  }
  return { view: await tab.view(), path };
}

/** Never what stands in a row, which is somebody's, and never what removes, sends or leaves. `among`: the page is one of members. */
function openersIn(view: View, among: boolean, atHome: boolean): (Likely & { control: Control })[] {
  const { origin } = new URL(view.url);
  return view.controls
    .filter((c) => !c.editable && !c.disabled && !c.hidden && c.role !== 'text' && c.region !== 'footer')
    .filter((c) => (!c.href || c.href.startsWith(origin)) && inNoRow(c, view))
    .filter((c) => !['danger', 'remove', 'archive', 'logOut', 'cancel'].some((kind) => says(kind as 'danger', c.name)))
    .flatMap((control): (Likely & { control: Control })[] => {
      const members = says('members', control.name) || /\/(users?|members?|staff|people)\/?$/i.test(control.href);
      const creates = says('create', control.name);
      // “Notify users” does something to them; a link, a tab or a menu leads to them.
      const leads =
        control.href !== '' || control.role === 'tab' || control.role === 'menuitem' || control.opens !== '';
      if (members && (leads || creates)) return [{ control, score: creates ? 4 : 3, among: true }];
      if (among && creates && control.region !== 'nav') return [{ control, score: 4, among }];
      const inner = atHome && (/\badmin|verwaltung/.test(flat(control.name)) || isSettings(control));
      return inner ? [{ control, score: 1, among: false }] : [];
    });
}

/** Settings of the app; one's own account makes nobody else's. */
const isSettings = ({ name }: Control): boolean =>
  says('settings', name) && !/profil|perfil|account|konto|cuenta|compte|\bconta\b|\bme\b/.test(flat(name));

/** By what it is called. */
const makesOne = ({ group, buttons }: Form): boolean =>
  [group.heading, ...buttons.map((b) => b.name)].some((name) => says('create', name));

const current =
  /current|existing|\bold\b|aktuell|bisher|altes|actual\b|anterior|actuel|ancien|atual|antiga|attuale|huidig|obecne|текущ|mevcut|当前|現在|현재/;

/** Takes an address or a name of somebody and a password for them, and is filled with nobody's: neither a log-in nor a profile. */
function isForAnother(form: Form): boolean {
  const passwords = form.fields.filter((f) => f.type === 'password');
  const known = form.fields.filter((f) =>
    /\{(email|username)\}/.test(valueFor(f, {}, { door: true, today: '', nthDate: 0 }) ?? ''),
  );
  return (
    (passwords.length === 1 || passwords.length === 2) &&
    known.length > 0 &&
    known.every((f) => f.value === '') &&
    // The account of a mail server, or another address of one's own.
    !form.fields.some((f) =>
      /smtp|imap|pop3|\bhost|server|\bport\b|new e-?mail/i.test(`${f.name} ${f.attr} ${f.placeholder}`),
    ) &&
    !passwords.some(
      (p) => p.autocomplete === 'current-password' || current.test(flat(`${p.name} ${p.attr} ${p.placeholder}`)),
    ) &&
    trigger(form) !== undefined &&
    !form.buttons.some((b) => says('logIn', b.name))
  );
}
