import type { Page, Request } from 'playwright-core';
import { within } from '../../lib/patience.ts';
import type { View } from '../../model/browser.ts';
import type { Relay } from '../relay/relay.ts';

/** An answer that has taken this long is a live connection or a slow one; the act no longer waits for it. */
const longLived = 3000;

/**
 * Waits until what an act began has come to rest: its requests answered, two frames drawn, 100 ms without a change of the DOM.
 * Ends after `cap` ms in any case; no verdict rests on that. Event streams and sockets are not waited for.
 */
export async function settle(page: Page, relay: Relay, since: number, cap: number): Promise<void> {
  const end = Date.now() + cap;
  const open = (): boolean =>
    pendingIn(page, since) ||
    relay
      .inFlight()
      .some(
        (e) =>
          e.at >= since &&
          Date.now() - e.at < longLived &&
          e.kind !== 'socket' &&
          e.kind !== 'image' &&
          e.kind !== 'font' &&
          !/text\/event-stream/.test(e.requestHeaders.accept ?? '') &&
          !/[?&]transport=polling/.test(e.url),
      );
  for (let round = 0; round < 40 && Date.now() < end; round++) {
    const quiet = await within(
      Math.max(300, Math.min(2000, end - Date.now() + 300)),
      'the page',
      page.evaluate(quietFor),
    ).catch(() => 0);
    const sinceAnswer = Date.now() - Math.max(since, lastAnswer(relay, since));
    if (Math.min(quiet, sinceAnswer) >= 90 && !open()) return;
    const rest = Math.min(end - Date.now(), open() ? 100 : Math.max(20, 95 - Math.min(quiet, sinceAnswer)));
    if (rest > 0) await nextAnswer(relay, rest);
  }
}

const pending = new WeakMap<Page, Map<Request, number>>();

/** Follows the page's own requests, also those that a service worker answers and no relay sees. Call once, before the first load. */
export function followRequests(page: Page): void {
  const open = new Map<Request, number>();
  pending.set(page, open);
  page.on('request', (r) => {
    if (
      ['document', 'fetch', 'xhr', 'script', 'stylesheet'].includes(r.resourceType()) &&
      !/text\/event-stream/.test(r.headers()['accept'] ?? '') &&
      !/[?&]transport=polling/.test(r.url())
    )
      open.set(r, Date.now());
  });
  page.on('requestfinished', (r) => open.delete(r));
  page.on('requestfailed', (r) => open.delete(r));
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame())
      for (const r of open.keys()) if (r.frame() === frame && r.isNavigationRequest()) open.delete(r);
  });
}

function pendingIn(page: Page, since: number): boolean {
  for (const at of pending.get(page)?.values() ?? []) if (at >= since && Date.now() - at < longLived) return true;
  return false;
}

/** When the last request since then was answered, epoch ms; 0 for none. A script that got its answer needs a moment to show it. */
function lastAnswer(relay: Relay, since: number): number {
  for (let i = relay.exchanges.length - 1; i >= 0; i--) {
    const e = relay.exchanges[i];
    if (!e || e.at < since - 5000) break;
    if (e.doneAt && e.doneAt >= since && e.kind !== 'image' && e.kind !== 'font') return e.doneAt;
  }
  return 0;
}

/** Two frames, then how long the DOM has not changed, in ms. A page that shows nothing yet is at work still, however quiet: scripts that were loaded may yet draw it. */
function quietFor(): Promise<number> {
  const { body } = document;
  const blank =
    location.protocol !== 'about:' &&
    !!body &&
    body.querySelectorAll('*').length < 200 &&
    !body.innerText.trim() &&
    // What is drawn in shadow roots is no text of the body.
    !Array.from(body.querySelectorAll('*')).some((e) => e.shadowRoot) &&
    !body.querySelector('img,svg,canvas,video,iframe,object,input,button,textarea,select');
  const state = (window as never as { __plummetWatch?: { changed: number } }).__plummetWatch;
  // A menu or a dialog that is fading lies over the page until it has.
  const layer = '[role=menu],[role=listbox],[role=dialog],[role=alertdialog],[aria-modal=true],dialog';
  const fading = (): boolean =>
    document.getAnimations().some((a) => {
      const timing = a.effect?.getComputedTiming();
      const left = Number(timing?.endTime ?? 0) - Number(a.currentTime ?? 0);
      const { target } = (a.effect ?? {}) as KeyframeEffect;
      return (
        a.playState === 'running' &&
        left < 1000 &&
        // The sheet that holds it may be what fades.
        !!(target?.closest(layer) ?? target?.querySelector(layer))
      );
    });
  return new Promise((resolve) => {
    const done = (): void => resolve(blank || fading() ? 0 : state ? performance.now() - state.changed : 200);
    // A page in the background draws no frames.
    const spare = setTimeout(done, 100);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        clearTimeout(spare);
        done();
      }),
    );
  });
}

/** Resolves when the relay has an answer, or after ms. */
function nextAnswer(relay: Relay, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = relay.on((e) => {
      if (e.type === 'end') finish();
    });
    const timer = setTimeout(finish, ms);
    function finish(): void {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
}

/** A commit that sent nothing may be answered by timers inside the page: 1.2 s to begin, and 350 ms of rest after each change, the late ones of the load before it too. */
export async function restAfterSilence(page: Page): Promise<void> {
  const began = Date.now();
  const rest = (): Promise<number> =>
    within(
      8000,
      'the page',
      page.evaluate(
        () =>
          performance.now() -
          ((window as never as { __plummetWatch?: { changed: number } }).__plummetWatch?.changed ?? 0),
      ),
    ).catch(() => 10_000);
  for (let still = 0; Date.now() - began < 2500; ) {
    still = await rest();
    const waited = Date.now() - began;
    // Changed since the act and at rest again, or nothing has come at all.
    if (still > 350 && waited > 800 && (still < waited + 300 || waited > 1200)) return;
    await page.waitForTimeout(60);
  }
}

/** What there is to use, to tell whether an act has brought up or taken away something. Texts may be there before one can see them. */
export const usableIn = ({ url, controls }: View): string => [url, ...controls.map((c) => c.name)].join('\n');
