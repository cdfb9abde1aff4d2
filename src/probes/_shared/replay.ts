import type { Sent } from '../../model/browser.ts';
import type { WireRequest } from '../../model/context.ts';

/** Headers that the browser alone sets, or that name the length of another body. */
const dropped = /^(host|connection|content-length|accept-encoding|proxy-.*|sec-.*|if-.*|upgrade-insecure-requests)$/i;

/** A request of a page as one of ours, with the session that it carried and another body. */
export const replayed = (from: Sent, body: string): WireRequest => ({
  method: from.method,
  url: from.url,
  headers: {
    ...Object.fromEntries(Object.entries(from.headers).filter(([name]) => !dropped.test(name))),
    'content-length': String(new TextEncoder().encode(body).length),
  },
  body,
  timeout: 20_000,
});
