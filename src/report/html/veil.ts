/**
 * Rows of other people, taken out of what the app sent before it is shown: what a report needs of an answer is its shape and what
 * is ours in it. A text is ours if it holds a mark that was planted. Pictures are not within its reach.
 */
import { clip } from '../../lib/text.ts';
import { around, line, longest, masked } from '../../model/bodies.ts';
import type { RunEvent } from '../../model/evidence.ts';
import type { Run } from '../../model/run.ts';

export interface Veil {
  /** A request's or answer's body: members and shape as they are, words only where they are ours. */
  body(text: string): string;
  /** A line of a log: as it is, without addresses of people and long numbers that are not ours. */
  line(text: string): string;
  /** What appeared on a page: only what is ours, or a sign of success that the survey knows. */
  ours(texts: readonly string[]): { readonly shown: readonly string[]; readonly hidden: number };
  /** What an act says of itself, without the words of a row that was pressed: the name of such a control is all that stands in it. */
  act(says: string): string;
  /** What was planted, in this text. */
  marksIn(text: string): string[];
}

export function veil(run: Run, events: readonly RunEvent[]): Veil {
  const marks = new Set<string>();
  for (const { mark } of run.ledger) add(mark);
  for (const { data } of events) {
    for (const used of Object.values((data?.['uses'] ?? {}) as Record<string, unknown>)) add(used);
    for (const name of ['mark', 'settled', 'from', 'to']) add(data?.[name]);
  }
  const signs = new Set((run.facts.record?.successTexts ?? []).map((text) => text.toLowerCase()));
  const known = [...marks].sort((a, b) => b.length - a.length);

  function add(mark: unknown): void {
    // What was done without words says so in a sentence, and is no mark; a date is everybody's.
    if (typeof mark === 'string' && mark.length >= 5 && mark.length <= 80 && !/\s|^\d{4}-\d\d-\d\d/.test(mark))
      marks.add(mark.toLowerCase());
  }
  const marksIn = (text: string): string[] => {
    const low = text.toLowerCase();
    return known.filter((mark) => low.includes(mark));
  };
  const ours = (text: string): boolean => marksIn(text).length > 0;

  return {
    marksIn,
    line: (text) => line(text, marksIn),
    act: (says) =>
      line(says, marksIn).replace(/“([^”]{33,})(”|$)/g, (whole, name) =>
        ours(name) ? whole : `‹a control with ${name.length} letters›`,
      ),
    body: (text) => masked(text, marksIn),
    ours(texts) {
      const shown = texts
        .filter((text) => ours(text) || signs.has(text.toLowerCase().replace(/[.!…]+$/, '')))
        .map((text) => (ours(text) ? around(text, marksIn(text)) : clip(text, longest)));
      return { shown: [...new Set(shown)], hidden: texts.length - shown.length };
    },
  };
}
