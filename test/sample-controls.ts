/** Controls as a page would be perceived to have them, for tests of what is made of them. */
import type { Control } from '../src/model/browser.ts';

export const control = (name: string, more: Partial<Control> = {}): Control =>
  ({
    ref: 0,
    role: 'button',
    tag: 'button',
    type: '',
    name,
    text: name,
    attr: '',
    placeholder: '',
    autocomplete: '',
    value: '',
    href: '',
    css: name,
    opens: '',
    region: 'main',
    group: -1,
    template: -1,
    row: -1,
    rows: [],
    options: [],
    ...more,
  }) as Control;
