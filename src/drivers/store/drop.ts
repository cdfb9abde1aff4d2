/** Runs as a process of its own: reads one line, what is to be dropped, waits until its input closes, and drops it. */
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
createInterface({ input: process.stdin })
  .on('line', async (line) => {
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
  for (let tries = 0; tries < 5; tries++) {
    const dropped = names.map((name) => dialect.drop(address, name));
    if ((await Promise.allSettled(dropped)).every(({ status }) => status === 'fulfilled')) return;
    await sleep(200);
  }
}
