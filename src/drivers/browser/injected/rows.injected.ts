/**
 * Runs inside the page, and only reads: where rows stand on the screen (items of lists, rows of tables, cards), with what each says; and what
 * lies above them. As JSON of `Rows`.
 */
// biome-ignore-all lint/suspicious/noExplicitAny: it runs in pages that nobody typed
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Rows {
  /** Of the window, CSS pixels. */
  readonly width: number;
  /** `above`: in a layer that lies over the page. */
  readonly rows: readonly (Box & { readonly text: string; readonly above: boolean })[];
  readonly layers: readonly Box[];
}

export function rowsOnScreen(): string {
  const rows: (Box & { text: string; above: boolean })[] = [];
  const layers: Box[] = [];
  const lists = 'ul,ol,tbody,table,[role=list],[role=grid],[role=rowgroup],[role=feed],[role=log],[role=table]';
  const chrome =
    'nav,header,footer,thead,dl,select,svg,fieldset,[role=navigation],[role=banner],[role=contentinfo],[role=toolbar],[role=tablist],[role=menu],[role=menubar],[role=radiogroup],[role=alert],[role=status]';
  const fields = 'input:not([type=checkbox]):not([type=radio]):not([type=hidden]),textarea,select';
  const boxOf = (el: Element): Box => {
    const { left, top, width, height } = el.getBoundingClientRect();
    return { x: left, y: top, width, height };
  };
  /** What of it can be seen: within the window, and within what scrolls around it. */
  const seenOf = (el: Element, dx: number, dy: number): Box | undefined => {
    const all = el.getBoundingClientRect();
    const view = el.ownerDocument.defaultView ?? window;
    if (all.bottom <= 0 || all.right <= 0 || all.top >= view.innerHeight || all.left >= view.innerWidth)
      return undefined;
    let [left, top, right, bottom] = [all.left, all.top, all.right, all.bottom];
    for (let e = el.parentElement; e && e !== document.body; e = e.parentElement) {
      if (getComputedStyle(e).overflow === 'visible') continue;
      const box = e.getBoundingClientRect();
      left = Math.max(left, box.left);
      top = Math.max(top, box.top);
      right = Math.min(right, box.right);
      bottom = Math.min(bottom, box.bottom);
    }
    [left, top] = [Math.max(left, 0), Math.max(top, 0)];
    [right, bottom] = [Math.min(right, view.innerWidth), Math.min(bottom, view.innerHeight)];
    if (right - left < 2 || bottom - top < 2 || (el as any).checkVisibility?.() === false) return undefined;
    return { x: left + dx, y: top + dy, width: right - left, height: bottom - top };
  };
  /** Rows of one kind share a class; without one, what is in them. State adds classes of its own. */
  const kindOf = (el: Element): string =>
    `${el.tagName}.${el.getAttribute('role') ?? ''}.${
      el.classList[0]?.replace(/\d+/g, '') ??
      Array.from(new Set(Array.from(el.children).map((c) => c.tagName)))
        .sort()
        .join(',')
    }`;
  /** It and what is in it, in open shadow roots too: the nearest first. */
  const allIn = (el: Element, most: number): Element[] => {
    const all = [el];
    for (let at = 0; at < all.length && all.length < most; at++) {
      const one = all[at]!;
      if (one.shadowRoot) all.push(...Array.from(one.shadowRoot.children));
      if (one.firstElementChild) all.push(...Array.from(one.children));
    }
    return all;
  };
  const textOf = (el: Element): string => {
    let text = el.textContent ?? '';
    for (const inner of allIn(el, 2000)) {
      if (inner.shadowRoot) text += ` ${inner.shadowRoot.textContent}`;
      if (inner.matches('input,textarea')) text += ` ${(inner as any).value}`;
    }
    return text.replace(/\s+/g, ' ').slice(0, 20_000);
  };
  /** Of very many those on the screen, with some beside them that show what repeats; what has no box of its own may have some in it. */
  const nearOf = (kids: Element[]): Element[] => {
    if (kids.length <= 1000) return kids;
    const view = kids[0]!.ownerDocument.defaultView ?? window;
    const isNear = kids.map((kid) => {
      const { left, top, right, bottom } = kid.getBoundingClientRect();
      if (right - left < 1 || bottom - top < 1) return getComputedStyle(kid).display !== 'none';
      return bottom > 0 && right > 0 && top < view.innerHeight && left < view.innerWidth;
    });
    return kids.filter((_, at) => isNear[at] || isNear[at - 1] || isNear[at + 1]);
  };
  /** The rows among these children of it, light or of its shadow root; with none where the children are no repetition. */
  const rowsIn = (parent: Element, kids: Element[]): Element[] => {
    if (!kids.length || parent.matches(chrome)) return [];
    if (parent.matches('table')) return kids.filter((kid) => kid.matches('tr'));
    if (parent.matches(lists)) return kids.filter((kid) => !kid.matches('script,style,template,thead,tbody'));
    const groups = new Map<string, Element[]>();
    for (const kid of kids) groups.set(kindOf(kid), [...(groups.get(kindOf(kid)) ?? []), kid]);
    return [...groups.values()].flatMap((group) =>
      group.length < 2 ||
      group[0]!.matches(
        'script,style,br,hr,option,label,input,button,td,th,path,link,meta,section,main,aside,form,h1,h2,h3,h4,h5,h6',
      ) ||
      // A word or two side by side is a way to somewhere, and no record.
      (group[0]!.matches('a,span,b,i,em,strong,small') &&
        group.every((one) => (one.textContent ?? '').trim().length < 25)) ||
      group.some((one) => one.querySelector(fields))
        ? []
        : group,
    );
  };
  /** A row that is a column of rows is no row: its heading is the app's own. Nor is what fills much of the window, unless it is an item by its tag. */
  const isColumn = (row: Element): boolean => {
    if (row.matches('tr,[role=row]')) return false;
    const own = boxOf(row);
    if (
      !row.matches('li,article,[role=listitem],[role=article]') &&
      own.width * own.height > 0.4 * innerWidth * innerHeight
    )
      return true;
    const columns = allIn(row, 400).flatMap((inner) => [
      [inner, nearOf(Array.from(inner.children))] as const,
      ...(inner.shadowRoot ? [[inner, nearOf(Array.from(inner.shadowRoot.children))] as const] : []),
    ]);
    return columns.some(([inner, kids]) => {
      const nested = rowsIn(inner, kids).filter((one) => one.childElementCount > 0);
      if (!nested.length || (nested.length < 2 && !inner.matches(lists))) return false;
      const boxes = nested.map(boxOf);
      const stacked = boxes.length < 2 || boxes[1]!.y >= boxes[0]!.y + boxes[0]!.height - 1;
      return stacked && boxes.reduce((sum, box) => sum + box.width * box.height, 0) * 2 > own.width * own.height;
    });
  };
  const isLayer = (el: Element): boolean =>
    el.matches('dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]') ||
    getComputedStyle(el).position === 'fixed';
  const isAbove = (el: Element): boolean =>
    isLayer(el) || el.matches('[role=alert],[role=status]') || getComputedStyle(el).position === 'sticky';
  /** `above`: in a layer. `row`: in a row, where what stays in its place while the rest is scrolled is a part of it, and no layer. */
  const visit = (el: Element, dx: number, dy: number, above: boolean, row: boolean, within: boolean): void => {
    if (el.matches('script,style,template,noscript') || rows.length > 4000) return;
    let over = above;
    if (!above && !row && isAbove(el)) {
      const box = seenOf(el, dx, dy);
      // What covers it all is a veil, and not what lies above it.
      if (box && box.width * box.height < 0.9 * innerWidth * innerHeight) {
        over = true;
        layers.push(box);
      }
    }
    if (el.tagName === 'IFRAME') {
      try {
        const inner = (el as HTMLIFrameElement).contentDocument?.body;
        const at = boxOf(el);
        if (inner) visit(inner, dx + at.x, dy + at.y, over, row, within);
      } catch {
        /* another origin */
      }
      return;
    }
    if (el.matches(chrome)) return;
    // What is in a row is its own, but for a list.
    const kids = nearOf(Array.from(el.children));
    const shadow = nearOf(Array.from(el.shadowRoot?.children ?? []));
    const found = new Set(within && !el.matches(lists) ? [] : [...rowsIn(el, kids), ...rowsIn(el, shadow)]);
    for (const kid of [...shadow, ...kids]) {
      if (!found.has(kid) || (!row && isLayer(kid))) {
        visit(kid, dx, dy, over, row, within);
        continue;
      }
      // What has no box of its own is seen in the boxes of what is in it.
      const parts = getComputedStyle(kid).display === 'contents' ? Array.from(kid.children) : [kid];
      const boxes = parts.flatMap((part) => seenOf(part, dx, dy) ?? []);
      if (!boxes.length) continue;
      const column = isColumn(kid);
      if (!column) {
        const text = textOf(kid);
        if (/[\p{L}\p{N}]/u.test(text) || allIn(kid, 400).some((one) => one.matches('img,picture,canvas,video')))
          for (const box of boxes) rows.push({ ...box, text, above: over });
      }
      // A tall one with something of ours in it may hold rows of others.
      visit(kid, dx, dy, over, row || !column, !column && boxOf(kid).height <= 120);
    }
  };
  if (document.body) visit(document.body, 0, 0, false, false, false);
  return JSON.stringify({ width: innerWidth, rows, layers } satisfies Rows);
}
