/**
 * The gallery: each pattern is surveyed as an app that nobody described. What is kept was taken by a server that checks it, so a record
 * that two fresh loads show was filled in rightly. GALLERY=name,… picks some; `alike` is what only looks like one.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { html, page, serve } from '../fixtures/_kit/http.ts';
import { patterns, serveGallery } from '../fixtures/gallery/server.ts';
import { audited } from './audited.ts';

/** What else is to be found out of some. */
const learns: Readonly<Record<string, readonly ('edit' | 'delete' | 'move')[]>> = {
  'hover-actions': ['edit', 'delete'],
  'row-menu': ['edit', 'delete'],
  'layers-side-by-side': ['delete'],
  'opens-late': ['delete'],
  'click-to-edit': ['edit'],
  'in-chinese': ['edit', 'delete'],
  'in-japanese': ['edit', 'delete'],
  'in-russian': ['edit', 'delete'],
  'in-arabic': ['edit', 'delete'],
  'drag-native': ['move'],
  'drag-pointer': ['move'],
};
/** What is to be asked of some. It passes, for a reason that says how. */
const asks: Readonly<Record<string, readonly [claim: string, because?: RegExp]>> = {
  greeting: ['persistence/records-reach-other-browsers'],
  'unique-beside': ['persistence/lists-keep-everything', /by the request that the form makes, 60 reached/],
};
const picked = process.env['GALLERY']?.split(',');

const gallery = await serveGallery();
after(() => gallery.close());

describe('gallery', { concurrency: 3 }, () => {
  for (const [name, says] of patterns)
    if (!picked || picked.includes(name))
      it(`${name}: ${says}`, async () => {
        const more = learns[name] ?? [];
        const [claim, because] = asks[name] ?? [];
        // Mostly nothing is asked: what is learned is all that counts here.
        const { facts, results } = await audited(
          `${gallery.url}${name}`,
          claim ? [claim] : [],
          claim ? {} : { profile: more.length ? 'audit' : 'reload' },
        );
        assert.equal(facts.record?.kind, 'kept', facts.tried.join('\n') || 'nothing was found to try');
        for (const result of results) {
          assert.equal(result.status, 'pass', result.because);
          if (because) assert.match(result.because, because);
        }
        for (const way of more) assert.ok(facts[way], `${way}: ${facts.tried.join('\n')}`);
      });
});

describe('what is like a pattern', { concurrency: 2, skip: picked !== undefined && !picked.includes('alike') }, () => {
  const kindAt = async (main: (path: string) => string): Promise<string> => {
    const draw = (path: string): ReturnType<typeof html> => html(page({ title: 'Things', main: main(path) }));
    const app = await serve({
      routes: { 'GET /': () => draw(''), 'GET /p/:name': ({ params }) => draw(params.name ?? '') },
    });
    try {
      const { facts } = await audited(app.url, [], { profile: 'reload' });
      return `${facts.record?.kind ?? 'none'}: ${facts.tried.join('; ')}`;
    } finally {
      await app.close();
    }
  };

  it('a box that leads to a page of that name, which shows its name and keeps nothing', async () => {
    const kind = await kindAt((name) =>
      name
        ? `<h1>${encodeURIComponent(name)}</h1><p>Nobody has been here yet.</p>`
        : `<h1>Things</h1><form><label>Open page by name <input name="page" required></label> <button>Open</button></form>
<script type="module">document.querySelector('form').onsubmit = (event) => {
  event.preventDefault();
  location.assign('/p/' + encodeURIComponent(event.target.elements.page.value));
};</script>`,
    );
    assert.match(kind, /^none: .*leads to an address of that name/);
  });

  it('a search above a list that is called like the first field of the form', async () => {
    const kind = await kindAt(
      () => `<div id="listed"><label>Name <input name="find"></label> <a href="#/new">New thing</a><ul class="list"></ul></div>
<form hidden><label>Name <input name="title" required></label> <label>Code <input name="code" required></label> <button>Save</button></form>
<script type="module">
const [list, form] = document.querySelectorAll('#listed, form');
const draw = () => (list.hidden = !(form.hidden = location.hash !== '#/new'));
addEventListener('hashchange', draw);
draw();
form.onsubmit = (event) => {
  event.preventDefault();
  const row = document.createElement('li');
  row.textContent = form.elements.title.value + ', ' + form.elements.code.value;
  list.querySelector('ul').append(row);
  form.reset();
  location.hash = '#/';
};
</script>`,
    );
    assert.match(kind, /^held: /, 'two stand side by side until the page is loaded anew');
  });
});
