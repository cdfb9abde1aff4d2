/** What steps may do is data of whoever reaches a port: it stays in the app, and selects by CSS. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recipeOf, step } from './steps.ts';

const refusal = (given: object): string => step.safeParse(given).error?.issues[0]?.message ?? '';

describe('a step that is given as data', () => {
  it('goes to a path of the app, and to no file and no other host', async () => {
    for (const url of ['/', '/login?next=/a#b', '/{mark}']) assert.equal(refusal({ do: 'goto', url }), '', url);
    for (const url of [
      'file:///etc/passwd',
      'http://127.0.0.1:1/',
      'view-source:/x',
      '//127.0.0.1:1/x',
      '/\\127.0.0.1',
      '/\t/127.0.0.1:1',
      '',
    ])
      assert.match(refusal({ do: 'goto', url }), /path of the app, which begins with one \//, url);

    const opened: string[] = [];
    const page = { goto: async (url: string) => opened.push(url) };
    await recipeOf([{ do: 'goto', url: '/{mark}' }])(page, { mark: 'bodu' });
    await assert.rejects(recipeOf([{ do: 'goto', url: '/{mark}' }])(page, { mark: '/127.0.0.1:1' }), /path of the app/);
    await assert.rejects(recipeOf([{ do: 'goto' }])(page, {}), /path of the app/);
    assert.deepEqual(opened, ['/bodu']);
  });

  it('names a control by CSS alone', () => {
    for (const css of [
      'body',
      '#a > .b:not(.c) + [name="x: y"]',
      'li:nth-child(2n+1) button',
      '*',
      "[data-x='text=y']",
      'a:has(> img)',
      '.md\\:flex',
    ])
      assert.equal(refusal({ do: 'click', css }), '', css);
    for (const css of [
      'text=Total',
      'xpath=//a',
      '//a',
      '"Total"',
      'iframe >> body',
      'internal:control=enter-frame',
      'css=a',
      'a:has-text("x")',
      'a:text-is("x")',
      'a:\\68 as-text(x)',
      '[a="\\\\"]:has-text(x)[b=""]',
      'a /* " */ :has-text(x) /* " */',
      'button:visible',
    ])
      assert.match(refusal({ do: 'click', css }), /plain CSS/, css);
  });
});
