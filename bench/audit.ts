/** Where the time of a whole audit of the sound board goes: by its address, and started by the tool. */
import { join } from 'node:path';
import { freePort } from '../test/servers.ts';
import { plummet, seconds, table } from './measure.ts';

const board = join(import.meta.dirname, '../examples/onboarding-board-sound');

export async function audit(): Promise<void> {
  const port = await freePort();
  const { took, run, events } = await plummet(`http://127.0.0.1:${port}/`, {
    command: 'audit',
    flags: [
      '--start',
      `exec ${process.execPath} server.ts`,
      '--source',
      board,
      '--env',
      `PORT=${port}`,
      '--budget',
      '10m',
    ],
  });
  const acts = events.filter((e) => e.kind === 'act' || e.kind === 'load');
  const began = Date.parse(run.startedAt);
  const within = (from: number, ms: number): number =>
    acts.filter((e) => e.at >= from - began && e.at < from - began + ms).length;
  console.log(`a whole audit of the sound board, started by the tool: ${seconds(took)} s\n`);
  const rows = [['part', 'seconds', 'share', 'acts']];
  const row = (name: string, ms: number, count?: number): void => {
    rows.push([name, seconds(ms), `${Math.round((100 * ms) / took)} %`, count === undefined ? '' : String(count)]);
  };
  for (const [stage, ms] of Object.entries(run.timings)) if (stage !== 'total' && stage !== 'probes') row(stage, ms);
  for (const o of run.observations) row(o.probe, o.took, within(o.startedAt, o.took));
  console.log(table(rows));
  console.log(
    `\n${acts.length} acts and loads, ${(acts.length / (took / 1000)).toFixed(1)} a second; probes with browsers of their own run beside the others, so shares add up to more than the whole`,
  );
  console.log(
    `not told: ${
      run.results
        .filter((r) => r.status === 'unknown')
        .map((r) => r.claim)
        .join(', ') || 'nothing'
    }; failed: ${
      run.results
        .filter((r) => r.status === 'fail')
        .map((r) => r.claim)
        .join(', ') || 'nothing'
    }`,
  );
}
