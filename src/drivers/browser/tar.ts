import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';

const BLOCK = 512;

/**
 * Unpacks the regular files of a ustar archive (a Buffer) under the folder `into`, and returns their sizes in bytes by name.
 * Links and devices are passed over: our archives have none, and a link is the usual way out of a folder.
 * Throws an Error on a name that leaves the folder, on a damaged header and on an archive that ends too early.
 */
export async function untar(archive: Buffer, into: string): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  let at = 0;
  while (at + BLOCK <= archive.length) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    if (!Number.isSafeInteger(size) || size < 0) throw new Error(`damaged archive: no size at byte ${at}`);
    const body = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (body.length < size) throw new Error('damaged archive: it ends inside a file');
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind !== '0' && kind !== '\0') continue;
    const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
    const name = normalize(prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`);
    if (name.startsWith('..') || name.startsWith(sep) || name === '.')
      throw new Error(`archive names a file outside its folder: ${name}`);
    const path = join(into, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o755 });
    // The bits for writing by group and others, which some archives carry, are not taken over.
    const runs = (Number.parseInt(text(header, 100, 8).trim() || '0', 8) & 0o100) !== 0;
    await writeFile(path, body, { mode: runs ? 0o755 : 0o644 });
    sizes[name] = size;
  }
  return sizes;
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}
