import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { listStaticFiles, sendFile } from '../board-ui/static-files.ts';

export interface StartOptions {
  readonly port: number;
  readonly host?: string;
}

/** Serves the files of the board, and nothing else: everything that looks like a backend happens in the browser. */
export async function start({
  port,
  host = '127.0.0.1',
}: StartOptions): Promise<{ url: string; close(): Promise<void> }> {
  const files = listStaticFiles({
    '/': join(import.meta.dirname, 'public'),
    '/ui/': join(import.meta.dirname, '../board-ui/assets'),
  });
  const index = join(import.meta.dirname, 'public/index.html');

  const server = createServer((request, response) => {
    const pathname = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const file = files.get(pathname) ?? (pathname.includes('.') ? undefined : index);
    const body = request.method !== 'HEAD';
    if (request.method !== 'GET' && body) response.writeHead(405, { allow: 'GET, HEAD' }).end();
    else if (file === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    else sendFile(response, file, { body }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

if (import.meta.main) {
  const { url, close } = await start({ port: Number(process.env.PORT ?? 4310), host: process.env.HOST ?? '127.0.0.1' });
  console.log(`listening on ${url}`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close());
}
