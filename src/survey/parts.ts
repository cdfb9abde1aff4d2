/** Forms of several parts: the next part, the last press, the same form in another view. */
import type { Change, Tab, View } from '../model/browser.ts';
import type { Said } from '../model/evidence.ts';
import { describe, inNoRow } from '../model/match.ts';
import type { Step } from '../model/recipe.ts';
import { type Form, forms, leavesTheApp } from './classify.ts';
import { flat, outward, says } from './words.ts';

export const isSame = (a: Form, b: Form): boolean =>
  a.signature === b.signature ||
  (a.group.kind === b.group.kind && a.fields.some((f) => b.fields.some((g) => g.css === f.css && g.attr === f.attr)));

/** The next part of a form in steps: same group or place, fields that were not there before, all empty. */
export function following(
  view: View,
  before: Form,
  said: Said,
  purposes?: readonly Form['purpose'][],
  stood?: View,
): Form | undefined {
  const known = new Set(before.fields.map((f) => `${f.tag}.${f.type}.${f.attr}.${f.name}`));
  return forms(view).find((f) => {
    if (f.signature === before.signature || leavesTheApp(f)) return false;
    const fresh = f.fields.filter((x) => !known.has(`${x.tag}.${x.type}.${x.attr}.${x.name}`));
    if (!fresh.length || fresh.some((x) => x.value && !['checkbox', 'radio'].includes(x.type) && x.tag !== 'select'))
      return false;
    return purposes
      ? purposes.includes(f.purpose)
      : f.group.kind === before.group.kind &&
          f.group.kind !== 'container' &&
          ((f.group.heading === before.group.heading && f.purpose === before.purpose) ||
            // Steps may have headings of their own; then what was filled before is out of sight, and nothing says that it was saved.
            (said === 'unclear' &&
              (f.purpose === 'choice' || f.purpose === 'record') &&
              !view.controls.some(
                (x) => x.editable && !x.hidden && before.fields.some((y) => y.css === x.css && y.attr === x.attr),
              ) &&
              !stood?.controls.some((x) => x.editable && f.fields.some((y) => y.css === x.css && y.attr === x.attr))));
  });
}

/** What is left to press where nothing was sent and all is filled: a last step that only shows what will be made, a layer that asks once more. */
export async function finish(
  tab: Tab,
  change: Change,
  said: Said,
): Promise<{ step: Step; change: Change } | undefined> {
  const { before, after } = change;
  // A layer that closed has uncovered what is no part of it.
  if (before.modal && !after.modal) return undefined;
  const had = new Set(before.controls.filter((c) => !c.hidden).map((c) => `${c.css} ${c.name}`));
  const button = after.controls.find(
    (c) =>
      c.role === 'button' &&
      !c.disabled &&
      !c.hidden &&
      !had.has(`${c.css} ${c.name}`) &&
      (says('save', c.name) || says('confirm', c.name) || (after.modal && says('create', c.name))) &&
      inNoRow(c, after) &&
      !says('archive', c.name) &&
      (says('save', c.name) || !says('transition', c.name)) &&
      (c.submits || said === 'unclear') &&
      !says('cancel', c.name) &&
      !says('remove', c.name) &&
      !says('danger', c.name) &&
      !outward.test(flat(c.name)),
  );
  const fresh = after.modal !== before.modal || !after.controls.some((c) => c.editable && c.group === button?.group);
  if (!button || !fresh) return undefined;
  const step: Step = { do: 'click', on: describe(button, after), commits: true };
  const done = await tab.act(step, { control: button });
  return 'missing' in done ? undefined : { step, change: { ...done, before } };
}
