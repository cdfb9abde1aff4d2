import assert from 'node:assert/strict';
import { it } from 'node:test';
import { control } from '../../test/sample-controls.ts';
import type { Control, View } from '../model/browser.ts';
import { forms } from './classify.ts';
import { featuresOfForm, featuresOfOpener } from './features.ts';
import { likeliestFirst, openers, writable } from './propose.ts';

const link = (name: string, path: string, more: Partial<Control> = {}): Control =>
  control(name, { role: 'link', tag: 'a', href: `http://h${path}`, ...more });
const field = (name: string, group: number, more: Partial<Control> = {}): Control =>
  control(name, { role: 'textbox', tag: 'input', type: 'text', editable: true, group, ...more });
const view = (controls: Control[], more: Partial<View> = {}): View =>
  ({ url: 'http://h/', title: '', controls, groups: [], templates: [], live: [], text: '', ...more }) as View;

for (const [one, features] of [
  [control('New note'), { creates: 1, inPage: 1, thing: 1 }],
  [control('+', { region: 'nav' }), { creates: 1, plus: 1, buttonAside: 1 }],
  [link('Write', '/notes/new', { region: 'header' }), { creates: 1, newAddress: 1, linkAside: 1 }],
  [control('Add', { region: 'dialog', role: 'tab' }), { creates: 1, plus: 1, inPage: 1, tab: 1 }],
  [link('Settings', '/settings', { region: 'footer' }), { inFooter: 1, settings: 1 }],
  [link('Log in', '/login', { region: 'nav' }), { linkAside: 1, door: 1 }],
  [control('Not now'), { inPage: 1, cancels: 1 }],
  [control('Search'), { inPage: 1, searches: 1 }],
  [link('Home', '/', { region: 'nav' }), { linkAside: 1, here: 1 }],
  [control('Change', { opens: 'dialog' }), { inPage: 1, opensDialog: 1 }],
  [control('A box', { role: 'generic' }), { inPage: 1, generic: 1 }],
] as const)
  it(`a control called ${one.name}, ${one.region}`, () =>
    assert.deepEqual(featuresOfOpener(one, 'http://h/', false), features));

it('a control in a row', () => {
  assert.deepEqual(featuresOfOpener(control('Edit'), 'http://h/', true), { inPage: 1, inRow: 1, editsRow: 1 });
  assert.deepEqual(featuresOfOpener(link('Tags', '/tags', { region: 'nav' }), 'http://h/', true), { linkAside: 1 });
});

it('a form', () => {
  const controls = [
    field('Title', 0, { region: 'dialog' }),
    field('Body', 0, { tag: 'textarea' }),
    control('Save', { group: 0 }),
  ];
  const [form] = forms(view(controls, { groups: [{ index: 0, kind: 'form', heading: '', action: '', method: '' }] }));
  assert.deepEqual(form && featuresOfForm(form), { record: 1, form: 1, inDialog: 1, saves: 1, text: 1, size: 0.1 });
});

it('candidates stand in the order of the page and are tried by their score, what stands first of two alike', () => {
  const page = view([
    link('About', '/about', { region: 'footer' }),
    link('Notes', '/notes', { region: 'nav' }),
    link('Plans', '/plans', { region: 'nav' }),
    control('New note'),
    control('Delete all'),
    link('Far', '.example/'),
  ]);
  assert.deepEqual(
    openers(page).map(({ one }) => one.name),
    ['Notes', 'Plans', 'New note'],
  );
  assert.deepEqual(
    likeliestFirst(openers(page)).map(({ one }) => one.name),
    ['New note', 'Notes', 'Plans'],
  );
});

it('a door or a search is no candidate; a form in a dialog goes before one of the page', () => {
  const group = (index: number, kind: 'form' | 'dialog') => ({ index, kind, heading: '', action: '', method: '' });
  const page = view(
    [
      field('Search', 0),
      field('Password', 1, { type: 'password', autocomplete: 'current-password' }),
      field('Comment', 2),
      control('Send', { group: 2 }),
      field('Title', 3, { region: 'dialog' }),
      control('Create', { group: 3 }),
    ],
    { groups: [group(0, 'form'), group(1, 'form'), group(2, 'form'), group(3, 'dialog')] },
  );
  assert.deepEqual(
    writable(page).map(({ one }) => one.group.index),
    [2, 3],
  );
  assert.deepEqual(
    likeliestFirst(writable(page)).map(({ one }) => one.group.index),
    [3, 2],
  );
});

it('what pays, invites or takes a password writes no record, whatever its fields are', () => {
  const group = (index: number) => ({ index, kind: 'form' as const, heading: '', action: '', method: '' });
  const page = view(
    ['Send invite', 'Pay now', 'Send', 'Einladen', 'Save changes'].flatMap((name, index) => [
      field('Name', index),
      ...(name === 'Save changes' ? [field('New password', index, { type: 'password' })] : []),
      control(name, { group: index, submits: true }),
    ]),
    { groups: [0, 1, 2, 3, 4].map(group) },
  );
  assert.deepEqual(
    writable({ ...page, url: 'http://h/profile' }).map(({ one }) => one.buttons[0]?.name),
    ['Send'],
  );
});
