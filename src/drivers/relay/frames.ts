import { constants, inflateRawSync } from 'node:zlib';

const KEPT = 256 * 1024;
/** A longer message is passed on, but not read. */
const READ = 8 * 1024 * 1024;
const WINDOW = 32 * 1024;
const TAIL = Buffer.from([0, 0, 0xff, 0xff]);

/** One message: its bytes, cut at 256 kB, and its text where it is text. */
export interface Message {
  text?: string;
  bytes: Buffer;
}

/**
 * Reads one direction of a WebSocket (RFC 6455): give it the bytes as they come, it calls back with each whole data message, unmasked, put together from
 * its fragments, and inflated where `deflate` says that permessage-deflate was agreed ("forgets": with no context takeover in this direction).
 * Never throws: after what is not RFC 6455 it is silent.
 */
export function frameReader(
  deflate: 'none' | 'keeps' | 'forgets',
  onMessage: (message: Message) => void,
): (chunk: Buffer) => void {
  let pending: Buffer[] = [];
  let held = 0;
  let need = 2; // bytes wanted before anything more can be told
  let skip = 0; // payload bytes of a frame too long to be read
  let broken = false;
  let message: { opcode: number; compressed: boolean; parts: Buffer[]; size: number; long: boolean } | undefined;
  let window: Buffer = Buffer.alloc(0);
  let lost = false; // a message was not read, so what later ones refer back to is missing

  const inflate = (payload: Buffer): Buffer | undefined => {
    if (lost) return undefined;
    try {
      const out = inflateRawSync(Buffer.concat([payload, TAIL]), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: READ * 4,
        ...(window.length > 0 ? { dictionary: window } : {}),
      });
      if (deflate === 'keeps') window = Buffer.concat([window, out]).subarray(-WINDOW);
      return out;
    } catch {
      lost = deflate === 'keeps';
      return undefined;
    }
  };

  const finish = (): void => {
    if (message === undefined) return;
    const { opcode, compressed, parts, long } = message;
    message = undefined;
    const raw = Buffer.concat(parts);
    if (long && compressed) lost = deflate === 'keeps';
    const whole = compressed && !long ? inflate(raw) : raw;
    const bytes = Buffer.from((whole ?? raw).subarray(0, KEPT));
    const readable = opcode === 1 && whole !== undefined && !(long && (compressed || raw.length === 0));
    onMessage(readable ? { text: bytes.toString('utf8'), bytes } : { bytes });
  };

  const take = (opcode: number, compressed: boolean, final: boolean, payload: Buffer | undefined): void => {
    if (opcode >= 8) return; // ping, pong, close
    if (opcode !== 0) message = { opcode, compressed, parts: [], size: 0, long: false };
    if (message === undefined) return;
    message.size += payload?.length ?? 0;
    if (payload === undefined || message.size > READ) message.long = true;
    else message.parts.push(payload);
    if (final) finish();
  };

  return (chunk) => {
    if (broken) return;
    if (skip >= chunk.length) {
      skip -= chunk.length;
      return;
    }
    const rest = skip > 0 ? chunk.subarray(skip) : chunk;
    skip = 0;
    pending.push(rest);
    held += rest.length;
    if (held < need) return; // joined only when a frame is whole: a long message comes in many chunks
    let buffer = Buffer.concat(pending);
    for (;;) {
      const head = header(buffer);
      if (head === undefined) {
        need = Math.max(2, buffer.length + 1);
        break;
      }
      if (head.size > Number.MAX_SAFE_INTEGER || head.reserved || (head.compressed && deflate === 'none')) {
        broken = true;
        pending = [];
        return;
      }
      const end = head.length + head.size;
      if (head.size > READ) {
        take(head.opcode, head.compressed, head.final, undefined);
        if (buffer.length < end) {
          skip = end - buffer.length;
          buffer = Buffer.alloc(0);
        } else buffer = buffer.subarray(end);
        need = 2;
        continue;
      }
      if (buffer.length < end) {
        need = end;
        break;
      }
      take(head.opcode, head.compressed, head.final, unmask(buffer.subarray(head.length, end), head.mask));
      buffer = buffer.subarray(end);
    }
    pending = buffer.length > 0 ? [Buffer.from(buffer)] : [];
    held = buffer.length;
  };
}

interface Header {
  final: boolean;
  compressed: boolean;
  reserved: boolean;
  opcode: number;
  /** Bytes of payload. */
  size: number;
  /** Bytes of header. */
  length: number;
  mask: Buffer | undefined;
}

function header(buffer: Buffer): Header | undefined {
  if (buffer.length < 2) return undefined;
  const [one = 0, two = 0] = buffer;
  const short = two & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = (two & 0x80) !== 0;
  const length = 2 + extra + (masked ? 4 : 0);
  if (buffer.length < length) return undefined;
  const size = extra === 2 ? buffer.readUInt16BE(2) : extra === 8 ? Number(buffer.readBigUInt64BE(2)) : short;
  return {
    final: (one & 0x80) !== 0,
    compressed: (one & 0x40) !== 0,
    reserved: (one & 0x30) !== 0,
    opcode: one & 0x0f,
    size,
    length,
    mask: masked ? buffer.subarray(length - 4, length) : undefined,
  };
}

function unmask(payload: Buffer, mask: Buffer | undefined): Buffer {
  const clear = Buffer.from(payload);
  if (mask !== undefined)
    for (let index = 0; index < clear.length; index++) clear[index] = (clear[index] ?? 0) ^ (mask[index & 3] ?? 0);
  return clear;
}

/** Reads what the server agreed to in Sec-WebSocket-Extensions, for each direction. */
export function agreedDeflate(extensions: string | undefined): {
  sent: 'none' | 'keeps' | 'forgets';
  received: 'none' | 'keeps' | 'forgets';
} {
  const agreed = (extensions ?? '').toLowerCase();
  if (!/\bpermessage-deflate\b/.test(agreed)) return { sent: 'none', received: 'none' };
  return {
    sent: agreed.includes('client_no_context_takeover') ? 'forgets' : 'keeps',
    received: agreed.includes('server_no_context_takeover') ? 'forgets' : 'keeps',
  };
}
