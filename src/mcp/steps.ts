import { z } from 'zod';
import { pathOfApp, substitute, type Values } from '../model/recipe.ts';
import type { GivenRecipe } from '../model/target.ts';
import { isPlainCss } from './plain-css.ts';

const path = 'goto takes a path of the app, which begins with one /';

/**
 * One thing to do to a page, as data. The control is found by what a user sees of it. Whoever reaches a port may have written it, so that it
 * leads nowhere but into the app, and its css selects by CSS alone. The rules are no part of the schema that clients are shown: not each of
 * them reads such expressions.
 */
export const step = z.strictObject({
  do: z.enum(['goto', 'fill', 'click', 'check', 'select', 'press', 'wait']),
  url: z
    .string()
    .refine((text) => pathOfApp.test(text), path)
    .optional()
    .describe('goto: a path of the app, as /login'),
  role: z.string().optional().describe('ARIA role of the control, with `name`: button, link, textbox, …'),
  name: z.string().optional(),
  label: z.string().optional(),
  placeholder: z.string().optional(),
  text: z.string().optional(),
  css: z
    .string()
    .refine(isPlainCss, 'css takes plain CSS: no >>, no text=, no :has-text()')
    .optional()
    .describe('plain CSS, the last resort'),
  inRow: z.literal(true).optional().describe('the control stands in the row that shows {mark}'),
  value: z
    .string()
    .optional()
    .describe(
      'fill, select, press: {mark} stands for what is looked for, {new} for the text after an edit, {email} and {password} for the account',
    ),
});
type GivenStep = z.infer<typeof step>;

/** The part of Playwright's page that is used here. */
interface Page extends Finds {
  goto(url: string): Promise<unknown>;
}
interface Finds {
  getByRole(role: string, options: { name?: string }): Control;
  getByLabel(text: string): Control;
  getByPlaceholder(text: string): Control;
  getByText(text: string): Control;
  locator(css: string): Control;
}
interface Control extends Finds {
  filter(by: { hasText: string }): Control;
  first(): Control;
  fill(value: string): Promise<void>;
  click(): Promise<void>;
  check(): Promise<void>;
  selectOption(value: string): Promise<unknown>;
  press(key: string): Promise<void>;
  waitFor(): Promise<void>;
}

const rows = 'li, tr, article, [role="row"], [role="listitem"]';

/** The steps, one after the other; throws where a control is not there, as Playwright does. */
export const recipeOf =
  (steps: readonly GivenStep[]): GivenRecipe =>
  async (page, values) => {
    for (const one of steps) await perform(page as Page, one, values);
  };

async function perform(page: Page, given: GivenStep, values: Values): Promise<void> {
  const put = (text = ''): string => substitute(text, values);
  if (given.do === 'goto') {
    // Once more, for what a value has made of it.
    const to = put(given.url);
    if (!pathOfApp.test(to)) throw new Error(path);
    return void (await page.goto(to));
  }
  const control = controlOf(page, given, put);
  switch (given.do) {
    case 'fill':
      return control.fill(put(given.value));
    case 'click':
      return control.click();
    case 'check':
      return control.check();
    case 'select':
      return void (await control.selectOption(put(given.value)));
    case 'press':
      return control.press(put(given.value));
    case 'wait':
      return control.waitFor();
  }
}

function controlOf(
  page: Page,
  { role, name, label, placeholder, text, css, inRow }: GivenStep,
  put: (text?: string) => string,
): Control {
  const within: Finds = inRow
    ? page
        .locator(rows)
        .filter({ hasText: put('{mark}') })
        .first()
    : page;
  if (role) return within.getByRole(role, name === undefined ? {} : { name: put(name) }).first();
  if (label) return within.getByLabel(put(label)).first();
  if (placeholder) return within.getByPlaceholder(put(placeholder)).first();
  if (text) return within.getByText(put(text)).first();
  if (css) return within.locator(`css=${css}`).first();
  throw new Error('a step needs role, label, placeholder, text or css');
}
