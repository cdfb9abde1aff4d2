/** Every link in what people read leads somewhere: in the docs, in reports, in the site that is built of the docs. Nothing is asked of the network. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { marked, type Tokens } from 'marked';
import { broken, isOutside, read, root, target, written } from '../scripts/site/documents.ts';
import { buildSite } from '../scripts/site.ts';
import { catalogue } from '../src/model/catalogue.ts';
import { references } from '../src/report/html/references.ts';
import { reports } from '../src/report/reports.ts';
import { goldens } from './goldens.ts';
import { blobs, events, results, run } from './sample-run.ts';

const documents = written().map(read);

/** docs/references.txt: address → what stands there. */
const listed = new Map(
  readFileSync(path.join(root, 'docs/references.txt'), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => [line.split(/\s+/)[0] ?? '', line.replace(/^\S+\s+/, '')]),
);

/** Listed, or of an app on the reader's own machine. */
const known = (to: string): boolean => listed.has(to) || /^https?:\/\/(localhost|127\.0\.0\.1)([:/]|$)/.test(to);

/** Addresses in HTML that lead somewhere, without entities. */
const addresses = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map(([, to = '']) => to.replaceAll('&amp;', '&'));
const ids = (html: string): string[] => [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id);

/** Links, pictures and bare addresses that a reader of GFM makes of it. */
function linksIn(markdown: string): string[] {
  const found: string[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type === 'link' || token.type === 'image') found.push((token as Tokens.Link).href);
  });
  return found;
}

describe('docs', () => {
  test('relative links lead to a file, and their anchors to a heading', () => {
    assert.ok(documents.length > 20 && documents.some(({ links }) => links.length > 5), 'the docs were not found');
    assert.deepEqual(broken(documents), []);
  });

  test('a link that leads nowhere is noticed, and so is an anchor', () => {
    const links = [
      'no-such.md',
      '../README.md#no-such',
      '../../outside.md',
      '../README.md#use-it',
      'claims/secrets.md',
    ];
    assert.deepEqual(broken([{ ...read('docs/limits.md'), links }]), [
      'docs/limits.md: no-such.md leads nowhere',
      'docs/limits.md: ../README.md#no-such names no heading of README.md',
      'docs/limits.md: ../../outside.md leads nowhere',
    ]);
  });

  test('files that are named in code are there', () => {
    const lost = documents.flatMap(({ file }) =>
      [
        ...readFileSync(path.join(root, file), 'utf8').matchAll(
          /`((?:docs|schema|scripts|bench|examples|fixtures|kits)\/[\w./-]*)`/g,
        ),
      ]
        .map(([, name = '']) => name)
        .filter((name) => !existsSync(path.join(root, name)) && !existsSync(path.join(root, path.dirname(file), name)))
        .map((name) => `${file}: ${name}`),
    );
    // Of another project, and of audited apps.
    assert.deepEqual(
      lost.filter((one) => !/field-trials|decisions\/0004/.test(one)),
      [],
    );
  });

  test('addresses outside stand in docs/references.txt', () => {
    const unknown = documents.flatMap(({ file, links }) =>
      links.filter((to) => isOutside(to) && !known(to)).map((to) => `${file}: ${to}`),
    );
    assert.deepEqual(unknown, [], 'open it once, then add it to docs/references.txt');
  });

  test('the index names every page of docs/', () => {
    const named = new Set(read('docs/README.md').links.map((to) => target('docs/README.md', to)?.file));
    const pages = written().filter((file) => /^docs\/(claims\/)?[^/]+\.md$/.test(file) && file !== 'docs/README.md');
    assert.deepEqual(
      pages.filter((file) => !named.has(file)),
      [],
      'docs/README.md lacks them',
    );
  });
});

describe('reports', () => {
  const everything = [...listed.keys()];
  const shown = references(catalogue.flatMap((claim) => claim.references)).html;
  const golden = goldens();

  test('what the catalogue refers to stands in docs/references.txt, and nothing else of its kind does', () => {
    const used = new Set(addresses(shown));
    const kept = everything.filter((to) => /cwe\.mitre\.org|owasp\.org/.test(to));
    assert.deepEqual([...used].sort(), kept.sort());
    for (const to of everything) assert.match(to, /^https:\/\/[\w.-]+\/\S*$/);
    for (const [to, what] of listed) assert.ok(what.length > 5, `${to}: what stands there?`);
  });

  test('each reference is of a kind that reports know: CWE, OWASP API 2023, a chapter of ASVS 5.0', () => {
    for (const { id, references: all } of catalogue)
      for (const one of all) {
        const html = references([one]).html;
        assert.ok(/^<a href/.test(html) || /^ASVS 5\.0 V\d+ [A-Z]/.test(html), `${id}: ${one}`);
      }
  });

  for (const [name, html] of [
    ['the golden', golden.get('report.html') ?? ''],
    ['a sample with pictures', reports.html({ run: run({ results }), events, blobs })],
  ] as const)
    test(`HTML, ${name}: links lead to a part of the page, or to what is listed`, () => {
      const parts = new Set(ids(html));
      const links = addresses(html).filter((to) => !to.startsWith('data:image/'));
      assert.ok(links.length > 5);
      for (const to of links) assert.ok(to.startsWith('#') ? parts.has(to.slice(1)) : listed.has(to), to);
      for (const [, popover = ''] of html.matchAll(/popovertarget="([^"]*)"/g)) assert.ok(parts.has(popover), popover);
    });

  test('Markdown has no link of its own, and makes none of what the app says', () => {
    assert.deepEqual(linksIn(golden.get('report.md') ?? 'x [a](b)'), []);
  });

  test('SARIF: addresses of help and schema are listed', () => {
    const sarif = golden.get('report.sarif') ?? '';
    const outside = [...sarif.matchAll(/"(?:helpUri|\$schema|informationUri|downloadUri)": "([^"]*)"/g)].map(
      ([, to]) => to ?? '',
    );
    assert.ok(outside.length >= 2);
    for (const to of outside) assert.ok(listed.has(to), to);
  });
});

describe('the site', () => {
  let out: string;
  let pages: string[];
  before(() => {
    out = path.join(mkdtempSync(path.join(os.tmpdir(), 'plummet-site-')), 'site');
    pages = buildSite(out);
  });
  after(() => rmSync(path.dirname(out), { recursive: true, force: true }));
  const html = (page: string): string => readFileSync(path.join(out, page), 'utf8');

  test('is built of every document, and opens at index.html', () => {
    for (const { file } of documents.filter((one) => one.file.startsWith('docs/')))
      assert.ok(pages.includes(file.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html')), file);
    assert.match(html('index.html'), /<h1 id="plummet">Plummet<\/h1>/);
    assert.match(html('docs/claims/persistence.html'), /<h2 id="edits-persist" class="claim">/);
  });

  test('every link in it leads to a page and a part that are there, or to what is listed', () => {
    const parts = new Map(pages.map((page) => [page, new Set(ids(html(page)))]));
    let inside = 0;
    for (const page of pages)
      for (const to of addresses(html(page))) {
        if (isOutside(to)) {
          assert.ok(known(to), `${page}: ${to}`);
          continue;
        }
        const [where = '', anchor] = to.split('#');
        const file = where ? path.posix.join(path.posix.dirname(page), where) : page;
        assert.ok(existsSync(path.join(out, file)), `${page}: ${to}`);
        if (anchor) assert.ok(parts.get(file)?.has(anchor), `${page}: ${to} names no part`);
        inside++;
      }
    assert.ok(inside > 500);
  });

  test('loads nothing: no script, no address but in links, and its policy lets in its style alone', () => {
    for (const page of pages) {
      assert.doesNotMatch(html(page), /<script|<link|<iframe|\sstyle="|@import|url\(/, page);
      assert.match(html(page), /default-src 'none'; style-src 'sha256-[\w+/=]+'/, page);
      assert.match(html(page), /aria-current/, `${page}: nothing tells where one is`);
    }
  });
});
