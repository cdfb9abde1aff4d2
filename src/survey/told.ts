import type { View } from '../model/browser.ts';
import type { Facts } from '../model/facts.ts';
import { toldLocal, toldShared } from './words.ts';

/** What the app says by now of where records live and who sees them, with what it said `before`, and where this page leads. */
export function toldBy({ text, ...view }: View, before: Facts['told'] = {}): Pick<Facts, 'told' | 'pages'> {
  const [local, shared] = [toldLocal.exec(text)?.[0], toldShared.exec(text)?.[0]];
  return {
    told: { ...before, ...(local ? { local } : {}), ...(shared ? { shared } : {}) },
    pages: pagesOf(view),
  };
}

/** Addresses of the app: of the page itself and of what it links to. */
export const pagesOf = ({ url, controls }: Pick<View, 'url' | 'controls'>): string[] =>
  [...new Set([url, ...controls.map((c) => c.href).filter((h) => h.startsWith(new URL(url).origin))])].slice(0, 60);
