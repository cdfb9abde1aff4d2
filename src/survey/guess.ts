/** First guesses at what a field takes, by what the source says. Whatever the page says of the field, or a refusal, is asked before. */
import type { Control } from '../model/browser.ts';
import { type Bounds, called, type Shape } from '../model/chart.ts';
import type { Form } from './classify.ts';
import { type Constraint, constraintOf, keyOf } from './constraints.ts';
import type { Known } from './refusals.ts';

/** Of the schemas that have most names in common with the form; where they differ, of the first that says it. */
export function guessesFor(form: Form, shapes: readonly Shape[] = []): Known {
  const names = form.fields.map((field) => ({ field, all: [called(field.attr), called(field.name)] }));
  const of = (shape: Shape, all: readonly string[]): Bounds | undefined => {
    const name = all.find((one) => one && Object.hasOwn(shape.fields, one));
    return name === undefined ? undefined : shape.fields[name];
  };
  const ranked = shapes.map((shape) => ({ shape, common: names.filter(({ all }) => of(shape, all)).length }));
  // One name in common is chance.
  const most = Math.max(Math.min(2, form.fields.length), ...ranked.map(({ common }) => common));
  const nearest = ranked.filter(({ common }) => common === most).map(({ shape }) => shape);
  return Object.fromEntries(
    names.flatMap(({ field, all }) => {
      const guess: Bounds = Object.assign({}, ...nearest.map((shape) => of(shape, all)).reverse());
      return Object.keys(guess).length ? [[keyOf(field), guess]] : [];
    }),
  );
}

/** The guess at a field that nothing else is known of, but that it is wanted. */
export function guessOf(
  field: Control,
  { guesses, known }: { readonly guesses: Known; readonly known: Known },
): Constraint | undefined {
  const guess = guesses[keyOf(field)];
  if (!guess || !['text', 'textarea', 'search', 'tel', 'number', ''].includes(field.type)) return undefined;
  const { needed: _, refused: __, ...taught } = known[keyOf(field)] ?? {};
  return Object.keys({ ...constraintOf(field), ...taught }).length ? undefined : guess;
}

/** The guesses without those that were filled in and refused; the same object where none was. */
export function unrefuted(guesses: Known, known: Known, filled: readonly Control[]): Known {
  const wrong = new Set(filled.map(keyOf).filter((key) => guesses[key] && known[key]?.refused));
  return wrong.size ? Object.fromEntries(Object.entries(guesses).filter(([key]) => !wrong.has(key))) : guesses;
}
