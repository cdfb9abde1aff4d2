/** Apps in which nothing can be written but what is there already: the trace stands for the mark, and what needs a mark says so. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunningFixture } from '../fixtures/contract.ts';
import { serveChecklist, serveProfile, serveRooms, serveShop, serveViews } from '../fixtures/wordless/server.ts';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';

const claims = [
  'records-survive-reload',
  'records-survive-a-new-tab',
  'records-reach-other-browsers',
  'writes-leave-the-browser',
  'answers-come-from-data',
  'moves-persist',
].map((name) => `persistence/${name}`);

async function verdictsOf(app: RunningFixture, asked = claims): Promise<Record<string, string> & { run: Run }> {
  try {
    const run = await audited(app.url, asked, { keepRows: true });
    const words = run.results.map((r) => [
      r.claim.replace('persistence/', ''),
      `${r.status}: ${r.status === 'fail' ? r.findings[0].because : r.because}`,
    ]);
    return { ...Object.fromEntries(words), run };
  } finally {
    await app.close();
  }
}

/** `unknown`, because a mark is what it would take. */
const marked = /^unknown: nothing that takes words of ours was found, only “.*this needs a mark/;

describe('writes without words', { concurrency: 3 }, () => {
  it('a basket that the server keeps', async () => {
    const said = await verdictsOf(await serveShop('server'));
    assert.match(said.run.facts.wordless?.says ?? said.run.facts.tried.join('\n'), /^“Add to cart” on \/$/);
    assert.match(said['records-survive-reload'] ?? '', /^pass: after a reload: “cart \(\d+\)” → “cart \(\d+\)”/);
    assert.match(said['records-survive-a-new-tab'] ?? '', /^pass/);
    assert.match(said['records-reach-other-browsers'] ?? '', /^pass: in a fresh browser: “cart/);
    assert.match(said['writes-leave-the-browser'] ?? '', /^pass: POST to \/api\/basket/);
    assert.match(said['answers-come-from-data'] ?? '', marked);
    assert.match(said['moves-persist'] ?? '', marked);
  });

  it('a basket of one browser, though one has an account', async () => {
    const said = await verdictsOf(await serveShop('browser'));
    assert.match(said['records-survive-reload'] ?? '', /^pass/);
    assert.match(
      said['records-reach-other-browsers'] ?? '',
      /^fail: .*as it was before, logged in to the same account/,
    );
    assert.match(said['writes-leave-the-browser'] ?? '', /^fail: .*no request left the browser/);
  });

  it('a basket of one page', async () => {
    const said = await verdictsOf(await serveShop('page'));
    assert.equal(said.run.facts.wordless?.kind, 'held', said.run.facts.tried.join('\n'));
    assert.match(
      said['records-survive-reload'] ?? '',
      /^fail: .*the page showed it, and after a reload it is as it was/,
    );
    assert.match(said['records-survive-a-new-tab'] ?? '', /^fail/);
  });

  it('a vote that is had once for each thing', async () => {
    const said = await verdictsOf(await serveShop('once'));
    assert.match(said.run.facts.wordless?.says ?? said.run.facts.tried.join('\n'), /^“Vote” on \/$/);
    assert.match(said['records-survive-reload'] ?? '', /^pass/);
    assert.match(said['records-reach-other-browsers'] ?? '', /^pass/);
  });

  it('boxes that the server keeps, and that stand at the end as they stood', async () => {
    const app = await serveChecklist('server');
    const before = await (await fetch(`${app.url}/api/duties`)).text();
    let after = '';
    const said = await verdictsOf({
      url: app.url,
      async close() {
        after = await (await fetch(`${app.url}/api/duties`)).text();
        await app.close();
      },
    });
    assert.match(said['moves-persist'] ?? '', /^pass: in a fresh browser: /);
    assert.match(said['records-survive-reload'] ?? '', marked);
    assert.match(said['writes-leave-the-browser'] ?? '', /^pass: PUT to \/api\/duties/);
    assert.equal(after, before);
    assert.deepEqual(
      said.run.ledger.filter((made) => !made.removed),
      [],
    );
  });

  it('boxes that are ticked in this page alone', async () => {
    const said = await verdictsOf(await serveChecklist('page'), ['persistence/moves-persist']);
    assert.match(said['moves-persist'] ?? '', /^fail: .*the page showed it, and after a reload it is as it was/);
  });

  it('boxes of this browser alone, without an account: a question', async () => {
    const said = await verdictsOf(await serveChecklist('browser'));
    assert.match(said['moves-persist'] ?? '', /^unknown: .*kept for this visitor/);
    assert.match(said['writes-leave-the-browser'] ?? '', /^unknown: .*kept for this visitor/);
  });
});

describe('a profile, where nothing better is there', { concurrency: 3 }, () => {
  it('serves as the record', async () => {
    const said = await verdictsOf(await serveProfile('server'));
    assert.equal(said.run.facts.record, undefined);
    assert.match(said['records-survive-reload'] ?? '', /^pass/);
    assert.match(said['records-reach-other-browsers'] ?? '', /^pass/);
    assert.match(said['writes-leave-the-browser'] ?? '', /^pass/);
  });

  it('is named where it is lost', async () => {
    const said = await verdictsOf(await serveProfile('page'));
    assert.match(said['records-survive-reload'] ?? '', /^fail: .*serves as the record\)/);
    assert.match(said['records-reach-other-browsers'] ?? '', /^fail/);
  });
});

describe('what is no write of ours', { concurrency: 3 }, () => {
  it('what sets how a page is shown is left out, and so are the orders of others', async () => {
    const app = await serveViews();
    const said = await verdictsOf(app);
    assert.equal(said.run.facts.wordless, undefined);
    assert.deepEqual(app.shipped, []);
    for (const claim of claims)
      assert.match(said[claim.replace('persistence/', '')] ?? '', /^unknown: no way to write/);
  });

  it('a button that is called otherwise afterwards is not pressed again', async () => {
    const app = await serveRooms();
    const said = await verdictsOf(app);
    assert.match(said.run.facts.wordless?.says ?? said.run.facts.tried.join('\n'), /^“Reserve” on \/$/);
    assert.deepEqual(app.paid, []);
    assert.doesNotMatch(Object.values(said).join('\n'), /^fail/m);
  });
});
