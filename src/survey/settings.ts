import type { Control, Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { Place, SavedFacts } from '../model/facts.ts';
import { fold, type Marks } from '../model/mark.ts';
import { describe, inNoRow } from '../model/match.ts';
import { openPlace } from '../model/place.ts';
import type { Step, Values } from '../model/recipe.ts';
import { claimIn } from '../model/said.ts';
import { type Form, forms, trigger } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import { acts, flat, says } from './words.ts';

/** A form of one's own account, and how it is saved. `absent`: it was looked for to the end and nothing pointed to one. */
export interface Settings {
  readonly saved?: SavedFacts;
  readonly absent: boolean;
}

/** Most controls that are followed to find one. */
const most = 8;

/**
 * Looks for settings or a profile: behind what is called so, behind the menus of header and navigation, and behind what bears one's own
 * name. Walked only where the account is one that we made by a sign-up; elsewhere it is only seen whether anything points to them.
 */
export async function learnSettings(
  context: SurveyContext,
  session: Session,
  account: Values,
  start: string,
): Promise<Settings> {
  const tab = session.window.first;
  const { door, record } = context.memory.facts;
  const ours = door?.kind === 'password' && door.signUp !== undefined && door.account === 'signed-up';
  context.progress('looking for settings or a profile');
  const home: Pick<Place, 'url' | 'way'> = record?.places[0] ?? { url: start };
  const from: Step[] = [{ do: 'goto', url: home.url }, ...(home.way ?? [])];
  await openPlace(tab, home);
  const queue: { path: Step[]; hops: number }[] = [{ path: from, hops: 0 }];
  const seen = new Set<string>();
  const followed = new Set<string>();
  let hinted = false;
  while (queue.length && context.left() > 4000) {
    const { path, hops } = queue.shift() as { path: Step[]; hops: number };
    const view = hops ? await along(tab, path) : await tab.view();
    // A menu that is open differs by what can be pressed in it alone.
    const state = view?.controls.map((c) => `${c.name} ${c.href}`).join('|') ?? '';
    if (!view || seen.has(state)) continue;
    seen.add(state);
    // A button without a name, wherever it stands, may be the face that one's profile is behind.
    hinted ||= view.controls.some((c) => pointsThere(c) || (isSwitch(c) && c.name === '' && inNoRow(c, view)));
    if (!ours) break;
    const form = hops ? forms(view).find((f) => isOwn(f, view, account, context.marks)) : undefined;
    if (form) {
      const saved = await trySave(context, tab, { view, form, path }, account);
      if (saved) return { saved, absent: false };
    }
    for (const control of hops < 2 ? openersIn(view, account) : []) {
      const key = control.href || control.name;
      if (followed.has(key)) continue;
      // What was not followed is not known.
      hinted ||= followed.size >= most;
      if (followed.size >= most) break;
      followed.add(key);
      queue.push({ path: [...path, { do: 'click', on: describe(control, view) }], hops: hops + 1 });
    }
  }
  return { absent: !hinted && !queue.length };
}

async function along(tab: Tab, path: readonly Step[]): Promise<View | undefined> {
  for (const step of path) if ('missing' in (await tab.act(step))) return undefined;
  return tab.view();
}

const atTheHead = (c: Control): boolean => c.region === 'header' || c.region === 'nav';

const pointsThere = (c: Control): boolean =>
  !c.editable && (says('settings', c.name) || /\/(settings|profile|account|preferences|me)\b/i.test(c.href));

/** Leads to no address, so it opens something here: mostly a menu behind a face or three bars. */
const isSwitch = (c: Control): boolean =>
  c.role === 'button' || (c.role === 'link' && (c.href === '' || /#$/.test(c.href))) || c.role === 'generic';

/**
 * What is called so; at the head of the page also what opens a menu, and what bears one's own name or its first letters. Never in a row,
 * which may be somebody's, and never what acts or has no name.
 */
function openersIn(view: View, account: Values): Control[] {
  const origin = new URL(view.url).origin;
  const mine = [account['name'], account['username'], account['email']].filter((text) => text !== undefined);
  const initials = new Set(
    mine.flatMap((text) => [
      text.slice(0, 1),
      text
        .split(' ')
        .map((w) => w.slice(0, 1))
        .join(''),
    ]),
  );
  const isMine = (c: Control): boolean =>
    mine.some((one) => fold(`${c.name}${c.text}`).includes(fold(one).slice(0, 6))) ||
    (atTheHead(c) && [...initials].some((letters) => letters.toLowerCase() === c.text.trim().toLowerCase()));
  return view.controls
    .filter((c) => !c.editable && !c.disabled && c.role !== 'text' && (!c.href || c.href.startsWith(origin)))
    .filter((c) => !['logOut', 'danger', 'remove', 'archive', 'create'].some((kind) => says(kind as 'danger', c.name)))
    .filter((c) => inNoRow(c, view))
    .filter(
      (c) =>
        pointsThere(c) || (atTheHead(c) && (c.opens === 'menu' || c.opens === 'true')) || (!acts(c.name) && isMine(c)),
    );
}

/** What a profile asks of its owner, in the languages that are known best. */
const ofOneself =
  /(display|full|first|last|your|nick)[ -]?name|\bbio(graphy)?\b|\babout( (you|me|yourself))?$|headline|pronouns|anzeigename|vorname|nachname|uber (dich|mich|sie)|nombre (completo|para mostrar)|apellido|biografia|sobre (ti|mi|voce|mim)|nom complet|prenom|a propos/i;

/** A form that is saved, dangerous in nothing, and about our account: it holds its name or address, or asks what a profile asks. */
function isOwn(form: Form, view: View, account: Values, marks: Marks): boolean {
  const button = trigger(form);
  const words = [form.group.heading, ...form.buttons.map((b) => b.name)];
  if (
    !button ||
    !says('save', button.name) ||
    /send|post|invite|message|comment|reply|share|book/i.test(flat(button.name))
  )
    return false;
  if (['log-in', 'sign-up', 'password', 'search', 'newsletter', 'contact', 'code-door'].includes(form.purpose))
    return false;
  if (words.some((word) => says('remove', word) || says('danger', word))) return false;
  const texts = free(form, account, marks);
  const holds = view.controls.some(
    (c) => c.group === form.group.index && c.value !== '' && Object.values(account).includes(c.value),
  );
  return (
    texts.length > 0 &&
    (holds ||
      texts.some(
        (f) => f.value !== account['name'] && [f.name, f.placeholder].some((text) => ofOneself.test(flat(text.trim()))),
      ))
  );
}

/** Texts of the form that are ours to change: empty, with our name or with a mark of ours, and no part of what one logs in with. */
const free = (form: Form, { email, username, name }: Values, marks: Marks): Form['texts'] =>
  form.texts.filter(
    (f) =>
      (f.value === '' || f.value === name || marks.anyIn(f.value)) &&
      f.value !== email &&
      f.value !== username &&
      !/user|login|slug|handle|url|site|team|workspace|compan|organi[sz]ation|project|delete/i.test(
        `${f.attr} ${f.name}`,
      ),
  );

async function trySave(
  context: SurveyContext,
  tab: Tab,
  { view, form, path }: { view: View; form: Form; path: readonly Step[] },
  account: Values,
): Promise<SavedFacts | undefined> {
  const done = await complete(
    tab,
    view,
    // A new password would be another way in than the one that is known.
    {
      ...form,
      fields: form.fields.filter(({ type }) => type !== 'password'),
      texts: free(form, account, context.marks),
    },
    {
      fresh: () => ({ ...account, mark: context.marks.next(), alt: context.marks.next() }),
      today: context.today,
      all: false,
      keeps: true,
    },
  );
  const what = done?.plan.says ?? form.group.heading;
  const marked = done?.steps.find((s) => s.do === 'fill' && s.marked);
  const took = done?.change && (done.said === 'ok' || claimIn(done.appeared, done.change.after));
  if (!done?.change || !took || marked?.do !== 'fill') {
    context.tried(`${what}: not saved, ${done?.because ?? 'it went away'}`);
    return undefined;
  }
  return {
    recipe: { id: 'save', steps: [...path, ...done.steps], learned: view.url },
    says: what,
    place: { url: (path[0] as { url: string }).url, what: 'own', way: path.slice(1) },
    field: marked.on,
    evidence: [done.change.evidence],
  };
}
