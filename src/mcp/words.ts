/** What the tools answer, as data and in short words. All that the app said is tamed before. Pure. */
import { basename } from 'node:path';
import { z } from 'zod';
import { asSentence, list, plural } from '../lib/text.ts';
import type { Run } from '../model/run.ts';
import { advice } from '../report/advice.ts';
import { causesOf } from '../report/causes.ts';
import { veil } from '../report/html/veil.ts';
import { cited, type EntryOf, entriesOf, type ReportInput, saysOf } from '../report/outline.ts';
import { tame } from '../report/tame.ts';
import { ledgerNote } from '../report/words.ts';
import type { Stored, Turn } from './desk.ts';

const status = z.enum(['pass', 'fail', 'unknown', 'not-applicable']);
const turn = z.object({ claim: z.string(), was: z.union([status, z.literal('not asked')]), is: status });

/** A run in short. */
export const digestShape = {
  run: z.string().describe('its name, for the other tools'),
  url: z.string(),
  sentence: z.string(),
  ready: z.number().optional().describe('0 to 100'),
  counts: z.object({ pass: z.number(), fail: z.number(), unknown: z.number(), 'not-applicable': z.number() }),
  causes: z
    .array(
      z.object({
        root: z.string(),
        says: z.string(),
        severity: z.string(),
        because: z.string(),
        claims: z.array(z.string()),
      }),
    )
    .describe('what is broken, by root cause, the worst first'),
  untold: z.array(z.object({ claim: z.string(), because: z.string(), wants: z.string().optional() })),
  questions: z.array(z.string()).describe('that only a person can answer, by `intent`'),
  left: z.string().describe('what was written and may still be in the app'),
  seconds: z.number(),
  turned: z.array(turn).optional().describe('of verify and judge: each claim as it was and as it is'),
};

export const findingShape = z.object({
  claim: z.string(),
  status,
  says: z.string(),
  because: z.string(),
  where: z.string().optional(),
  fingerprint: z.string().optional(),
  severity: z.string().optional(),
  root: z.string().optional(),
  wants: z.string().optional(),
});
type Told = z.infer<typeof findingShape>;

export const tamedRun = (run: Run): Run => tame({ ...run, observations: [] });

export function digest({ run: untamed, dir }: Stored, turned?: readonly Turn[]) {
  const run = tamedRun(untamed);
  const counts = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0 };
  for (const { status } of run.results) counts[status]++;
  return {
    run: basename(dir),
    url: run.target.url,
    sentence: run.sentence,
    ...(run.score.ready === undefined ? {} : { ready: run.score.ready }),
    counts,
    causes: causesOf(run).map(({ root, severity, entries }) => ({
      root,
      says: saysOf(root),
      severity,
      because: entries[0]?.result.because ?? '',
      claims: entries.map(({ result }) => result.claim),
    })),
    untold: entriesOf(run, 'unknown').map(({ result: { claim, because, wants } }) => ({
      claim,
      because,
      ...(wants ? { wants } : {}),
    })),
    questions: run.questions.map(({ asks }) => asks),
    left: ledgerNote(run),
    seconds: Math.round((run.timings['total'] ?? 0) / 100) / 10,
    ...(turned ? { turned: turned.map((one) => ({ ...one })) } : {}),
  };
}

/** The same for whoever reads text alone. */
export function digestText(told: ReturnType<typeof digest>): string {
  const { counts, causes, untold, turned, questions } = told;
  return [
    `${told.url}: ${counts.fail} broken, ${counts.unknown} not told, ${counts.pass} shown (run ${told.run}, ${told.seconds} s).`,
    ...(turned ?? []).map(({ claim, was, is }) => `${claim}: ${was} → ${is}`),
    told.sentence,
    ...causes.map(
      ({ root, severity, says, because }) => `Broken (${severity}): ${says} ${asSentence(because)} [${root}]`,
    ),
    ...(untold.length ? [`Not told: ${list(untold.map(({ claim }) => claim))}.`] : []),
    ...questions.map((asks) => `For a person to answer: ${asks}`),
    `Left behind: ${told.left}`,
    ...(causes.length ? [`Next: brief, then mend, then verify. ${plural(causes.length, 'root cause')}.`] : []),
  ].join('\n');
}

/** Each verdict of these statuses. */
export function findings(run: Run, of: readonly Told['status'][]): Told[] {
  const tamed = tamedRun(run);
  return of.flatMap((status) =>
    entriesOf(tamed, status).map(
      ({ result, says, severity }): Told => ({
        claim: result.claim,
        status: result.status,
        says,
        because: result.because,
        ...(severity ? { severity } : {}),
        ...(result.status === 'fail'
          ? {
              where: result.findings[0].where,
              fingerprint: result.findings[0].fingerprint,
              ...(result.findings[0].root ? { root: result.findings[0].root } : {}),
            }
          : {}),
        ...(result.status === 'unknown' && result.wants ? { wants: result.wants } : {}),
      }),
    ),
  );
}

export const explainedShape = {
  ...findingShape.shape,
  wrongIf: z.string().optional(),
  fix: z.string().optional(),
  reproduce: z.string().optional(),
  evidence: z.array(
    z.object({ id: z.string(), who: z.string(), kind: z.string(), says: z.string(), pictures: z.array(z.string()) }),
  ),
};

/** One verdict with what it stands on; undefined where the run holds none of that claim. Rows of others are not told. */
export function explained(input: ReportInput, claim: string) {
  const result = tamedRun(input.run).results.find((one) => one.claim === claim);
  const told = result && findings(input.run, [result.status]).find((one) => one.claim === claim);
  if (!result || !told) return undefined;
  const marks = veil(input.run, input.events);
  const ids = new Set(cited(result));
  const fix = advice[claim]?.fix;
  const first = result.status === 'fail' ? (result as EntryOf<'fail'>['result']).findings[0] : undefined;
  return {
    ...told,
    ...(result.status === 'fail' ? { wrongIf: result.wrongIf } : {}),
    ...(fix ? { fix } : {}),
    ...(first?.reproduce ? { reproduce: first.reproduce } : {}),
    evidence: tame(input.events.filter(({ id }) => ids.has(id))).map(({ id, who, kind, says, blobs = [] }) => ({
      id,
      who,
      kind,
      says: marks.act(says),
      pictures: blobs.filter((name) => name.endsWith('.png')),
    })),
  };
}

export function explainedText(told: NonNullable<ReturnType<typeof explained>>): string {
  return [
    `${told.says} [${told.claim}: ${told.status}]`,
    asSentence(told.because),
    ...(told.where ? [`Where: ${told.where}`] : []),
    ...told.evidence.map(({ id, who, says }) => `${id} ${who}: ${says}`),
    ...(told.wrongIf ? [`Wrong if ${told.wrongIf}`] : []),
    ...(told.wants ? [`It takes: ${told.wants}`] : []),
    ...(told.fix && told.status === 'fail' ? [`The usual fix: ${told.fix}`] : []),
  ].join('\n');
}
