import type { Control, Group, View } from '../model/browser.ts';
import { type Widget, widgetsIn } from './widgets.ts';
import { flat, outward, says } from './words.ts';

/** What a group of controls is for, by structure first and words second. */
export type Purpose =
  | 'log-in'
  | 'sign-up'
  | 'name-door'
  | 'code-door'
  | 'search'
  | 'newsletter'
  | 'contact'
  | 'settings'
  | 'password'
  | 'record'
  | 'choice';

export interface Form {
  readonly group: Group;
  readonly fields: readonly Control[];
  readonly buttons: readonly Control[];
  /** What is filled without typing and is no control of the platform. */
  readonly widgets: readonly Widget[];
  readonly purpose: Purpose;
  /** Free text that may carry a mark, most title-like first. */
  readonly texts: readonly Control[];
  /** For the memory of what was tried: same form, same signature. */
  readonly signature: string;
}

const textTypes = new Set(['text', 'textarea', 'rich', 'search', '']);
/** Takes words that a person chooses freely? */
export function isFreeText(c: Control): boolean {
  if (!c.editable || c.disabled || c.tag === 'select') return false;
  if (!(textTypes.has(c.type) || c.tag === 'textarea' || c.role === 'textbox')) return false;
  if (
    [
      'email',
      'password',
      'number',
      'date',
      'time',
      'tel',
      'url',
      'checkbox',
      'radio',
      'file',
      'range',
      'color',
      'datetime-local',
      'month',
      'week',
    ].includes(c.type)
  )
    return false;
  const called = `${c.name} ${c.attr} ${c.placeholder} ${c.autocomplete}`;
  return (
    !/(e-?mail|phone|mobile|telefon|\btel\b|\burl\b|website|zip|postal|\bage\b|price|amount|quantity|\bqty\b|\bdate\b|\btime\b|captcha|colou?r|password)/i.test(
      called,
    ) || c.tag === 'textarea'
  );
}

const titleScore = (c: Control): number =>
  (says('title', `${c.name} ${c.placeholder} ${c.attr}`) ? 4 : 0) +
  (c.required ? 2 : 0) +
  (c.tag === 'textarea' || c.type === 'rich' ? -1 : 1) +
  (/(contact|owner|author|assign|tag|category|location|address|city|slug|handle|\bcode\b)/i.test(`${c.name} ${c.attr}`)
    ? -4
    : 0) -
  (c.pattern ? 2 : 0) -
  (c.maxLength > 0 && c.maxLength < 9 ? 6 : 0);

export function forms(view: View): Form[] {
  const found: Form[] = [];
  for (const group of view.groups) {
    const members = view.controls.filter((c) => c.group === group.index && !c.hidden);
    const fields = members.filter((c) => c.editable && !c.disabled);
    if (!fields.length) continue;
    // A button in a row that holds none of the fields belongs to that row; a row that is the button alone is only how buttons are set.
    const ofRow = (b: Control): boolean => {
      const around = b.rows.find(
        (r) => (view.templates.find((t) => t.index === r.template)?.rows[r.row]?.length ?? 0) > b.text.length + 2,
      );
      return (
        !b.submits &&
        around !== undefined &&
        !fields.some((f) => f.rows.some((r) => r.template === around.template && r.row === around.row))
      );
    };
    const buttons = members.filter((c) => !c.editable && (c.role === 'button' || c.submits) && !ofRow(c));
    const widgets = widgetsIn(members.filter((c) => !ofRow(c) || takesValue(c, group)));
    const chosen = new Set(widgets.map((w) => w.control));
    const texts = fields
      .filter((c) => isFreeText(c) && !chosen.has(c))
      .map((c, i) => ({ c, s: titleScore(c) * 10 - i }))
      .sort((a, b) => b.s - a.s)
      .map((x) => x.c);
    const form = { group, fields, buttons, widgets, texts };
    found.push({
      ...form,
      purpose: purposeOf(form, view),
      signature: `${new URL(view.url).pathname.replace(/[0-9a-f-]{8,}|\d+/g, '#')}|${group.heading.replace(/\d+/g, '')}|${fields
        .map((f) => `${f.tag}.${f.type}.${f.attr || f.name.slice(0, 20)}`)
        .sort()
        .join(',')}`,
    });
  }
  return found;
}

/** A form may set each of its fields in a row; what takes a value there is no act on that row. Boxes of a list are, where no form holds it. */
const takesValue = (c: Control, { kind }: Group): boolean =>
  ['option', 'radio', 'combobox'].includes(c.role) ||
  (kind !== 'container' && (['checkbox', 'switch', 'slider'].includes(c.role) || /listbox|dialog|grid/.test(c.opens)));

/** Is it what browsers fill from a letter or an authenticator (HTML, 4.10.18.7.1), or a code in digits? */
const isCode = (c: Control | undefined): boolean =>
  c !== undefined &&
  (c.autocomplete.includes('one-time-code') ||
    (['tel', 'number'].includes(c.type) &&
      /\b(otp|totp|2fa|mfa)\b|(verification|security|authentic\w*|digit) code/i.test(
        `${c.name} ${c.attr} ${c.placeholder}`,
      )));

function purposeOf(form: Omit<Form, 'purpose' | 'signature'>, view: View): Purpose {
  const { group, fields, buttons, texts } = form;
  const triggers = buttons
    .filter((b) => !says('cancel', b.name))
    .map((b) => b.name)
    .join(' ');
  const called = `${group.heading} ${group.action} ${triggers}`;
  const passwords = fields.filter((f) => f.type === 'password');
  if (passwords.length) {
    if (isProfile(fields, called, triggers, view)) return 'settings';
    const others = fields.filter((f) => !['password', 'checkbox', 'radio'].includes(f.type) && f.tag !== 'select');
    if (!others.length && passwords.length === 1 && (says('code', called) || view.controls.length < 8))
      return 'code-door';
    if (passwords.length >= 3 || (passwords.length === 2 && !others.length)) return 'password';
    if (
      passwords.some((p) => p.autocomplete === 'current-password') &&
      passwords.length === 1 &&
      !says('signUp', triggers)
    )
      return 'log-in';
    if (passwords.length === 2 || passwords.some((p) => p.autocomplete === 'new-password') || others.length >= 2)
      return 'sign-up';
    if (says('signUp', triggers) && !says('logIn', triggers)) return 'sign-up';
    if (says('logIn', triggers)) return 'log-in';
    if (says('signUp', `${group.heading} ${new URL(view.url).pathname}`) && !says('logIn', group.heading))
      return 'sign-up';
    return 'log-in';
  }
  const free = fields.filter((f) => f.type !== 'checkbox' && f.type !== 'radio');
  if (free.length === 1 && isCode(free[0])) return 'code-door';
  const emails = fields.filter((f) => f.type === 'email' || /e-?mail/i.test(`${f.name} ${f.attr} ${f.autocomplete}`));
  const doorName =
    says('logIn', called) ||
    says('signUp', called) ||
    /log-?in|sign-?(in|up)|register|auth/.test(new URL(view.url).pathname);
  if (free.length === 1 && emails.length === 1 && doorName && !says('newsletter', called))
    return says('signUp', `${triggers} ${group.heading} ${new URL(view.url).pathname}`) ? 'sign-up' : 'log-in';
  if (
    free.length === 1 &&
    says('search', `${free[0]?.name} ${free[0]?.placeholder} ${free[0]?.attr} ${free[0]?.type} ${triggers}`) &&
    !says('create', triggers)
  )
    return 'search';
  if (group.kind !== 'dialog' && fields.every((f) => f.region === 'search')) return 'search';
  if (
    group.method === 'get' &&
    group.kind === 'form' &&
    !says('create', triggers) &&
    (says('search', called) || fields.every((f) => f.tag === 'select' || f.type === 'search' || says('search', f.name)))
  )
    return 'search';
  if (free.length === 1 && emails.length === 1) return 'newsletter';
  if (says('newsletter', called) && emails.length) return 'newsletter';
  if (free.length === 1 && texts.length === 1 && says('code', `${free[0]?.name} ${free[0]?.placeholder}`))
    return 'code-door';
  if (
    texts.length &&
    free.length <= 2 &&
    !emails.length &&
    texts[0] &&
    says('personName', `${texts[0].name} ${texts[0].placeholder}`) &&
    (says('enter', triggers) || says('logIn', triggers)) &&
    !says('create', triggers)
  )
    return 'name-door';
  if (says('contact', called) && emails.length) return 'contact';
  if (says('settings', group.heading) || (says('settings', new URL(view.url).pathname) && group.kind === 'form'))
    return 'settings';
  if (!texts.length && !fields.some((f) => ['number', 'date', 'datetime-local'].includes(f.type))) return 'choice';
  if (
    fields.every(
      (f) =>
        says('search', `${f.name} ${f.placeholder} ${f.attr}`) ||
        f.tag === 'select' ||
        f.type === 'checkbox' ||
        f.type === 'radio',
    )
  )
    return 'search';
  return 'record';
}

/** A profile that takes a new password, too: saved where settings are, called as no door, and it shows what it holds, as no door does. */
const isProfile = (fields: readonly Control[], called: string, triggers: string, { url }: View): boolean =>
  fields.some((f) => f.value !== '' && (isFreeText(f) || f.type === 'email')) &&
  says('save', triggers) &&
  !says('signUp', `${called} ${new URL(url).pathname}`) &&
  !says('logIn', called) &&
  says('settings', `${called} ${new URL(url).pathname}`);

/** Money, and letters to others, by what its button or heading begins with. That they were paid may well be recorded. */
export const leavesTheApp = (form: Form): boolean =>
  [form.group.heading, trigger(form)?.name ?? ''].some((name) => outward.test(flat(name)));

/** Is the button called as what signs up, and not also as what logs in? */
export const signsUp = (b: Control): boolean => says('signUp', b.name) && !says('logIn', b.name);

/** The control that submits: a submit button, what is called like one, or the only one. `door`: which of two in one form. Undefined: Enter. */
export function trigger(form: Form, door?: 'log-in' | 'sign-up'): Control | undefined {
  const last = Math.max(...form.fields.map((f) => f.y));
  const usable = form.buttons.filter(
    (b) => !says('cancel', b.name) && !says('logOut', b.name) && !says('remove', b.name),
  );
  const score = (b: Control): number =>
    (b.submits ? 4 : 0) +
    (says('save', b.name) ||
    says('create', b.name) ||
    says('logIn', b.name) ||
    says('signUp', b.name) ||
    says('enter', b.name)
      ? 5
      : 0) -
    (door && signsUp(b) !== (door === 'sign-up') ? 3 : 0) -
    (door === 'log-in' && says('demo', b.name) ? 3 : 0) -
    (b.role === 'tab' || b.role === 'switch' ? 5 : 0) -
    (says('menu', b.name) ? 4 : 0) +
    (b.y >= last - 10 ? 2 : 0);
  const ranked = usable.map((b) => ({ b, s: score(b) })).sort((x, y) => y.s - x.s);
  return ranked[0] && (ranked[0].s >= 4 || (usable.length === 1 && ranked[0].b.y + ranked[0].b.height >= last))
    ? ranked[0].b
    : undefined;
}

/** Does the view stand before a door: a password field, or a lone e-mail or name, and no way to write? */
export const isDoor = (view: View): boolean =>
  forms(view).some((f) => ['log-in', 'sign-up', 'code-door', 'name-door'].includes(f.purpose));
