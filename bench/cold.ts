/** `plummet reload` on apps that nobody described: seconds and acts to the first verified write, and to the end. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Fixture } from '../fixtures/contract.ts';
import { median, plummet, seconds, table, verifiedIn } from './measure.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

export async function cold(words: readonly string[]): Promise<void> {
  const names = words.length
    ? words
    : readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'fixture.ts')));
  console.log('cold: plummet reload with an address alone; seconds since the run began, and acts of the journal\n');
  const rows: string[][] = [['fixture', 'record', 'first write', 'acts', 'whole', 'acts', 'not told']];
  const [firsts, wholes]: [number[], number[]] = [[], []];
  for (const name of names) {
    const { default: fixture } = (await import(join(fixtures, name, 'fixture.ts'))) as { default: Fixture };
    const app = await fixture.start(fixture.defects.find((d) => d.name === 'as-built')?.name);
    try {
      const { took, run, events } = await plummet(app.url, { flags: fixture.flags ?? [] });
      const verified = verifiedIn(run, events);
      if (verified) firsts.push(verified.at);
      wholes.push(took);
      const untold = run.results.filter((r) => r.status === 'unknown').length;
      rows.push([
        name,
        run.facts.record?.kind ?? '-',
        seconds(verified?.at),
        verified ? String(verified.acts) : '-',
        seconds(took),
        String(events.filter((e) => e.kind === 'act').length),
        String(untold),
      ]);
      process.stderr.write(`${name} ${seconds(took)}\n`);
    } finally {
      await app.close();
    }
  }
  rows.push(['median', '', seconds(median(firsts)), '', seconds(median(wholes)), '', '']);
  console.log(table(rows));
}
