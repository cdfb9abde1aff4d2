/** The Markdown of this project as documents: their headings as anchors, and every link that leads out of them. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { marked, type Token, type Tokens, type TokensList } from 'marked';

export const root = path.resolve(import.meta.dirname, '../..');

export interface Document {
  /** Path from the root, with slashes. */
  readonly file: string;
  /** Words of its first heading, else its name. */
  readonly title: string;
  readonly tokens: TokensList;
  /** In order. `id` is what a forge makes of the heading. */
  readonly headings: readonly { readonly depth: number; readonly words: string; readonly id: string }[];
  /** Addresses of links and pictures, as they are written. */
  readonly links: readonly string[];
}

/** Files of Markdown that people read: not what a golden made of a hostile app. */
export const written = (): string[] =>
  globSync('**/*.md', {
    cwd: root,
    exclude: (name) => /(^|\/)(node_modules|dist|site|golden|\.[^/]+)$/.test(name),
  })
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort();

export function read(file: string): Document {
  const tokens = marked.lexer(readFileSync(path.join(root, file), 'utf8'));
  const id = slugs();
  const headings: Document['headings'][number][] = [];
  const links: string[] = [];
  marked.walkTokens(tokens, (token) => {
    if (token.type === 'link' || token.type === 'image') links.push((token as Tokens.Link).href);
    if (token.type !== 'heading') return;
    const words = wordsOf((token as Tokens.Heading).tokens);
    headings.push({ depth: (token as Tokens.Heading).depth, words, id: id(words) });
  });
  return { file, title: headings[0]?.words ?? path.basename(file), tokens, headings, links };
}

/** Text without its marks. */
const wordsOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) =>
      'tokens' in token && token.tokens ? wordsOf(token.tokens) : 'text' in token ? String(token.text) : '',
    )
    .join('');

/** What GitHub makes of headings: lower case, without punctuation, spaces as hyphens; the second of a kind gets a number. */
function slugs(): (words: string) => string {
  const seen = new Map<string, number>();
  return (words) => {
    const slug = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before ? `${slug}-${before}` : slug;
  };
}

export const isOutside = (address: string): boolean => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(address);

/** Where a relative address in a document leads: a file from the root and an anchor. A folder means its README.md. Undefined where nothing is. */
export function target(from: string, address: string): { readonly file: string; readonly anchor: string } | undefined {
  const [where = '', anchor = ''] = address.split('#');
  const to = where ? path.posix.join(path.posix.dirname(from), decodeURIComponent(where)) : from;
  if (to.startsWith('..') || path.posix.isAbsolute(where)) return undefined;
  const full = path.join(root, to);
  if (!existsSync(full)) return undefined;
  if (!statSync(full).isDirectory()) return { file: to, anchor };
  const readme = path.posix.join(to, 'README.md');
  return existsSync(path.join(root, readme)) ? { file: readme, anchor } : undefined;
}

/** What is wrong with the relative links of these documents, one line each; empty where all is well. */
export function broken(documents: readonly Document[]): string[] {
  const known = new Map(documents.map((document) => [document.file, document]));
  return documents.flatMap(({ file, links }) =>
    links
      .filter((address) => !isOutside(address))
      .flatMap((address) => {
        const to = target(file, address);
        if (!to) return [`${file}: ${address} leads nowhere`];
        if (!to.anchor || !to.file.endsWith('.md')) return [];
        const { headings } = known.get(to.file) ?? read(to.file);
        return headings.some(({ id }) => id === to.anchor)
          ? []
          : [`${file}: ${address} names no heading of ${to.file}`];
      }),
  );
}
