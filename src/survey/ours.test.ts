import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Control, View } from '../model/browser.ts';
import { holdsOurs, isAbout, isOurs, onBy, type Way } from './ours.ts';

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

const control = (name: string, more: Partial<Control> = {}): Control =>
  ({
    name,
    text: name,
    value: '',
    css: name,
    role: 'link',
    tag: 'a',
    attr: '',
    href: '/x',
    rows: [],
    ...more,
  }) as Control;
const mark = 'bamotelik';
const list: Way = { ours: true, before: new Set(['New|New']) };

describe('a control acts on our record', () => {
  const del = control('Delete');
  const page = { ...view('Dinner\nDelete'), controls: [del] };
  it('where the way to it named the record or what is done with it', () => {
    for (const by of [control('bamotelik, 4 people'), control('Edit'), control('More'), control('', { href: '' })])
      assert.ok(isOurs(del, page, mark, onBy(list, by, mark)), by.name);
  });
  it('and not where a link of its row led to what it belongs to', () => {
    assert.equal(isOurs(del, page, mark, onBy(list, control('Dinner'), mark)), false);
    assert.equal(isOurs(del, page, mark, onBy(onBy(list, control('Dinner'), mark), control('Edit'), mark)), false);
  });
  it('that led to a page whose heading is the record', () => {
    assert.ok(isOurs(del, { ...page, text: 'bamotelik\nDelete' }, mark, onBy(list, control('Details'), mark)));
  });
  it('and not what stood beside the list before, unless it stands in one form with the record', () => {
    const way = { ...onBy(list, control('bamotelik'), mark), before: new Set(['Delete|Delete', 'Delete board']) };
    const pane = { ...page, text: 'bamotelik\nDelete' };
    assert.equal(isOurs(del, pane, mark, way), false);
    assert.equal(isOurs(control('Delete board', { css: 'elsewhere' }), pane, mark, way), false);
    const title = control('Title', { editable: true, value: mark, tag: 'input', group: 4 });
    const inForm = control('Delete', { group: 4 });
    assert.ok(isOurs(inForm, { ...pane, controls: [title, inForm] }, mark, way));
  });
  it('and not what stands in a sidebar, or beside its row', () => {
    const way = onBy(list, control('bamotelik'), mark);
    const pane = { ...page, text: 'bamotelik' };
    assert.equal(isOurs(control('trash', { region: 'nav' }), pane, mark, way), false);
    const rows = { ...view('bamotelik', ['bamotelik', 'Welcome Delete']), controls: [] as Control[] };
    const other = control('Delete', { rows: [{ template: 0, row: 1 }] });
    assert.equal(
      isOurs(other, { ...rows, controls: [control('Welcome', { rows: other.rows }), other] }, mark, way),
      false,
    );
  });
  it('in a bar of buttons, which is no row of a list', () => {
    const rows = ['All notes', 'Edit Delete'];
    const at = (row: number) => ({ template: 0, row: 0, rows: [{ template: 0, row }] }) as unknown as Partial<Control>;
    const [all, edit, remove] = [control('All notes', at(0)), control('Edit', at(1)), control('Delete', at(1))];
    const bar = { ...view('bamotelik', rows), controls: [all, edit, remove] };
    assert.ok(isOurs(remove, bar, mark, onBy(list, control('bamotelik'), mark)));
  });
  it('and not in the rows of a list on its page', () => {
    const at = (row: number) => ({ rows: [{ template: 0, row }] }) as unknown as Partial<Control>;
    const files = { ...view('bamotelik', ['a.pdf Delete', 'b.pdf Delete']) };
    for (const called of ['Delete', 'Delete file']) {
      const controls = ['a.pdf', 'b.pdf'].flatMap((name, row) => [
        control(name, at(row)),
        control(called === 'Delete' ? called : `Delete ${name}`, { text: 'Delete', ...at(row) }),
      ]);
      assert.equal(isOurs(controls[1] as Control, { ...files, controls }, mark, list), false, called);
    }
    const said = { ...view('bamotelik', ['Ada: fine Delete', 'none']) };
    const one = control('Delete', at(0));
    assert.equal(isOurs(one, { ...said, controls: [one] }, mark, list), false);
  });
});

describe('a control to which steps of another day lead', () => {
  const at = (row: number, more: Partial<Control> = {}): Partial<Control> => ({
    rows: [{ template: 0, row }],
    ...more,
  });
  const rows = ['bamotelik Edit Delete', 'Welcome Edit Delete'];
  const named = [control('bamotelik', at(0)), control('Welcome', at(1))];
  const page = (...controls: Control[]): View => ({ ...view('bamotelik', rows), controls: [...named, ...controls] });
  const uses = (one: Control, among = page(one), marks = [mark]): boolean => holdsOurs(one, among, marks, list);
  it('is used in the row of our record', () => assert.ok(uses(control('Delete', at(0)))));
  it('and not in another, nor in a list that does not hold ours', () => {
    const other = control('Delete', at(1));
    assert.equal(uses(other), false);
    const files = {
      ...view('Hello', ['a.pdf Delete', 'b.pdf Delete']),
      controls: [control('a.pdf', at(0)), control('Delete', at(0)), control('b.pdf', at(1)), other],
    };
    assert.equal(uses(other, files), false);
  });
  it('is used beside the field that holds it, as it was or as it is changed, and beside no other', () => {
    const changed = [mark, 'kadorusik'];
    const title = control('Title', { editable: true, value: 'kadorusik', tag: 'input', ...at(0) });
    const [save, other] = [control('Save it', at(0)), control('Save it', at(1))];
    const inline = {
      ...page(title, save, other),
      templates: view('', ['Save it now', 'Welcome, since the fifth of May, Save it']).templates,
    };
    assert.ok(uses(save, inline, changed));
    assert.equal(uses(other, inline, changed), false);
    const inForm = control('Save it', { group: 4 });
    const before: Way = { ours: true, before: new Set(['Save it']) };
    const pane = { ...view('Hello'), controls: [{ ...title, rows: [], group: 4 }, inForm] };
    assert.ok(holdsOurs(inForm, pane, changed, before));
    assert.equal(
      holdsOurs(inForm, { ...pane, controls: [inForm] }, changed, before),
      false,
      'it is the list that has it',
    );
  });
  it('is used in a dialog, which stands in no row', () => assert.ok(uses(control('Yes, delete'))));
});
