import assert from 'node:assert/strict';
import { it } from 'node:test';
import { locator, stepsCode } from './playwright.ts';

const inRow = { role: 'combobox', name: '', inRow: true, css: 'ul > li:nth-of-type(1) > select' };

it('finds a control in the row of its record by what its attributes tell', () => {
  assert.match(
    locator({ ...inRow, tag: 'select', type: 'select-one' }),
    /^page\.locator\("li"\)\.filter\(.*\.locator\("select"\)\.first\(\)$/,
  );
  assert.match(
    locator({ ...inRow, tag: 'button', type: 'submit', nth: 1 }),
    /locator\("button:not\(\[type=\\"button\\"\]\)"\)\.nth\(1\)$/,
  );
  assert.match(
    locator({ ...inRow, tag: 'input', type: 'checkbox' }),
    /locator\("input\[type=\\"checkbox\\"\]"\)\.first\(\)$/,
  );
});

it('asks for a role and a name before an attribute, and for CSS last', () => {
  const field = { role: 'textbox', name: 'company', tag: 'input', type: 'text', css: '#a' };
  assert.equal(locator(field), 'page.getByRole("textbox", { name: named("company") }).first()');
  assert.match(locator({ ...field, attr: 'company' }), /^page\.getByRole\(.*\.or\(page\.locator\(.*\)\)\.first\(\)$/);
  assert.equal(locator({ ...field, name: '' }), 'page.locator("#a").first()');
});

it('goes to the page of the record just made by what holds its address', () => {
  const speech = { goto: (url: string) => `go(${url})`, send: 'page', own: 'made.at' };
  const steps = [
    { do: 'goto', url: '{own}' },
    { do: 'goto', url: '/list' },
  ] as const;
  assert.deepEqual(stepsCode({ steps }, 'http://app', speech), ['await page.goto(made.at);', 'go(/list)']);
});
