import { clip } from '../lib/text.ts';
import { masked } from '../model/bodies.ts';

type Data = Record<string, unknown>;
/** A text of a page that is longer is likely more than a word to whoever acted. */
const said = 60;

/** What an event holds, with the answers of the app in their shape only, which `veiled` says of it; as it is, where everybody is ours. */
export function veiled(data: Data, ours: ((text: string) => boolean) | undefined): Data {
  if (!ours) return data;
  const keep = { ours, line: (text: string) => text.replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '‹an address›'), around };
  let some = false;
  const all = (value: unknown, name = ''): unknown => {
    if (name === 'answer') some = true;
    if (typeof value === 'string')
      return name === 'answer'
        ? masked(value, keep)
        : name === 'appeared' && value.length > said && !ours(value)
          ? `‹a text of ${value.length} characters›`
          : value;
    if (Array.isArray(value)) return value.map((one) => all(one, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, all(one, inner)]));
  };
  const kept = all(data) as Data;
  return some ? { ...kept, veiled: true } : kept;
}

/** Of a text with something of ours in it: all that a short one says. */
const around = (text: string): string => (text.length <= said ? text : clip(text, said));
