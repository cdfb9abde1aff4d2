import assert from 'node:assert/strict';
import { it } from 'node:test';
import { control } from '../../test/sample-controls.ts';
import type { Control, View } from '../model/browser.ts';
import { forms } from './classify.ts';
import { takesGuests } from './guest.ts';

const field = (type: string): Control =>
  control(type, { role: 'textbox', tag: 'input', type, editable: true, group: 0 });

/** A log-in with this button beside the one that sends it. */
const takes = (name: string): boolean => {
  const view = {
    url: 'http://h/login',
    controls: [
      field('email'),
      field('password'),
      control('Log in', { submits: true, group: 0 }),
      control(name, { group: 0 }),
    ],
    groups: [{ index: 0, kind: 'form', heading: '', action: '', method: '' }],
    templates: [],
    live: [],
    text: '',
  } as unknown as View;
  const [form] = forms(view);
  assert.equal(form?.purpose, 'log-in');
  return form !== undefined && takesGuests({ view, form, path: [] });
};

for (const name of [
  'Add guest credentials',
  'Use demo account',
  'Demo login',
  'Als Gast anmelden',
  'Utiliser un compte invité',
])
  it(`“${name}” is for guests`, () => assert.ok(takes(name)));

for (const name of [
  'Load demo data',
  'Clear demo data',
  'Delete demo account',
  'Request a demo',
  'Try again',
  'Explore plans',
  'Sign up for a demo',
  'Invite a friend',
])
  it(`“${name}” is not`, () => assert.ok(!takes(name)));
