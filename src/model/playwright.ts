/** Steps of a recipe as code of Playwright, for scripts that show a finding and for tests that are kept. Pure text. */
import { sending } from './playwright-api.ts';
import { quote, template } from './quote.ts';
import type { Descriptor, Recipe, Step } from './recipe.ts';

/** What the code of `locator` stands on. */
export const namedCode = `/** An accessible name in any case; what counts (digits) and what marks (*, :, …) may stand anywhere in it. */
const named = (name) =>
  new RegExp('^' + ['', ...name.replace(/\\s+/g, ''), ''].map((c) => c.replace(/[\\\\^$.*+?()[\\]{}|\\/-]/g, '\\\\$&')).join('[\\\\d\\\\s*:…]*') + '$', 'i');
`;

/** Roles by which Playwright finds what the survey calls so. */
const roles = new Set(
  'button link checkbox radio combobox textbox searchbox spinbutton slider switch tab menuitem option listbox'.split(
    ' ',
  ),
);

/** Code of a locator: by role and name, by label, by placeholder; by attribute beside these; by CSS where it has none of them. */
export function locator(d: Descriptor, nth = d.nth ? `.nth(${d.nth})` : '.first()'): string {
  return (d.inRow ? within(row(d), d) : within('page', d)) + nth;
}

/** The row of the record. Inside an item of a list or a table smaller boxes show the text, too. */
function row(d: Descriptor): string {
  const item = /(?:^|[\s>])(li|tr|article)(?![\w-])(?!.*[\s>](?:li|tr|article)(?![\w-]))/.exec(d.css ?? '')?.[1];
  const rows = item ?? 'li, tr, article, [role=listitem], [role=row], div';
  return `page.locator(${quote(rows)}).filter({ hasText: mark, has: ${within('page', d)} }).last()`;
}

function within(root: string, d: Descriptor): string {
  const attr =
    d.attr && d.role !== 'button' ? `locator(${quote(`[name=${quote(d.attr)}], [id=${quote(d.attr)}]`)})` : undefined;
  const known = byName(d);
  if (known) return attr ? `${root}.${known}.or(page.${attr})` : `${root}.${known}`;
  if (attr) return `${root}.${attr}`;
  return `${root}.locator(${quote(d.inRow ? ofKind(d) : (d.css ?? d.tag))})`;
}

/** Its kind by tag and type, as far as attributes tell it: a list's type stands in none, and a button that says nothing submits. */
function ofKind({ tag, type }: Descriptor): string {
  if (tag === 'input' && type) return `input[type=${quote(type)}]`;
  if (tag === 'button' && type) return type === 'button' ? 'button[type="button"]' : 'button:not([type="button"])';
  return tag;
}

function byName(d: Descriptor): string | undefined {
  // Password and file fields have no role, and an editor has no name of its own.
  if (d.name && d.type === 'password') return `getByLabel(named(${quote(d.name)})).and(page.locator('input'))`;
  if (d.placeholder) return `getByPlaceholder(${quote(d.placeholder)})`;
  if (d.name && roles.has(d.role)) return `getByRole(${quote(d.role)}, { name: named(${quote(d.name)}) })`;
  return undefined;
}

/** How code goes to an address of the app, and what a request is sent by. */
export interface Speech {
  goto(url: string): string;
  readonly send: string;
  /** Holds the address of the page at which the record was made: {own}. */
  readonly own: string;
}

/** The code of each step, a line each. `page`, `mark`, `changed` and the values of the account are in scope. */
export const stepsCode = (recipe: Pick<Recipe, 'steps'> | undefined, origin: string, speech: Speech): string[] =>
  (recipe?.steps ?? []).map((step, at, all) => stepCode(step, origin, speech, isAskedAgain(step, all.slice(0, at))));

/** A button of the same name was pressed before: this one stands in what it opened, which lies over it. */
const isAskedAgain = (step: Step, before: readonly Step[]): boolean =>
  step.do === 'click' &&
  !step.on.inRow &&
  before.some(
    (b) => b.do === 'click' && b.on.name === step.on.name && b.on.role === step.on.role && b.on.css !== step.on.css,
  );

function stepCode(step: Step, origin: string, { goto, send, own }: Speech, last: boolean): string {
  const byHand = lacking(step);
  if (byHand) return `/* by hand: ${byHand} */ await page.pause();`;
  switch (step.do) {
    case 'goto':
      return step.url === '{own}' ? `await page.goto(${own});` : goto(step.url);
    case 'fill':
    case 'type':
      return `await ${locator(step.on)}.fill(${template(step.value)});`;
    case 'select':
      return `await ${locator(step.on)}.selectOption(${template(step.value)});`;
    case 'pick':
      return `await ${locator(step.on)}.click(); await page.locator('[role=option], [role=menuitemradio], [role=gridcell]').locator('visible=true').first().click();`;
    case 'attach':
      return `await ${locator(step.on)}.setInputFiles({ name: 'sounding.${step.file}', mimeType: '', buffer: Buffer.from('sounding') });`;
    case 'check':
      return `await ${locator(step.on)}.setChecked(${step.value});`;
    case 'press':
      return `await ${locator(step.on)}.press(${quote(step.key)});`;
    case 'send':
      return sending(step, origin, send);
    case 'drag':
    case 'click':
    case 'dblclick':
    case 'hover':
      return `await ${locator(step.on, last ? '.last()' : undefined)}.${step.do}();`;
  }
}

/** It goes to the page of the record just made. */
export const usesOwn = (recipe: Recipe | undefined): boolean =>
  recipe?.steps.some((step) => step.do === 'goto' && step.url === '{own}') ?? false;

/** What a script cannot do by itself; undefined where it can. */
function lacking(step: Step): string | undefined {
  if ('url' in step && step.url === '{link}') return 'open the link that was mailed to the account';
  if ('value' in step && step.value === '{code}') return 'type the code';
  return step.do === 'drag' ? 'drag the card to the column beside' : undefined;
}

/** Why code alone cannot do the recipe; undefined where it can. */
export function beyondCode(recipe: Recipe): string | undefined {
  if (recipe.given) return 'a function of the config does it';
  return recipe.steps.map(lacking).find((why) => why !== undefined);
}
