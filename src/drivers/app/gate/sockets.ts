import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Makes one connection of two: what comes from one goes to the other, and so do its end and its failure. `through`: what it passes on the way
 * from the first, and back to it.
 */
export function pair(a: Socket, b: Socket, through?: { there: Duplex; back: Duplex }): void {
  for (const [from, to, by] of [
    [a, b, through?.there],
    [b, a, through?.back],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroySoon());
    (by ? from.pipe(by) : from).pipe(to);
  }
}

/** What comes first on a connection, up to and with the end of its line; the rest is put back. */
export function firstLine(socket: Socket, then: (line: string, all: Buffer) => void): void {
  let held = Buffer.alloc(0);
  const read = (part: Buffer): void => {
    held = Buffer.concat([held, part]);
    const end = held.indexOf('\n');
    if (end < 0 && held.length < 8192) return;
    socket.off('data', read).pause();
    then(held.toString('latin1', 0, Math.max(end, 0)).trim(), held);
  };
  socket.on('error', () => socket.destroy()).on('data', read);
}
