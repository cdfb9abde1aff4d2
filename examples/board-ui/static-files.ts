import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

export type StaticFiles = ReadonlyMap<string, string>;

/** Lists what may be served, once: an address that is not a key of this map reaches no file. */
export function listStaticFiles(folders: Readonly<Record<string, string>>): StaticFiles {
  const files = new Map<string, string>();
  for (const [prefix, folder] of Object.entries(folders)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !(extname(entry.name) in TYPES)) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(prefix + relative(folder, path).split(sep).join('/'), path);
    }
  }
  return files;
}

export async function sendFile(
  response: ServerResponse,
  path: string,
  { status = 200, body = true }: { status?: number; body?: boolean } = {},
): Promise<void> {
  const bytes = await readFile(path);
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-length': bytes.byteLength,
    'cache-control': 'no-cache',
  });
  response.end(body ? bytes : undefined);
}
