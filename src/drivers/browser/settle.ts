import type { Page } from 'playwright-core';
import { within } from '../../lib/patience.ts';
import type { Relay } from '../relay/relay.ts';

/** An answer that has taken this long is a live connection or a slow one; the act no longer waits for it. */
const longLived = 3000;

/**
 * Waits until what an act began has come to rest: its requests answered, two frames drawn, 100 ms without a change of the DOM.
 * Ends after `cap` ms in any case; no verdict rests on that. Event streams and sockets are not waited for.
 */
export async function settle(page: Page, relay: Relay, since: number, cap: number): Promise<void> {
  const end = Date.now() + cap;
  const open = (): boolean => relay.inFlight().some((e) => e.at >= since && Date.now() - e.at < longLived && e.kind !== 'socket' && e.kind !== 'image' && e.kind !== 'font' && !/text\/event-stream/.test(e.requestHeaders.accept ?? '') && !/[?&]transport=polling/.test(e.url));
  for (let round = 0; round < 40 && Date.now() < end; round++) {
    const quiet = await within(Math.max(300, Math.min(2000, end - Date.now() + 300)), 'the page', page.evaluate(quietFor)).catch(() => 0);
    if (quiet >= 90 && !open()) return;
    const rest = Math.min(end - Date.now(), quiet >= 90 ? 25 : 100 - quiet);
    if (rest > 0) await nextAnswer(relay, rest);
  }
}

/** Two frames, then how long the DOM has not changed, in ms. */
function quietFor(): Promise<number> {
  const state = (window as never as { __plummetWatch?: { changed: number } }).__plummetWatch;
  return new Promise((resolve) => {
    const done = (): void => resolve(state ? performance.now() - state.changed : 200);
    // A page in the background draws no frames.
    const spare = setTimeout(done, 100);
    requestAnimationFrame(() => requestAnimationFrame(() => { clearTimeout(spare); done(); }));
  });
}

/** Resolves when the relay has an answer, or after ms. */
function nextAnswer(relay: Relay, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = relay.on((e) => { if (e.type === 'end') finish(); });
    const timer = setTimeout(finish, ms);
    function finish(): void { clearTimeout(timer); stop(); resolve(); }
  });
}
