/** How clients come in: by the streams of this process, or by HTTP on this machine. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Desk } from './desk.ts';
import { makeQueue } from './queue.ts';
import { serverFor } from './server.ts';

const most = { sessions: 16, body: 1_000_000 };

/** Serves the process that started us, until its end of the stream closes or `stop` is aborted; then waits for what is under way to clean up. */
export async function serveStreams(
  desk: Desk,
  { input, output, stop }: { input: Readable; output: Writable; stop: AbortSignal },
): Promise<void> {
  const { queue, idle } = makeQueue();
  const server = serverFor(desk, queue, { trusted: true });
  const gone = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) input.once(event, () => resolve());
    output.once('error', () => resolve());
    stop.addEventListener('abort', () => resolve(), { once: true });
    if (stop.aborted) resolve();
  });
  await server.connect(new StdioServerTransport(input, output));
  await gone;
  // Closing aborts what is asked: it removes what it made, and ends.
  await server.close();
  await idle();
}

/**
 * Serves clients on 127.0.0.1 at /mcp until `stop` is aborted. Who reaches the port may be another user of this machine, so what would run
 * commands or code is not offered. A page of a browser is turned away by Host and Origin, whatever its name resolves to.
 */
export async function serveHttp(
  desk: Desk,
  { port, stop, listening }: { port: number; stop: AbortSignal; listening(url: string): void },
): Promise<void> {
  const { queue, idle } = makeQueue();
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const http = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) refuse(response, 500, 'Internal error');
      else response.destroy();
    });
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const at = typeof address === 'object' && address ? address.port : port;
  const hosts = new Set([`127.0.0.1:${at}`, `localhost:${at}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host = '', origin } = request.headers;
    if (!hosts.has(host) || (origin !== undefined && !origins.has(origin)))
      return refuse(response, 403, 'This host or origin is not served');
    if (URL.parse(request.url ?? '', 'http://local')?.pathname !== '/mcp')
      return refuse(response, 404, 'The endpoint is /mcp');
    if (Number(request.headers['content-length'] ?? 0) > most.body) return refuse(response, 413, 'Too long');
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (typeof id === 'string' && !known) return refuse(response, 404, 'There is no such session');
    await (known ?? (await begin())).handleRequest(request, response);
  }

  /** A new session; where there are too many the oldest ends. */
  async function begin(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: async (id) => {
        sessions.set(id, transport);
        const [oldest] = sessions.values();
        if (sessions.size > most.sessions) await oldest?.close();
      },
    });
    transport.onclose = () => {
      if (transport.sessionId) sessions.delete(transport.sessionId);
    };
    await serverFor(desk, queue, { trusted: false }).connect(transport);
    return transport;
  }

  listening(`http://127.0.0.1:${at}/mcp`);
  if (!stop.aborted) await once(stop, 'abort');
  for (const transport of [...sessions.values()]) await transport.close();
  http.close();
  http.closeAllConnections();
  await idle();
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }));
}
