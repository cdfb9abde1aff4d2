import type { Control, Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { Place, SavedFacts } from '../model/facts.ts';
import { fold } from '../model/mark.ts';
import { describe, inNoRow } from '../model/match.ts';
import { openPlace } from '../model/place.ts';
import type { Step, Values } from '../model/recipe.ts';
import { claimIn } from '../model/said.ts';
import { type Form, forms } from './classify.ts';
import { complete } from './complete.ts';
import type { SurveyContext } from './context.ts';
import { acts, says } from './words.ts';

/** A form of one's own account, and how it is saved. `absent`: it was looked for to the end and nothing pointed to one. */
export interface Settings {
  readonly saved?: SavedFacts;
  readonly absent: boolean;
}

/** Most controls that are followed to find one. */
const most = 8;

/**
 * Looks for settings or a profile: behind what is called so, behind the menus of header and navigation, and behind what bears one's own
 * name. Tries a form only where it belongs to the account that we made; a field by which one logs in is left as it is.
 */
export async function learnSettings(context: SurveyContext, session: Session, account: Values): Promise<Settings> {
  const tab = session.window.first;
  const { door, record, entry } = context.memory.facts;
  context.progress('looking for settings or a profile');
  const home: Pick<Place, 'url' | 'way'> = record?.places[0] ?? { url: entry };
  const start: Step[] = [{ do: 'goto', url: home.url }, ...(home.way ?? [])];
  await openPlace(tab, home);
  const queue: { path: Step[]; hops: number }[] = [{ path: start, hops: 0 }];
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
    const form = hops ? forms(view).find((f) => isOwn(f, account)) : undefined;
    if (form) {
      hinted = true;
      if (door?.account === 'signed-up') {
        const saved = await trySave(context, tab, { view, form, path }, account);
        if (saved) return { saved, absent: false };
      } else context.tried(`${form.group.heading || 'a form'} on ${view.url}: left alone, the account is not ours`);
    }
    const openers = hops < 2 ? openersIn(view, account) : [];
    hinted ||= openers.some((c) => says('settings', c.name));
    for (const control of openers) {
      const key = control.href || `${control.role} ${control.name}`;
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

/** What is called so; at the head of the page also what bears one's own name, and menus. */
function openersIn(view: View, account: Values): Control[] {
  const origin = new URL(view.url).origin;
  const mine = [account['name'], account['username'], account['email']].filter((text) => text !== undefined);
  const atTheHead = (c: Control): boolean => c.region === 'header' || c.region === 'nav';
  return view.controls
    .filter((c) => !c.editable && !c.disabled && c.role !== 'text' && (!c.href || c.href.startsWith(origin)))
    .filter((c) => !says('logOut', c.name) && !says('danger', c.name) && !says('remove', c.name))
    .filter(
      (c) =>
        (says('settings', c.name) && inNoRow(c, view)) ||
        /\/(settings|profile|account|preferences|me)\b/i.test(c.href) ||
        (atTheHead(c) &&
          !acts(c.name) &&
          (c.opens !== '' ||
            isSwitch(c) ||
            mine.some((text) => fold(`${c.name}${c.text}`).includes(fold(text).slice(0, 6))))),
    );
}

/** Leads to no address, so it opens something here: mostly a menu behind a face or three bars. */
const isSwitch = (c: Control): boolean =>
  c.role === 'button' || (c.role === 'link' && (c.href === '' || /#$/.test(c.href))) || c.role === 'generic';

/** Settings, or a form that holds what our account is called. */
const isOwn = (form: Form, account: Values): boolean =>
  !['log-in', 'sign-up', 'password', 'search', 'newsletter', 'contact', 'code-door'].includes(form.purpose) &&
  free(form, account).length > 0 &&
  (form.purpose === 'settings' || form.fields.some((f) => Object.values(account).includes(f.value) && f.value !== ''));

/** Texts of the form that are no part of what one logs in with, the last to be missed first. */
const free = (form: Form, { email, username }: Values): Form['texts'] =>
  form.texts.filter(
    (f) => f.value !== email && (f.value !== username || f.value === '') && !/user|login|slug|handle|url/i.test(f.attr),
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
    { ...form, texts: free(form, account) },
    {
      fresh: () => ({ ...account, mark: context.marks.next(), alt: context.marks.next() }),
      today: context.today,
      all: false,
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
