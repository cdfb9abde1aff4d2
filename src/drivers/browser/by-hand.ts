/** A window in which a person logs in, and what the browser holds afterwards. */
import type { BrowserContext, Page } from 'playwright-core';
import { BrowserFailure } from './failure.ts';
import { launchBrowser } from './launch.ts';

export interface ByHand {
  readonly url: string;
  readonly path?: string;
  /** False stands in for the person in tests. */
  readonly headed: boolean;
  /** Resolves when the person says that it is done; the window being closed says so too. */
  readonly done: Promise<void>;
  readonly signal: AbortSignal;
  /** Called when the page is open. */
  opened?(page: Page): void;
}

/**
 * Cookies and storage as Playwright's file has them, of a browser that reaches whom it will: who logs in may have to pass by others.
 * Undefined where it was broken off. Throws BrowserFailure where no window can be shown.
 */
export async function byHand({ url, path, headed, done, signal, opened }: ByHand): Promise<unknown> {
  if (headed && process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'])
    throw new BrowserFailure(
      'no-display',
      'A person is to log in in a window, and there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). Run it where there is one; or save a session there (npx playwright codegen --save-storage=session.json <url>) and give it here by --storage-state session.json.',
    );
  const launched = await launchBrowser({ ...(path ? { path } : {}), headed, proxyPlaceholder: false });
  try {
    const context = await launched.browser.newContext({ ignoreHTTPSErrors: true, viewport: null });
    let last: unknown;
    const keep = async (): Promise<void> => {
      last = await context.storageState({ indexedDB: true }).catch(() => last);
    };
    // What the window held is asked while it is there: the browser may go with it.
    const closed = new Promise<void>((resolve) => {
      launched.browser.once('disconnected', () => resolve());
      context.on('page', (page) => watch(page, context, keep, resolve));
    });
    const page = await context.newPage();
    await page.goto(url);
    opened?.(page);
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    if (!signal.aborted) await Promise.race([done, closed, aborted]);
    if (signal.aborted) return undefined;
    await keep();
    return last;
  } finally {
    await launched.close();
  }
}

function watch(page: Page, context: BrowserContext, keep: () => Promise<void>, closed: () => void): void {
  page.on('load', () => void keep());
  page.on('close', () => {
    if (!context.pages().length) void keep().then(closed);
  });
}
