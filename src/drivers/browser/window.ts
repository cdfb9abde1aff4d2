import type { BrowserContext, Page, Request } from 'playwright-core';
import { within } from '../../lib/patience.ts';
import type { FaultKind, Sent, Window, Windows } from '../../model/browser.ts';
import type { Journal } from '../../model/evidence.ts';
import { type Fault, type Relay, startRelay } from '../relay/relay.ts';
import type { Films } from './films.ts';
import { watch } from './injected/watch.injected.ts';
import type { Launched } from './launch.ts';
import { hears, sentSince } from './sent.ts';
import { type OwnTab, openTab } from './tab.ts';

export interface WindowsOptions {
  readonly launched: Launched;
  readonly target: URL;
  readonly backends: readonly string[];
  /** Ports of the app itself, as far as they can be reached from here, and those that another has. Asked when a window opens. */
  readonly ports?: () => { readonly own: readonly number[]; readonly taken: readonly number[] };
  readonly allowForeign: boolean;
  readonly journal: Journal;
  /** Hears what each of them is answered, pages and data, as it comes. */
  readonly heard?: (label: string, one: Sent) => void;
  /** Is the text of a row ours? Rows that are not are painted over in pictures; without it none is. */
  readonly ours?: (text: string) => boolean;
  /** Films them, where that is wanted. */
  readonly films?: Films;
}

/** Windows, each a browser context of its own behind a relay of its own. Closing one closes both. */
export function makeWindows(options: WindowsOptions): Windows & { closeAll(): Promise<void> } {
  const open = new Set<Window>();
  let opened = 0;
  return {
    async open({ label, headers, storage, api = false }) {
      const { own = [], taken = [] } = options.ports?.() ?? {};
      const relay = await startRelay({
        target: options.target,
        backends: [...options.backends, ...own.map((port) => `localhost:${port}`)],
        taken,
        allowForeign: options.allowForeign,
      });
      const { heard } = options;
      if (heard) hears(relay, (one) => heard(label, one));
      const context = await options.launched.browser.newContext({
        proxy: { server: relay.server, bypass: '<-loopback>' },
        // Recipes of the config may name a page by its path.
        baseURL: options.target.href,
        acceptDownloads: false,
        bypassCSP: api,
        reducedMotion: 'reduce',
        ignoreHTTPSErrors: true,
        locale: 'en-US',
        viewport: { width: 1280, height: 900 },
        ...(headers ? { extraHTTPHeaders: { ...headers } } : {}),
        ...(storage ? { storageState: storage as never } : {}),
      });
      const cut = await options.films?.opened(context, label);
      const window = await makeWindow({ label, number: ++opened }, context, relay, options);
      const close = window.close.bind(window);
      const owned: Window = Object.assign(window, {
        close: async () => {
          open.delete(owned);
          await cut?.();
          await close();
        },
      });
      open.add(owned);
      return owned;
    },
    async closeAll() {
      await Promise.allSettled([...open].map((w) => w.close()));
    },
  };
}

/** What asks the browser itself, not the page, is answered in this time or not at all. */
const endWithin = 5000;

async function makeWindow(
  { label, number }: { label: string; number: number },
  context: BrowserContext,
  relay: Relay,
  { journal, ours }: Pick<WindowsOptions, 'journal' | 'ours'>,
): Promise<Window> {
  context.setDefaultTimeout(4000);
  await context.addInitScript(watch);
  let [expecting, count] = [0, 0];
  const tabs = new Map<Page, OwnTab>();
  // Windows that the app opens by itself are closed; the tab that caused one may follow it.
  context.on('page', (page) => {
    if (expecting > 0) return;
    const opener = page.opener();
    void (async () => {
      const from = await opener;
      if (from) tabs.get(from)?.popup(page.url());
      await within(endWithin, 'closing a window', page.close());
    })().catch(() => undefined);
  });
  const tab = async (): Promise<OwnTab> => {
    expecting++;
    try {
      const page = await within(endWithin, 'a new tab', context.newPage());
      const made = openTab(page, { label, name: `${number}.${++count}`, relay, journal, ours });
      tabs.set(page, made);
      return made;
    } finally {
      expecting--;
    }
  };
  const first = await tab();
  return {
    label,
    first,
    tab,
    traffic: (since) => sentSince(relay, since),
    cut(kind, which) {
      let hits = 0;
      relay.fault = (request) => {
        if (!which(request)) return undefined;
        hits++;
        return faultOf(kind);
      };
      if (kind === 'offline' || kind === 'refuse' || kind === 'reset') {
        // A socket that is cut is a request that met the fault: what the page writes goes nowhere.
        hits += relay.sockets.filter((socket) => socket.closedAt === undefined).length;
        relay.refuseSockets = true;
        relay.cutSockets();
      }
      // Offline requests never come to the relay: the browser itself is the witness that they failed.
      const failed = (r: Request): void => {
        if (which({ method: r.method(), url: r.url(), kind: r.resourceType() === 'xhr' ? 'fetch' : r.resourceType() }))
          hits++;
      };
      if (kind === 'offline') {
        context.on('requestfailed', failed);
        void context.setOffline(true).catch(() => undefined);
      }
      journal.note({ kind: 'fault', who: label, says: `from now on the network answers: ${kind}` });
      return {
        hits: () => hits,
        async heal() {
          relay.fault = undefined;
          relay.refuseSockets = false;
          if (kind === 'offline') {
            context.off('requestfailed', failed);
            await within(endWithin, 'the browser', context.setOffline(false)).catch(() => undefined);
          }
          journal.note({
            kind: 'fault',
            who: label,
            says: `the network is whole again; ${hits} requests met the fault`,
          });
        },
      };
    },
    async elsewhere(than, html) {
      const host = /(^|\.)localhost\.?$/.test(new URL(than).hostname) ? '127.0.0.1' : 'localhost';
      relay.page = html;
      const made = await tab();
      await made.goto(`http://${host}:${new URL(relay.server).port}/`);
      const close = async (): Promise<void> => {
        relay.page = undefined;
        await made.close();
      };
      return Object.create(made, { close: { value: close } });
    },
    storageState: () => within(endWithin, 'the storage', context.storageState({ indexedDB: true })),
    async close() {
      // A page that hangs may keep its context open; the end of the browser takes it along.
      await within(endWithin, 'closing the browser', context.close()).catch(() => undefined);
      await within(endWithin, 'closing the relay', relay.close()).catch(() => undefined);
    },
  };
}

function faultOf(kind: FaultKind): Fault {
  if (kind === 'error-500')
    return {
      do: 'answer',
      status: 500,
      headers: { 'content-type': 'application/json' },
      body: '{"error":"internal error"}',
    };
  if (kind === 'html-503')
    return {
      do: 'answer',
      status: 503,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>503</title><h1>Service unavailable</h1>',
    };
  if (kind === 'lose-answer') return { do: 'lose-answer' };
  return { do: 'refuse' };
}
