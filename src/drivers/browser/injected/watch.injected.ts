/** Runs inside the page, before its own scripts. */
// biome-ignore-all lint/suspicious/noExplicitAny: it runs in pages that nobody typed
/** Watches texts that appear, also those that go again, and when the DOM last changed. Installed before any script of the page. */
export function watch(): void {
  const w = window as any;
  if (w.__plummetWatch) return;
  const state = { changed: performance.now(), appeared: [] as string[] };
  w.__plummetWatch = state;
  const add = (text: string): void => {
    const t = text.replace(/\s+/g, ' ').trim();
    if (t && t.length < 400 && state.appeared.length < 400) state.appeared.push(t);
  };
  const start = (): void => {
    new MutationObserver((list) => {
      for (const m of list) {
        if (m.type === 'attributes') continue;
        // A drawing that is animated is no page at work.
        if ((m.target as Element).namespaceURI !== 'http://www.w3.org/2000/svg') state.changed = performance.now();
        // Reading a text may lay out the page: once enough was seen, no more.
        if (state.appeared.length >= 400) return;
        if (m.type === 'characterData') add(m.target.textContent ?? '');
        else
          for (const n of Array.from(m.addedNodes).slice(0, 50))
            if (n.nodeType === 1 || n.nodeType === 3) {
              if ((n as Element).matches?.('script,style,link')) continue;
              add(((n as HTMLElement).innerText ?? n.textContent ?? '').slice(0, 500));
            }
      }
    }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    state.changed = performance.now();
  };
  if (document.documentElement) start();
  else document.addEventListener('readystatechange', start, { once: true });
}
