/** Pictures of a page on which others have rows, too: theirs are grey, ours and the app's own stand, and the page notices nothing. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { type Launched, launchBrowser } from './launch.ts';
import { paint, pixelsOf } from './paint.ts';
import { pictureOf } from './picture.ts';

const mark = 'bodugerat';
const ours = (text: string): boolean => text.includes(mark);

const html = `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; font: 16px sans-serif } ul { margin: 0 } li, td, .card { height: 40px } nav a { padding: 8px }
  #scroll { height: 60px; overflow: auto } #top { position: fixed; top: 0; right: 0; left: auto; margin: 0; width: 200px; height: 400px; background: #fff; border: 1px solid }
  .column { display: inline-block; width: 200px; vertical-align: top }
</style>
<nav id="nav"><a href="#">Home</a><a href="#">Customers of everybody</a></nav>
<h1 id="heading">Customers</h1>
<form id="form"><div><label>Name <input></label></div><div><label>Phone <input></label></div></form>
<ul id="list"><li id="ada">Ada Lovelace, +44 20 7946 0000</li><li id="mine"><b>${mark}</b> <span>waits</span></li><li id="bob"><img alt="">Bob, bob@example.org</li></ul>
<table><thead><tr id="head"><th>Name</th></tr></thead><tbody><tr id="row"><td>Carol, IBAN DE02</td></tr></tbody></table>
<div id="scroll"><ul><li id="dan">Dan</li><li id="below">Eve</li></ul></div><p id="after">Two of them wait</p>
<div id="board"><div class="column"><h2 id="new">New</h2><div class="card" id="card"><b>Frank</b></div><div class="card"><b>Grace</b></div></div>
<div class="column"><h2>Done</h2><div class="card" id="ourcard"><b>${mark}</b><i>x</i></div><div class="card" id="heidi"><b>Heidi</b></div></div></div>
<div style="display: grid"><div class="line" style="display: contents"><div id="mallory">Mallory</div></div><div class="line" style="display: contents"><div>Niaj</div></div></div>
<div id="host"></div>
<dialog open id="top"><h2>A layer</h2><ul><li id="within">Ivan</li></ul></dialog>
<script>
  document.querySelector('#host').attachShadow({ mode: 'open' }).innerHTML = '<ul style="margin: 0; padding: 0; list-style: none"><li style="height: 30px">Judy</li></ul>';
  window.noticed = [];
  new MutationObserver((all) => noticed.push(...all.map((one) => one.type + ' of ' + one.target.nodeName + ' ' + one.attributeName))).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  new ResizeObserver(() => 0).observe(document.body);
  // A page that would rather have its rows shown.
  Element.prototype.getBoundingClientRect = () => (noticed.push('asked'), new DOMRect());
</script>`;

/** Rows of which a part stays in its place, rows in shadow roots, and more rows than anybody looks at. */
const hard = `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; font: 16px sans-serif } td { height: 30px; padding: 0 } .first { position: sticky; left: 0; background: #fff }
</style>
<table><tbody><tr><td class="first" id="frozen">Ada Lovelace</td><td>x</td></tr><tr><td class="first" id="mine">${mark}</td><td><span id="state" role="status">waits</span></td></tr>
<tr><td class="first">Bob</td><td><span id="said" role="status">Bob waits</span></td></tr></tbody></table>
<div id="direct"></div><div id="hosts"><x-row id="nested"></x-row><x-row id="ournested"></x-row></div>
<div style="height: 300px; overflow: auto"><ul id="long" style="margin: 0"></ul></div>
<script>
  const deep = (host, words) => { const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('p')); inner.style.margin = 0; inner.attachShadow({ mode: 'open' }).innerHTML = '<span>' + words + '</span>'; };
  document.querySelector('#direct').attachShadow({ mode: 'open' }).innerHTML = '<style>.r { height: 30px }</style><div class="r">Carol of London</div><div class="r">Dan of Paris</div>';
  deep(document.querySelector('#nested'), 'Eve of Rome'); deep(document.querySelector('#ournested'), '${mark}');
  for (const one of document.querySelectorAll('x-row')) one.style.display = 'block';
  document.querySelector('#long').innerHTML = Array.from({ length: 5000 }, (_, n) => '<li' + (n === 2 ? ' id="third"' : '') + '>Frank the ' + n + 'th</li>').join('');
</script>`;

describe('a picture', () => {
  let launched: Launched;
  let page: Page;
  const boxes = new Map<string, { x: number; y: number; width: number; height: number }>();
  before(async () => {
    launched = await launchBrowser();
    page = await launched.browser.newPage({ viewport: { width: 1280, height: 900 } });
    await measured(html, [
      'nav',
      'heading',
      'form',
      'ada',
      'mine',
      'bob',
      'head',
      'row',
      'dan',
      'after',
      'new',
      'card',
      'heidi',
      'mallory',
      'ourcard',
      'host',
      'top',
      'within',
    ]);
  });
  after(() => launched?.close());

  async function measured(content: string, ids: readonly string[]): Promise<void> {
    await page.setContent(content);
    for (const id of ids) {
      const box = await page.locator(`#${id}`).boundingBox();
      // The layer lies over the right of all rows.
      const right = ['top', 'within'].includes(id) ? 1280 : 1000;
      if (box) boxes.set(id, { ...box, width: Math.min(box.width, right - box.x) });
    }
  }

  /** How many colours are in the middle of it, and whether all of it is painted over. */
  async function seen(png: Uint8Array, id: string): Promise<{ painted: boolean; colours: number }> {
    const pixels = await pixelsOf(png);
    const box = boxes.get(id);
    assert.ok(pixels && box, id);
    const found = new Set<string>();
    for (let y = Math.ceil(box.y) + 1; y < Math.floor(box.y + box.height) - 1; y++)
      for (let x = Math.ceil(box.x) + 1; x < Math.floor(box.x + box.width) - 1; x++) {
        const at = (y * pixels.width + x) * pixels.channels;
        found.add(pixels.bytes.slice(at, at + 3).join());
      }
    return { painted: found.size === 1 && found.has(paint.join()), colours: found.size };
  }

  it('hides the rows of others alone', async () => {
    const [whole, png] = [await pictureOf(page), await pictureOf(page, ours)];
    assert.ok(whole && png);
    for (const id of ['ada', 'bob', 'row', 'dan', 'card', 'heidi', 'mallory', 'host', 'within']) {
      assert.ok((await seen(whole, id)).colours > 1 || id === 'host', `${id} can be read without it`);
      assert.deepEqual(await seen(png, id), { painted: true, colours: 1 }, `${id} is painted over`);
    }
    for (const id of ['nav', 'heading', 'form', 'mine', 'head', 'after', 'new', 'ourcard'])
      assert.deepEqual(await seen(png, id), await seen(whole, id), `${id} stands as it was`);
    assert.ok(
      !(await seen(png, 'top')).painted && (await seen(png, 'top')).colours > 2,
      'the layer is not under the rows',
    );
  });

  it('is not noticed by the page', async () => {
    const noticed = async (work: Promise<unknown>): Promise<unknown> => {
      await page.evaluate('noticed.length = 0');
      await work;
      return page.evaluate('[...new Set(noticed)]');
    };
    // The driver puts what moves to rest, with or without us.
    const alone = await noticed(pictureOf(page));
    assert.deepEqual(await noticed(pictureOf(page, ours)), alone);
  });

  it('is the same where nothing is to be hidden', async () => {
    const [whole, png] = [await pictureOf(page), await pictureOf(page, () => true)];
    assert.ok(whole && png);
    assert.deepEqual(Buffer.from(png), Buffer.from(whole));
  });

  it('hides what of a row stays in its place, rows in shadow roots, and those of a list of thousands', async () => {
    const [others, own] = [
      ['frozen', 'said', 'direct', 'nested', 'third'],
      ['mine', 'state', 'ournested'],
    ];
    await measured(hard, [...others, ...own]);
    const [whole, png] = [await pictureOf(page), await pictureOf(page, ours)];
    assert.ok(whole && png);
    for (const id of others) {
      assert.ok((await seen(whole, id)).colours > 1, `${id} can be read without it`);
      assert.deepEqual(await seen(png, id), { painted: true, colours: 1 }, `${id} is painted over`);
    }
    for (const id of own) assert.deepEqual(await seen(png, id), await seen(whole, id), `${id} stands as it was`);
  });
});
