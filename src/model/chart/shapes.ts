/** The shapes that a file tells: schemas, classes, tables, checks of a handler. */
import { type Bounds, called, type Shape, type SourceFile } from '../chart.ts';
import { amongOf, constantsOf, ofChain, ofPython, ofRules, patternOf } from './bounds.ts';
import { type Code, codeOf, cut, inside, lineAt, longest, membersOf, most, quotedIn } from './text.ts';

type Field = readonly [name: string, bounds: Bounds];
type Found = { readonly at: number; readonly fields: readonly Field[] };

/** Of one file, in its order. */
export function shapesIn({ path, text }: SourceFile): Shape[] {
  const code = codeOf(text, languageOf(path));
  const found = [
    ...(/\.py$/.test(path) && !/(^|\/)migrations\//.test(path)
      ? [...classesOfPython(code), ...checks(code, ofRegexInPython)]
      : []),
    ...(/\.php$/.test(path) ? [...rulesOfLaravel(code), ...checks(code, ofRegexInPhp)] : []),
    ...(/\.(m?[jt]sx?|[cm]ts|cjs|vue|svelte|astro)$/.test(path)
      ? [...schemas(code), ...decorated(code), ...checks(code, ofRegexInScript(code))]
      : []),
    ...(/\.prisma$/.test(path) ? models(code) : []),
    ...tables(code),
  ];
  return found.flatMap(({ at, fields }) => {
    // What says nothing of a field tells still whose it is.
    return fields.some(([, bounds]) => Object.keys(bounds).length > 0)
      ? [
          {
            where: `${path}:${lineAt(code, at)}`,
            fields: Object.fromEntries(fields.map(([name, bounds]) => [called(name), bounds])),
          },
        ]
      : [];
  });
}

export const languageOf = (path: string): Parameters<typeof codeOf>[1] =>
  /\.py$/.test(path)
    ? 'python'
    : /\.php$/.test(path)
      ? 'php'
      : /\.rb$/.test(path)
        ? 'ruby'
        : /\.sql$/.test(path)
          ? 'sql'
          : /\.(html?|ejs|hbs|twig|erb|jinja2?|njk)$/.test(path)
            ? 'markup'
            : 'script';

/** zod, yup, Joi, valibot, drizzle: an object whose members are chains. */
function schemas(code: Code): Found[] {
  if (!/\b(zod|yup|joi|valibot|superstruct|drizzle)\b/i.test(code.text)) return [];
  const constants = constantsOf(code);
  return [
    ...code.bare.matchAll(
      /\b(?:object|strictObject|looseObject|shape|keys|extend|createInsertSchema|(?:pg|mysql|sqlite)Table)\(\s*(?:[\w.'" ]+,\s*)?\{/gi,
    ),
  ]
    .slice(0, most)
    .map((hit) => ({
      at: hit.index,
      fields: membersOf(inside(code, hit.index + hit[0].length - 1)).flatMap((member): Field[] => {
        const [head, name] = /^\s*["']?([\w$-]+)["']?\s*:/.exec(member.text) ?? [];
        if (!head || !name) return [];
        const { low, ...bounds } = ofChain(cut(member, head.length), constants);
        // How a column keeps a number, a date or a flag is not how a form asks for it.
        return [[name, { ...bounds, ...(low === undefined || /Table\(/i.test(hit[0]) ? {} : { low }) }]];
      }),
    }));
}

/** class-validator: decorators before the property that they bind. */
function decorated(code: Code): Found[] {
  if (!/class-validator/.test(code.text)) return [];
  const constants = constantsOf(code);
  return [...code.bare.matchAll(/\bclass\s+\w+[^{]{0,200}\{/g)].slice(0, most).map((hit) => {
    const start = hit.index + hit[0].length - 1;
    const body = inside(code, start);
    const fields: Field[] = [];
    let from = -1;
    let to = 0;
    for (const part of body.bare.matchAll(/@(\w+)\(|([\w$]+)[!?]?\s*:/g)) {
      if (part.index < to) continue;
      if (part[1]) {
        if (from < 0) from = part.index;
        to = part.index + part[0].length + inside(body, part.index + part[0].length - 1).bare.length;
      } else if (from >= 0) {
        // @MinLength(3) is .minlength(3), and bounds without a word for text are a number's.
        const chain = cut(body, from, to + 1);
        const of = /@(Min|Max)\(/.test(chain.bare)
          ? { text: `number() ${chain.text}`, bare: `number() ${chain.bare}` }
          : chain;
        fields.push([part[2] as string, ofChain(of, constants)]);
        from = -1;
      }
    }
    return { at: hit.index, fields };
  });
}

/** Classes whose fields say what they take: Pydantic, Django, WTForms, SQLAlchemy. */
function classesOfPython(code: Code): Found[] {
  const found: Found[] = [];
  for (const hit of [...code.bare.matchAll(/^([ \t]*)class\s+\w+\s*\([^)]{0,300}\)\s*:[^\n]*\n/gm)].slice(0, most)) {
    const indent = hit[1]?.length ?? 0;
    const start = hit.index + hit[0].length;
    const fields: Field[] = [];
    let own: number | undefined;
    for (let at = start; at < code.bare.length; ) {
      const end = endOfStatement(code, at);
      const line = cut(code, at, end);
      at = end + 1;
      if (!line.bare.trim()) continue;
      const deep = /^[ \t]*/.exec(line.bare)?.[0].length ?? 0;
      if (deep <= indent) break;
      own ??= deep;
      const [head, name] = /^\s*(\w+)\s*(?::|=(?!=))/.exec(line.bare) ?? [];
      if (deep === own && head && name) fields.push([name, ofPython(line.text.slice(head.length))]);
    }
    found.push({ at: hit.index, fields });
  }
  return found;
}

/** Where the line ends that is not within brackets. */
function endOfStatement({ bare }: Code, from: number): number {
  let depth = 0;
  for (let i = from; i < bare.length; i++) {
    const c = bare[i] as string;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    else if (c === '\n' && depth <= 0) return i;
  }
  return bare.length;
}

const rule =
  /^(required|nullable|sometimes|present|bail|filled|string|integer|numeric|email|url|date|min:|max:|in:|regex:)/;

/** Laravel: arrays of names with their rules, as one text or a list. */
function rulesOfLaravel(code: Code): Found[] {
  return [
    ...code.bare.matchAll(
      /(?:validate\w*\(\s*(?:[^[\](){};]{0,300},\s*)?|\breturn\s+|\bmake\([^[]{0,300},\s*|\$rules\s*=\s*)\[/g,
    ),
  ]
    .slice(0, most)
    .map((hit) => ({
      at: hit.index,
      fields: membersOf(inside(code, hit.index + hit[0].length - 1)).flatMap((member): Field[] => {
        const [head, name] = /^\s*["']([\w-]+)["']\s*=>/.exec(member.text) ?? [];
        if (!head || !name) return [];
        const value = member.text.slice(head.length);
        const among = /\bRule::in\(\s*\[([^\]]*)\]/.exec(value)?.[1];
        const texts = quotedIn(value);
        const rules = texts.length === 1 ? partsOf(texts[0] as string) : texts;
        if (!rules.some((one) => rule.test(one))) return [];
        return [[name, { ...ofRules(rules), ...(among ? amongOf(quotedIn(among)) : {}) }]];
      }),
    }));
}
/** A regular expression may hold what divides rules, and is then the last of them. */
const partsOf = (rules: string): string[] => {
  const at = rules.search(/(^|\|)regex:/);
  const before = at < 0 ? rules : rules.slice(0, at);
  return [
    ...before.split('|'),
    ...(at < 0
      ? []
      : [
          rules
            .slice(at)
            .replace(/^\|/, '')
            .replace(/(\/[a-z]*)\|[\w|:,]*$/, '$1'),
        ]),
  ];
};

/** Prisma: lengths of columns, and fields of an enum. */
function models({ text }: Code): Found[] {
  const enums = new Map(
    [...text.matchAll(/\benum\s+(\w+)\s*\{([^}]{0,4000})\}/g)].map((hit) => [
      hit[1] ?? '',
      (hit[2] ?? '').match(/^[ \t]*\w+/gm)?.map((one) => one.trim()) ?? [],
    ]),
  );
  return [...text.matchAll(/\bmodel\s+\w+\s*\{([^}]{0,8000})\}/g)].map((hit) => ({
    at: hit.index,
    fields: [...(hit[1] ?? '').matchAll(/^[ \t]*(\w+)[ \t]+(\w+)([^\n]*)/gm)].map(
      ([, name = '', type = '', rest = '']): Field => {
        const longest = /@db\.(?:Var)?Char\((\d+)\)/i.exec(rest)?.[1];
        return [
          name,
          {
            ...(longest ? { longest: Number(longest) } : {}),
            ...amongOf(enums.get(type) ?? []),
          },
        ];
      },
    ),
  }));
}

/** CREATE TABLE, wherever it stands: in a migration, or in a string of a program. */
function tables(code: Code): Found[] {
  return [...code.text.matchAll(/\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[\w."`[\]]+\s*\(/gi)]
    .slice(0, most)
    .map((hit) => {
      const from = hit.index + hit[0].length - 1;
      const sql = codeOf(code.text.slice(from, from + longest), 'sql');
      return {
        at: hit.index,
        fields: membersOf(inside(sql, 0)).flatMap(({ text }): Field[] => {
          const [, name] = /^\s*["'`[]?(\w+)["'`\]]?\s+(\w+)/.exec(text) ?? [];
          return !name || /^(primary|foreign|unique|check|constraint|key|index)$/i.test(name)
            ? checked(text)
            : [[name, { ...ofColumn(text), ...checked(text).find(([of]) => of === name)?.[1] }]];
        }),
      };
    });
}

function ofColumn(text: string): Bounds {
  const longest = /^\s*\S+\s+(?:var|n|nvar)?char(?:acter varying)?\s*\((\d+)\)/i.exec(text)?.[1];
  const among = /^\s*\S+\s+enum\s*\(([^)]*)\)/i.exec(text)?.[1];
  return {
    ...(longest ? { longest: Number(longest) } : {}),
    ...(among ? amongOf(quotedIn(among)) : {}),
  };
}

/** What CHECK demands of a column: lengths, a range, a list, a pattern (PostgreSQL's ~, REGEXP). */
function checked(text: string): Field[] {
  const found: Record<string, Bounds> = {};
  const add = (name: string | undefined, bounds: Bounds): void => {
    if (name) found[name] = { ...found[name], ...bounds };
  };
  const check = /\bCHECK\s*\(([\s\S]*)/i.exec(text)?.[1] ?? '';
  for (const [, name, sign, value] of check.matchAll(
    /\b(?:char_)?len(?:gth)?\s*\(\s*(?:trim\s*\(\s*)?["`]?(\w+)["`]?\s*\)?\s*\)\s*(>=|>|<=|<)\s*(\d+)/gi,
  )) {
    const n = Number(value);
    add(name, sign?.startsWith('>') ? { shortest: sign === '>' ? n + 1 : n } : { longest: sign === '<' ? n - 1 : n });
  }
  for (const [, name, low, high] of check.matchAll(/["`]?(\w+)["`]?\s+BETWEEN\s+(-?\d+)\s+AND\s+(-?\d+)/gi))
    add(name, { low: Number(low), high: Number(high) });
  for (const [, name, sign, value] of check.matchAll(/(?<![\w)])["`]?([a-z_]\w*)["`]?\s*(>=|>|<=|<)\s*(-?\d+)/gi)) {
    const n = Number(value);
    add(name, sign?.startsWith('>') ? { low: sign === '>' ? n + 1 : n } : { high: sign === '<' ? n - 1 : n });
  }
  for (const [, name, list = ''] of check.matchAll(/["`]?(\w+)["`]?\s+IN\s*\(([^)]*)\)/gi))
    add(name, amongOf(quotedIn(list)));
  for (const [, name, pattern] of check.matchAll(/["`]?(\w+)["`]?\s*(?:~|REGEXP|SIMILAR TO)\s*'([^']*)'/gi))
    add(name, patternOf(pattern));
  return Object.entries(found);
}

/** What a handler tries its input on, as one shape of the file. */
function checks(code: Code, read: (code: Code) => Field[]): Found[] {
  const fields = read(code);
  return fields.length ? [{ at: 0, fields }] : [];
}

const lastName = (expression: string): string =>
  /([\w-]+)\W*$/.exec(expression.replace(/\.(trim|strip|toString|upper|toUpperCase)\b(\(\))?/g, ''))?.[1] ?? '';

const ofRegexInScript =
  (code: Code) =>
  ({ text }: Code): Field[] => {
    const constants = constantsOf(code);
    return [
      ...text.matchAll(
        /(\/\^(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\$\/[a-z]*|\b[A-Za-z_$][\w$]*)\.test\(\s*(?:String\(\s*)?([\w$.?[\]'"]+(?:\.trim\(\))?)/g,
      ),
    ].map(([, expression = '', of = '']): Field => {
      const source = /^\/(.+)\/[a-z]*/.exec(constants.get(expression) ?? expression)?.[1];
      return [lastName(of), patternOf(source)];
    });
  };

const ofRegexInPhp = ({ text }: Code): Field[] =>
  [
    ...text.matchAll(
      /preg_match\(\s*(["'])([/#~])(\^(?:\\.|(?!\1|\2)[^\\\n])*\$)\2[a-zA-Z]*\1\s*,\s*(?:trim\()?\s*([$\w[\]'">-]+)/g,
    ),
  ].map(([, , , source, of = '']): Field => [lastName(of), patternOf(source)]);

const ofRegexInPython = ({ text }: Code): Field[] =>
  [
    ...text.matchAll(
      /\bre\.(match|fullmatch|search)\(\s*r?(["'])((?:\\.|(?!\2)[^\\\n])*)\2\s*,\s*([\w.[\]'"]+(?:\.get\(\s*["']\w+["'])?)/g,
    ),
  ].map(
    ([, how, , source = '', of = '']): Field => [
      lastName(of),
      patternOf(how === 'fullmatch' ? `^${source.replace(/^\^|\$$/g, '')}$` : source),
    ],
  );
