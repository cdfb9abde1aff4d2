import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { View } from './browser.ts';
import { isAbout } from './match.ts';

const view = (text: string, ...lists: string[][]): View => ({
  url: 'http://localhost/',
  title: '',
  controls: [],
  groups: [],
  templates: lists.map((rows, index) => ({ index, key: String(index), rows })) as unknown as View['templates'],
  live: [],
  modal: false,
  busy: false,
  text,
});

describe('a page is about a record', () => {
  it('that stands in its heading, also with a trail to it', () => {
    assert.ok(isAbout(view('Bamotelik\nWritten by Ada', ['Like', 'Save', 'Delete']), 'bamotelik'));
    assert.ok(isAbout(view('Home Notes bamotelik\nbamotelik', ['Home', 'Notes', 'bamotelik']), 'bamotelik'));
  });
  it('and not about one that it lists among others', () => {
    const rows = ['bamotelik by Ada', 'Soup by Maria'];
    assert.equal(isAbout(view(`Dinner\nDelete category\n${rows.join('\n')}`, rows), 'bamotelik'), false);
    assert.equal(isAbout(view('Soup by Maria'), 'bamotelik'), false);
  });
  it('whose mark is a number: only where no list holds it', () => {
    const rows = ['$4,271.93', '$3.00'];
    assert.equal(isAbout(view(`All\n${rows.join('\n')}`, rows), '4271.93'), false);
    assert.ok(isAbout(view('Amount 4,271.93\nDelete'), '4271.93'));
  });
});
