/** Clicks on pages that take their time: each is done once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ElementHandle, Page } from 'playwright-core';
import type { Control } from '../../model/browser.ts';
import { type Launched, launchBrowser } from './launch.ts';
import { perform } from './perform.ts';

const button = {
  role: 'button',
  tag: 'button',
  type: 'submit',
  name: 'Save',
  hidden: false,
  editable: false,
} as Control;

describe('a click', () => {
  let launched: Launched;
  let page: Page;
  before(async () => {
    launched = await launchBrowser();
    page = await launched.browser.newPage({ viewport: { width: 800, height: 600 } });
  });
  after(() => launched.close());

  const clicked = async (html: string): Promise<unknown> => {
    await page.setContent(html);
    const handle = (await page.$('button')) as ElementHandle<Element>;
    assert.equal(await perform(page, handle, { do: 'click', on: button }, button, {}), undefined);
    return page.evaluate('clicks');
  };

  it('on which the page works longer than is waited is not done again', async () => {
    const busy = 'for (const end = performance.now() + 2500; performance.now() < end; );';
    assert.equal(await clicked(`<script>clicks = 0</script><button onclick="clicks++; ${busy}">Save</button>`), 1);
  });

  it('that something in front takes is done by the element itself', async () => {
    const cover = '<div style="position: fixed; inset: 0"></div>';
    assert.equal(await clicked(`<script>clicks = 0</script><button onclick="clicks++">Save</button>${cover}`), 1);
  });
});
