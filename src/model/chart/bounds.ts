/** One field's rules, as chains of calls say them: zod, yup, Joi, class-validator, drizzle; and as Python's keywords do. */
import type { Bounds } from '../chart.ts';
import { type Code, codeOf, inside, quotedIn } from './text.ts';

/** Constants of a file: a regular expression or a list of texts by its name. */
export type Constants = ReadonlyMap<string, string>;

/** Only what says it of the whole text is a pattern for the whole; what does not compile here is none. */
export function patternOf(source: string | undefined): Bounds {
  const plain = source?.replaceAll('\\/', '/');
  const whole = plain && /^(?:\^|\\A)([\s\S]*?)(?:\$|\\[zZ])$/.exec(plain)?.[1];
  if (!whole || whole.length > 200) return {};
  try {
    new RegExp(`^(?:${whole})$`, 'u');
    return { pattern: `^${whole}$` };
  } catch {
    return {};
  }
}

export const amongOf = (texts: readonly string[]): Bounds =>
  texts.length > 0 && texts.every((text) => text && text.length < 60) ? { among: texts.slice(0, 30) } : {};

const literal = /\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/[a-z]*/;
const address = '{alt}@example.com';
const link = 'https://example.com/{alt}';

export function constantsOf({ text }: Code): Constants {
  const found = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(
    /\b(?:const|let|var|static)\s+([\w$]+)[^=\n]{0,60}=\s*(\/[^\n]+|\[[^\]]{1,600}\]|new RegExp\([^\n]+)/g,
  ))
    found.set(name, value);
  return found;
}

/** What a chain like `z.string().min(3).regex(/^…$/)` demands; empty where it demands nothing that is read here. */
export function ofChain(chain: Code, constants: Constants = new Map()): Bounds {
  const { text, bare } = chain;
  // What holds several is no field of its own.
  if (/^[\s\w.]*\b(array|object|record|tuple|map|set|union|nested)\(/i.test(bare)) return {};
  const calls = new Map<string, string>();
  for (const hit of bare.matchAll(/(?:^|[.@\s])([\w$]+)\(/g)) {
    const name = (hit[1] as string).toLowerCase().replace(/^is(?=\w)/, '');
    if (!calls.has(name)) calls.set(name, inside(chain, (hit.index ?? 0) + hit[0].length - 1).text.trim());
  }
  const first = (...names: string[]): string | undefined => {
    const name = names.find((one) => calls.has(one));
    return name === undefined ? undefined : calls.get(name);
  };
  const number = (...names: string[]): number | undefined => {
    const value = /^-?\d+(\.\d+)?/.exec(first(...names) ?? '')?.[0];
    return value === undefined ? undefined : Number(value);
  };
  const resolved = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : (constants.get(/^[\w$]+/.exec(value)?.[0] ?? '') ?? value);
  const expression = resolved(first('regex', 'matches', 'pattern'));
  const choices = resolved(first('enum', 'oneof', 'valid', 'in', 'picklist'));
  const pattern = patternOf(
    expression && (literal.exec(expression)?.[1] ?? quotedIn(expression)[0]?.replaceAll('\\\\', '\\')),
  );
  const listed =
    choices !== undefined && !/[{:]/.test(codeOf(choices, 'script').bare)
      ? amongOf(quotedIn(choices))
      : amongOf(quotedIn(/\benum\s*:\s*\[([^\]]*)\]/.exec(text)?.[1] ?? ''));
  const counts = calls.has('number') || calls.has('int') || calls.has('integer') || calls.has('positive');
  const least = number('min', 'gte', 'minlength', 'nonempty') ?? (calls.has('nonnegative') ? 0 : undefined);
  const above = calls.has('positive') ? 0 : number('gt', 'morethan');
  const most = number('max', 'lte', 'maxlength');
  const exact = number('length', 'len');
  const upTo = calls.has('length') ? /^\d+\s*,\s*(\d+)/.exec(calls.get('length') ?? '')?.[1] : undefined;
  const columns = /\b(?:var)?char\([^)]*\blength\s*:\s*(\d+)/i.exec(text)?.[1];
  const lengths = {
    ...(exact !== undefined ? { shortest: exact, longest: Number(upTo ?? exact) } : {}),
    ...(least !== undefined && !counts ? { shortest: least } : {}),
    ...(most !== undefined && !counts ? { longest: most } : {}),
    ...(columns ? { longest: Number(columns) } : {}),
  };
  // A bare decorator of bounds, as Min(1), is of a number.
  if (counts)
    return { low: least ?? (above === undefined ? 1 : above + 1), ...(most !== undefined ? { high: most } : {}) };
  return {
    ...lengths,
    ...listed,
    ...pattern,
    ...(calls.has('email') ? { example: address } : calls.has('url') || calls.has('uri') ? { example: link } : {}),
    ...(calls.has('date') || calls.has('datestring') ? { date: 'YYYY-MM-DD' } : {}),
  };
}

const keyword = (text: string, ...names: string[]): number | undefined => {
  const value = new RegExp(String.raw`\b(?:${names.join('|')})\s*[=(]\s*(?:limit_value\s*=\s*)?(-?\d+(?:\.\d+)?)`).exec(
    text,
  )?.[1];
  return value === undefined ? undefined : Number(value);
};

/** What an annotation or a field of Pydantic, Django, WTForms or SQLAlchemy demands. */
export function ofPython(text: string): Bounds {
  const span = /\b(?:Length|NumberRange)\(([^)]*)\)/.exec(text);
  const spanned = (name: string): number | undefined => (span ? keyword(span[1] as string, name) : undefined);
  const counts =
    /^\s*(?:Optional\[|Annotated\[)?\s*(?:int|float|Decimal|conint|confloat)\b|\b(?:\w*Integer|Decimal|Float)(?:Field|\b)|NumberRange/.test(
      text,
    );
  const least = keyword(text, 'min_length', 'MinLengthValidator') ?? (counts ? undefined : spanned('min'));
  const most =
    keyword(text, 'max_length', 'MaxLengthValidator', 'String', 'Unicode') ?? (counts ? undefined : spanned('max'));
  const low = keyword(text, 'ge', 'min_value', 'MinValueValidator') ?? (counts ? spanned('min') : undefined);
  const above = keyword(text, 'gt');
  const high = keyword(text, 'le', 'max_value', 'MaxValueValidator') ?? (counts ? spanned('max') : undefined);
  const expression =
    /\b(?:RegexValidator|Regexp|RegexField|pattern|regex)\s*[=(]\s*(?:regex\s*=\s*)?(?:re\.compile\(\s*)?(r?)(["'])((?:\\.|(?!\2)[^\\\n])*)\2/.exec(
      text,
    );
  const source = expression && (expression[1] ? expression[3] : expression[3]?.replaceAll('\\\\', '\\'));
  const choices =
    /\bLiteral\[([^\]]*)\]/.exec(text)?.[1] ??
    [...(/\bchoices\s*=\s*[[(]([\s\S]*)/.exec(text)?.[1] ?? '').matchAll(/[[(]\s*((["'])[^"'\n]*\2)\s*,/g)]
      .map((hit) => hit[1])
      .join(',');
  if (counts)
    return {
      low: low ?? (above === undefined ? 1 : above + 1),
      ...(high !== undefined ? { high } : {}),
    };
  return {
    ...(least !== undefined ? { shortest: least } : {}),
    ...(most !== undefined ? { longest: most } : {}),
    ...amongOf(quotedIn(choices)),
    ...patternOf(source ?? undefined),
    ...(/\bEmail(?:Str|Field|\()/.test(text)
      ? { example: address }
      : /\b(?:HttpUrl|AnyUrl|URLField|URL\()/.test(text)
        ? { example: link }
        : {}),
    ...(/^\s*(?:Optional\[)?(?:datetime\.)?date\b|\bDateField\b/.test(text) ? { date: 'YYYY-MM-DD' } : {}),
  };
}

/** Laravel's rules of one field, each by itself: required, min:3, in:a,b, regex:/^…$/. */
export function ofRules(rules: readonly string[]): Bounds {
  const value = (name: string): string | undefined =>
    rules.find((rule) => rule.startsWith(`${name}:`))?.slice(name.length + 1);
  const number = (name: string): number | undefined => {
    const found = Number(value(name)?.split(',')[0] ?? Number.NaN);
    return Number.isNaN(found) ? undefined : found;
  };
  const [from, to] = (value('between') ?? '').split(',').map(Number);
  const counts = rules.some((rule) => /^(integer|numeric|decimal)\b/.test(rule));
  const low = number('min') ?? number('size') ?? (value('between') ? from : undefined);
  const high = number('max') ?? number('size') ?? (value('between') ? to : undefined);
  if (counts) return { low: low ?? 1, ...(high !== undefined ? { high } : {}) };
  return {
    ...(low !== undefined ? { shortest: low } : {}),
    ...(high !== undefined ? { longest: high } : {}),
    ...amongOf(
      value('in')
        ?.split(',')
        .map((one) => one.trim().replace(/^"|"$/g, '')) ?? [],
    ),
    ...patternOf(/^(.)([\s\S]*)\1[a-z]*$/.exec(value('regex') ?? '')?.[2]),
    ...(rules.some((rule) => /^email\b/.test(rule))
      ? { example: address }
      : rules.includes('url')
        ? { example: link }
        : {}),
    ...(rules.includes('date') ? { date: 'YYYY-MM-DD' } : {}),
  };
}
