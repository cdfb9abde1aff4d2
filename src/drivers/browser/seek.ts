import type { Control, View } from '../../model/browser.ts';
import type { Mark } from '../../model/mark.ts';
import { locate } from '../../model/match.ts';
import type { Descriptor } from '../../model/recipe.ts';

export interface Seeking {
  view(): Promise<View>;
  /** Waits a moment for what comes late. */
  rest(): Promise<void>;
  scroll(each: () => Promise<boolean>): Promise<void>;
}

/** Finds the control that a step is about, at once or a little later: late hydration, a list that comes after the page, a row out of sight. */
export async function seek(
  first: View,
  on: Descriptor,
  { control: known, mark }: { control?: Control; mark?: Mark },
  { view, rest, scroll }: Seeking,
): Promise<{ view: View; control: Control | undefined }> {
  let now = first;
  const look = (): Control | undefined => (known ? stillThere(now, known) : locate(now, on, mark));
  let found = look();
  for (let tries = 0; !found && tries < 6; tries++) {
    await rest();
    now = await view();
    found = look();
    // A list may hold only the rows around its scroll position.
    if (!found && tries === 0 && on.inRow && mark)
      await scroll(async () => {
        now = await view();
        found = look();
        return found !== undefined;
      });
  }
  return { view: now, control: found };
}

/** The control of an earlier view in this one: the numbering may have moved. */
function stillThere(view: View, control: Control): Control | undefined {
  const same = (c: Control): boolean => c.tag === control.tag && c.css === control.css && c.type === control.type;
  const at = view.controls.find((c) => c.ref === control.ref);
  return at && same(at) && at.name === control.name
    ? at
    : (view.controls.find((c) => same(c) && c.name === control.name) ?? view.controls.find(same));
}
