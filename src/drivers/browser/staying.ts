import type { Page } from 'playwright-core';

/** The page, for code that stays in it: what lives in its memory would not outlive a load of the same address. */
export function staying(page: Page): Page {
  return new Proxy(page, {
    get(target, key) {
      if (key === 'goto')
        return async (to: string, options?: Parameters<Page['goto']>[1]) =>
          new URL(to, target.url()).href.replace(/\/$/, '') === target.url().replace(/\/$/, '')
            ? null
            : target.goto(to, options);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
