/** Runs as a process of its own: reads one line `{ url, names }`, waits until its input closes, and drops those databases. */
import { createInterface } from 'node:readline';
import { asked, dropping } from './postgres.ts';

for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);
let order: { url: string; names: string[] } | undefined;
createInterface({ input: process.stdin })
  .on('line', (line) => {
    order = JSON.parse(line);
    process.stdout.write('ready\n');
  })
  .on('close', () => {
    if (order) void drop(order);
  });

async function drop({ url, names }: NonNullable<typeof order>): Promise<void> {
  const statements = names.flatMap(dropping);
  // The app may be ended at this moment, too.
  for (let tries = 0; tries < 5; tries++)
    if (
      await asked(url, statements).then(
        () => true,
        () => false,
      )
    )
      return;
}
