import type { Change, View } from '../model/browser.ts';
import type { RecordFacts } from '../model/facts.ts';
import { fold, holds, type Mark } from '../model/mark.ts';
import { describe } from '../model/match.ts';
import { isUnderWay, plainText, soundsSaved } from '../model/said.ts';

/** Same-origin links of the navigation and the page, without those that do something. */
export function linksOf(view: View, entry: string): string[] {
  const origin = new URL(entry).origin;
  return view.controls
    .filter(
      (c) =>
        c.href.startsWith(origin) &&
        c.region !== 'footer' &&
        !/log-?out|sign-?out|delete|remove|download|export|\/auth\//i.test(c.href),
    )
    .sort(
      (a, b) =>
        Number(b.region === 'nav' || b.region === 'header') - Number(a.region === 'nav' || a.region === 'header'),
    )
    .map((c) => c.href);
}

/** Up to six controls that stand there whatever the rows are. What is told for a moment, and what closes it, does not stand. */
export function signsOf(view: View, marks: readonly Mark[]): RecordFacts['signs'] {
  const told = view.controls.filter((c) => !c.editable && view.live.includes(c.text || c.name));
  return view.controls
    .filter(
      (c) =>
        !c.hidden &&
        !told.some((t) => c.css === t.css || c.css.startsWith(`${t.css} `)) &&
        !marks.some((m) => fold(`${c.name}${c.text}`).includes(fold(m).slice(0, 6))) &&
        (c.template < 0 || c.region === 'nav' || c.region === 'header' || c.editable) &&
        (c.name || c.attr),
    )
    .sort((a, b) => Number(b.editable) - Number(a.editable))
    .slice(0, 6)
    .map((c) => describe(c, view));
}

/** Texts without marks that appeared at both honest saves. */
export function successTexts(
  first: Pick<Change, 'before' | 'after' | 'appeared'>,
  second: readonly string[],
  marks: readonly Mark[],
): string[] {
  const clean = (list: readonly string[]): string[] =>
    list
      .filter((t) => t.length < 120 && !isUnderWay(t) && !marks.some((m) => fold(t).includes(fold(m).slice(0, 6))))
      .map(plainText)
      .filter((t) => t.length > 2);
  const later = new Set(clean(second));
  // A sign is said, not shown for good: it stands in a live region, or it has gone again.
  const live = new Set(first.after.live.map(plainText));
  // What a button is called is no word about what was done.
  const names = new Set(
    [...first.before.controls, ...first.after.controls].filter((c) => !c.editable).map((c) => plainText(c.name)),
  );
  const stays = new Set(first.after.text.split('\n').map(plainText));
  // A form that was drawn anew brings its labels and buttons, and those are no words about what was done either.
  const without = (t: string): string =>
    [...names].filter((n) => n).reduce((rest, n) => ` ${rest} `.replaceAll(` ${n} `, ' ').trim(), t);
  return [...new Set(clean(first.appeared))].filter(
    (t) => later.has(t) && !names.has(t) && (live.has(t) || !stays.has(t)) && soundsSaved(without(t)),
  );
}

/** Does each of two marks stand in a row of its own, of one template? */
export function bothInRows(view: View, a: Mark, b: Mark): boolean {
  const has = (text: string, m: Mark): boolean => !!holds(text, m);
  return view.templates.some(
    (t) => t.rows.some((r) => has(r, a) && !has(r, b)) && t.rows.some((r) => has(r, b) && !has(r, a)),
  );
}
