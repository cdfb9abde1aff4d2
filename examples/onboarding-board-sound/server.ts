import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { listStaticFiles, sendFile } from '../board-ui/static-files.ts';
import { Accounts, type Session, type User } from './accounts.ts';
import { Customers } from './customers.ts';
import { assertHealthy, openDatabase, sqliteCode } from './database.ts';
import { Events } from './events.ts';
import { assertOwnRequest, HttpError, readCookie, readObject, sendJson } from './http.ts';

const COOKIE = 'harbor_session';
const PAGES = new Set(['/', '/archive', '/login', '/signup']);
const PUBLIC = join(import.meta.dirname, 'public');

export interface StartOptions {
  readonly port: number;
  readonly host?: string;
  readonly dataFile?: string;
  /** Takes one line of JSON for each request and each failure. */
  readonly log?: (line: string) => void;
}

export async function start({
  port,
  host = '127.0.0.1',
  dataFile = join(import.meta.dirname, 'data/board.sqlite'),
  log = console.log,
}: StartOptions): Promise<{ url: string; close(): Promise<void> }> {
  const database = openDatabase(dataFile);
  const accounts = new Accounts(database);
  const customers = new Customers(database);
  const events = new Events(database, (session) => accounts.findByHash(session) !== undefined);
  const files = listStaticFiles({ '/': PUBLIC, '/ui/': join(import.meta.dirname, '../board-ui/assets') });
  const say = (entry: Record<string, unknown>): void =>
    log(JSON.stringify({ time: new Date().toISOString(), ...entry }));
  let closing = false;

  const sessionOf = (request: IncomingMessage): Session | undefined => accounts.find(readCookie(request, COOKIE));
  const requireSession = (request: IncomingMessage): Session => {
    const session = sessionOf(request);
    if (!session) throw new HttpError(401, { error: 'Log in first.' });
    return session;
  };
  const setCookie = (request: IncomingMessage, value: string, seconds: number): Record<string, string> => {
    const secure = request.headers['x-forwarded-proto'] === 'https' ? '; Secure' : '';
    return { 'set-cookie': `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}` };
  };
  /** Starts a session for the user, and ends the one that this browser had before. */
  const welcome = (request: IncomingMessage, response: ServerResponse, user: User, status: number): void => {
    const before = sessionOf(request);
    const { token, seconds } = accounts.open(user);
    if (before) {
      accounts.close(before.hash);
      events.end(before.hash);
    }
    sendJson(response, status, { user: { name: user.name, email: user.email } }, setCookie(request, token, seconds));
  };

  async function api(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const method = request.method ?? 'GET';
    if (method !== 'GET' && method !== 'HEAD') assertOwnRequest(request);
    const id = /^\/api\/customers\/([\w-]+)$/.exec(path)?.[1];
    switch (`${method} ${id === undefined ? path : '/api/customers/:id'}`) {
      case 'POST /api/signup':
        return welcome(request, response, await accounts.signUp(await readObject(request)), 201);
      case 'POST /api/login':
        return welcome(
          request,
          response,
          await accounts.logIn(await readObject(request), request.socket.remoteAddress ?? ''),
          200,
        );
      case 'POST /api/logout': {
        const session = sessionOf(request);
        if (session) {
          accounts.close(session.hash);
          events.end(session.hash);
        }
        return sendJson(response, 200, { user: null }, setCookie(request, '', 0));
      }
      case 'GET /api/me': {
        const user = sessionOf(request)?.user;
        return sendJson(response, 200, { user: user ? { name: user.name, email: user.email } : null });
      }
      case 'GET /api/events':
        return events.add(response, requireSession(request).hash);
      case 'GET /api/customers':
        requireSession(request);
        return sendJson(response, 200, { customers: customers.list() });
      case 'POST /api/customers': {
        const { user } = requireSession(request);
        const key = request.headers['idempotency-key'];
        const { customer, created } = customers.create(
          await readObject(request),
          key === undefined ? undefined : String(key),
          user,
        );
        if (created) events.changed();
        return sendJson(response, created ? 201 : 200, { customer }, { location: `/api/customers/${customer.id}` });
      }
      case 'GET /api/customers/:id':
        requireSession(request);
        return sendJson(response, 200, { customer: customers.get(id ?? '') });
      case 'PATCH /api/customers/:id': {
        const { user } = requireSession(request);
        const customer = customers.update(id ?? '', await readObject(request), user);
        events.changed();
        return sendJson(response, 200, { customer });
      }
      case 'DELETE /api/customers/:id':
        requireSession(request);
        customers.remove(id ?? '', await readObject(request));
        events.changed();
        return sendJson(response, 200, { deleted: id });
      default:
        throw new HttpError(404, { error: 'There is nothing at this address.' });
    }
  }

  async function route(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (path === '/api' || path.startsWith('/api/')) return api(request, response, path);
    if (path === '/healthz') {
      assertHealthy(database);
      return sendJson(response, 200, { status: 'ok' });
    }
    const body = request.method === 'GET';
    if (!body && request.method !== 'HEAD')
      throw new HttpError(405, { error: 'This address is only for reading.' }, { allow: 'GET, HEAD' });
    const file = PAGES.has(path) ? join(PUBLIC, 'index.html') : files.get(path);
    if (file !== undefined) return sendFile(response, file, { body });
    return sendFile(response, join(PUBLIC, '404.html'), { status: 404, body });
  }

  function fail(
    request: IncomingMessage,
    response: ServerResponse,
    error: unknown,
    about: Record<string, unknown>,
  ): void {
    if (request.destroyed && !request.complete) {
      response.destroy();
      return;
    }
    if (error instanceof HttpError) {
      sendJson(response, error.status, error.body, error.headers);
      return;
    }
    const inStore = sqliteCode(error) !== undefined;
    const status = inStore ? 503 : 500;
    say({
      level: 'error',
      ...about,
      status,
      message: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? error.stack : undefined,
    });
    if (response.headersSent) response.destroy();
    else
      sendJson(response, status, {
        error: inStore
          ? 'The board’s database does not answer. Try again in a moment.'
          : 'Something went wrong on the server. Try again in a moment.',
      });
  }

  const server = createServer((request, response) => {
    const started = performance.now();
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const about = { requestId, method: request.method, path };
    response.setHeader('x-request-id', requestId);
    if (closing) response.setHeader('connection', 'close');
    response.once('close', () => {
      const outcome = response.writableFinished ? {} : { aborted: true };
      say({
        level: 'info',
        ...about,
        status: response.statusCode,
        ms: Math.round(performance.now() - started),
        ...outcome,
      });
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
    route(request, response, path).catch((error: unknown) => fail(request, response, error, about));
  });
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;

  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    events.close();
    database.close();
    throw error;
  }

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async close() {
      if (closing) return;
      closing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      events.close();
      const patience = setTimeout(() => server.closeAllConnections(), 8000);
      await closed;
      clearTimeout(patience);
      database.close();
    },
  };
}

if (import.meta.main) {
  const { url, close } = await start({
    port: Number(process.env.PORT ?? 4311),
    host: process.env.HOST ?? '127.0.0.1',
    ...(process.env.DATA_FILE && { dataFile: process.env.DATA_FILE }),
  });
  console.log(`listening on ${url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close());
}
