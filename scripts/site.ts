/** `npm run site`: the docs as pages in site/, from the same Markdown. No script, nothing from outside, opens from a folder. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Token, Tokens } from 'marked';
import { broken, type Document, isOutside, read, root, target, written } from './site/documents.ts';
import { between, type Chapter, page, pageOf } from './site/page.ts';
import { style } from './site/style.ts';

const index = 'docs/README.md';

/** Writes the site into `out`, which is emptied first, and gives its pages. Throws where a link leads nowhere. */
export function buildSite(out: string): string[] {
  const files = written().filter((file) => file === 'README.md' || file.startsWith('docs/'));
  const documents = new Map(files.map((file) => [file, read(file)]));
  // What they lead to is a page as well, wherever it lies.
  for (const { file, links } of documents.values())
    for (const address of links) {
      const to = isOutside(address) ? undefined : target(file, address)?.file;
      if (to?.endsWith('.md') && !documents.has(to)) documents.set(to, read(to));
    }
  const wrong = broken([...documents.values()]);
  if (wrong.length) throw new Error(`The site was not built.\n${wrong.join('\n')}`);

  rmSync(out, { recursive: true, force: true });
  const chapters = contents(documents);
  const seal = createHash('sha256').update(style).digest('base64');
  const pages: string[] = [];
  for (const document of documents.values()) {
    const more = document.file === 'docs/decisions/README.md' ? decisions(documents) : '';
    put(out, pageOf(document.file), (file) => writeFileSync(file, page(document, chapters, { style, seal, more })));
    pages.push(pageOf(document.file));
    for (const address of document.links) {
      const to = isOutside(address) ? undefined : target(document.file, address)?.file;
      if (to && !to.endsWith('.md')) put(out, to, (file) => copyFileSync(path.join(root, to), file));
    }
  }
  return pages;
}

function put(out: string, name: string, write: (file: string) => void): void {
  const file = path.join(out, name);
  mkdirSync(path.dirname(file), { recursive: true });
  write(file);
}

/** The index of docs/ as it is written: each heading a chapter, each link of a list below it an entry. What it leaves out comes last. */
function contents(documents: ReadonlyMap<string, Document>): Chapter[] {
  const chapters: { title: string; entries: { title: string; page: string }[] }[] = [
    {
      title: 'Plummet',
      entries: [
        { title: 'In short', page: 'index.html' },
        { title: 'Documentation', page: pageOf(index) },
      ],
    },
  ];
  for (const token of documents.get(index)?.tokens ?? []) {
    if (token.type === 'heading' && token.depth === 2) chapters.push({ title: token.text, entries: [] });
    if (token.type === 'list') for (const link of linksIn(token as Tokens.List)) chapters.at(-1)?.entries.push(link);
  }
  const named = new Set(chapters.flatMap(({ entries }) => entries.map((entry) => entry.page)));
  const others = [...documents.values()].filter(
    ({ file }) => !named.has(pageOf(file)) && !file.startsWith('docs/decisions/') && file.startsWith('docs/'),
  );
  const rest = others.map(({ title, file }) => ({ title, page: pageOf(file) }));
  return rest.length ? [...chapters, { title: 'More', entries: rest }] : chapters;
}

/** The first link of each item that leads to a page. */
const linksIn = (list: Tokens.List): { title: string; page: string }[] =>
  list.items.flatMap((item) => {
    const link = first(item.tokens);
    const to = link && target(index, link.href)?.file;
    return link && to?.endsWith('.md') ? [{ title: link.text, page: pageOf(to) }] : [];
  });

function first(tokens: readonly Token[]): Tokens.Link | undefined {
  for (const token of tokens) {
    if (token.type === 'link') return token as Tokens.Link;
    const inside = 'tokens' in token && token.tokens ? first(token.tokens) : undefined;
    if (inside) return inside;
  }
  return undefined;
}

/** On a forge the folder lists them; here their page does. */
function decisions(documents: ReadonlyMap<string, Document>): string {
  const from = pageOf('docs/decisions/README.md');
  const items = [...documents.values()]
    .filter(({ file }) => /^docs\/decisions\/\d/.test(file))
    .map(({ file, title }) => {
      const number = path.basename(file).slice(0, 4);
      const words = title.replace(/^\d{4}:? /, '').replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
      return `<li>${number} <a href="${between(from, pageOf(file))}">${words}</a></li>`;
    });
  return `<h2 id="all">All of them</h2><ul>${items.join('')}</ul>`;
}

if (import.meta.main) {
  const out = path.join(root, 'site');
  const pages = buildSite(out);
  console.log(`${pages.length} pages: ${path.join(out, 'index.html')}`);
}
