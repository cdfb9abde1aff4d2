/** What on a page belongs to our record: its row, or the page, dialog or menu of its own. The rest is somebody else's and left alone. */
import type { Control, View } from '../model/browser.ts';
import type { Place } from '../model/facts.ts';
import { fold, type Mark, whichIn } from '../model/mark.ts';
import { inNoRow, inRowOf, othersRow } from '../model/match.ts';
import { says } from './words.ts';

/** How a state was come by. */
export interface Way {
  /** Each control on the way to it named our record or what is done with it; a link to its author or category does not. */
  readonly ours: boolean;
  /** What stood outside of any row before the first was used: it is the list's, not the record's. */
  readonly before: ReadonlySet<string>;
}

/** A name of several words names what it acts on; a word alone is told by where it stands. */
const key = (c: Control): string => (/\S\s+\S/.test(c.name.trim()) ? c.name : `${c.css}|${c.name}`);

/** The state in which the record is first seen: a row of the list at the place, or a page of its own. */
export const cameFrom = (view: View, place: Place | undefined): Way => ({
  ours: true,
  before: new Set(place?.what === 'list' ? view.controls.filter((c) => inNoRow(c, view)).map(key) : []),
});

/** The way on by a control that was used on it; `mark` as the control showed it. */
export const onBy = (way: Way, by: Control, mark: Mark): Way => ({
  ...way,
  ours:
    way.ours &&
    (whichIn(`${by.text} ${by.value}`, [mark]).length > 0 ||
      says('edit', by.name) ||
      says('menu', by.name) ||
      (by.name === '' && !by.href)),
});

/**
 * Is the page about this record: is its mark shown elsewhere than as a row among others? A category that lists the record is not the
 * record, and what is called “Delete” there deletes the category.
 */
export function isAbout(view: View, mark: Mark): boolean {
  const shows = (text: string): boolean => whichIn(text, [mark]).length > 0;
  const alike = (a: Control): number => view.controls.filter((b) => b.tag === a.tag && b.attr === a.attr).length;
  if (view.controls.some((c) => c.editable && shows(c.value) && alike(c) === 1)) return true;
  // Numbers and dates are written in many ways and cannot be counted: a list with one of them in it is a list.
  if (/^\d/.test(mark))
    return shows(view.text) && !view.templates.some((t) => t.rows.some(shows) && !t.rows.every(shows));
  const times = (text: string): number => fold(text).split(fold(mark).slice(0, 6)).length - 1;
  const inRows = view.templates.map((t) => t.rows.reduce((sum, row) => sum + times(row), 0));
  return times(view.text) > Math.max(0, ...inRows);
}

/**
 * Did it stand beside the list already, and is the list's therefore? A pane beside the list has its buttons before our row is opened in
 * it: they are its record's where they stand in one form with it. A sidebar's items are lists, notebooks, people: never the record.
 */
export const isTheLists = (control: Control, view: View, mark: Mark, way: Way): boolean =>
  control.region === 'nav' ||
  (way.before.has(key(control)) &&
    !(
      control.group >= 0 &&
      view.controls.some((c) => c.editable && c.group === control.group && whichIn(c.value, [mark]).length > 0)
    ));

/** May the control be taken for one that acts on our record, and on nothing else? */
export function isOurs(control: Control, view: View, mark: Mark, way: Way): boolean {
  if (inRowOf(control, view, mark)) return true;
  if (isTheLists(control, view, mark, way) || othersRow(control, view, mark) || !inNoRow(control, view)) return false;
  return way.ours || isAbout(view, mark);
}

/**
 * May the control to which steps of another day lead be used on our record? Not in a row that holds none of its marks (as it was and as it is
 * changed, also in a field), nor where it is the list's: there the same words stand for somebody else's record.
 */
export function holdsOurs(control: Control, view: View, marks: readonly Mark[], way: Way): boolean {
  const ours = (text: string): boolean => whichIn(text, marks).length > 0;
  if (ours(`${control.text} ${control.value}`) || marks.some((mark) => inRowOf(control, view, mark))) return true;
  const fields = view.controls.filter((c) => c.editable && ours(c.value));
  if (!inNoRow(control, view)) {
    const [inner] = control.rows;
    return fields.some((c) => c.rows.some((r) => r.template === inner?.template && r.row === inner.row));
  }
  if (control.group >= 0 && fields.some((c) => c.group === control.group)) return true;
  return !marks.some((mark) => isTheLists(control, view, mark, way) || othersRow(control, view, mark));
}
