import type { Control, View } from '../model/browser.ts';
import { describe } from '../model/match.ts';
import type { Step } from '../model/recipe.ts';
import type { Form } from './classify.ts';
import { trigger } from './classify.ts';
import { type Constraint, constraintOf, keyOf } from './constraints.ts';
import { guessOf, unrefuted } from './guess.ts';
import { type Known, learnFrom, type Refusal } from './refusals.ts';
import { fitted, valueFor } from './values.ts';
import { stepsFor } from './widgets.ts';
import { placeholderOption, says } from './words.ts';

export interface Plan {
  readonly steps: readonly Step[];
  readonly carries: 'text' | 'number' | 'whole' | 'date' | 'none';
  readonly submit: Step;
  readonly says: string;
  /** Fields whose value was made up. */
  readonly filled: readonly Control[];
}

export interface Wishes {
  /** At a door nothing is marked: it takes the account's own values. Which of two doors it is, where one form is both. */
  readonly door: false | 'any' | 'log-in' | 'sign-up';
  /** 0: what is required. 1: what is optional too. 2: also boxes, files and what only looks like a choice. */
  readonly effort: 0 | 1 | 2;
  /** Which free text carries the mark; the most title-like is 0. */
  readonly text: number;
  /** ISO date of today, from the clock. */
  readonly today: string;
  /** What refusals taught. */
  readonly known: Known;
  /** What the source says of fields; used where nothing else does. */
  readonly guesses: Known;
  /** The mark stands in a part of the form that was filled before. */
  readonly carried: boolean;
  /** How a form without a button is sent. */
  readonly key: 'Enter' | 'Control+Enter';
}

export const firstWishes = (today: string): Wishes => ({
  door: false,
  effort: 0,
  text: 0,
  today,
  known: {},
  guesses: {},
  carried: false,
  key: 'Enter',
});

/** The smallest assignment that satisfies what the form says of itself. */
export function plan(form: Form, view: View, wishes: Wishes): Plan {
  const steps: Step[] = [];
  const filled: Control[] = [];
  const takes = (field: Control): Constraint =>
    guessOf(field, wishes) ?? { ...constraintOf(field), ...wishes.known[keyOf(field)] };
  const someRequired = form.fields.some((f) => f.required) || form.widgets.some((w) => w.required && !w.guessed);
  const bare = wishes.door !== false || wishes.carried;
  const marked = bare ? undefined : form.texts[Math.min(wishes.text, form.texts.length - 1)];
  let carries: Plan['carries'] = marked ? 'text' : 'none';
  const number =
    marked || bare
      ? undefined
      : form.fields.find(
          (f) =>
            (f.type === 'number' || (f.role === 'spinbutton' && f.type !== 'segment')) &&
            !(Number(f.max) > 0 && Number(f.max) < 9000),
        );
  const date = marked || number || bare ? undefined : form.fields.find((f) => f.type === 'date' && !f.max);
  const radios = new Set<string>();
  const drawn = new Set(form.widgets.filter((w) => w.kind !== 'add' || wishes.effort > 1).map((w) => w.control));
  let dates = 0;
  let before: string | undefined;
  for (const field of form.fields) {
    const on = describe(field, view);
    const known = wishes.known[keyOf(field)];
    const wanted = field.required || wishes.effort > 0 || !someRequired || field.invalid || known !== undefined;
    if (field === marked) {
      before = fitted('{mark}', takes(field));
      steps.push({ do: 'fill', on, value: before, marked: true });
    } else if (field === number) {
      carries = carriesNumber(field);
      steps.push({ do: 'fill', on, value: '{mark}', marked: true });
    } else if (field === date) {
      carries = 'date';
      steps.push({ do: 'fill', on, value: '{mark}', marked: true });
    } else if (drawn.has(field)) {
      // It is filled as what it is, below.
    } else if (field.type === 'checkbox' || field.role === 'switch') {
      const oneOfSeveral = form.fields.filter(
        (f) => f === field || (f.type === 'checkbox' && f.attr === field.attr && f.attr !== ''),
      );
      const asked =
        field.required ||
        says('terms', field.name) ||
        ((known?.refused || wishes.effort > 1) && oneOfSeveral[0] === field && !oneOfSeveral.some((f) => f.checked));
      // A form may set each of its fields in a row.
      const inOwnRow = field.template < 0 || (form.group.kind !== 'container' && !says('choose', field.name));
      if (!field.checked && asked && inOwnRow) steps.push({ do: 'check', on, value: true });
    } else if (field.type === 'radio') {
      if (
        !radios.has(field.attr) &&
        wanted &&
        !form.fields.some((f) => f.type === 'radio' && f.attr === field.attr && f.checked)
      ) {
        radios.add(field.attr);
        steps.push({ do: 'check', on, value: true });
      }
    } else if (field.tag === 'select') {
      const chosen = field.options.find((o) => o.value === field.value);
      if (!chosen || chosen.value === '' || (placeholderOption(chosen.text) && wanted)) {
        const option = field.options.find((o) => !o.disabled && o.value !== '' && !placeholderOption(o.text));
        if (option && (wanted || field.required)) steps.push({ do: 'select', on, value: option.value });
      }
    } else if (wanted || wishes.door) {
      const value = valueFor(field, takes(field), {
        door: wishes.door !== false,
        today: wishes.today,
        nthDate: dates,
        ...(before !== undefined ? { before } : {}),
      });
      // A range stands somewhere from the first, which may be where nothing is meant.
      const empty = field.value === '' || field.type === 'range';
      if (value !== undefined && (empty || field.invalid || known?.refused || wishes.door)) {
        steps.push({ do: 'fill', on, value });
        filled.push(field);
        before = value;
      }
      if (/date|month/.test(field.type) || takes(field).date) dates++;
    }
  }
  for (const widget of form.widgets) {
    // Buttons side by side at a door lead to other doors.
    if (wishes.door && widget.guessed) continue;
    const rare =
      widget.guessed ||
      widget.rare ||
      (widget.control.opens === 'menu' && widget.control.role !== 'combobox' && !widget.control.fixed) ||
      ['turn', 'add', 'attach'].includes(widget.kind);
    const known = wishes.known[keyOf(widget.control)];
    const least =
      widget.required || known || (!someRequired && !rare) || says('terms', widget.control.name) ? 0 : rare ? 2 : 1;
    if (wishes.effort >= least) steps.push(...stepsFor(widget, view));
  }
  const button = trigger(form, wishes.door === 'any' || !wishes.door ? undefined : wishes.door);
  const last =
    [...steps].reverse().find((s) => s.do === 'fill' && s.marked) ?? [...steps].reverse().find((s) => s.do === 'fill');
  const submit: Step = button
    ? { do: 'click', on: describe(button, view), commits: true }
    : {
        do: 'press',
        on: last && last.do === 'fill' ? last.on : describe(form.fields[0] as Control, view),
        key: wishes.key,
        commits: true,
      };
  return {
    steps,
    carries,
    submit,
    filled,
    says: `the form ${form.group.heading ? `“${form.group.heading}” ` : ''}(${button ? `button “${button.name || button.attr}”` : submit.do === 'press' ? submit.key : ''}) on ${new URL(view.url).pathname}${new URL(view.url).hash}`,
  };
}

const carriesNumber = (field: Control): 'number' | 'whole' =>
  field.step === 'any' || /^0?\.0*1$/.test(field.step) ? 'number' : 'whole';

/** New wishes from what a refusal said; undefined where there is nothing left to try. */
export function learn(wishes: Wishes, form: Form, said: readonly Refusal[], made: Plan): Wishes | undefined {
  const fields = [...form.fields, ...form.widgets.map((w) => w.control)];
  const known = learnFrom(wishes.known, said, fields, made.filled);
  const taught = known !== wishes.known;
  const next: Wishes = {
    ...wishes,
    known,
    guesses: unrefuted(wishes.guesses, known, fields),
    effort: wishes.effort === 0 ? 1 : taught ? wishes.effort : 2,
  };
  if (taught || next.effort !== wishes.effort || next.guesses !== wishes.guesses) return next;
  // What the source says may be what is wrong.
  return fields.some((field) => guessOf(field, wishes)) ? { ...next, guesses: {} } : undefined;
}
