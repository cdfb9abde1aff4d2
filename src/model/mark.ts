/**
 * Marks: texts that nothing else has written. 9 pronounceable lower-case letters, unique in the first 6, so that a
 * title that an app cuts or capitals that it adds still tell whose record it is.
 */
export type Mark = string;

const consonants = 'bdfgklmnprtvz';
const vowels = 'aeiou';
/** Pronounceable, but words of a lexicon would be found in other people's rows. */
const tooCommon = new Set([
  'banana',
  'tomato',
  'potato',
  'minute',
  'future',
  'nature',
  'rename',
  'remove',
  'delete',
  'locate',
  'update',
  'salary',
  'domino',
  'karate',
  'paradi',
]);

export interface Marks {
  /** A fresh mark. */
  next(): Mark;
  /** A number that no row has by chance: four digits and two decimals, as text ("4271.93"). */
  number(): string;
  /** A whole number of five digits, for fields that take no decimals. */
  whole(): string;
  /** A far date, ISO 8601, unlike any that demo data holds. */
  date(): string;
  /** Does the text hold any mark that was made so far? */
  anyIn(text: string): boolean;
  /** Those that it holds. */
  allIn(text: string): Mark[];
}

/** `random` gives numbers in [0, 1); the same sequence gives the same marks. */
export function makeMarks(random: () => number): Marks {
  const taken = new Set<string>();
  const made: Mark[] = [];
  const pick = (from: string): string => from.charAt(Math.floor(random() * from.length));
  const unique = (make: () => string, key: (text: string) => string): string => {
    for (;;) {
      const text = make();
      if (taken.has(key(text)) || tooCommon.has(text.slice(0, 6))) continue;
      taken.add(key(text));
      made.push(text);
      return text;
    }
  };
  return {
    next: () =>
      unique(
        () => [0, 1, 2, 3, 4].map((i) => pick(consonants) + (i < 4 ? pick(vowels) : '')).join(''),
        (text) => text.slice(0, 6),
      ),
    number: () =>
      unique(
        () => `${2 + Math.floor(random() * 7)}${100 + Math.floor(random() * 899)}.${11 + Math.floor(random() * 88)}`,
        (t) => t,
      ),
    whole: () =>
      unique(
        () => `${20_000 + Math.floor(random() * 79_000)}`,
        (t) => t,
      ),
    date: () =>
      unique(
        () => `${2031 + Math.floor(random() * 8)}-0${1 + Math.floor(random() * 9)}-${11 + Math.floor(random() * 17)}`,
        (t) => t,
      ),
    anyIn: (text) => whichIn(text, made).length > 0,
    allIn: (text) => whichIn(text, made),
  };
}

/** A fresh mark of the kind that a record carries. */
export function markFor(marks: Marks, carries: 'text' | 'number' | 'whole' | 'date' | 'none'): Mark {
  if (carries === 'number') return marks.number();
  if (carries === 'whole') return marks.whole();
  if (carries === 'date') return marks.date();
  return marks.next();
}

const invisible = /[\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]/g;

/** NFKC, case folded, without zero-width characters and separators: the form in which marks are compared. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(invisible, '')
    .replace(/[\s_\-./+]+/g, '');
}

/** The ways in which a text may hide: percent, \u escapes, entities, base64. Each is tried once on the whole. */
function decodings(text: string): string[] {
  const found = [text];
  if (/%[0-9a-f]{2}/i.test(text))
    found.push(
      text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
        try {
          return decodeURIComponent(run);
        } catch {
          return run;
        }
      }),
    );
  if (/\\u[0-9a-f]{4}/i.test(text))
    found.push(text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))));
  if (/&#x?[0-9a-f]+;/i.test(text))
    found.push(
      text.replace(/&#(x?)([0-9a-f]+);/gi, (all, x: string, n: string) => {
        const code = Number.parseInt(n, x ? 16 : 10);
        return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : all;
      }),
    );
  for (const run of text.match(/[A-Za-z0-9+/_-]{16,}={0,2}/g)?.slice(0, 400) ?? []) {
    const plain = fromBase64(run);
    if (plain) found.push(plain);
  }
  return found;
}

function fromBase64(run: string): string | undefined {
  try {
    const plain = atob(run.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, ''));
    return /^[\x09\x0a\x0d\x20-\x7e\x80-\xff]+$/.test(plain) ? plain : undefined;
  } catch {
    return undefined;
  }
}

export type Likeness = 'whole' | 'cut' | undefined;

/** Does the text hold the mark, whole or cut to its first six letters? Every decoding is tried. Numbers are looked for in the ways that locales write them. */
export function holds(text: string, mark: Mark): Likeness {
  if (!text) return undefined;
  if (/^\d{4}\.\d{2}$|^\d{5}$/.test(mark))
    return numberForms(mark).some((form) => text.includes(form)) ? 'whole' : undefined;
  if (/^\d{4}-\d{2}-\d{2}$/.test(mark))
    return dateForms(mark).some((form) => text.includes(form)) ? 'whole' : undefined;
  const whole = fold(mark);
  let cut = false;
  for (const form of decodings(text)) {
    const folded = fold(form);
    if (folded.includes(whole)) return 'whole';
    if (folded.includes(whole.slice(0, 6))) cut = true;
  }
  return cut ? 'cut' : undefined;
}

/** "4271.93" as 4271.93, 4271,93, 4,271.93, 4.271,93, 4 271,93, 4'271.93, and in cents. */
export function numberForms(mark: string): string[] {
  const [whole = '', part = ''] = mark.split('.');
  if (!part)
    return [
      whole,
      ...[',', '.', ' ', '\u00a0', '\u202f', "'", '’'].map((by) => `${whole.slice(0, -3)}${by}${whole.slice(-3)}`),
    ];
  const grouped = (by: string): string => `${whole.slice(0, -3)}${by}${whole.slice(-3)}`;
  return [
    `${whole}.${part}`,
    `${whole},${part}`,
    `${grouped(',')}.${part}`,
    `${grouped('.')},${part}`,
    `${grouped(' ')},${part}`,
    `${grouped('\u00a0')},${part}`,
    `${grouped('\u202f')},${part}`,
    `${grouped("'")}.${part}`,
    `${grouped('’')}.${part}`,
    `${whole}${part}`,
  ];
}

/** "2034-05-17" in the orders and separators that locales use, and with the month in words (English). */
export function dateForms(mark: string): string[] {
  const [y = '', m = '', d = ''] = mark.split('-');
  const month =
    ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][Number(m) - 1] ?? m;
  const short = [Number(m), Number(d)].map(String) as [string, string];
  return [
    mark,
    `${d}.${m}.${y}`,
    `${d}/${m}/${y}`,
    `${m}/${d}/${y}`,
    `${short[0]}/${short[1]}/${y}`,
    `${short[1]}.${short[0]}.${y}`,
    `${short[1]}/${short[0]}/${y}`,
    `${y}/${m}/${d}`,
    `${d}-${m}-${y}`,
  ].concat(['', ','].flatMap((comma) => [`${month} ${short[1]}${comma} ${y}`, `${short[1]} ${month}${comma} ${y}`]));
}

/** Which of the marks does the plain text hold? Folds the text once, so it serves long lists. */
export function whichIn(text: string, marks: readonly Mark[]): Mark[] {
  if (!text) return [];
  const folded = fold(text);
  return marks.filter((mark) => (/^\d/.test(mark) ? holds(text, mark) : folded.includes(fold(mark).slice(0, 6))));
}
