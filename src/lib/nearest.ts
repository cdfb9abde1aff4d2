/** The candidate that a mistyped word most likely meant, or undefined where none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  // A name with a slash may be typed without what is before it.
  const forms = (candidate: string): string[] => [
    candidate,
    ...(typed.includes('/') ? [] : [candidate.slice(candidate.lastIndexOf('/') + 1)]),
  ];
  const scored = candidates.map((candidate) => ({
    candidate,
    score: Math.min(...forms(candidate).map((form) => distance(typed, form))),
  }));
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (least, next) => (least && least.score <= next.score ? least : next),
    undefined,
  );
  return best && best.score <= Math.max(2, typed.length / 3) ? best.candidate : undefined;
}

/** "; did you mean x?" or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates);
  return found === undefined ? '' : ` Did you mean ${found}?`;
}

/** Levenshtein's, ignoring case. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(
        Math.min((row[j] ?? 0) + (letter === b[j]?.toLowerCase() ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
