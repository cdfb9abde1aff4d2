import { didYouMean } from '../lib/nearest.ts';
import { list } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';

/** The entry of a table of formats that `--format` names. */
export function chosen<T extends object>(table: T, format: string): T[keyof T] {
  const formats = Object.keys(table);
  if (!formats.includes(format))
    throw new Failure(
      'E_USAGE',
      `--format is one of ${list(formats, 'or')}, not "${format}".${didYouMean(format, formats)}`,
    );
  return table[format as keyof T];
}
