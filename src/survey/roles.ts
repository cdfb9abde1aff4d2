/** What a new account may be: the least that is offered. */
import type { Control } from '../model/browser.ts';
import type { Form } from './classify.ts';
import { flat } from './words.ts';

const mighty = /admin|owner|super|root|eigentumer|inhaber|proprietari|dueno|verwalter|админ|владел|yonetici|管理|관리/;
const trusted = /manager|maintain|moderator|editor|staff|write|leiter|redakt|gerente|gestor|gestionnaire|responsab/;
const lowly =
  /viewer|guest|read|observer|member|user|basic|standard|employee|customer|gast|leser|mitglied|benutzer|invitado|lector|miembro|usuario|invite|lecteur|membre|utilisateur|leitor|membro/;
const called = /\brole|\brolle|\brol\b|\bcargo\b|papel|permission|access level|user.?type|rechte|gruppe|\bgroup/;

/** 0: least. */
const mightOf = (text: string): number => {
  const plain = flat(text);
  return mighty.test(plain) ? 3 : trusted.test(plain) ? 2 : lowly.test(plain) ? 0 : 1;
};
const leastOf = <T>(all: readonly T[], text: (one: T) => string): T | undefined =>
  [...all].sort((a, b) => mightOf(text(a)) - mightOf(text(b)))[0];
const isRole = (c: Control): boolean => called.test(flat(`${c.name} ${c.attr}`));

/**
 * The form with nothing left to choose but the least role, and without boxes that make one mighty. Undefined where it would make an
 * administrator whatever we do.
 */
export function leastRole(form: Form): Form | undefined {
  const boxes = form.fields.filter((f) => f.type === 'checkbox' && mightOf(f.name) === 3);
  // What is drawn by the page stands as it stands: what it offers is not seen before it is opened.
  const drawn = form.widgets.filter(({ control: c }) => isRole(c) || mightOf(`${c.text} ${c.value}`) === 3);
  if (boxes.some((b) => b.checked) || drawn.some(({ control: c }) => mightOf(`${c.text} ${c.value}`) === 3))
    return undefined;
  const dropped = new Set<Control>([...boxes, ...drawn.map((w) => w.control)]);
  const choices = new Map<Control, Control>();
  for (const select of form.fields.filter((f) => f.tag === 'select')) {
    const offered = select.options.filter((o) => !o.disabled && o.value !== '');
    if (!isRole(select) && !offered.some((o) => mightOf(o.text) === 3)) continue;
    const least = leastOf(offered, (o) => `${o.text} ${o.value}`);
    if (!least || mightOf(least.text) === 3) return undefined;
    if (least.value !== select.value) choices.set(select, { ...select, options: [least], value: '', required: true });
  }
  const radios = Map.groupBy(
    form.fields.filter((f) => f.type === 'radio'),
    (f) => f.attr,
  );
  for (const group of radios.values()) {
    if (!group.some((f) => mightOf(f.name) === 3)) continue;
    const least = leastOf(group, (f) => f.name);
    if (!least || mightOf(least.name) === 3) return undefined;
    for (const one of group) if (one !== least || least.checked) dropped.add(one);
  }
  return {
    ...form,
    fields: form.fields.filter((f) => !dropped.has(f)).map((f) => choices.get(f) ?? f),
    widgets: form.widgets.filter((w) => !dropped.has(w.control)),
  };
}
