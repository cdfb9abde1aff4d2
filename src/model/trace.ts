import type { Control, Tab, View } from './browser.ts';
import type { Place } from './facts.ts';
import { openPlace } from './place.ts';

/**
 * What a page shows, in a form in which two looks can be compared: each line without its numbers, and each control by its name, with the
 * numbers or the states that stand there. What nobody wrote words into is found again by what changed.
 */
export type Reading = ReadonlyMap<string, string>;

/** Two looks that differ there say nothing of it: random numbers, clocks, counters of visits. */
const unsteady = '\u0000';
/** Tells of the time, which changes by itself. */
const ofTime = /\d{1,2}:\d{2}|\bago\b|just now|\bvor \d|hace \d|il y a/i;
const most = 600;

export function readingOf(view: View): Reading {
  const all = new Map<string, string[]>();
  const add = (key: string, value: string): void => void all.set(key, [...(all.get(key) ?? []), value]);
  const said = new Set(view.live.map((text) => text.trim()));
  for (const line of view.text.split('\n').slice(0, most)) {
    const text = line.trim().replace(/\s+/g, ' ');
    if (text === '' || text.length > 160 || said.has(text) || ofTime.test(text)) continue;
    const numbers = text.match(/\d+(?:[.,]\d+)*/g) ?? [];
    add(text.toLowerCase().replace(/\d+(?:[.,]\d+)*/g, '#'), numbers.join(' '));
  }
  for (const c of view.controls.slice(0, most)) {
    const state = stateOf(c);
    if (state !== undefined) add(keyOf(c), state);
  }
  return new Map(
    [...all].map(([key, values]) => [key, values.some(Boolean) ? values.join('|') : String(values.length)]),
  );
}

/** The key under which a control's state stands in a reading. */
const keyOf = (c: Control): string =>
  `${c.role} ${c.attr.replace(/\d+/g, '#')} ${c.name.toLowerCase().replace(/\d+/g, '#').slice(0, 80)}`;

/** Ticked, pressed, chosen; undefined for what has no state, or one that a person types. */
function stateOf(c: Control): string | undefined {
  if (c.tag === 'select') return `chosen ${c.options.find((o) => o.value === c.value)?.text ?? c.value}`;
  if (c.type === 'checkbox' || c.type === 'radio' || ['checkbox', 'switch', 'radio'].includes(c.role) || c.pressable)
    return c.checked ? 'on' : 'off';
  // A button that is a picture says by its name alone what it did.
  return c.role === 'button' && c.name && !c.text ? c.name.toLowerCase() : undefined;
}

/** What several looks show alike. */
export function steady(looks: readonly Reading[]): Reading {
  const keys = new Set(looks.flatMap((look) => [...look.keys()]));
  const [first] = looks;
  return new Map(
    [...keys].flatMap((key): [string, string][] => {
      const value = first?.get(key);
      if (!looks.every((look) => look.get(key) === value)) return [[key, unsteady]];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** What is otherwise than before, where both are steady. */
export function changed(before: Reading, after: Reading): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    return was !== is && was !== unsteady && is !== unsteady;
  });
}

/** Is it the same page? An error, a door or a page that is not drawn yet lacks most of what stood there. */
export function isSamePage(before: Reading, now: Reading): boolean {
  const keys = [...before.keys()];
  return keys.filter((key) => now.has(key)).length * 2 >= keys.length;
}

/** Do these show `before`, or something else? Another page says nothing. */
export function sideOf(keys: readonly string[], before: Reading, now: Reading): 'as-before' | 'changed' | 'unclear' {
  const known = keys.filter((key) => before.get(key) !== unsteady && now.get(key) !== unsteady);
  if (!known.length || !isSamePage(before, now)) return 'unclear';
  return known.some((key) => now.get(key) !== before.get(key)) ? 'changed' : 'as-before';
}

/** One look at a freshly opened place; undefined where it did not open or is still at work. */
export async function lookAt(tab: Tab, place: Pick<Place, 'url' | 'way'>): Promise<Reading | undefined> {
  const { ok, status = 200 } = await openPlace(tab, place);
  if (!ok || status >= 400) return undefined;
  const view = await tab.view();
  return view.busy ? undefined : readingOf(view);
}

/** Two looks, and what both show alike; undefined where one of them saw another page. */
export async function lookTwice(tab: Tab, place: Pick<Place, 'url' | 'way'>): Promise<Reading | undefined> {
  const [one, other] = [await lookAt(tab, place), await lookAt(tab, place)];
  return one && other && isSamePage(one, other) ? steady([one, other]) : undefined;
}

/** In words, the plainest of what changed: “cart (0)” → “cart (1)”. */
export function tell(keys: readonly string[], before: Reading, after: Reading): string {
  const [key] = [...keys].sort((a, b) => Number(b.includes('#')) - Number(a.includes('#')) || a.length - b.length);
  if (key === undefined) return '';
  return `${worded(key, before.get(key))} → ${worded(key, after.get(key))}`;
}

function worded(key: string, value: string | undefined): string {
  if (value === undefined) return `no “${key.slice(0, 60)}”`;
  if (!key.includes('#'))
    return /^\d+$/.test(value)
      ? `“${key.slice(0, 60)}” ${value} times`
      : `“${key.trim().slice(0, 60)}” ${value.slice(0, 60)}`;
  const numbers = (value.split('|')[0] ?? '').split(' ');
  let at = 0;
  return `“${key.replace(/#/g, () => numbers[at++] ?? '#').slice(0, 60)}”${value.includes('|') ? ` (${value.slice(0, 60)})` : ''}`;
}
