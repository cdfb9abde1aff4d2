import type { Context, Outcome, Session } from '../../model/context.ts';
import type { Citations, EvidenceId } from '../../model/evidence.ts';
import type { Facts, Place, RecordFacts } from '../../model/facts.ts';
import { keptFrom } from '../../model/hosted.ts';
import type { Intent } from '../../model/run.ts';
import { notApplicable, unknown, type Verdict } from '../../model/verdict.ts';

/** What a probe throws where the ground for it is missing; the engine makes it an unknown. */
export class Groundless extends Error {
  readonly verdict: Verdict;
  constructor(verdict: Verdict) {
    super(verdict.because);
    this.verdict = verdict;
  }
}

/** The record that the survey found, or nothing to stand on. */
export function recordOf(facts: Facts): RecordFacts {
  if (facts.record && facts.record.kind !== 'echo') return facts.record;
  throw new Groundless(noWay(facts));
}

export function noWay(facts: Facts): Verdict {
  if (facts.kind === 'dead') return unknown('could-not-look', 'the page did not open', 'a running app at this address');
  const kept = keptFrom(facts);
  if (kept) return unknown('permission', kept.because, kept.wants, facts.evidence);
  if (facts.door.kind === 'closed')
    return unknown(
      'no-way-found',
      `the door could not be opened: ${facts.door.says}`,
      facts.door.wants ?? '--login user:password',
    );
  if (facts.kind === 'api')
    return unknown(
      'no-way-found',
      `the address serves no pages, and no request that makes a record was learned (${facts.tried.at(-1) ?? 'nothing was tried'})`,
      '--openapi with the file or address of what describes it: an OpenAPI document, or the schema of its GraphQL',
      facts.evidence,
    );
  if (facts.wordless)
    return unknown(
      'no-way-found',
      `nothing that takes words of ours was found, only ${facts.wordless.says}: this needs a mark to look for`,
      'a recipe in plummet.config.ts that writes a text (plummet init writes the place for it)',
      facts.wordless.evidence,
    );
  return unknown(
    'no-way-found',
    'no way to write a record was found',
    'a recipe in plummet.config.ts (plummet init writes the place for it)',
    facts.evidence,
  );
}

/** Places of a record just made: the lists, and the page where its making ended when records have pages of their own. */
export function placesOf(record: RecordFacts, endedAt: string): Place[] {
  const lists = record.places.filter((p) => p.what === 'list');
  const own = record.places.some((p) => p.what === 'own') || !lists.length;
  return own && !lists.some((p) => p.url === endedAt) ? [...lists, { url: endedAt, what: 'own' }] : lists;
}

/** The app says itself that it keeps data on this device, and nobody has said otherwise. */
const localByWords = (facts: Facts, intent: Intent): string | undefined =>
  intent.storage ? undefined : facts.told.local;
const localByIntent = (intent: Intent): boolean => intent.storage === 'local';

/** The question that decides where the data is meant to live. */
const askStorage = (words: string, evidence: readonly EvidenceId[]): Verdict =>
  unknown(
    'intent',
    `the app says “${words}”: whether that is meant, only its owner can say`,
    '--intent storage=server|synced|local',
    evidence,
  );

/** Where nothing left the browser: meant so by its owner, or by the app's own words, which only its owner can confirm. */
export function meantForHere(sent: boolean, facts: Facts, intent: Intent, evidence: Citations): Verdict | undefined {
  if (sent) return undefined;
  if (localByIntent(intent))
    return notApplicable('the data is meant to live on this device (storage: local)', evidence);
  const words = localByWords(facts, intent);
  return words ? askStorage(words, evidence) : undefined;
}

export const cite = (...ids: readonly (EvidenceId | undefined)[]): Citations => {
  const found = ids.filter((id): id is EvidenceId => id !== undefined);
  return [found[0] as EvidenceId, ...found.slice(1)];
};

/** One creation: its outcome and places. */
export async function plant(
  context: Context,
  session: Session,
  options: { quick?: boolean; stayAt?: boolean } = {},
): Promise<{ mark: string; outcome: Outcome; places: Place[] }> {
  const record = recordOf(context.facts);
  const mark = context.mark();
  const outcome = await session.do(record.create, { mark }, options);
  return { mark, outcome, places: placesOf(record, outcome.url) };
}

/** What must be had before anything can be said of a record on the server; `so` follows where no write leaves the browser. */
export function lacking(
  o: { none?: string | undefined; sent?: boolean | undefined; save?: EvidenceId | undefined; kept?: boolean },
  so: string,
): Verdict | undefined {
  if (o.none !== undefined) return unknown('no-way-found', o.none, 'a recipe in plummet.config.ts');
  if (o.sent === undefined) return unknown('control-failed', 'a record could not be written at the time');
  if (!o.sent)
    return notApplicable(
      `no write leaves the browser, so ${so} (root cause: persistence/writes-leave-the-browser)`,
      cite(o.save),
    );
  if (o.kept === false) return unknown('root-cause', 'the record is not kept at all (see records-survive-reload)');
  return undefined;
}
