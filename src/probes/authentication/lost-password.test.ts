import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Control, Group } from '../../model/browser.ts';
import { formIn } from './lost-password.ts';

const group = (more: Partial<Group>): Group => ({
  index: 0,
  kind: 'form',
  heading: '',
  action: '',
  method: 'post',
  ...more,
});
const control = (group: number, more: Partial<Control>): Control =>
  ({
    role: 'textbox',
    type: 'text',
    name: '',
    attr: '',
    placeholder: '',
    autocomplete: '',
    editable: true,
    disabled: false,
    region: 'main',
    group,
    ...more,
  }) as Control;
const button = (group: number, name: string): Control =>
  control(group, { role: 'button', name, editable: false, submits: true, type: 'submit' });
const found = (controls: Control[], ...groups: Partial<Group>[]): string[] => {
  const form = formIn({ controls, groups: groups.map(group) });
  return form ? [form.field.name, form.button.name] : [];
};

it('the form for a lost password is the one that asks for an address, and no search nor a newsletter', () => {
  const search = [control(0, { name: 'Find', attr: 'q', region: 'header' }), button(0, 'Go')];
  const letter = [control(2, { name: 'Your e-mail', type: 'email', region: 'footer' }), button(2, 'Subscribe')];
  const asked = [control(1, { name: 'Who are you?' }), button(1, 'Send')];
  assert.deepEqual(found([...search, ...letter, ...asked], {}, {}, {}), ['Who are you?', 'Send']);
  assert.deepEqual(found([...asked, control(2, { name: 'E-mail' }), button(2, 'Reset')], {}, {}, {}), [
    'E-mail',
    'Reset',
  ]);
  assert.deepEqual(found(search, {}), [], 'a search alone is none');
  assert.deepEqual(found([control(0, { name: 'Term' }), button(0, 'Go')], { action: '/search' }), []);
  assert.deepEqual(
    found([control(0, { name: 'E-mail' }), control(0, { type: 'password' }), button(0, 'Log in')], {}),
    [],
  );
});
