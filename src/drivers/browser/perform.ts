import type { ElementHandle, Page } from 'playwright-core';
import type { Control } from '../../model/browser.ts';
import { type Act, type Step, substitute, type Values } from '../../model/recipe.ts';
import { smallFile } from './files.ts';
import { isDrawnOver, newChoice, rememberChoices } from './injected/choices.injected.ts';
import { columnBeside } from './injected/columns.injected.ts';

/** Does one step with real mouse and keys. Returns a sentence where it could not be done. */
export async function perform(
  page: Page,
  handle: ElementHandle<Element>,
  step: Act,
  control: Control,
  values: Values,
): Promise<string | undefined> {
  const named = `${control.role} “${control.name.slice(0, 40)}”`;
  try {
    switch (step.do) {
      case 'click':
        return await click(handle, control);
      case 'dblclick':
        await handle.dblclick({ timeout: 1500 });
        return undefined;
      case 'hover':
        await handle.hover({ timeout: 1500, force: true });
        return undefined;
      case 'check': {
        if (control.checked === step.value) return undefined;
        return await click(handle, control);
      }
      case 'select': {
        const chosen = await handle.selectOption(substitute(step.value, values), { timeout: 1500 });
        return chosen.length ? undefined : `${named} has no option ${step.value}`;
      }
      case 'pick':
        return await pick(page, handle, control, named);
      case 'attach':
        await (handle as ElementHandle<HTMLInputElement>).setInputFiles(smallFile(step.file), { timeout: 1500 });
        return undefined;
      case 'press':
        await handle.focus();
        await page.keyboard.press(step.key);
        return undefined;
      case 'fill':
      case 'type': {
        const value = substitute(step.value, values);
        if (control.type === 'rich') {
          await handle.click({ timeout: 1500 });
          await page.keyboard.press('ControlOrMeta+A');
          await page.keyboard.insertText(value);
        } else if (control.type === 'segment') {
          await handle.focus();
          await page.keyboard.type(value);
        } else {
          await handle.fill(value, { timeout: 1500 });
        }
        return undefined;
      }
      case 'drag': {
        await handle.scrollIntoViewIfNeeded({ timeout: 1000 }).catch(() => undefined);
        const from = await handle.boundingBox();
        const to = await handle.evaluate(columnBeside);
        if (!from || !to) return `${named} stands in no column that has one beside it`;
        const [x, y] = [from.x + from.width / 2, from.y + Math.min(from.height / 2, 20)];
        await page.mouse.move(x, y);
        await page.mouse.down();
        await page.mouse.move(x + 8, y + 6, { steps: 3 });
        await page.mouse.move(to.x, to.y, { steps: 10 });
        await page.mouse.move(to.x + 2, to.y + 2, { steps: 2 });
        await page.mouse.up();
        return undefined;
      }
    }
  } catch (error) {
    return `${named}: ${(error as Error).message.split('\n')[0]?.slice(0, 160)}`;
  }
}

/** Opens what there is to choose from and takes the first that can be had; closes it again where there is none. What stands on the page anyway is no part of it. */
async function pick(
  page: Page,
  handle: ElementHandle<Element>,
  control: Control,
  named: string,
): Promise<string | undefined> {
  await page.evaluate(rememberChoices);
  const failed = await click(handle, control);
  if (failed) return failed;
  const id = (await handle.getAttribute('aria-controls')) ?? (await handle.getAttribute('aria-owns'));
  // A field may open what it offers by a key only (APG: combobox).
  let keyed = control.role !== 'combobox' || !control.editable;
  for (const begun = Date.now(); Date.now() < begun + 1500; await page.waitForTimeout(50)) {
    const chosen = (await page.evaluateHandle(newChoice, id)).asElement() as ElementHandle<Element> | null;
    if (!chosen) {
      if (!keyed && Date.now() > begun + 600) await handle.press('ArrowDown', { timeout: 1000 });
      keyed ||= Date.now() > begun + 600;
      continue;
    }
    await take(page, chosen, control);
    // A calendar may stay open, over what comes next.
    const open = async (): Promise<boolean> =>
      (await handle.getAttribute('aria-expanded').catch(() => null)) === 'true';
    for (let tries = 0; tries < 6 && (await open()); tries++) await page.waitForTimeout(50);
    if (await open()) await page.keyboard.press('Escape');
    return undefined;
  }
  if (control.editable && !control.fixed) {
    // It takes what is typed, too.
    await handle.fill('sounding', { timeout: 1500 });
    return undefined;
  }
  // Escape where nothing is open would close the dialog around it.
  if ((await handle.getAttribute('aria-expanded').catch(() => null)) === 'true') await page.keyboard.press('Escape');
  return `${named} shows nothing to choose`;
}

/** Options that only readers are told of are drawn elsewhere: then the keys choose. */
async function take(page: Page, chosen: ElementHandle<Element>, control: Control): Promise<void> {
  try {
    await chosen.click({ timeout: 1500 });
  } catch (error) {
    if (control.role !== 'combobox') throw error;
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
}

/** A click by mouse; what shows only under the pointer is hovered first; what an overlay covers is clicked through the element. */
async function click(handle: ElementHandle<Element>, control: Control): Promise<string | undefined> {
  if (control.hidden) {
    const row = await handle.evaluateHandle((el) => el.closest('li,tr,article,[role=row],[role=listitem],div') ?? el);
    const around = row.asElement() as ElementHandle<Element> | null;
    for (let up = around, i = 0; up && i < 4; i++) {
      await up.hover({ timeout: 500, force: true }).catch(() => undefined);
      if (await handle.isVisible()) break;
      up = (await up.evaluateHandle((el) => el.parentElement ?? el)).asElement() as ElementHandle<Element> | null;
    }
  }
  if ((control.type === 'checkbox' || control.type === 'radio') && !(await handle.isVisible())) {
    // Styled boxes hide the input and show its label.
    await handle.evaluate((el) => ((el as HTMLInputElement).labels?.[0] ?? (el as HTMLElement)).click());
    return undefined;
  }
  try {
    await handle.click({ timeout: 1200 });
  } catch (error) {
    const message = (error as Error).message;
    if (wasPressed(message)) return undefined;
    if (/detached|not attached/i.test(message)) return `${control.role} “${control.name.slice(0, 40)}” went away`;
    if (!/intercepts pointer|Timeout|not visible|outside of the viewport|not stable/i.test(message)) throw error;
    // What is drawn over a field that is alone there is the field.
    if (control.editable && (await handle.evaluate(isDrawnOver))) await handle.click({ timeout: 1200, force: true });
    // Something moves or lies over it: the element's own click, which a keyboard user's Enter would cause too.
    else await handle.evaluate((el) => (el as HTMLElement).click());
  }
  return undefined;
}

/**
 * The button of the mouse was pressed and the page is at work with it, longer than was waited: to click again would be to do it twice. Playwright
 * tells its steps in the error; where another element stood in the way it says so after the press, and the press did not reach the page.
 */
function wasPressed(message: string): boolean {
  const at = message.lastIndexOf('performing click action');
  return at >= 0 && !/intercepts pointer|retrying/.test(message.slice(at));
}

/** What was done, in the words of the journal. */
export function sayStep(step: Step, control?: Control): string {
  const name = control ? `${control.role} “${(control.name || control.placeholder || control.css).slice(0, 60)}”` : '';
  if (step.do === 'fill' || step.do === 'type') return `typed into ${name}`;
  if (step.do === 'select' || step.do === 'pick') return `chose in ${name}`;
  if (step.do === 'attach') return `gave a small ${step.file} to ${name}`;
  if (step.do === 'check') return `${step.value ? 'ticked' : 'unticked'} ${name}`;
  if (step.do === 'press') return `pressed ${step.key} in ${name}`;
  if (step.do === 'goto') return `opened ${step.url}`;
  if (step.do === 'send') return `sent ${step.method} ${step.url}`;
  return `${step.do === 'click' ? 'clicked' : step.do} ${name}`;
}
