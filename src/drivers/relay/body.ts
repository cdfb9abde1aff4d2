import type { Duplex } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';

/** The first bytes of a body that passes by. */
export interface Kept {
  add(chunk: Buffer): void;
  /** What is kept up to now. */
  readonly bytes: Buffer;
  readonly size: number;
  clear(): void;
}

/** Keeps up to `cap` bytes; the chunks are joined when looked at, not each time one comes. */
export function keep(cap: number): Kept {
  let chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk) {
      if (size >= cap) return;
      const part = size + chunk.length > cap ? chunk.subarray(0, cap - size) : chunk;
      // A copy: a slice would hold the whole chunk in memory.
      chunks.push(Buffer.from(part));
      size += part.length;
    },
    get bytes() {
      if (chunks.length !== 1) chunks = [Buffer.concat(chunks, size)];
      return chunks[0] ?? Buffer.alloc(0);
    },
    get size() {
      return size;
    },
    clear() {
      chunks = [];
      size = cap; // nothing more is taken in
    },
  };
}

/** Takes the encoded body chunk by chunk and keeps the decoded one. Never throws and never slows the sender. */
export interface Decoder {
  write(chunk: Buffer): void;
  /** Calls back when all that was written has been decoded, or cannot be. */
  end(done: () => void): void;
}

/**
 * Decodes by Content-Encoding into `kept`, until `kept` has `cap` bytes: a small answer may unpack to gigabytes.
 * What cannot be decoded (unknown coding, damage) ends the decoding; what came before is kept.
 */
export function decodeInto(kept: Kept, cap: number, contentEncoding: string | undefined): Decoder {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length === 0) return { write: (chunk) => kept.add(chunk), end: (done) => done() };
  let first: Duplex | undefined;
  let over = false;
  let waiting: (() => void) | undefined;
  const stages: Duplex[] = [];
  const stop = (): void => {
    if (over) return;
    over = true;
    for (const stage of stages) stage.destroy();
    waiting?.();
  };
  const build = (chunk: Buffer): Duplex | undefined => {
    for (const coding of codings.toReversed()) {
      const stage = decompressor(coding, chunk);
      if (stage === undefined) return undefined;
      stage.on('error', stop);
      stages.at(-1)?.pipe(stage);
      stages.push(stage);
    }
    stages
      .at(-1)
      ?.on('data', (part: Buffer) => {
        kept.add(part);
        if (kept.size >= cap) stop();
      })
      .on('end', stop);
    return stages[0];
  };
  return {
    write(chunk) {
      if (over) return;
      first ??= build(chunk);
      if (first === undefined) over = true;
      else first.write(chunk);
    },
    end(done) {
      if (over || first === undefined) return done();
      waiting = done;
      first.end();
    },
  };
}

function decompressor(coding: string, start: Buffer): Duplex | undefined {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip();
  if (coding === 'br') return createBrotliDecompress();
  if (coding === 'zstd') return createZstdDecompress();
  // "deflate" is zlib by the RFC and raw by many servers: the low four bits of zlib's first byte are 8.
  if (coding === 'deflate') return ((start[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
  return undefined;
}
