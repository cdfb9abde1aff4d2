import type { Socket } from 'node:net';

/** Makes one connection of two: what comes from one goes to the other, and so do its end and its failure. */
export function pair(a: Socket, b: Socket): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroySoon());
    from.pipe(to);
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
