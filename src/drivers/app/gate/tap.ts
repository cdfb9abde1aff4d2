import type { Socket } from 'node:net';
import type { WireTrace } from '../../../model/app.ts';
import type { Mark } from '../../../model/mark.ts';

/** Bytes that are kept of each store, the newest. */
const kept = 32e6;
/** How far before a text its statement may begin. */
const reach = 8192;
const writes =
  /insert|update|replace|merge|upsert|delete|hm?set|zadd|[lr]push|sadd|xadd|append|getset|setex|setnx|copy|call|exec/;
const verbs =
  /\b(insert|update|replace|merge|upsert|delete|select|h?m?set|h?m?get|hgetall|zadd|[lr]push|sadd|xadd|append|setex|setnx|find|aggregate|search|scan|copy|call|exec|with)\b/g;

/** What an app sends to one store, read on the way. */
export interface Tap {
  /** host:port. */
  readonly store: string;
  listen(app: Socket): void;
  /** Which of the marks it was sent since (epoch ms) by what writes, across segments. */
  read(since: number, marks: readonly Mark[]): WireTrace;
}

export function makeTap(store: string): Tap {
  const parts: { at: number; bytes: Buffer }[] = [];
  let size = 0;
  let opaque = false;
  return {
    store,
    listen(app) {
      app.on('data', (bytes: Buffer) => {
        // A handshake record of TLS (RFC 8446, 5.1), also after what the protocol says before it.
        opaque ||= bytes[0] === 0x16 && bytes[1] === 0x03;
        parts.push({ at: Date.now(), bytes });
        for (size += bytes.length; size > kept; ) size -= parts.shift()?.bytes.length ?? size;
      });
    },
    read(since, marks) {
      const sent = Buffer.concat(parts.flatMap((p) => (p.at >= since ? [p.bytes] : [])))
        .toString('latin1')
        .toLowerCase();
      const flat = sent.replaceAll('\0', '');
      return { store, written: marks.filter((mark) => [sent, flat].some((text) => isWritten(text, mark))), opaque };
    },
  };
}

/** Does the mark stand in a statement that writes? What is only searched for stands in one that reads. */
function isWritten(text: string, mark: Mark): boolean {
  const key = /^\d/.test(mark) ? mark : mark.slice(0, 6);
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    const verb = text
      .slice(Math.max(0, at - reach), at)
      .match(verbs)
      ?.at(-1);
    if (verb === undefined || writes.test(verb) || /^(m?set|h?m?set)$/.test(verb)) return true;
  }
  return false;
}
