import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECURITY_HEADERS } from '../board-ui/static-files.ts';

const MAX_BODY = 256 * 1024;

export interface ErrorBody {
  readonly error: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly current?: unknown;
}

/** An answer other than success; what it says is for the reader of the page. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: ErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(body.error);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export function invalid(errors: Readonly<Record<string, string>>): HttpError {
  return new HttpError(400, { error: 'Some values need another look.', errors });
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

/** A write must come from this site's own pages (or from no page at all) and be JSON, which no form of another site can send. */
export function assertOwnRequest(request: IncomingMessage): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined) {
    if (!URL.canParse(origin) || new URL(origin).host !== host)
      throw new HttpError(403, { error: 'This request came from another site.' });
  } else if (site !== undefined && site !== 'same-origin') {
    throw new HttpError(403, { error: 'This request came from another site.' });
  }
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new HttpError(415, { error: 'Send JSON (content-type: application/json).' });
  }
}

export async function readObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const tooBig = new HttpError(413, { error: 'This is more text than fits.' }, { connection: 'close' });
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) throw tooBig;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY) throw tooBig;
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new HttpError(400, { error: 'The request is not valid JSON.' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HttpError(400, { error: 'Send a JSON object.' });
  return value as Record<string, unknown>;
}

export function readCookie(request: IncomingMessage, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...rest] = part.trim().split('=');
    if (key === name) return rest.join('=');
  }
  return undefined;
}
