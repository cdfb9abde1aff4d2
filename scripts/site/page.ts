/** One page of the site: the template, and how the Markdown of a document becomes its middle. */
import path from 'node:path';
import { marked, type Renderer, type Tokens } from 'marked';
import { catalogue } from '../../src/model/catalogue.ts';
import { references } from '../../src/report/html/references.ts';
import { type Document, isOutside, target } from './documents.ts';

export interface Entry {
  readonly title: string;
  readonly page: string;
}
export interface Chapter {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** README.md is the index page of its folder. */
export const pageOf = (file: string): string =>
  file.replace(/(^|\/)README\.md$/, '$1index.md').replace(/\.md$/, '.html');

const inHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? letter);

/** From the folder of one page to another file of the site. */
export const between = (from: string, to: string): string =>
  path.posix.relative(path.posix.dirname(from), to) || path.posix.basename(to);

/** The document as HTML. A claim is headed by its sentence, with what the catalogue knows of it below. */
export function middle(document: Document): string {
  const claims = new Map(
    /^docs\/claims\//.test(document.file)
      ? catalogue
          .filter(({ section }) => section === path.basename(document.file, '.md'))
          .map((info) => [info.id.slice(info.section.length + 1), info])
      : [],
  );
  const says = new Set([...claims.values()].map((info) => `**${info.says}**`));
  const ids = document.headings.map(({ id }) => id);
  let at = 0;
  const renderer: Partial<Renderer> = {
    heading({ tokens, depth, text }: Tokens.Heading) {
      const id = ids[at++] ?? '';
      const claim = depth === 2 ? claims.get(text) : undefined;
      const words = claim ? inHtml(claim.says.replace(/\.$/, '')) : (this as Renderer).parser.parseInline(tokens);
      if (depth === 1) return `<h1 id="${id}">${words}</h1>\n`;
      const head = `<h${depth} id="${id}"${claim ? ' class="claim"' : ''}><a href="#${id}">${words}</a></h${depth}>\n`;
      if (!claim) return head;
      const about = [claim.tier, claim.severity, `about ${claim.hours} h to mend`].join(' · ');
      const more = claim.references.length ? `<br>${references(claim.references).html}` : '';
      return `${head}<p class="meta"><code>${claim.id}</code> ${about}${more}</p>\n`;
    },
    paragraph({ tokens, raw }: Tokens.Paragraph) {
      if (says.has(raw.trim())) return '';
      const note = tokens.length === 1 && tokens[0]?.type === 'em' ? ' class="note"' : '';
      return `<p${note}>${(this as Renderer).parser.parseInline(tokens)}</p>\n`;
    },
    link({ href, tokens }: Tokens.Link) {
      const words = (this as Renderer).parser.parseInline(tokens);
      if (isOutside(href)) return `<a href="${inHtml(href)}" rel="noreferrer noopener">${words}</a>`;
      return `<a href="${inHtml(led(document.file, href))}">${words}</a>`;
    },
    code({ text, lang }: Tokens.Code) {
      return lang === 'sh' ? shell(text) : `<pre tabindex="0"><code>${inHtml(text)}</code></pre>\n`;
    },
    html: ({ text }: Tokens.HTML | Tokens.Tag) => inHtml(text),
  };
  const html = marked.parser(document.tokens, { renderer: Object.assign(new marked.Renderer(), renderer) });
  return html.replaceAll('<table>', '<div class="table" tabindex="0"><table>').replaceAll('</table>', '</table></div>');
}

/** What is typed, and what is said of it apart: beside it where there is room for all lines, else above. */
function shell(text: string): string {
  const lines = text.split('\n').map((line) => {
    const [, typed = line, said = ''] = /^(.*?)(\s+#\s.*)$/.exec(line) ?? [];
    return `<span class="line"><span>${inHtml(typed)}</span>${said && `<span class="said">${inHtml(said)}</span>`}</span>`;
  });
  const wide = text.split('\n').some((line) => line.length > 78);
  return `<pre class="shell${wide ? ' wide' : ''}"><code>${lines.join('\n')}</code></pre>\n`;
}

/** A relative address of a document as it is in the site. */
function led(from: string, address: string): string {
  const to = target(from, address);
  if (!to) throw new Error(`${from}: ${address} leads nowhere`);
  const where = to.file === from ? '' : between(pageOf(from), pageOf(to.file));
  return `${where}${to.anchor && `#${to.anchor}`}` || between(pageOf(from), pageOf(from));
}

/** The whole page. `seal` is the hash of the style, which is all that its policy lets in. */
export function page(
  document: Document,
  chapters: readonly Chapter[],
  { style, seal, more = '' }: { style: string; seal: string; more?: string },
): string {
  const here = pageOf(document.file);
  const inside = here.startsWith('docs/decisions/') ? 'docs/decisions/index.html' : here;
  const item = ({ title, page }: Entry): string =>
    `<li><a href="${between(here, page)}"${page === inside ? ` aria-current="${page === here ? 'page' : 'true'}"` : ''}>${inHtml(title)}</a></li>`;
  const nav = chapters
    .map(({ title, entries }) => `<b>${inHtml(title)}</b><ul>${entries.map(item).join('')}</ul>`)
    .join('');
  const parts = document.headings.filter(({ depth }) => depth === 2);
  const toc =
    parts.length < 3
      ? ''
      : `<b>On this page</b><ul>${parts.map(({ id, words }) => `<li><a href="#${id}">${inHtml(words.replaceAll('-', ' '))}</a></li>`).join('')}</ul>`;
  const all = chapters.flatMap(({ entries }) => entries);
  const at = all.findIndex((entry) => entry.page === here);
  const turn = (entry: Entry | undefined, label: string): string =>
    entry && at >= 0 ? `<a href="${between(here, entry.page)}"><small>${label}</small>${inHtml(entry.title)}</a>` : '';
  const title = here === 'index.html' ? document.title : `${document.title} · Plummet`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${seal}'; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark"><title>${inHtml(title)}</title><style>${style}</style></head>
<body><a class="skip" href="#main">To the text</a>
<header class="head"><a class="brand" href="${between(here, 'index.html')}"><svg viewBox="0 0 14 26" aria-hidden="true"><path d="M7 0V12"/><path class="bob" d="M2 11h10l-2 7l-3 8l-3 -8z"/></svg>Plummet</a><span>how deep an app really is</span><button class="menu" popovertarget="nav">Contents</button></header>
<div class="frame"><nav class="nav" id="nav" popover aria-label="Contents">${nav}</nav>
<main id="main">${middle(document)}${more}<div class="turn">${turn(all[at - 1], 'Before')}${turn(all[at + 1], 'Next')}</div></main>
<aside class="toc" aria-label="On this page">${toc}</aside></div></body></html>
`;
}
