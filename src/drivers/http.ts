import { type ClientRequest, request as plain } from 'node:http';
import { request as secure } from 'node:https';
import type { Wire, WireAnswer, WireRequest } from '../model/context.ts';
import type { Journal } from '../model/evidence.ts';

/** One fresh connection per request (`connection: close`); no answer is an answer. Redirects are not followed. */
export function makeWire(journal: Journal): Wire {
  const send = async (
    { method, url, headers, body = '', timeout = 10_000, from }: WireRequest,
    write: (request: ClientRequest) => Promise<void>,
  ): Promise<WireAnswer> => {
    try {
      const answer = await answered(
        (url.startsWith('https:') ? secure : plain)(url, {
          method,
          agent: false,
          ...(from ? { localAddress: from } : {}),
          headers: {
            connection: 'close',
            'accept-encoding': 'identity',
            ...(body ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) } : {}),
            ...headers,
          },
        }),
        write,
        timeout,
      );
      const evidence = journal.note({
        kind: 'exchange',
        who: 'wire',
        says: `${method} ${url} answered ${answer.status}`,
        data: { ...(body ? { body: body.slice(0, 1000) } : {}), answer: answer.body.slice(0, 1000) },
      });
      return { ...answer, evidence };
    } catch (error) {
      const says = (error as Error).message;
      const evidence = journal.note({ kind: 'exchange', who: 'wire', says: `${method} ${url}: no answer (${says})` });
      return { status: 0, headers: {}, body: '', error: says, evidence };
    }
  };
  return {
    send: (request) => send(request, async (sending) => void sending.end(request.body)),
    async sendSlowly(request, between) {
      const body = Buffer.from(request.body ?? '');
      let rest = false;
      let early = false;
      const answer = await send(request, async (sending) => {
        sending.once('response', () => (early = !rest));
        sending.write(body.subarray(0, body.length >> 1));
        await between();
        rest = true;
        sending.end(body.subarray(body.length >> 1));
      });
      return { ...answer, early };
    },
  };
}

/** The answer, at most 4 MB of it. Rejects where the connection ends before it, or the time. */
function answered(
  sending: ClientRequest,
  write: (request: ClientRequest) => Promise<void>,
  timeout: number,
): Promise<Omit<WireAnswer, 'evidence'>> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => sending.destroy(new Error(`no answer within ${timeout} ms`)), timeout);
    sending.once('close', () => clearTimeout(late));
    sending.once('error', reject);
    sending.once('response', async (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      try {
        for await (const part of response as AsyncIterable<Buffer>) {
          size += part.length;
          if (size <= 4_000_000) parts.push(part);
        }
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? value.join(', ') : (value ?? ''),
          ]),
        );
        resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(parts).toString('utf8') });
      } catch (error) {
        reject(error);
      }
    });
    write(sending).catch(reject);
  });
}
