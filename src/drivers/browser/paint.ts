/** Paints boxes over a picture: 8 bits a channel, RGB or RGBA, not interlaced, as Chromium writes them. */
import { promisify } from 'node:util';
import { crc32, deflate, inflate } from 'node:zlib';
import type { Box } from './injected/rows.injected.ts';

const [packed, unpacked] = [promisify(deflate), promisify(inflate)];
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
/** The colour of what is painted over: grey, a little blue, as nothing of most pages. */
export const paint = [203, 207, 214] as const;

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Bytes of a pixel. */
  readonly channels: 3 | 4;
  readonly bytes: Uint8Array;
}

/** Undefined for a picture of another make. */
export async function pixelsOf(png: Uint8Array): Promise<Pixels | undefined> {
  const buffer = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (!buffer.subarray(0, 8).equals(signature)) return undefined;
  const data: Buffer[] = [];
  for (let at = 8; at + 8 <= buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    if (buffer.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(buffer.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
  const [depth, colour, , , interlaced] = buffer.subarray(24, 29);
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlaced) return undefined;
  const channels = colour === 2 ? 3 : 4;
  return {
    width,
    height,
    channels,
    bytes: unfiltered(await unpacked(Buffer.concat(data)), width * channels, height, channels),
  };
}

/** Undoes the five filters of PNG (RFC 2083, section 6), line by line: the commonest first, for a screen has four million bytes. */
function unfiltered(raw: Uint8Array, stride: number, height: number, step: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1) + 1;
    const line = out.subarray(y * stride, (y + 1) * stride);
    line.set(raw.subarray(from, from + stride));
    const above = y ? out.subarray((y - 1) * stride, y * stride) : new Uint8Array(stride);
    const at = (bytes: Uint8Array, x: number): number => (x < 0 ? 0 : (bytes[x] as number));
    const filter = raw[from - 1];
    if (filter === 2) for (let x = 0; x < stride; x++) line[x] = at(line, x) + at(above, x);
    else if (filter === 1) for (let x = step; x < stride; x++) line[x] = at(line, x) + at(line, x - step);
    else if (filter === 3)
      for (let x = 0; x < stride; x++) line[x] = at(line, x) + ((at(line, x - step) + at(above, x)) >> 1);
    else if (filter === 4)
      for (let x = 0; x < stride; x++)
        line[x] = at(line, x) + paeth(at(line, x - step), at(above, x), at(above, x - step));
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** The picture with these boxes painted over; `scale`: its pixels to one of theirs. `whole` are the boxes that show through what was painted before. */
export async function painted(
  png: Uint8Array,
  scale: number,
  steps: readonly { readonly boxes: readonly Box[]; readonly whole?: boolean }[],
): Promise<Uint8Array | undefined> {
  const pixels = await pixelsOf(png);
  if (!pixels) return undefined;
  const { width, height, channels, bytes } = pixels;
  const before = steps.some(({ whole }) => whole) ? bytes.slice() : bytes;
  for (const { boxes, whole } of steps)
    for (const box of boxes) {
      const [left, right] = [
        Math.max(0, Math.floor(box.x * scale)),
        Math.min(width, Math.ceil((box.x + box.width) * scale)),
      ];
      const [top, end] = [
        Math.max(0, Math.floor(box.y * scale)),
        Math.min(height, Math.ceil((box.y + box.height) * scale)),
      ];
      for (let y = top; y < end; y++) {
        const [from, to] = [(y * width + left) * channels, (y * width + right) * channels];
        if (to <= from) continue;
        if (whole) bytes.set(before.subarray(from, to), from);
        else
          for (let at = from; at < to; at++)
            bytes[at] = at % channels === 3 ? 255 : (paint[(at % channels) as 0 | 1 | 2] ?? 0);
      }
    }
  return pngOf(pixels);
}

async function pngOf({ width, height, channels, bytes }: Pixels): Promise<Uint8Array> {
  const stride = width * channels;
  const raw = Buffer.alloc((stride + 1) * height);
  // What a line shares with the one above it costs nothing: screens are made of that.
  for (let y = 0; y < height; y++) {
    raw[y * (stride + 1)] = 2;
    for (let x = 0; x < stride; x++)
      raw[y * (stride + 1) + 1 + x] = (bytes[y * stride + x] ?? 0) - (y ? (bytes[(y - 1) * stride + x] ?? 0) : 0);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, channels === 3 ? 2 : 6, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', await packed(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
