/** What each section of the catalogue adds to an audit of a fixture by its address: seconds of its probes, and of the clock. */
import { join } from 'node:path';
import type { Fixture } from '../fixtures/contract.ts';
import type { Observation, Run } from '../src/model/run.ts';
import { probes } from '../src/probes/index.ts';
import { plummet, seconds, table } from './measure.ts';

/** What comes last and takes as long as it may: a hundred wrong passwords, one after the other. */
const patient = 'authentication/guessing-is-slowed';

export async function sections([name = 'json-spa']: readonly string[]): Promise<void> {
  const { default: fixture } = (await import(join(import.meta.dirname, '../fixtures', name, 'fixture.ts'))) as {
    default: Fixture;
  };
  const app = await fixture.start();
  try {
    const { took, run } = await plummet(app.url, {
      command: 'audit',
      flags: ['--budget', '10m', '--keep-rows', ...(fixture.flags ?? [])],
    });
    console.log(
      `an audit of ${name} by its address: ${seconds(took)} s, the survey ${seconds(run.timings['survey'])} s\n`,
    );
    const all = [...new Set(run.observations.map(sectionOf))];
    console.log(
      table([
        ['section', 'probes', 'seconds', 'clock'],
        ...all.map((section) => rowOf(section, run, (o) => sectionOf(o) === section)),
        rowOf(
          'authentication and authorization, without guessing',
          run,
          (o) => isAboutUsers(o) && !answers(o, patient),
        ),
      ]),
    );
    console.log(
      '\nseconds: of its probes together; clock: while any of them ran. Two run beside each other, so neither adds up to the whole.',
    );
  } finally {
    await app.close();
  }
}

const claimsOf = ({ probe }: Observation): string[] =>
  probes.find(({ id }) => id === probe)?.claims.map(({ id }) => id) ?? [];
const answers = (o: Observation, claim: string): boolean => claimsOf(o).includes(claim);
const sectionOf = (o: Observation): string => (claimsOf(o)[0] ?? o.probe).split('/')[0] ?? '';
const isAboutUsers = (o: Observation): boolean => ['authentication', 'authorization'].includes(sectionOf(o));

function rowOf(says: string, { observations }: Run, is: (o: Observation) => boolean): string[] {
  const these = observations.filter(is).sort((a, b) => a.startedAt - b.startedAt);
  let [clock, until] = [0, 0];
  for (const { startedAt, took } of these) {
    const end = startedAt + took;
    clock += Math.max(0, end - Math.max(startedAt, until));
    until = Math.max(until, end);
  }
  const sum = these.reduce((total, { took }) => total + took, 0);
  return [says, String(new Set(these.map(({ probe }) => probe)).size), seconds(sum), seconds(clock)];
}
