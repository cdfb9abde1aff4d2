import type { Socket } from 'node:net';
import { Transform } from 'node:stream';
import type { StoreFault, WireTrace } from '../../../model/app.ts';
import type { Mark } from '../../../model/mark.ts';
import { pair } from './sockets.ts';

/** Bytes that are kept of each store, the newest. */
const kept = 32e6;
/** How far before a text its statement may begin. */
const reach = 8192;
const writes =
  /insert|update|replace|merge|upsert|delete|hm?set|zadd|[lr]push|sadd|xadd|append|getset|setex|setnx|copy|call|exec/;
const verbs =
  /\b(insert|update|replace|merge|upsert|delete|select|h?m?set|h?m?get|hgetall|zadd|[lr]push|sadd|xadd|append|setex|setnx|find|aggregate|search|scan|copy|call|exec|with)\b/g;

/** The first line of a request (RFC 9112, 3). */
const request = /^[A-Z]+ \S+ HTTP\/1\.\d\r\n/;
/** Milliseconds by which a slow store's answers come late. */
const late = 3000;

/** What an app sends to one store, read on the way, and the hand that can take the store away. */
export interface Tap {
  /** host:port. */
  readonly store: string;
  /** Makes one connection of the app's and one that `dial` opens to the store. */
  join(app: Socket, dial: () => Socket): void;
  /** From now on, for connections that stand and new ones, until the answer is called. */
  fault(kind: StoreFault): () => void;
  /** Which of the marks it was sent since (epoch ms) by what writes, across segments. */
  read(since: number, marks: readonly Mark[]): WireTrace;
}

export function makeTap(store: string): Tap {
  const parts: { at: number; bytes: Buffer }[] = [];
  let size = 0;
  let unread: string | undefined;
  let now: StoreFault | undefined;
  /** Connections that stand, and those that lost some of what was said: these cannot go on. */
  const standing = new Set<Socket>();
  const maimed = new Set<Socket>();
  const listen = (bytes: Buffer): void => {
    // A handshake record of TLS (RFC 8446, 5.1), also after what the protocol says before it.
    if (bytes[0] === 0x16 && bytes[1] === 0x03) unread = 'what it is sent is encrypted';
    else if (request.test(bytes.toString('latin1', 0, 2048)))
      unread ??= 'it is asked by HTTP, which does not tell a record from a question';
    parts.push({ at: Date.now(), bytes });
    for (size += bytes.length; size > kept; ) size -= parts.shift()?.bytes.length ?? size;
  };
  return {
    store,
    join(app, dial) {
      if (now === 'gone') return void app.destroy();
      const to = dial();
      standing.add(app);
      app.once('close', () => {
        standing.delete(app);
        maimed.delete(app);
      });
      const lose = (): void => void maimed.add(app);
      const asked = new Transform({
        transform(bytes: Buffer, _, done) {
          listen(bytes);
          if (now === 'silent') lose();
          done(null, now === 'silent' ? undefined : bytes);
        },
      });
      const answered = new Transform({
        transform(bytes: Buffer, _, done) {
          if (now === 'silent') {
            lose();
            done();
          } else if (now === 'slow') setTimeout(() => done(null, bytes), late);
          else if (now === 'cut') {
            this.push(bytes.subarray(0, bytes.length >> 1));
            this.push(null);
            done();
            to.destroy();
          } else done(null, bytes);
        },
      });
      pair(app, to, { there: asked, back: answered });
    },
    fault(kind) {
      now = kind;
      if (kind === 'gone') for (const app of standing) app.destroy();
      return () => {
        now = undefined;
        for (const app of maimed) app.destroy();
      };
    },
    read(since, marks) {
      const sent = Buffer.concat(parts.flatMap((p) => (p.at >= since ? [p.bytes] : [])))
        .toString('latin1')
        .toLowerCase();
      const flat = sent.replaceAll('\0', '');
      if (unread) return { store, written: [], unread };
      return { store, written: marks.filter((mark) => [sent, flat].some((text) => isWritten(text, mark))) };
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
