import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Control, View } from './browser.ts';
import { changed, readingOf, sideOf, steady, tell } from './trace.ts';

const page = (text: string, controls: Partial<Control>[] = [], live: string[] = []): View =>
  ({
    text,
    live,
    controls: controls.map((c) => ({
      role: 'checkbox',
      tag: 'input',
      type: 'checkbox',
      name: '',
      attr: '',
      text: '',
      options: [],
      ...c,
    })),
  }) as unknown as View;
const twice = (one: View, other = one) => steady([readingOf(one), readingOf(other)]);

test('a number that changed is found, and told in words', () => {
  const [before, after] = [twice(page('Cart (0)\nAnchor')), twice(page('Cart (1)\nAnchor'))];
  assert.deepEqual(changed(before, after), ['cart (#)']);
  assert.equal(tell(['cart (#)'], before, after), '“cart (0)” → “cart (1)”');
});

test('what differs between two loads of the same says nothing: random numbers, counters of visits', () => {
  const before = twice(page('41 people look at this\nCart (0)'), page('17 people look at this\nCart (0)'));
  const after = twice(page('17 people look at this\nCart (1)'));
  assert.deepEqual(changed(before, after), ['cart (#)']);
});

test('clocks, ages and toasts are left out', () => {
  const before = twice(page('It is 12:31\n3 minutes ago'));
  const after = twice(page('It is 12:32\n4 minutes ago\nAdded to the cart', [], ['Added to the cart']));
  assert.deepEqual(changed(before, after), []);
});

test('boxes, pressed buttons and choices are states', () => {
  const box = (checked: boolean) => page('', [{ name: 'Done: Wind the clock', checked }]);
  assert.equal(changed(twice(box(false)), twice(box(true))).length, 1);
  const choice = (value: string) =>
    page('', [
      {
        tag: 'select',
        role: 'combobox',
        type: '',
        name: 'Status',
        value,
        options: [{ value, text: value, disabled: false }],
      },
    ]);
  assert.equal(changed(twice(choice('open')), twice(choice('done'))).length, 1);
});

test('rows of the same words are counted', () => {
  assert.deepEqual(changed(twice(page('Anchor')), twice(page('Anchor\nAnchor'))), ['anchor']);
});

test('a look is as before, changed, or says nothing where it varies by itself', () => {
  const before = twice(page('Cart (0)'));
  assert.equal(sideOf(['cart (#)'], before, readingOf(page('Cart (0)'))), 'as-before');
  assert.equal(sideOf(['cart (#)'], before, readingOf(page('Cart (2)'))), 'changed');
  assert.equal(sideOf(['cart (#)'], twice(page('Cart (0)'), page('Cart (5)')), readingOf(page('Cart (2)'))), 'unclear');
});

test('an error, a door or a page that is not drawn yet is another page', () => {
  const before = twice(page('Goods\nCart (0)\nAnchor\nBell'));
  for (const other of ['', 'Loading…', 'Log in\nPassword', 'Internal Server Error'])
    assert.equal(sideOf(['cart (#)'], before, readingOf(page(other))), 'unclear', other);
});
