/** What of a view may lead to a record: forms that may write one, and controls that may lead to such a form. Each with its features and its score. */
import type { Control, View } from '../model/browser.ts';
import type { Features } from '../model/choices.ts';
import { type Form, forms, leavesTheApp } from './classify.ts';
import { creates, featuresOfForm, featuresOfOpener, isWorthAnAct, scoreOfForm, scoreOfOpener } from './features.ts';
import { isCalled } from './wordless/words.ts';
import { flat, says } from './words.ts';

/** A candidate of a view. */
export interface Proposed<T> {
  readonly one: T;
  readonly features: Features;
  readonly score: number;
}

/** Controls of a view that are candidates at most. */
const most = 40;
/** What is taken from the score of what comes after all others. */
const last = 8;

/** Of the same score, what stands first in the page comes first. */
export const likeliestFirst = <T>(proposed: readonly Proposed<T>[]): Proposed<T>[] =>
  [...proposed].sort((a, b) => b.score - a.score);

/** Forms that may write a record, in the order of the page. Doors, searches, what takes a password, and what pays or invites never do. */
export const writable = (view: View): Proposed<Form>[] =>
  forms(view)
    .filter((f) => f.purpose === 'record' || f.purpose === 'contact' || f.purpose === 'settings')
    .filter((f) => f.fields.every(({ type }) => type !== 'password') && !leavesTheApp(f))
    .map((one) => {
      const features = featuresOfForm(one);
      return { one, features, score: scoreOfForm(features) };
    });

/** Controls that may lead to a form, in the order of the page. Never what deletes, pays, invites, leaves or logs out. */
export function openers(view: View): Proposed<Control>[] {
  const origin = new URL(view.url).origin;
  const found: Proposed<Control>[] = [];
  const rowsSeen = new Map<string, Set<string>>();
  let cards = 0;
  for (const c of view.controls) {
    if (c.editable || c.disabled || c.hidden || c.tag === 'select' || c.role === 'text') continue;
    const name = `${c.name} ${c.attr}`;
    if (
      says('danger', c.name) ||
      says('logOut', name) ||
      says('remove', c.name) ||
      says('archive', c.name) ||
      /log-?out|sign-?out|delete/i.test(c.href)
    )
      continue;
    if (
      c.href &&
      (!/^https?:/.test(c.href) || new URL(c.href).origin !== origin || /\.(pdf|zip|csv|png|jpe?g|svg)$/i.test(c.href))
    )
      continue;
    if (/google|github|facebook|apple|microsoft/i.test(c.name)) continue;
    if (writesAtOnce(c, view)) continue;
    const inRow = c.row >= 0 && c.template >= 0 && !creates(c);
    let beside = false;
    if (inRow) {
      // “Approve” and “Done” in somebody's row are done to it; what leads on is a link, a card, or has no words.
      if (c.role === 'button' && c.name && inARow(c, view) && !says('menu', c.name) && !says('edit', c.name)) continue;
      // One row stands for its template.
      const key = inARow(c, view) ? `${c.role}.${shapeOf(c)}` : `${c.template}.${c.role}.${c.href ? 'a' : c.name}`;
      const path = c.href ? new URL(c.href).pathname.replace(/[0-9a-f-]{8,}|\d+/g, '#') : '';
      const seen = rowsSeen.get(key);
      // A list of links may be a menu: its others, of other names, are for when nothing better is left.
      if (seen && (!path || seen.has(path) || seen.size > 6)) continue;
      rowsSeen.set(key, (seen ?? new Set()).add(path));
      beside = seen !== undefined;
    }
    // What is neither button nor link but can be clicked is mostly a card like the next one.
    if (c.role === 'generic' && !says('create', c.name) && ++cards > 2) continue;
    const features = featuresOfOpener(c, view.url, inRow);
    if (isWorthAnAct(features)) found.push({ one: c, features, score: scoreOfOpener(features) - (beside ? last : 0) });
  }
  const best = new Set(likeliestFirst(found).slice(0, most));
  return found.filter((one) => best.has(one));
}

/**
 * Would a press be a write: what is liked, put into a basket or booked in its row by its name, or saves or sends a form that has no words to fill,
 * or that is filled elsewhere? What makes a new thing, or leads on, by its name may lead to its form.
 */
function writesAtOnce(c: Control, view: View): boolean {
  if (!c.href && c.opens === '' && (isCalled('take', c.name) || isCalled('like', c.name))) return true;
  if (!c.href && c.opens === '' && isCalled('attend', c.name) && inARow(c, view)) return true;
  const form = c.submits ? view.groups.find((g) => g.index === c.group && g.kind === 'form') : undefined;
  if (!form || creates(c) || says('enter', c.name) || onward.test(flat(c.name))) return false;
  // What a script sends is posted by no method of the form: a profile is saved so.
  return form.method === 'post' || (says('save', c.name) && !says('search', c.name));
}
const onward =
  /\b(next|begin|continu\w*|finish|weiter|beginnen|siguiente|seguinte|comenzar|suivant|commencer|proximo|avancar|avanti|volgende)\b/;

/** Rows of one template hold the same controls under other names: the path without its numbers says which. A row that is a button is no such row. */
export function inARow(c: Control, view: View): boolean {
  if (c.template < 0 || c.region === 'nav' || c.region === 'header') return false;
  if (creates(c)) return false;
  return (
    c.role === 'generic' ||
    c.rows.some(
      ({ template, row }) =>
        (view.templates.find((t) => t.index === template)?.rows[row]?.length ?? 0) > c.text.length + 2,
    )
  );
}

/** The path of a control without its numbers. */
export const shapeOf = (c: Control): string => c.css.replace(/:nth-of-type\(\d+\)|#[\w-]*\d[\w-]*/g, '');
