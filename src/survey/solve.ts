import type { Control, View } from '../model/browser.ts';
import { describe } from '../model/match.ts';
import type { Step } from '../model/recipe.ts';
import type { Form } from './classify.ts';
import { trigger } from './classify.ts';
import { placeholderOption, says } from './words.ts';

export interface Plan {
  readonly steps: readonly Step[];
  readonly carries: 'text' | 'number' | 'whole' | 'date' | 'none';
  readonly submit: Step;
  readonly says: string;
}

export interface Wishes {
  /** At a door nothing is marked: it takes the account's own values. Which of two doors it is, where one form is both. */
  readonly door: false | 'any' | 'log-in' | 'sign-up';
  /** Fill what is optional too. */
  readonly all: boolean;
  /** Which free text carries the mark; the most title-like is 0. */
  readonly text: number;
  /** ISO date of today, from the clock. */
  readonly today: string;
  /** What refusals taught: longer texts, fields to fill, dates in the past. */
  readonly minText: number;
  readonly pastDates: boolean;
  /** Names of fields that a refusal spoke of. */
  readonly named: readonly string[];
}

export const firstWishes = (today: string): Wishes => ({
  door: false,
  all: false,
  text: 0,
  today,
  minText: 0,
  pastDates: false,
  named: [],
});

/** The smallest assignment that satisfies what the form says of itself. */
export function plan(form: Form, view: View, wishes: Wishes): Plan {
  const steps: Step[] = [];
  const someRequired = form.fields.some((f) => f.required);
  const marked = wishes.door ? undefined : form.texts[Math.min(wishes.text, form.texts.length - 1)];
  let carries: Plan['carries'] = marked ? 'text' : 'none';
  const number =
    marked || wishes.door
      ? undefined
      : form.fields.find(
          (f) => (f.type === 'number' || f.role === 'spinbutton') && !(Number(f.max) > 0 && Number(f.max) < 9000),
        );
  const date = marked || number || wishes.door ? undefined : form.fields.find((f) => f.type === 'date' && !f.max);
  const radios = new Set<string>();
  for (const field of form.fields) {
    const on = describe(field, view);
    const wanted =
      field.required ||
      wishes.all ||
      !someRequired ||
      field.invalid ||
      wishes.named.some((n) => n && `${field.name} ${field.attr}`.toLowerCase().includes(n));
    if (field === marked)
      steps.push({
        do: 'fill',
        on,
        value:
          wishes.minText > 9 ? `{mark} ${'sounding the depth of it '.repeat(20).slice(0, wishes.minText)}` : '{mark}',
        marked: true,
      });
    else if (field === number) {
      carries = carriesNumber(field);
      steps.push({ do: 'fill', on, value: '{mark}', marked: true });
    } else if (field === date) {
      carries = 'date';
      steps.push({ do: 'fill', on, value: '{mark}', marked: true });
    } else if (field.type === 'checkbox' || field.role === 'switch') {
      if (!field.checked && (field.required || says('terms', field.name)) && field.template < 0)
        steps.push({ do: 'check', on, value: true });
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
      const value = valueFor(field, wishes, wishes.door !== false);
      if (value !== undefined && (field.value === '' || field.invalid || wishes.door))
        steps.push({ do: 'fill', on, value });
    }
  }
  for (const chooser of form.choosers)
    if (chooser.required || wishes.all || !someRequired) steps.push({ do: 'pick', on: describe(chooser, view) });
  const button = trigger(form, wishes.door === 'any' || !wishes.door ? undefined : wishes.door);
  const last =
    [...steps].reverse().find((s) => s.do === 'fill' && s.marked) ?? [...steps].reverse().find((s) => s.do === 'fill');
  const submit: Step = button
    ? { do: 'click', on: describe(button, view), commits: true }
    : {
        do: 'press',
        on: last && last.do === 'fill' ? last.on : describe(form.fields[0] as Control, view),
        key: 'Enter',
        commits: true,
      };
  return {
    steps,
    carries,
    submit,
    says: `the form ${form.group.heading ? `“${form.group.heading}” ` : ''}(${button ? `button “${button.name || button.attr}”` : 'Enter'}) on ${new URL(view.url).pathname}${new URL(view.url).hash}`,
  };
}

const carriesNumber = (field: Control): 'number' | 'whole' =>
  field.step === 'any' || /^0?\.0*1$/.test(field.step) ? 'number' : 'whole';

/** A value of the field's own domain. Undefined: leave it alone. */
function valueFor(field: Control, wishes: Wishes, door: boolean): string | undefined {
  const called = `${field.name} ${field.attr} ${field.placeholder} ${field.autocomplete}`.toLowerCase();
  const day = (offset: number): string =>
    new Date(Date.parse(`${wishes.today}T12:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
  const date = (): string => {
    const d = wishes.pastDates || /birth|geburt|nacimiento|naissance|nascimento/.test(called) ? day(-9000) : day(14);
    return field.min && d < field.min.slice(0, 10)
      ? field.min.slice(0, 10)
      : field.max && d > field.max.slice(0, 10)
        ? field.max.slice(0, 10)
        : d;
  };
  switch (field.type) {
    case 'password':
      return '{password}';
    case 'email':
      return door ? '{email}' : '{alt}@example.com';
    case 'tel':
      return '5550100199';
    case 'url':
      return 'https://example.com/{alt}';
    case 'date':
      return date();
    case 'datetime-local':
      return `${date()}T10:30`;
    case 'month':
      return date().slice(0, 7);
    case 'week':
      return `${date().slice(0, 4)}-W20`;
    case 'time':
      return '10:30';
    case 'file':
    case 'color':
    case 'range':
    case 'hidden':
      return undefined;
    case 'number': {
      const low = Number(field.min || 1),
        high = Number(field.max || 0);
      return String(high && low > high ? high : Math.max(low, Math.min(3, high || 3)));
    }
  }
  if (/e-?mail|correo|courriel/.test(called)) return door ? '{email}' : '{alt}@example.com';
  if (/user ?name|benutzername|nutzername|usuario|utilisateur|login|handle|nick/.test(called) && door)
    return '{username}';
  if (/phone|mobile|telefon|telefono|telephone|\btel\b/.test(called)) return '5550100199';
  if (/url|website|link|webseite/.test(called)) return 'https://example.com/{alt}';
  if (/zip|postal|plz|postleitzahl|codigo postal|code postal|cep/.test(called)) return '10115';
  if (
    /price|amount|cost|quantity|qty|age|year|count|hours?|minutes|duration|servings|stock|preis|betrag|menge|precio|cantidad|prix|quantite|preco|quantidade/.test(
      called,
    ) &&
    field.tag === 'input'
  )
    return '3';
  if (/\bdate\b|datum|fecha|\bdata\b|yyyy/.test(called) && field.tag === 'input') return date();
  if (/\btime\b|uhrzeit|hora|heure/.test(called) && field.tag === 'input') return '10:30';
  if (/code|token|otp/.test(called) && door) return undefined;
  if (door)
    return /first|vorname|prenom/.test(called)
      ? 'Ada'
      : /last|surname|nachname|apellido|sobrenome/.test(called)
        ? '{alt}'
        : '{name}';
  const filler = says('personName', called) ? 'Ada {alt}' : 'sounding {alt}';
  return wishes.minText > 9 ? `${filler} ${'sounding the depth of it '.repeat(20).slice(0, wishes.minText)}` : filler;
}

/** New wishes from what a refusal said; undefined where it taught nothing new. */
export function learn(wishes: Wishes, form: Form, said: readonly string[], after: View): Wishes | undefined {
  const text = said.join(' \n ').toLowerCase();
  let next = { ...wishes };
  if (!wishes.all) next.all = true;
  const least =
    /(?:at least|minimum(?: of)?|mindestens|al menos|au moins|pelo menos|min\.?)\s*(\d{1,3})\s*(?:char|letter|zeichen|caract|letra|words?)/.exec(
      text,
    );
  if (least && Number(least[1]) > wishes.minText && Number(least[1]) <= 400) next.minText = Number(least[1]);
  if (/past|not be in the future|before today|vergangenheit/.test(text) && !wishes.pastDates) next.pastDates = true;
  const named = [
    ...new Set([
      ...wishes.named,
      ...form.fields
        .map((f) => f.name.toLowerCase().replace(/[*:]/g, '').trim())
        .filter((n) => n.length > 2 && text.includes(n)),
      ...after.controls.filter((c) => c.invalid && c.editable).map((c) => c.name.toLowerCase()),
    ]),
  ];
  if (named.length > wishes.named.length) next = { ...next, named };
  return JSON.stringify(next) === JSON.stringify(wishes) ? undefined : next;
}
