import type { Control, View } from '../../model/browser.ts';
import type { Place } from '../../model/facts.ts';
import { describe, inNoRow } from '../../model/match.ts';
import type { Act } from '../../model/recipe.ts';
import { placeholderOption, says } from '../words.ts';
import { isCalled } from './words.ts';

export type Page = Pick<Place, 'url' | 'way'>;

export interface Candidate {
  readonly control: Control;
  readonly view: View;
  readonly page: Page;
  readonly score: number;
  /** Its name says what it does to what is there: taken, liked, booked, done. Others count only if something is sent. */
  readonly worded: 'take' | 'like' | 'attend' | 'done' | undefined;
}

/** Most pages that are opened to find one. */
const mostPages = 6;
const shunned = [
  'danger',
  'remove',
  'logOut',
  'logIn',
  'signUp',
  'search',
  'settings',
  'consent',
  'terms',
  'choose',
] as const;

/** Neither pays, deletes, leaves, nor chooses rows or what is shown. */
export const mayBePressed = (c: Control): boolean =>
  !c.disabled &&
  !shunned.some((kind) => says(kind, c.name) || (kind === 'choose' && says(kind, c.attr.replace(/[-_]/g, ' ')))) &&
  (isCalled('take', c.name) || !/[$€£¥₹]|\b(usd|eur)\b/i.test(c.name));

/** The page at hand, and what its navigation and its first rows lead to. Never what is done by following a link. */
export function pagesFrom(view: View): Page[] {
  const origin = new URL(view.url).origin;
  const addresses = new Set([view.url]);
  const templates = new Set<number>();
  const away = (c: Control): boolean =>
    !mayBePressed(c) ||
    (['keeping', 'transition', 'save', 'archive', 'edit'] as const).some((kind) => says(kind, c.name)) ||
    (['take', 'like', 'attend'] as const).some((kind) => isCalled(kind, c.name)) ||
    /log-?out|sign-?out|delete|\.(pdf|zip|csv|png|jpe?g|svg)$/i.test(c.href);
  const links = view.controls.filter((c) => {
    if (!c.href.startsWith(origin) || away(c) || c.region === 'footer') return false;
    const row = c.region === 'main' && c.template >= 0;
    if (addresses.has(c.href) || (row && templates.has(c.template))) return false;
    addresses.add(c.href);
    if (row) templates.add(c.template);
    return true;
  });
  const tabs = view.controls.filter(
    (c) => !c.href && !away(c) && (c.role === 'tab' || (c.role === 'button' && c.region === 'nav')),
  );
  return [
    { url: view.url },
    ...links.map((c) => ({ url: c.href })),
    ...tabs.map((c) => ({ url: view.url, way: [{ do: 'click' as const, on: describe(c, view) }] })),
  ].slice(0, mostPages);
}

/** What may write without words, the likeliest first; of several that are called alike, one. */
export function candidatesIn(view: View, page: Page): Candidate[] {
  const found = view.controls.flatMap((control): Candidate[] => {
    if (control.hidden || control.role === 'text' || !mayBePressed(control)) return [];
    if (control.region === 'footer' || control.region === 'nav' || control.region === 'search') return [];
    if (control.href && new URL(control.href).origin !== new URL(view.url).origin) return [];
    const one = kindOf(control, view);
    return one ? [{ control, view, page, ...one }] : [];
  });
  const names = new Set<string>();
  return found
    .sort((a, b) => b.score - a.score)
    .filter(({ control }) => !names.has(nameOf(control)) && names.add(nameOf(control)))
    .slice(0, 3);
}

/** The same for all of one kind. */
export const nameOf = (c: Control): string => `${c.role}|${c.name.toLowerCase().replace(/\d+/g, '#')}`;

function kindOf(c: Control, view: View): Pick<Candidate, 'score' | 'worded'> | undefined {
  const row = !inNoRow(c, view);
  // What a form sends later is not written by its fields.
  const ofForm = view.groups.some((g) => g.index === c.group && g.kind !== 'container');
  if (c.type === 'checkbox' || c.role === 'checkbox' || c.role === 'switch') {
    if (!row || ofForm) return undefined;
    // “Done 2” alone in its row is what a filter is called.
    const about = rowOf(c, view).replace(c.name.replace(/[\d\s]+/g, ''), '');
    return { score: 6, worded: about && isCalled('done', c.name) ? 'done' : undefined };
  }
  if (c.tag === 'select')
    return row && !ofForm && isCalled('done', c.name || c.attr) && optionsOf(c).length
      ? { score: 5, worded: 'done' }
      : undefined;
  if (c.editable || c.role === 'tab' || (c.region !== 'main' && c.region !== 'dialog')) return undefined;
  const [worded] = (['take', 'like', 'attend'] as const).filter((kind) => isCalled(kind, c.name));
  // “Favourites” in the page leads to them.
  if (worded && !(c.href && worded !== 'take' && says('keeping', c.name)))
    return { score: { take: 10, like: 9, attend: 8 }[worded], worded };
  return c.role === 'button' && isCalled('count', c.name) ? { score: 4, worded: undefined } : undefined;
}

const optionsOf = (c: Control): Control['options'] =>
  c.options.filter((o) => !o.disabled && !placeholderOption(o.text) && o.value !== c.value);

/** A box is turned; of a list the first other is chosen, or what `from` held. */
export function actOn(c: Control, view: View, from?: Control): Act {
  const on = describe(c, view);
  if (c.tag === 'select') return { do: 'select', on, value: from ? from.value : (optionsOf(c)[0]?.value ?? '') };
  if (c.type === 'checkbox') return { do: 'check', on, value: !c.checked, commits: true };
  return { do: 'click', on, commits: true };
}

/** The same control on the page as it stands now: of the same place and, where it stands in a row, of the same row. */
export function again(c: Control, view: View, now: View): Control | undefined {
  const same = now.controls.find((one) => one.css === c.css && one.tag === c.tag);
  if (!same || rowOf(same, now) !== rowOf(c, view)) return undefined;
  // What took or liked may well be called “Remove” now: that takes it back.
  return mayBePressed({ ...same, name: says('remove', same.name) ? '' : same.name }) ? same : undefined;
}

/** What its row says without the control and without numbers; empty where it stands in none. */
function rowOf(c: Control, view: View): string {
  const at = c.rows[0];
  const text = (at && view.templates.find((t) => t.index === at.template)?.rows[at.row]) ?? '';
  return text
    .replace(c.text, '')
    .replace(/[\d\s]+/g, '')
    .slice(0, 24);
}
