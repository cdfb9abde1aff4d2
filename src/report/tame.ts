import { clip, oneLine, plain } from '../lib/text.ts';

const most = { words: 700, script: 8_000 };

/**
 * The same value with each text in it on one line, of a bounded length, without control characters and bidi overrides: a report
 * tames its whole input first, so that no place can forget it. Scripts to reproduce keep their lines.
 */
export function tame<T>(value: T, key = ''): T {
  if (typeof value === 'string')
    return (key === 'reproduce' ? clip(plain(value), most.script) : clip(oneLine(value), most.words)) as T;
  if (Array.isArray(value)) return value.map((inner) => tame(inner, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [clip(oneLine(name), most.words), tame(inner, name)]),
  ) as T;
}
