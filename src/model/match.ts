import type { Control, View } from './browser.ts';
import { fold, type Mark, whichIn } from './mark.ts';
import type { Descriptor } from './recipe.ts';

/** A name without digits, so that counters and dates do not hide a control from us. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\d\s]+/g, ' ')
    .replace(/[*:…]+/g, '')
    .trim();

/** Does an attribute look hand-written (and so stable)? React's `:r1:` and hashes do not. */
const stable = (attr: string): boolean => attr.length > 0 && !/[:{}]|[0-9a-f]{8}|\d{3,}/.test(attr);

/** Describes a control so that it can be found on a fresh page. `mark`: the record whose row it stands in, if any. */
export function describe(control: Control, view: View, mark?: Mark): Descriptor {
  const inRow = mark !== undefined && inRowOf(control, view, mark);
  const named = mark && fold(control.name).includes(fold(mark).slice(0, 6)) ? '' : plain(control.name);
  const d: Descriptor = {
    role: control.role,
    name: control.editable && control.tag !== 'input' && control.type === 'rich' ? '' : named,
    tag: control.tag,
    ...(control.type ? { type: control.type } : {}),
    ...(stable(control.attr) && !inRow ? { attr: control.attr } : {}),
    ...(control.placeholder ? { placeholder: control.placeholder } : {}),
    ...(control.maxLength > 0 ? { most: control.maxLength } : {}),
    ...(inRow ? { inRow: true } : {}),
    css: control.css,
  };
  const equals = view.controls.filter((c) => score(c, view, d, mark) >= score(control, view, d, mark));
  const nth = equals.findIndex((c) => c.ref === control.ref);
  return equals.length > 1 && nth > 0 ? { ...d, nth } : d;
}

/** Does the control stand in the row of the record with this mark? A row beside the record's own is another record's. */
export function inRowOf(control: Control, view: View, mark: Mark): boolean {
  for (const { template, row } of control.rows) {
    const rows = view.templates.find((t) => t.index === template)?.rows ?? [];
    if (shows(rows[row], mark)) return true;
    if (rows.some((r) => shows(r, mark))) return false;
  }
  return false;
}

/**
 * Does the control stand in no row? A bar of buttons reads as one: as a row each, or as a row that is nothing but buttons and that no
 * row beside it is like.
 */
export const inNoRow = (control: Control, view: View): boolean =>
  control.rows.every(({ template, row }) => {
    const rows = view.templates.find((t) => t.index === template)?.rows ?? [];
    const text = rows[row] ?? '';
    if (text.length <= control.text.length + 2) return true;
    const used = (at: number): Control[] =>
      view.controls.filter((c) => c.role !== 'text' && c.rows.some((r) => r.template === template && r.row === at));
    const here = used(row);
    return (
      rows.length > 1 &&
      text.length <= here.reduce((sum, c) => sum + c.text.length + 3, 0) &&
      rows.every((_, at) => at === row || used(at).length !== here.length)
    );
  });

/** Does the control stand in another record's row: beside the row with this mark, in the same list? */
export function othersRow(control: Control, view: View, mark: Mark): boolean {
  for (const { template, row } of control.rows) {
    const rows = view.templates.find((t) => t.index === template)?.rows ?? [];
    if (shows(rows[row], mark)) return false;
    if (rows.some((r) => shows(r, mark))) return true;
  }
  return false;
}

/** The text of the innermost row with the mark; empty where there is none. */
export function rowTextOf(control: Control, view: View, mark: Mark): string {
  const at = control.rows.find(
    ({ template, row }) =>
      whichIn(view.templates.find((t) => t.index === template)?.rows[row] ?? '', [mark]).length > 0,
  );
  return view.templates.find((t) => t.index === at?.template)?.rows[at?.row ?? -1] ?? '';
}

/** Columns and pages number what holds a list; the list's own number tells it from others beside it. */
const unnumbered = (css: string): string => css.replace(/:nth-of-type\(\d+\)(?=.* > )/g, '');
const shows = (text: string | undefined, m: Mark): boolean => whichIn(text ?? '', [m]).length > 0;
const usable = (view: View, template: number, row?: number): boolean =>
  view.controls.some(
    (c) => c.role !== 'text' && c.rows.some((r) => r.template === template && (row === undefined || r.row === row)),
  );

/** Path of the list in which each of the two stands in a row of its own; lists whose rows can be acted on come first. */
export function listOf(view: View, a: Mark, b: Mark): string | undefined {
  const found = view.templates.filter(
    (t) => t.css && t.rows.some((r) => shows(r, a) && !shows(r, b)) && t.rows.some((r) => shows(r, b) && !shows(r, a)),
  );
  const best = found.find((t) => usable(view, t.index)) ?? found[0];
  return best && unnumbered(best.css);
}

/**
 * Does a row of the list show the mark? Undefined where no such list stands on the page, or it is too long to be sure. `strict`:
 * a row elsewhere that can be acted on (a trash, a pinned card) does not count.
 */
export function inList(view: View, list: string | undefined, mark: Mark, strict: boolean): boolean | undefined {
  const these = list === undefined ? [] : view.templates.filter((t) => unnumbered(t.css) === list);
  if (!these.length || these.some((t) => t.rows.length >= 1000)) return undefined;
  if (these.some((t) => t.rows.some((r) => shows(r, mark)))) return true;
  return !strict && view.templates.some((t) => t.rows.some((r, row) => shows(r, mark) && usable(view, t.index, row)));
}

/** How well does a control fit? 0: not at all. */
function score(c: Control, view: View, d: Descriptor, mark?: Mark): number {
  if (c.tag !== d.tag && !(c.role === d.role && c.role !== 'generic')) return 0;
  if (d.type && c.type !== d.type && (d.tag === 'input' || d.type === 'rich')) return 0;
  const row = mark ? inRowOf(c, view, mark) || fold(c.text).includes(fold(mark).slice(0, 6)) : false;
  if (d.inRow && !row) return 0;
  if (d.holding && mark && !whichIn(c.value, [mark]).length) return 0;
  let s = d.inRow ? 3 : 1;
  if (c.role === d.role) s += 1;
  if (plain(c.name) === d.name) s += d.name ? 5 : 2;
  else if (d.name && plain(c.name).includes(d.name)) s += 2;
  else if (d.name && !d.attr && !c.editable) return 0;
  // An id with a number in it may be given anew at each load, and to another.
  const numbered = /\d/.test(d.attr ?? '');
  if (d.attr) s += c.attr === d.attr ? (numbered && plain(c.name) !== d.name ? 0 : 4) : numbered ? 0 : -2;
  if (d.placeholder) s += c.placeholder === d.placeholder ? 2 : 0;
  if (d.css && c.css === d.css && !d.inRow) s += 2;
  return Math.max(0, s);
}

/** The same place on another page: which one of its kind is told by `nth`. */
const place = (css: string | undefined): string => (css ?? '').replace(/:nth-of-type\(\d+\)|\d+/g, '');

/** Is it the control itself, by its whole name and its place, and not one that is called much alike? */
function itself(c: Control, d: Descriptor, mark?: Mark): boolean {
  const named = d.name === '' && mark && shows(c.name, mark) ? '' : plain(c.name);
  return named === d.name && (d.inRow === true || place(c.css) === place(d.css));
}

/** Finds the control again, or nothing where none fits well enough. */
export function locate(view: View, d: Descriptor, mark?: Mark): Control | undefined {
  const scored = view.controls
    .filter((c) => !d.exact || itself(c, d, mark))
    .map((c) => ({ c, s: score(c, view, d, mark) }))
    .filter((x) => x.s >= 3);
  const best = Math.max(0, ...scored.map((x) => x.s));
  const equal = scored.filter((x) => x.s === best);
  return (equal[d.nth ?? 0] ?? (d.exact ? undefined : equal.at(-1)))?.c;
}
