/** The HTML report as it is read: in a real browser, on a desk and on a phone, by mouse, finger and key, in light and dark, on paper, without script, and large. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type Launched, launchBrowser } from '../src/drivers/browser/launch.ts';
import { catalogue } from '../src/model/catalogue.ts';
import type { Citations } from '../src/model/evidence.ts';
import type { Result } from '../src/model/run.ts';
import { effort, questions, score } from '../src/model/score.ts';
import { reports } from '../src/report/reports.ts';
import { blobs, events, facts, results, run } from './sample-run.ts';

const desk = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const page = reports.html({ run: run(), events, blobs });
const reload = 'persistence/records-survive-reload';
const at = (claim: string): string => `#claim-${claim.replace('/', '-')}`;

/** All kinds of parts at once: failures at two places, unknowns, proofs; requests, answers and lines of a log; notes. */
function rich(): string {
  const more = results.map((result): Result => {
    if (result.status !== 'fail') return result;
    const [first] = result.findings;
    return { ...result, findings: [first, { ...first, where: `${first.where}/2`, reproduce: `// ${result.claim}` }] };
  });
  const write = {
    method: 'POST',
    url: 'http://localhost:4100/api',
    status: 201,
    body: '{"title":"bodugerat"}',
    answer: '{"id":7}',
  };
  const told = events.map((event) => ({
    ...event,
    data: { writes: [write], lines: ['POST /api 201'], changed: ['data/board.sqlite'] },
  }));
  const lines = {
    id: 'e8' as const,
    at: 3500,
    kind: 'log' as const,
    who: 'app',
    says: 'it printed a line',
    data: { lines: ['POST /api 201'] },
  };
  return reports.html({
    run: run({ results: more, notes: ['The app runs on a copy.'] }),
    events: [...told, lines],
    blobs,
  });
}

const ready = catalogue.filter(({ tier }) => tier !== 'surface');
const places = Math.ceil(2000 / ready.length);

/** 2,000 places of all claims, each with words of its own. */
function large(): string {
  const all = ready.map(({ id }, index): Result => {
    const [first, ...more] = Array.from({ length: places }, (_, place) => ({
      where: `http://localhost:4100/place-${index}-${place}`,
      because: `the record of place ${place} is gone; its word is plumb${index * places + place}x`,
      evidence: ['e4', 'e5'] as Citations,
      reproduce: `// the script of ${id}\n${'await page.reload();\n'.repeat(90)}`,
      fingerprint: `${id}@${place}`,
    }));
    return {
      claim: id,
      status: 'fail',
      because: 'it is gone',
      wrongIf: 'it is not',
      findings: [first ?? assert.fail(), ...more],
    };
  });
  return reports.html({
    run: run({
      results: all,
      asked: all.map(({ claim }) => claim),
      score: score(all, []),
      effort: effort(all),
      questions: questions(all, {}),
    }),
    events,
    blobs,
  });
}

describe('the report in a browser', () => {
  let launched: Launched;
  before(async () => {
    launched = await launchBrowser();
  });
  after(() => launched.close());

  /** Opens it, and afterwards asserts that it asked for nothing, broke no rule of its policy and threw nothing. */
  async function read(html: string, how: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
    const context = await launched.browser.newContext(how);
    const happened: string[] = [];
    try {
      // Served, not opened as a file: root's browser is a user who may not read it. Copying takes a secure origin.
      const address = 'https://report.test/report.html';
      await context.route('**/*', (route) =>
        route.request().url().split('#')[0] === address
          ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
          : route.abort(),
      );
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const opened = await context.newPage();
      opened.on('console', (line) => happened.push(`console: ${line.text()}`));
      opened.on('pageerror', (error) => happened.push(`error: ${error.message}`));
      opened.on('dialog', (dialog) => {
        happened.push('dialog');
        void dialog.dismiss();
      });
      opened.on('popup', () => happened.push('popup'));
      opened.on('request', (request) => {
        if (!request.url().startsWith('data:') && request.url().split('#')[0] !== address)
          happened.push(`request: ${request.url()}`);
      });
      await opened.goto(address);
      await look(opened);
      assert.deepEqual(happened, []);
    } finally {
      await context.close();
    }
  }

  const shown = (opened: Page): Promise<string[]> =>
    opened.locator('.claim:visible').evaluateAll((all) => all.map((one) => one.id.replace('claim-', '')));
  const copied = (opened: Page): Promise<string> => opened.evaluate(() => navigator.clipboard.readText());

  it('filters and searches, and keeps what was asked in its address', () =>
    read(page, desk, async (opened) => {
      assert.equal((await shown(opened)).length, results.length);
      await opened.getByRole('button', { name: 'not told', exact: true }).click();
      assert.deepEqual(
        await shown(opened),
        ['concurrency-others-see-the-change', 'persistence-edits-persist'].sort().reverse(),
      );
      assert.equal(await opened.locator('#count').innerText(), `2 of ${results.length} claims`);
      assert.ok(await opened.locator('#broken').isHidden(), 'a heap without a hit is not there');
      await opened.getByRole('button', { name: 'not told', exact: true }).click();
      const search = opened.getByRole('searchbox');
      await search.fill('is:broken in:fail-loud');
      assert.deepEqual(await shown(opened), ['fail-loud-absent-backend-is-an-error']);
      await search.fill('FRESH browser');
      assert.deepEqual(await shown(opened), [
        'persistence-records-reach-other-browsers',
        'persistence-edits-persist',
        'persistence-accounts-survive',
      ]);
      assert.equal(new URL(opened.url()).hash, '#q=FRESH%20browser');
      await opened.reload();
      assert.equal((await shown(opened)).length, 3, 'the address tells it again');
      await search.fill('nothing like this');
      await opened.getByRole('button', { name: 'Show all' }).click();
      assert.equal((await shown(opened)).length, results.length);
    }));

  it('is driven by keys, and copies', () =>
    read(page, desk, async (opened) => {
      await opened.keyboard.press('/');
      await opened.keyboard.type('gone after a reload');
      assert.deepEqual(await shown(opened), ['persistence-records-survive-reload']);
      await opened.keyboard.press('Escape');
      assert.equal((await shown(opened)).length, results.length);
      for (const key of ['j', 'j', 'k', 'j']) await opened.keyboard.press(key);
      const focused = opened.locator('.claim:has(> summary:focus)');
      assert.equal(await focused.getAttribute('id'), at(reload).slice(1));
      await opened.keyboard.press('Enter');
      assert.ok(await focused.locator('.body').isVisible());
      await opened.keyboard.press('k');
      await opened.keyboard.press('c');
      await opened.getByText('Copied', { exact: true }).first().waitFor();
      assert.match(await copied(opened), /^import \{ chromium \}[\s\S]*process\.env\.APP\);$/);
      await opened.locator(at(reload)).getByRole('button', { name: 'Copy as text' }).click();
      await opened.locator(at(reload)).getByText('Copied').waitFor();
      assert.match(await copied(opened), /^## You save something[\s\S]*\*\*Wrong if\*\*: The record is listed/);
      await opened.keyboard.press('e');
      assert.equal(await opened.locator('.claim:not([open])').count(), 0, 'all unfolded');
      await opened.keyboard.press('?');
      assert.ok(await opened.locator('#help').isVisible());
      await opened.getByLabel('single keys').uncheck();
      await opened.keyboard.press('Escape');
      await opened.keyboard.press('e');
      assert.equal(await opened.locator('.claim:not([open])').count(), 0, 'keys can be switched off');
    }));

  it('leads from the threat model to a claim, whatever was filtered', () =>
    read(page, desk, async (opened) => {
      await opened.getByRole('button', { name: 'not told', exact: true }).click();
      await opened.locator('#threats').getByRole('link', { name: 'You save something, reload' }).click();
      await opened.locator(`${at(reload)} > .body`).waitFor();
      await opened
        .locator(`${at(reload)} .shot button`)
        .first()
        .click();
      await opened.locator('.whole:popover-open svg').waitFor();
      await opened.keyboard.press('Escape');
      assert.equal(await opened.locator('.whole:popover-open').count(), 0);
    }));

  it('fits a phone, and is filtered by a finger', () =>
    read(page, phone, async (opened) => {
      await opened.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
      });
      const { wide, room } = await opened.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        room: innerWidth,
      }));
      assert.ok(wide <= room, `${wide} px in ${room}`);
      assert.ok(await opened.locator('.land.narrow').isVisible());
      assert.ok(await opened.locator('.land.wide').isHidden());
      await opened.getByRole('button', { name: 'broken', exact: true }).tap();
      assert.equal((await shown(opened)).length, 4);
    }));

  it('is light and dark, as the system or as it is told; and on paper all of it is there', () =>
    read(page, { ...desk, colorScheme: 'dark' }, async (opened) => {
      const paper = (): Promise<string> => opened.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(await paper(), 'rgb(21, 20, 18)');
      await opened.keyboard.press('t');
      assert.equal(await paper(), 'rgb(250, 248, 244)');
      await opened.emulateMedia({ media: 'print' });
      assert.equal(await paper(), 'rgb(255, 255, 255)');
      assert.ok(await opened.getByRole('searchbox').isHidden());
      for (const words of ['is gone after a reload', 'came back.', 'A record that is only held', 'The door'])
        assert.ok(await opened.getByText(words).first().isVisible(), words);
      assert.ok(
        await opened.locator(`${at('persistence/records-reach-other-browsers')} .story`).isVisible(),
        'folds are open on paper',
      );
    }));

  for (const colorScheme of ['light', 'dark'] as const)
    it(`axe finds nothing, ${colorScheme}`, async () => {
      for (const size of [desk, phone])
        await read(rich(), { ...size, colorScheme }, async (opened) => {
          await opened.evaluate(() => {
            for (const fold of document.querySelectorAll('details')) fold.open = true;
          });
          await opened.evaluate(axe.source);
          const found = await opened.evaluate(async () => {
            const { violations } = await (
              window as never as {
                axe: {
                  run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
                };
              }
            ).axe.run();
            return violations.map(
              ({ id, nodes }) =>
                `${id}: ${nodes
                  .slice(0, 3)
                  .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`)
                  .join(' | ')}`,
            );
          });
          assert.deepEqual(found, []);
        });
    });

  it('runs nothing of what the app said', async () => {
    const evil = `"><script>__pwned=1</script><img src=x onerror=__pwned=1><a href="javascript:__pwned=1">x</a></style></title>'\u202e`;
    const everywhere = <T>(value: T): T =>
      typeof value === 'string'
        ? (evil as T)
        : Array.isArray(value)
          ? (value.map(everywhere) as T)
          : typeof value === 'object' && value !== null
            ? (Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everywhere(inner)])) as T)
            : value;
    const said = events.map((event) => ({
      ...event,
      says: evil,
      data: {
        writes: [{ method: evil, url: evil, status: 200, body: evil, answer: evil }],
        lines: [evil],
        changed: [evil],
        appeared: [evil],
        uses: { mark: 'bodugerat' },
      },
    }));
    const kept = results.map(
      (result) => ({ ...everywhere(result), claim: result.claim, status: result.status }) as Result,
    );
    const hostile = reports.html({
      run: run({ facts: { ...everywhere(facts), kind: 'pages' }, results: kept, sentence: evil, notes: [evil] }),
      events: said,
      blobs,
    });
    await read(hostile, desk, async (opened) => {
      await opened.keyboard.press('e');
      await opened.getByRole('searchbox').fill('script>__pwned');
      assert.ok((await shown(opened)).length > 0, 'it is text, and found as such');
      assert.equal(await opened.evaluate(() => '__pwned' in window), false);
      assert.equal(await opened.locator('img, iframe, a[href^="javascript"]').count(), 0);
    });
  });

  it('can be read where no script runs', () =>
    read(page, { ...desk, javaScriptEnabled: false }, async (opened) => {
      assert.equal(await opened.getByRole('searchbox').count(), 0);
      assert.equal(await opened.locator('.copy:visible, .issue:visible').count(), 0, 'no button that does nothing');
      await opened.locator(`${at(reload)} > summary`).click();
      assert.ok(await opened.locator(`${at(reload)} .pair`).isVisible());
    }));

  it('holds 2,000 findings, and finds one', async () => {
    const html = large();
    assert.ok(html.length < 3_000_000, `${html.length} characters`);
    await read(html, desk, async (opened) => {
      assert.equal((await shown(opened)).length, ready.length);
      assert.equal(await opened.locator('[data-place]').count(), ready.length * (places - 1));
      await opened.getByRole('searchbox').fill('plumb1234x');
      assert.equal((await shown(opened)).length, 1);
      assert.equal(
        await opened.locator('.claim:visible [data-place]:not([hidden])').count(),
        1,
        'and the place in it alone',
      );
      await opened.keyboard.press('Escape');
      await opened.getByRole('button', { name: 'medium', exact: true }).click();
      assert.deepEqual((await shown(opened)).length, ready.filter(({ severity }) => severity === 'medium').length);
    });
  });
});
