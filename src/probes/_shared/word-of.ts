import { fold } from '../../model/mark.ts';

/** A word that stands in one of the rows alone, and tells it by its first six letters as a mark would. */
export function wordOf(rows: readonly string[], text: string): { word: string; row: string } | undefined {
  for (const row of rows)
    for (const word of row.match(/\p{L}{6,}/gu) ?? []) {
      const key = fold(word).slice(0, 6);
      if (
        key.length === 6 &&
        fold(text).split(key).length === 2 &&
        rows.filter((r) => fold(r).includes(key)).length === 1
      )
        return { word, row };
    }
  return undefined;
}
