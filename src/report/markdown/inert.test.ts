import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked } from 'marked';
import { block, code, inert, inHtml } from './inert.ts';

/** What a renderer of GFM that is not ours makes of it, without entities. */
const shown = (markdown: string): string =>
  (marked.parse(markdown, { async: false, gfm: true }) as string)
    .trim()
    .replace(/^<p>|<\/p>$/g, '')
    .replaceAll('&#8203;', '')
    .replaceAll('\u200b', '')
    .replace(
      /&(lt|gt|quot|#39|#36|amp);/g,
      (all) => ({ '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#36;': '$', '&amp;': '&' })[all] ?? all,
    );

const hostile = [
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '![p](http://evil.example/p.png) [free](javascript:alert(3)) [a]: http://evil.example',
  '<http://evil.example> http://evil.example www.evil.example ada@evil.example',
  '**bold** __bold__ *it* _it_ ~~no~~ `code` ``` a | b',
  '&lt;b&gt; &#60;b&#62; \\*not\\* \\',
  '# heading',
  '- item',
  '+ item',
  '* item',
  '1. item',
  '12) item',
  '> quote',
  '---',
  '===',
  '``` js',
  '    indented',
  '| a | b |',
  '[^1] [x] [[wiki]]',
  '${7*7} $x$ $$y$$',
];

for (const text of hostile)
  test(`renders as just this text: ${text}`, () => assert.equal(shown(inert(text)), text.trim()));

test('what a forge links after rendering is cut in two', () => {
  const linked =
    '@octocat @org/team #12 GH-12 !7 ~label ~"two words" $3 %4 &5 :tada: http://a.b https://a.b www.a.b c0ffee5 1c0ffee51c0ffee51c0ffee51c0ffee51c0ffee5';
  for (const written of [inert(linked), inHtml(linked)]) {
    for (const pattern of [/[@#!~$%]\w/, /GH-/, /:tada:/, /:\/\//, /www\./, /\b[0-9a-f]{7,40}\b/])
      assert.doesNotMatch(written.replaceAll('&#36;', '$').replaceAll('&#8203;', '\u200b'), pattern);
  }
  assert.equal(
    inert('50% of 3 rows & 20:03, a face at /board#top'),
    '50% of 3 rows &amp; 20:03, a face at /board#&#8203;top',
  );
  assert.equal(inert('0.1.0'), '0.1.0');
});

test('no quick action and no second line', () => {
  assert.equal(inert('/close'), '&#8203;/close');
  assert.equal(inert('a\n/close\r\n# b\u2028c'), 'a /close # bc');
});

test('code spans and blocks hold what would end them', () => {
  assert.equal(shown(code('a `b` ``c`` <d>')), '<code>a `b` ``c`` <d></code>');
  assert.equal(code('`'), '`` ` ``');
  assert.equal(code(''), '');
  assert.match(
    shown(block('```\n</details>\n````', 'js')),
    /^<pre><code class="language-js">```\n<\/details>\n````\n<\/code><\/pre>$/,
  );
});
