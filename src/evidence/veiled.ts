import { around, line, longest, type MarksIn, masked } from '../model/bodies.ts';

type Data = Record<string, unknown>;
/** What a page says of itself to whoever uses it: the longest that is kept. */
const most: Readonly<Record<string, number>> = { appeared: longest, dialogs: 120 };

/**
 * What an event holds, with the answers of the app in their shape only, which `veiled` says of it, and what its page said without the words of
 * others; as it is, where everybody is ours.
 */
export function veiled(data: Data, marksIn: MarksIn | undefined): Data {
  if (!marksIn) return data;
  let some = false;
  const said = (text: string, longest: number): string => {
    const marks = marksIn(text);
    if (marks.length) return line(around(text, marks), marksIn);
    return text.length > longest ? `‹a text of ${text.length} characters›` : line(text, marksIn);
  };
  const all = (value: unknown, name = '', spoken?: number): unknown => {
    if (name === 'answer') some = true;
    const longest = most[name] ?? spoken;
    if (typeof value === 'string')
      return name === 'answer' ? masked(value, marksIn) : longest ? said(value, longest) : value;
    if (Array.isArray(value)) return value.map((one) => all(one, name, longest));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, all(one, inner, longest)]));
  };
  const kept = all(data) as Data;
  return some ? { ...kept, veiled: true } : kept;
}
