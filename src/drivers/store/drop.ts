/**
 * Runs as a process of its own: reads one line, what is to be dropped, waits until its input closes, and drops it. A second line says that we
 * end it in order; without one a server may still be making what we asked for last, so it is dropped until it stays away.
 */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseKind } from '../../model/databases.ts';
import { dialects } from './dialects.ts';

export interface Doomed {
  readonly kind: DatabaseKind;
  /** Of a database on their server. */
  readonly address: string;
  readonly names: readonly string[];
}

for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);
let order: Doomed | undefined;
let released = false;
createInterface({ input: process.stdin })
  .on('line', async (line) => {
    released = order !== undefined;
    if (released) return;
    order = JSON.parse(line) as Doomed;
    await dialects[order.kind]();
    process.stdout.write('ready\n');
  })
  .on('close', () => {
    if (order) void drop(order);
  });

async function drop({ kind, address, names }: Doomed): Promise<void> {
  const dialect = await dialects[kind]();
  // The app may be ended at this moment, too, and until then write.
  for (let round = 0; round < 10; round++) {
    const dropped = await Promise.allSettled(names.map((name) => dialect.drop(address, name)));
    if (dropped.every(({ status }) => status === 'fulfilled') && (released || round > 7)) return;
    await sleep(200);
  }
}
