/** What a field takes, as far as the page says it: in its markup, in a hint, or in the words of a refusal. */
import type { Control } from '../model/browser.ts';
import type { Bounds } from '../model/chart.ts';
import { flat } from './words.ts';

export interface Constraint extends Bounds {
  readonly when?: 'past' | 'future';
  /** Later than the field before it. */
  readonly later?: true;
  /** The same as the field before it. */
  readonly same?: true;
  readonly needed?: true;
  /** A refusal spoke of it. */
  readonly refused?: true;
}

/** How a field is known from one look to the next. */
export const keyOf = (field: Control): string => `${field.attr}|${field.name}`;

/** What its markup and the hints at it say. */
export function constraintOf(field: Control): Constraint {
  const hint = `${field.placeholder} ${field.describedBy}`;
  const date = dateForm(hint);
  const example = exampleIn(field.describedBy) ?? exampleIn(field.placeholder);
  return {
    ...(field.minLength ? { shortest: field.minLength } : {}),
    ...(field.maxLength > 0 ? { longest: field.maxLength } : {}),
    ...(field.min !== '' && !Number.isNaN(Number(field.min)) ? { low: Number(field.min) } : {}),
    ...(field.max !== '' && !Number.isNaN(Number(field.max)) ? { high: Number(field.max) } : {}),
    ...(field.pattern ? { pattern: field.pattern } : {}),
    ...(date ? { date } : {}),
    ...(example && !date ? { example } : {}),
    ...(repeats.test(field.name) ? { same: true } : {}),
  };
}

const repeats =
  /\b(repeat|confirm|again|retype|re-enter|wiederhol\p{L}*|bestatig\p{L}*|repet\p{L}*|repita|confirm\p{L}*|ripeti|powtorz|retapez)\b/iu;

/** A date as a hint writes it: DD/MM/YYYY, yyyy-mm-dd, TT.MM.JJJJ. */
function dateForm(hint: string): string | undefined {
  const found = /\b(dd?|mm?|yyyy|yy|tt|jjjj|aaaa|jj|gg)([/.\- ])(dd?|mm?|tt|jj|gg)\2(yyyy|yy|jjjj|aaaa|dd?|tt)\b/i.exec(
    hint,
  );
  return found?.[0]
    .toUpperCase()
    .replace(/JJJJ|AAAA|YYYY/, 'YYYY')
    .replace(/TT|GG|JJ/, 'DD')
    .replace(/(?<!D)D(?!D)/, 'DD')
    .replace(/(?<!M)M(?!M)/, 'MM');
}

/** The example that a sentence gives: “Example: SN-2041-X”, “like ABC-123”, “e.g. 42”; a hint that is nothing but a code. */
function exampleIn(text: string): string | undefined {
  const named =
    /(?:\be\.?g\.?|\bex(?:ample|emple|\.)|for example|\blike|such as|format(?: is|:)?|z\. ?b\.|beispiel|ejemplo|exemplo|esempio|por ej\.|p\. ?ex\.)[:,]?\s*["“'`]?([\p{L}\p{N}#@+][^\s,;"”'`)]*)/iu.exec(
      text,
    )?.[1];
  const alone = /^[A-Z0-9#]+([-/._:][A-Z0-9]+)+$/.exec(text.trim())?.[0];
  const code = (named ?? alone)?.replace(/[.!]$/, '');
  return code && /[\d_#-]|[A-Z]{2}/.test(code) ? code : undefined;
}

const number = String.raw`(-?\d+(?:[.,]\d+)?)`;
const least =
  /(?:at least|minimum(?: of)?|no (?:less|fewer|shorter) than|mindestens|al menos|como minimo|au moins|pelo menos|almeno|minimaal|min\.?|>=)\s*:?\s*(\d+)/;
const most =
  /(?:at most|maximum(?: of)?|no (?:more|longer) than|up to|less than or equal to|hochstens|maximal|como maximo|a lo sumo|au plus|no maximo|al massimo|maximaal|max\.?|<=)\s*:?\s*(\d+)/;
const letters = /char|letter|zeichen|caract|letra|lettre|caratter|tekens|long|length|longer|shorter|lang|string/;

/** What a sentence of refusal demands. Empty where it only complains. */
export function demands(said: string): Constraint {
  const text = flat(said);
  const low = Number(least.exec(text)?.[1]);
  const high = Number(most.exec(text)?.[1]);
  const [, from, to] =
    new RegExp(
      `(?:between|entre|zwischen|from|von|de|tra|tussen)\\s*${number}\\s*(?:and|to|y|et|und|bis|e|a|en|-|–)\\s*${number}`,
    ).exec(text) ?? [];
  const counts = letters.test(text);
  const span = from !== undefined && to !== undefined ? [Number(from), Number(to)] : undefined;
  const among = choicesIn(said);
  const pattern = /pattern\s*['"`/]?(\^.*?\$)/.exec(said)?.[1];
  const example = exampleIn(said);
  const date = dateForm(said);
  return {
    ...(span ? (counts ? { shortest: span[0], longest: span[1] } : { low: span[0], high: span[1] }) : {}),
    ...(low >= 0 && !span ? (counts ? { shortest: low } : { low }) : {}),
    ...(high >= 0 && !span ? (counts ? { longest: high } : { high }) : {}),
    ...(among ? { among } : {}),
    ...(pattern ? { pattern } : {}),
    ...(example && !pattern && !date ? { example } : {}),
    ...(date ? { date } : {}),
    ...(!pattern && slugLike.test(text) ? { pattern: '[a-z][a-z0-9-]{5,20}' } : {}),
    ...(/\b(expected|must be|should be|valid|has to be) (an? )?(number|integer|numeric)|not a number|whole number|numeric|zahl|numero|nombre entier|must be more than 0|greater than 0|positive/.test(
      text,
    ) && !span
      ? { low: Number.isNaN(low) ? 1 : low }
      : {}),
    ...(/past|not be in the future|before today|vergangenheit|pasado|passe\b|passado/.test(text)
      ? { when: 'past' as const }
      : {}),
    ...(/future|not be in the past|after today|zukunft|futuro|futur\b/.test(text) && !/not be in the future/.test(text)
      ? { when: 'future' as const }
      : {}),
    ...(/\b(after|later than|nach|despues|posterior|apres|depois|dopo)\b/.test(text) && !/today/.test(text)
      ? { later: true as const }
      : {}),
    ...(/\b(not match|must match(?!.*pattern)|differ|identical|the same|stimmen nicht|coincid\p{L}*|correspond\p{L}*)\b/u.test(
      text,
    )
      ? { same: true as const }
      : {}),
    ...(/require|needed|empty|blank|missing|must not be|cannot be|fill|pflicht|obligator|requerid|requis|obrigator|obbligator|verplicht|enter a|choose|select|pick/.test(
      text,
    )
      ? { needed: true as const }
      : {}),
  };
}

const slugLike = /lower ?-?case|kleinbuchstaben|minuscul|male litery/;

/** The words that a sentence offers: one of: a, b, c; "a" | "b". */
function choicesIn(said: string): string[] | undefined {
  const quoted = /((?:["'`][^"'`]{1,40}["'`]\s*(?:\||,|or|,\s*or)\s*)+["'`][^"'`]{1,40}["'`])/.exec(said)?.[1];
  if (quoted) return [...quoted.matchAll(/["'`]([^"'`]{1,40})["'`]/g)].map((m) => m[1] as string);
  const listed =
    /(?:one of|either|any of|allowed(?: values)?(?: are)?|choose from|options are|einer? von|uno de|une? de|um de)\s*:?\s*\[?([^.\]\n]{3,200})/i.exec(
      said,
    )?.[1];
  const words = listed
    ?.split(/\s*(?:,|\||\/|;|\bor\b|\boder\b|\bo\b|\bou\b)\s*/)
    .map((word) => word.trim().replace(/^["'`]|["'`]$/g, ''))
    .filter((word) => word && word.length < 40);
  return words && words.length > 1 ? words : undefined;
}
