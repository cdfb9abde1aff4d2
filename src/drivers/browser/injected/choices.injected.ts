/** Run inside the page, each by itself: what there is to choose from before something was opened, and what came by it. */
// biome-ignore-all lint/suspicious/noExplicitAny: they run in pages that nobody typed
export function rememberChoices(): void {
  const w = window as any;
  w.__plummet ??= { refs: [] };
  w.__plummet.stood = new Set(
    Array.from(document.querySelectorAll('[role],td,button,li')).filter((el) => (el as any).checkVisibility()),
  );
}

/** The first that can be had of what came, or of the list with this id: an option, an item of a menu, a day of a calendar. */
export function newChoice(id: string | null): Element | null {
  const stood = (window as any).__plummet?.stood as Set<Element> | undefined;
  const own = id ? document.getElementById(id) : null;
  const fits = (el: Element): boolean =>
    (el as any).checkVisibility() &&
    (!stood?.has(el) || !!own?.contains(el)) &&
    !el.matches('[aria-disabled=true],[data-disabled],[aria-selected=true],[disabled]');
  const all = (selector: string): Element[] => Array.from(document.querySelectorAll(selector)).filter(fits);
  const text = (el: Element): string => (el.textContent ?? '').trim();
  const layer = '[role=dialog],[role=grid],[popover],[class*=calendar i],[class*=picker i]';
  // In the middle of a month, whatever day it is today.
  const day = all('[role=gridcell],td,button').find((el) => /^(1[2-9]|2[0-8])$/.test(text(el)) && el.closest(layer));
  const choice = all('[role=option],[role=menuitemradio],[role=gridcell],[role=treeitem]').find(
    (el) => text(el) !== '' && !/^([-—]+|(select|choose|none|any|all)\b)/i.test(text(el)),
  );
  const found = day ?? choice ?? null;
  return found?.querySelector('button:not([disabled])') ?? found;
}

/** Is what lies over the middle of this field a part of it: with no other control in what holds both? */
export function isDrawnOver(el: Element): boolean {
  const box = el.getBoundingClientRect();
  const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  let holder = el.parentElement;
  while (holder && over && !holder.contains(over)) holder = holder.parentElement;
  return (
    !!over &&
    !!holder &&
    holder.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea').length === 1
  );
}
