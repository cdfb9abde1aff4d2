/** Source text as far as it is read here: without comments, and once more without what stands in quotes, so that brackets can be counted. */

export interface Code {
  /** Comments are blank; lines and places are as they were. */
  readonly text: string;
  /** The same, with the insides of strings and regular expressions blank, too. */
  readonly bare: string;
}

const strings = String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'`;
const cComments = String.raw`\/\*[\s\S]{0,20000}?\*\/|(?<!:)\/\/[^\n]*`;
const markup = String.raw`<!--[\s\S]{0,2000}?-->`;
/** By language: what is a comment, and what is a string. */
const languages = {
  script: new RegExp(
    String.raw`(?<comment>${cComments}|${markup})|${strings}|${'`'}(?:\\[\s\S]|[^${'`'}\\])*${'`'}|(?=\/)(?<=[=(,:[!&|?{;>]\s*|return\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*`,
    'g',
  ),
  // A text by itself on its lines is a comment, too.
  python: new RegExp(
    String.raw`(?<comment>#[^\n]*|(?<=^[ \t]*)(?:"""[\s\S]*?"""|'''[\s\S]*?'''))|"""[\s\S]*?"""|'''[\s\S]*?'''|${strings}`,
    'gm',
  ),
  php: new RegExp(
    String.raw`(?<comment>${cComments}|#(?!\[)[^\n]*|${markup}|\{\{--[\s\S]{0,2000}?--\}\})|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'`,
    'g',
  ),
  ruby: new RegExp(String.raw`(?<comment>#[^\n]*|^=begin[\s\S]{0,4000}?^=end)|${strings}`, 'gm'),
  sql: /(?<comment>--[^\n]*|\/\*[\s\S]{0,20000}?\*\/)|'(?:''|[^'])*'/g,
  markup: /(?<comment><!--[\s\S]{0,2000}?-->|\{#[\s\S]{0,2000}?#\}|<%#[\s\S]{0,2000}?%>|\{\{!--[\s\S]{0,2000}?--\}\})/g,
} as const;
export type Language = keyof typeof languages;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

export function codeOf(raw: string, language: Language): Code {
  const parts = [...raw.matchAll(languages[language])];
  let text = '';
  let bare = '';
  let at = 0;
  for (const part of parts) {
    const between = raw.slice(at, part.index);
    const [whole] = part;
    const comment = part.groups?.['comment'] !== undefined;
    text += between + (comment ? blank(whole) : whole);
    bare += between + (comment ? blank(whole) : `${whole[0]}${blank(whole.slice(1, -1))}${whole.at(-1)}`);
    at = part.index + whole.length;
  }
  return { text: text + raw.slice(at), bare: bare + raw.slice(at) };
}

/** From 1. */
export const lineAt = ({ text }: Code, at: number): number => text.slice(0, at).split('\n').length;

export const cut = ({ text, bare }: Code, from: number, to = text.length): Code => ({
  text: text.slice(from, to),
  bare: bare.slice(from, to),
});

/** A schema or a handler is no longer than that, in characters; so a bracket without a partner costs little. */
export const longest = 20_000;
/** Of a kind, in one file. */
export const most = 300;

/** What stands between the bracket at `at` and its partner; as far as it is read where it has none. */
export function inside(code: Code, at: number): Code {
  const end = Math.min(code.bare.length, at + longest);
  let depth = 0;
  for (let i = at; i < end; i++) {
    const c = code.bare[i] as string;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c) && --depth === 0) return cut(code, at + 1, i);
  }
  return cut(code, at + 1, end);
}

/** Its parts, divided by its own commas. */
export function membersOf(code: Code): Code[] {
  const found: Code[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= code.bare.length; i++) {
    const c = code.bare[i];
    if (c !== undefined && '([{'.includes(c)) depth++;
    else if (c !== undefined && ')]}'.includes(c)) depth--;
    else if (c === undefined || (c === ',' && depth === 0)) {
      const member = cut(code, from, i);
      if (member.text.trim()) found.push(member);
      from = i + 1;
    }
  }
  return found;
}

/** The texts in quotes. */
export const quotedIn = (text: string): string[] =>
  [...text.matchAll(/(["'`])((?:\\.|(?!\1)[^\\\n])*)\1/g)].map((hit) => hit[2] ?? '');
