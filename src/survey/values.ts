/** A value for a field, from what it is called and what it is known to take. */
import type { Control } from '../model/browser.ts';
import type { Constraint } from './constraints.ts';
import { says } from './words.ts';

export interface Occasion {
  /** At a door nothing is made up: it takes the account's own values. */
  readonly door: boolean;
  /** ISO date of today, from the clock. */
  readonly today: string;
  /** Which of the dates of the form it is: later ones get later days. */
  readonly nthDate: number;
  /** What the field before it was given. */
  readonly before?: string;
}

const padding = 'sounding the depth of it '.repeat(40);
const dayFrom = (today: string, offset: number): string =>
  new Date(Date.parse(`${today}T12:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);

/** Undefined: leave it alone. Holds placeholders ({alt}, {email}) that a recipe's values fill. */
export function valueFor(field: Control, takes: Constraint, occasion: Occasion): string | undefined {
  const { door } = occasion;
  if (['file', 'color', 'hidden'].includes(field.type)) return undefined;
  if (field.type === 'password') return '{password}';
  const usual = usualFor(field, takes, occasion);
  // What the account is known by is not bent to fit.
  if (door && usual !== undefined && /\{(email|username)\}/.test(usual)) return usual;
  if (!door && takes.same && occasion.before !== undefined) return occasion.before;
  if (takes.among?.[0] !== undefined) return takes.among[0];
  const made = takes.pattern !== undefined ? (taking(takes.pattern) ?? fromPattern(takes.pattern)) : undefined;
  if (made !== undefined) return made;
  if (usual === undefined || door) return usual;
  // An example in a hint is followed where the field has no kind of its own, one in a refusal always.
  if (takes.example && (takes.refused || usual.includes('sounding'))) return takes.example;
  return fitted(usual, takes);
}

/** A text of our own where the pattern takes one: it may have to stand there once only. */
function taking(pattern: string): string | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test('sounding') ? '{alt}' : undefined;
  } catch {
    return undefined;
  }
}

function usualFor(field: Control, takes: Constraint, { door, today, nthDate }: Occasion): string | undefined {
  const called = `${field.name} ${field.attr} ${field.placeholder} ${field.autocomplete}`.toLowerCase();
  if (door && (/one-time-code/.test(called) || (/\bcode\b|otp|2fa|mfa/.test(called) && /tel|number/.test(field.type))))
    return '{code}';
  const date = (): string => {
    const past =
      takes.when === 'past' ||
      (takes.when !== 'future' && /birth|geburt|nacimiento|naissance|nascimento|nascita/.test(called));
    const day = dayFrom(today, (past ? -9000 : 14) + nthDate + (takes.later ? 30 : 0));
    const [first, last] = [field.min.slice(0, 10), field.max.slice(0, 10)];
    return first && day < first ? first : last && day > last ? last : day;
  };
  switch (field.type) {
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
    case 'segment':
      // Only a year goes that high.
      return (takes.high ?? 0) > 999 ? date().slice(0, 4) : numberFor(field, takes);
    case 'number':
    case 'range':
      return numberFor(field, takes);
  }
  if (takes.date) return inForm(date(), takes.date);
  if (takes.low !== undefined || takes.high !== undefined) return numberFor(field, takes);
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
  if (/code|token|otp|\bpin\b/.test(called) && door) return '{code}';
  if (door)
    return /first|vorname|prenom/.test(called)
      ? 'Ada'
      : /last|surname|nachname|apellido|sobrenome/.test(called)
        ? '{alt}'
        : '{name}';
  return says('personName', called) ? 'Ada {alt}' : 'sounding {alt}';
}

/** A number of the range, on a step that counts from its least. */
function numberFor(field: Control, { low = 1, high }: Constraint): string {
  const step = Number(field.step);
  if (field.type === 'range') return String(low + Math.max(1, Math.round(((high ?? 100) - low) / 2)));
  if (high !== undefined && low > high) return String(high);
  const near = Math.max(low, Math.min(3, high ?? 3));
  return String(step > 0 && step !== 1 ? low : near);
}

/** Longer or shorter, as it is wanted. A placeholder is as long as a mark. */
export function fitted(value: string, { shortest = 0, longest }: Constraint): string {
  const filled = shortest > 9 ? `${value} ${padding.slice(0, shortest)}`.trim() : value;
  return longest !== undefined && longest < 20 && /^(sounding|Ada) \{alt\}/.test(filled)
    ? longest < 10
      ? 'deep'.slice(0, longest)
      : '{alt}'
    : filled;
}

const inForm = (iso: string, form: string): string => {
  const [year = '', month = '', day = ''] = iso.split('-');
  return form.replace('YYYY', year).replace('YY', year.slice(2)).replace('MM', month).replace('DD', day);
};

/**
 * The shortest text that a regular expression takes (ECMA-262, without looking around or back). Undefined where that is beyond us; what
 * comes out was tried on the expression.
 */
export function fromPattern(source: string): string | undefined {
  let at = 0;
  const one = (): string | undefined => source[at];
  const oneOf = (set: RegExp): string =>
    'a0A1bB- _.@#/'.split('').find((c) => set.test(c)) ??
    String.fromCharCode(33 + [...Array(94).keys()].findIndex((n) => set.test(String.fromCharCode(33 + n))));
  const atom = (): string => {
    const c = one() ?? '';
    at++;
    if (c === '(') {
      if (one() === '?') at = source.startsWith('?<', at) ? source.indexOf('>', at) + 1 : at + 2;
      const inner = alternatives();
      at++;
      return inner;
    }
    if (c === '[') {
      const end = source.indexOf(']', source[at] === '^' ? at + 2 : at + 1);
      const set = new RegExp(`^[${source.slice(at, end)}]$`);
      at = end + 1;
      return oneOf(set);
    }
    if (c === '\\') {
      const kind = one() ?? '';
      at++;
      return /[dwsDWSpP]/.test(kind) ? oneOf(new RegExp(`^\\${kind}$`)) : /[bB]/.test(kind) ? '' : kind;
    }
    return c === '.' ? 'a' : c === '^' || c === '$' ? '' : c;
  };
  const times = (): number => {
    const found = /^(?:([*?])|(\+)|\{(\d+)(?:,\d*)?\})\??/.exec(source.slice(at));
    at += found?.[0].length ?? 0;
    return found ? (found[1] ? 0 : found[2] ? 1 : Number(found[3])) : 1;
  };
  const sequence = (): string => {
    let text = '';
    while (at < source.length && one() !== ')' && one() !== '|') {
      const part = atom();
      text += part.repeat(times());
      if (text.length > 500) throw new RangeError(source);
    }
    return text;
  };
  const alternatives = (): string => {
    const first = sequence();
    while (one() === '|') {
      at++;
      sequence();
    }
    return first;
  };
  try {
    const text = alternatives();
    return text && new RegExp(`^(?:${source})$`, 'u').test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
