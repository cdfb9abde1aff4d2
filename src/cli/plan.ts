import type { Flags } from '../config/merge.ts';
import { list, plural, wrap } from '../lib/text.ts';
import { criterionClaim, type GivenCriterion, whens } from '../model/criteria.ts';
import type { Profile } from '../model/target.ts';
import type { Io } from './parts.ts';
import { prepare } from './run-audit.ts';

/** `plummet plan <url> …`: what an audit with the same flags would do, to whom, and what would stay. Does nothing of it. Gives the exit code. */
export async function runPlan(address: string | undefined, flags: Flags, profile: Profile, io: Io): Promise<number> {
  const notes: string[] = [];
  const { settings, parts, permit, claims } = await prepare(address, flags, profile, io, (text) => notes.push(text));
  const { start, backends, disposableStore, allowEgress = [], budget, url, criteria = [] } = settings;
  const writes = permit !== 'reads';
  const rows: [string, string[]][] = [
    ['Target', [`${url}, at most ${Math.round(budget / 1000)} s, ${plural(claims.length, 'claim')} asked`]],
    ['Permit', [permit, ...notes]],
    [
      'Starts',
      start
        ? [
            ...start.map(({ run, cwd }) => `${run}   in ${disposableStore ? '' : 'a copy of '}${cwd}`),
            ...parts
              .backendsOf(start)
              .map((b) => `${b.variable} names a store at ${b.host}${b.here ? '' : ', which is not this machine'}`),
            `The app reaches ${allowEgress.includes('*') ? 'whom it will' : allowEgress.length ? `${allowEgress.join(', ')} and the stores named on this machine` : 'the stores named on this machine, and nobody else'}; its mail is caught, unless --env says where it goes.`,
          ]
        : [],
    ],
    ['Writes to', writes ? [new URL(url).host, ...backends] : []],
    [
      'Does',
      [
        writes
          ? 'surveys: opens pages, signs up or logs in, writes up to about 10 records, edits, moves and deletes some of them'
          : 'surveys: opens pages, and writes nothing',
        ...(writes ? parts.planned(claims, start !== undefined).map((p) => p.does) : []),
        ...(writes ? criteria.filter(({ name }) => claims.includes(criterionClaim(name))).map(doesOf) : []),
        ...(writes ? ['does once more whatever failed, to be sure'] : []),
      ],
    ],
    ['Would stay', [staying(writes, start !== undefined && !disposableStore)]],
  ];
  const width = Math.min(io.out.columns, 110) - 14;
  io.out.write(
    `${rows
      .filter(([, lines]) => lines.length > 0)
      .map(([name, lines]) =>
        lines
          .flatMap((line) => wrap(line, width).map((part, at) => (at ? `  ${part}` : part)))
          .map((line, at) => `  ${(at ? '' : name).padEnd(12)}${line}`)
          .join('\n'),
      )
      .join('\n')}\n\nNothing was done. The same words without “plan” do it.\n`,
  );
  return 0;
}

const doesOf = ({ name, after, write }: GivenCriterion): string =>
  `“${name}”, of the config: ${write ? 'writes, and looks' : 'looks'} ${list(['at once', ...after.map((by) => whens[by])])}`;

function staying(writes: boolean, copied: boolean): string {
  const made = 'accounts that were made, and records that the app does not let one delete; the report names them';
  if (!writes) return 'nothing';
  return copied ? `nothing: all is made in a copy, which goes with the run. Where it cannot be copied: ${made}` : made;
}
