/**
 * What the search for a way to write chose among, and what it chose: two kinds of note in the journal of a run, from which the weights of
 * its candidates can be fitted. They hold features, no names and no words of the app.
 */
import type { EvidenceId, RunEvent } from './evidence.ts';

/** What a candidate is like: the features that it has, and how much of each. Most are 1. */
export type Features = Readonly<Record<string, number>>;

/** A view that was considered, once: its candidates in the order of the page. In a note as `considers`. */
export interface Considered {
  /** The note of the choice that led here; none where the search began. */
  readonly by?: EvidenceId | undefined;
  readonly forms: readonly Features[];
  readonly openers: readonly Features[];
}

/** What was chosen of it, noted when it was over. In a note as `chose`. */
export interface Chosen {
  /** The note of the view. */
  readonly of: EvidenceId;
  readonly kind: 'forms' | 'openers';
  /** Which of them. */
  readonly at: number;
  /** Of a form: the kind of record that it writes, `nothing`, or `left alone` where it was not filled. */
  readonly came?: string;
}

/** One choice on the way to the record that was verified. */
export interface Choice {
  readonly kind: Chosen['kind'];
  readonly candidates: readonly Features[];
  /** Which of them led to the record. */
  readonly right: number;
  /** What each of them cost where it was tried: acts of the journal since the choice before. */
  readonly acts: readonly (number | undefined)[];
}

/**
 * The choices among two or more that led to the best record that a run found, the last first; empty where it found none that is kept or
 * held. A candidate that was not tried, for the right one came before it, counts as one that does not lead there.
 */
export function choicesIn(events: readonly RunEvent[]): Choice[] {
  const views = new Map<string, Considered>();
  const made: (Chosen & { readonly id: EvidenceId; readonly acts: number })[] = [];
  let acts = 0;
  for (const { id, kind, data } of events) {
    if (kind === 'act') acts++;
    if (data?.['considers']) views.set(id, data['considers'] as Considered);
    if (!data?.['chose']) continue;
    made.push({ ...(data['chose'] as Chosen), id, acts });
    acts = 0;
  }
  const choices: Choice[] = [];
  let right = made.find((one) => one.came === 'kept') ?? made.find((one) => one.came === 'held');
  while (right) {
    const { of, kind, at } = right;
    const view = views.get(of);
    const tried = new Map(made.filter((one) => one.of === of && one.kind === kind).map((one) => [one.at, one]));
    const there = (view?.[kind] ?? [])
      .map((features, i) => ({ features, i }))
      .filter(({ i }) => tried.get(i)?.came !== 'left alone');
    if (there.length > 1)
      choices.push({
        kind,
        candidates: there.map(({ features }) => features),
        right: there.findIndex(({ i }) => i === at),
        acts: there.map(({ i }) => tried.get(i)?.acts),
      });
    right = made.find((one) => one.id === view?.by);
  }
  return choices;
}
