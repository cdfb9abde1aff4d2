/** What was said when a form was not taken, and what it is known of the fields since. */
import type { Control, View } from '../model/browser.ts';
import { type Constraint, demands, keyOf } from './constraints.ts';
import { flat } from './words.ts';

export interface Refusal {
  readonly text: string;
  /** The field that it is about, as the page or the answer names it. */
  readonly field?: string;
}

/** What is known of fields, by `keyOf`. */
export type Known = Readonly<Record<string, Constraint>>;

const messages = /^(message|msg|error|detail|description|reason|title)$/i;
const places = /^(path|loc|field|param|property|name|attribute|instancePath|pointer|source|key)$/i;

/** The complaints in an answer's body: lists of issues (zod, Pydantic, JSON:API), members named like fields (Rails, Django), a lone message. */
export function refusalsIn(body: string): Refusal[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return [];
  }
  const found: Refusal[] = [];
  const visit = (value: unknown, field: string | undefined, depth: number): void => {
    if (depth > 5 || found.length > 30) return;
    if (typeof value === 'string') {
      if (value.length < 400 && /\s/.test(value)) found.push({ text: value, ...(field ? { field } : {}) });
    } else if (Array.isArray(value)) for (const one of value.slice(0, 30)) visit(one, field, depth + 1);
    else if (value && typeof value === 'object') {
      const entries = Object.entries(value);
      const place = entries.find(([name]) => places.test(name))?.[1];
      const named = lastName(place) ?? field;
      for (const [name, inner] of entries)
        if (!places.test(name))
          visit(
            inner,
            messages.test(name) || /^(errors|issues|details|fields|fieldErrors|data)$/i.test(name)
              ? named
              : (named ?? name),
            depth + 1,
          );
    }
  };
  visit(parsed, undefined, 0);
  return found;
}

function lastName(place: unknown): string | undefined {
  if (Array.isArray(place)) return place.filter((part) => typeof part === 'string').at(-1) as string | undefined;
  if (place && typeof place === 'object') return lastName((place as { pointer?: unknown }).pointer);
  return typeof place === 'string' && place.length < 80
    ? place
        .split(/[./[\]]+/)
        .filter(Boolean)
        .at(-1)
    : undefined;
}

/** What the page now says at its fields. */
export const saidAtFields = (view: View): Refusal[] =>
  view.controls.filter((c) => c.invalid && c.editable).map((c) => ({ text: c.describedBy, field: keyOf(c) }));

/** Is the field called so? */
const isCalled = (field: Control, name: string): boolean =>
  keyOf(field) === name || [field.attr, field.name].some((own) => own !== '' && flat(own) === flat(name));

/** Does the sentence name the field? */
const names = (text: string, field: Control): boolean =>
  [field.name.replace(/[*:]/g, ''), field.attr.replace(/[_-]+/g, ' ')].some((own) => {
    const word = flat(own).trim();
    return word.length > 2 && flat(text).includes(word);
  });

/** What is known after a refusal; the same object where it taught nothing. `filled`: fields whose value was made up. */
export function learnFrom(
  known: Known,
  said: readonly Refusal[],
  fields: readonly Control[],
  filled: readonly Control[],
): Known {
  const meantBy = ({ text, field }: Refusal): Control[] => {
    const exact = field === undefined ? [] : fields.filter((f) => isCalled(f, field));
    return exact.length ? exact : fields.filter((f) => names(text, f));
  };
  // What names nobody is for those whose value was nobody's wish, unless something else names one.
  const named = said.some((one) => meantBy(one).length > 0);
  let next = known;
  for (const one of said) {
    const wanted = demands(one.text);
    const meant = meantBy(one);
    const spread = !named && Object.keys(wanted).some((key) => key !== 'needed') ? filled : [];
    for (const field of meant.length ? meant : spread) {
      const key = keyOf(field);
      const had = next[key] ?? {};
      const has = { ...had, ...wanted, refused: true as const };
      if (JSON.stringify(had) !== JSON.stringify(has)) next = { ...next, [key]: has };
    }
  }
  return next;
}
