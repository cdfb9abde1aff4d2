/** What in a form is filled without typing and is no control of the platform, told by roles, states and where it stands. */
import type { Control, View } from '../model/browser.ts';
import { describe } from '../model/match.ts';
import type { Step } from '../model/recipe.ts';
import { acts, flat, placeholderOption } from './words.ts';

export interface Widget {
  /**
   * choose: opens something to choose from. among: one of those that stand there. turn: is on or off. raise: goes up by a key or a button.
   * add: Enter makes a part of what was typed. attach: takes a file.
   */
  readonly kind: 'choose' | 'among' | 'turn' | 'raise' | 'add' | 'attach';
  readonly control: Control;
  readonly required: boolean;
  /** What it does may be more than to be chosen: for when nothing less has helped. */
  readonly rare?: true;
  /** Only its place says what it may be: for when nothing else has helped. */
  readonly guessed?: true;
}

/** Path of what a control stands in. */
const around = (c: Control): string => c.css.slice(0, Math.max(0, c.css.lastIndexOf(' > ')));
const raises = (c: Control): boolean =>
  /^[+＋▲⌃]$/.test(c.text.trim()) || /\b(increase|increment|erhohen|aumentar|augmenter)\b/.test(flat(c.name));

/** The widgets among the members of a group: fields and others. */
export function widgetsIn(members: readonly Control[]): Widget[] {
  const found: Widget[] = [];
  const sets = new Map<string, Control[]>();
  for (const c of members) {
    if (c.type === 'file') {
      if (!c.disabled) found.push({ kind: 'attach', control: c, required: c.required });
    } else if (c.fixed && c.editable)
      found.push({ kind: 'choose', control: c, required: c.required || c.value === '' });
    // What stands in a bar above or beside is the page's.
    else if (c.disabled || ((c.region === 'nav' || c.region === 'header') && !c.required)) continue;
    else if (c.role === 'combobox' && c.tag !== 'select') {
      if (c.editable ? c.suggests : placeholderOption(c.text) || c.required)
        found.push({ kind: 'choose', control: c, required: c.required });
    } else if ((c.role === 'radio' || c.role === 'option') && !c.editable) {
      const set = `${c.role} ${around(c)}`;
      sets.set(set, [...(sets.get(set) ?? []), c]);
    } else if (['checkbox', 'switch'].includes(c.role) && !c.editable) {
      if (!c.checked) found.push({ kind: 'turn', control: c, required: c.required });
    } else if (c.pressable && !acts(c.name)) {
      const set = `pressed ${around(c)}`;
      sets.set(set, [...(sets.get(set) ?? []), c]);
    } else if (c.opens && c.opens !== 'true' && !c.editable && !acts(c.name))
      found.push({ kind: 'choose', control: c, required: c.required });
    else if (c.role === 'slider' && !c.editable) found.push({ kind: 'raise', control: c, required: c.required });
    else if (
      c.editable &&
      /press(ing)? enter|enter to add|\btags?\b|keywords|schlagwort|etiqueta|mots-cles/.test(
        flat(`${c.name} ${c.placeholder} ${c.attr}`),
      )
    )
      found.push({ kind: 'add', control: c, required: false });
  }
  for (const set of sets.values())
    if (set[0] && !set.some((c) => c.checked))
      found.push({
        kind: 'among',
        control: set[0],
        required: set.some((c) => c.required),
        ...(set[0].pressable ? { rare: true as const } : {}),
      });
  return [...found, ...guesses(members)];
}

/** Buttons side by side that do not submit and are not called as what acts: choices without a role. A plus beside a number that takes no keys. */
function guesses(members: readonly Control[]): Widget[] {
  const found: Widget[] = [];
  const sets = new Map<string, Control[]>();
  const counts = members.some((c) => c.fixed && c.editable);
  for (const c of members) {
    if (c.role !== 'button' || c.submits || c.disabled || c.editable || c.pressable || c.opens) continue;
    if (c.region === 'nav' || c.region === 'header') continue;
    if (counts && raises(c)) found.push({ kind: 'turn', control: c, required: false, guessed: true });
    else if (c.name.length <= 24 && !acts(c.name)) sets.set(around(c), [...(sets.get(around(c)) ?? []), c]);
  }
  for (const set of sets.values())
    if (set.length > 1 && set[0]) found.push({ kind: 'turn', control: set[0], required: false, guessed: true });
  return found;
}

/** What is done with it. */
export function stepsFor({ kind, control, guessed }: Widget, view: View): Step[] {
  const on = describe(control, view);
  switch (kind) {
    case 'choose':
      return [{ do: 'pick', on }];
    case 'among':
    case 'turn':
      return [guessed ? { do: 'click', on } : { do: 'check', on, value: true }];
    case 'raise':
      return [
        { do: 'press', on, key: 'ArrowRight' },
        { do: 'press', on, key: 'ArrowRight' },
      ];
    case 'add':
      return [
        { do: 'fill', on, value: '{alt}' },
        { do: 'press', on, key: 'Enter' },
      ];
    case 'attach':
      return [{ do: 'attach', on, file: fileFor(control.accepts) }];
  }
}

/** Which of our small files a field takes. */
function fileFor(accepts: string): 'png' | 'txt' | 'csv' | 'json' | 'pdf' {
  if (!accepts) return 'png';
  for (const kind of ['png', 'csv', 'json', 'txt', 'pdf'] as const) if (accepts.includes(kind)) return kind;
  return /image/.test(accepts) ? 'png' : 'txt';
}
