/** Runs inside the page. */
// biome-ignore-all lint/suspicious/noExplicitAny: it runs in pages that nobody typed
/** All texts, field values and live-region texts of the page, for the search of marks. */
export function texts(): { shown: string; fields: string; live: string } {
  let shownText = '',
    fields = '',
    live = '';
  const isLive = 'script,style,noscript,template';
  // What has no box of its own (display: contents) is seen in the box around it.
  const visible = (el: Element): boolean => {
    if ((el as any).checkVisibility?.({ visibilityProperty: true }) ?? true) return true;
    const { display, visibility } = getComputedStyle(el);
    return display === 'contents' && visibility === 'visible' && !!el.parentElement && visible(el.parentElement);
  };
  const visit = (root: Document | ShadowRoot): void => {
    const body = (root as Document).body ?? (root as ShadowRoot);
    // Live regions and toasts are no place: their texts are taken out of the shown ones.
    const liveEls = Array.from(
      body.querySelectorAll(
        '[role=alert],[role=status],[aria-live]:not([aria-live=off]):not([role=log]),[class*=toast i],[class*=snackbar i]',
      ),
    ).filter(
      (el) =>
        !el.matches('main,ul,ol,section,form,[role=log]') &&
        // An editor that reads its lines aloud as they change holds what was written.
        !(el as HTMLElement).isContentEditable &&
        !el.querySelector('main,form,table,ul,ol') &&
        ((el as HTMLElement).innerText ?? '').length < 400,
    );
    const inLive = (el: Element): boolean => liveEls.some((l) => l.contains(el));
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let n: Node | null = walker.currentNode, i = 0; n && i < 200_000; n = walker.nextNode(), i++) {
      if (n.nodeType === 3) {
        const parent = n.parentElement;
        if (!parent || parent.matches(isLive) || parent.closest('textarea,option,script,style,noscript,template'))
          continue;
        const v = n.nodeValue ?? '';
        if (!v.trim()) continue;
        if (!visible(parent)) continue;
        if (inLive(parent)) live += `${v}\n`;
        else if ((parent as HTMLElement).isContentEditable) fields += `${v}\n`;
        else shownText += `${v}\n`;
      } else if (n.nodeType === 1) {
        const el = n as Element;
        if (el.matches('input:not([type=password]):not([type=hidden]),textarea'))
          fields += `${(el as HTMLInputElement).value}\n`;
        if (el.shadowRoot) visit(el.shadowRoot);
        if (el.tagName === 'IFRAME') {
          try {
            const d = (el as HTMLIFrameElement).contentDocument;
            if (d?.body) visit(d);
          } catch {
            /* another origin */
          }
        }
      }
      if (shownText.length > 3_000_000) break;
    }
  };
  visit(document);
  return { shown: shownText, fields, live };
}
