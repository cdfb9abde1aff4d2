import type { Page } from 'playwright-core';
import { asJson } from '../../model/answer.ts';
import { postOf } from '../../model/graphql.ts';

/** From the first address of a query on, this page asks such addresses by POST, and stands at them as at any other. */
export function askingByPost(page: Page): (address: string) => Promise<void> {
  let asks: Promise<void> | undefined;
  return async (address) => {
    if (!asks && postOf(address)) asks = ask(page).catch(() => undefined);
    await asks;
  };
}

async function ask(page: Page): Promise<void> {
  await page.route(
    ({ href }) => postOf(href) !== undefined,
    async (route) => {
      const request = route.request();
      const post = postOf(request.url());
      if (!post) return route.continue();
      // As a page it would be shown the server's explorer by some.
      const headers = { ...(await request.allHeaders()), ...asJson, 'content-type': 'application/json' };
      return route.continue({ method: 'POST', url: post.url, headers, postData: post.body });
    },
  );
}
