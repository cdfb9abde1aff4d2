/** What a candidate of the search is like, as numbers, and what they weigh: `weights.json` says how much and whence it is known. */
import type { Control } from '../model/browser.ts';
import type { Features } from '../model/choices.ts';
import type { Form } from './classify.ts';
import weights from './weights.json' with { type: 'json' };
import { says } from './words.ts';

type Weights = Readonly<Record<string, number>>;

/** The sum of what is there times what it weighs. A feature without a weight weighs nothing. */
const scored = (features: Features, by: Weights): number =>
  Object.entries(features).reduce((sum, [name, much]) => sum + much * (by[name] ?? 0), 0);

export const scoreOfOpener = (features: Features): number => scored(features, weights.openers);
/** By hand alone: no walk tells of what was never a candidate. */
export const isWorthAnAct = (features: Features): boolean => scored(features, weights.byHand.openers) > -3;
export const scoreOfForm = (features: Features): number => scored(features, weights.forms);

/** Called as what makes a new one, and not as what changes an old one. */
export const creates = (c: Control): boolean => says('create', c.name) && !says('edit', c.name);

/** Of a control of the page at this address that may lead to a form. `row`: it stands in a row, and what it is called does not make a new one. */
export function featuresOfOpener(c: Control, url: string, row: boolean): Features {
  const aside = c.region === 'nav' || c.region === 'header';
  return present<Exclude<keyof typeof weights.openers, 'depth'>>({
    creates: creates(c),
    plus: /^(\+|＋|plus|add)$/i.test(c.name.trim()),
    newAddress: /\/(new|create|add|compose|write|nuevo|neu|nouveau|novo)\b/i.test(c.href),
    inPage: c.region === 'main' || c.region === 'dialog',
    linkAside: aside && c.href !== '',
    buttonAside: aside && c.href === '',
    inFooter: c.region === 'footer',
    tab: c.role === 'tab',
    settings: says('settings', c.name),
    door: says('logIn', c.name) || says('signUp', c.name),
    cancels: says('cancel', c.name) || says('consent', c.name),
    searches: says('search', c.name),
    inRow: row && c.region !== 'nav',
    editsRow: row && says('edit', c.name),
    generic: c.role === 'generic',
    // What these weigh nobody knew by hand: they are for the fit.
    thing: says('title', c.name),
    here: c.href === url,
    opensDialog: c.opens === 'dialog',
  });
}

/** Of a form that may write a record. */
export const featuresOfForm = (f: Form): Features =>
  present<keyof typeof weights.forms>({
    record: f.purpose === 'record',
    contact: f.purpose === 'contact',
    dialog: f.group.kind === 'dialog',
    form: f.group.kind === 'form',
    inDialog: f.fields.some((x) => x.region === 'dialog'),
    aside: f.fields.every((x) => x.region === 'nav' || x.region === 'header' || x.region === 'footer'),
    saves: f.buttons.some((b) => says('create', b.name) || says('save', b.name)),
    text: f.texts.length > 0,
    size: f.fields.length / 20,
  });

/** Without what is not there; true is 1. Each feature has its weight, and each weight its feature. */
const present = <Name extends string>(all: Readonly<Record<Name, boolean | number>>): Features =>
  Object.fromEntries(
    Object.entries<boolean | number>(all).flatMap(([name, much]) => (much ? [[name, Number(much)]] : [])),
  );
