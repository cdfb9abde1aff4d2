import type { Wire } from '../model/context.ts';
import type { Journal } from '../model/evidence.ts';

/** One fresh connection per request (`connection: close`); no answer is an answer. Redirects are not followed. */
export function makeWire(journal: Journal): Wire {
  return {
    async send({ method, url, headers, body, timeout = 10_000 }) {
      try {
        const answer = await fetch(url, {
          method,
          redirect: 'manual',
          signal: AbortSignal.timeout(timeout),
          headers: {
            connection: 'close',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body }),
        });
        const text = (await answer.text()).slice(0, 4_000_000);
        const evidence = journal.note({
          kind: 'exchange',
          who: 'wire',
          says: `${method} ${url} answered ${answer.status}`,
          data: { ...(body ? { body: body.slice(0, 1000) } : {}), answer: text.slice(0, 1000) },
        });
        return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text, evidence };
      } catch (error) {
        const says =
          (error as Error).cause instanceof Error
            ? ((error as Error).cause as Error).message
            : (error as Error).message;
        return {
          status: 0,
          headers: {},
          body: '',
          error: says,
          evidence: journal.note({ kind: 'exchange', who: 'wire', says: `${method} ${url}: no answer (${says})` }),
        };
      }
    },
  };
}
