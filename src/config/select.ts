import { glob, isGlob } from '../lib/glob.ts';
import { didYouMean } from '../lib/nearest.ts';
import { list } from '../lib/text.ts';
import { catalogue, sections } from '../model/catalogue.ts';
import { Failure } from '../model/failure.ts';

const ids = catalogue.map((claim) => claim.id);
const names = sections.map((section) => section.id);

/**
 * The claims that the patterns mean, in the order of the catalogue: sections, claim ids (the section may be left out) and globs. `own`: those
 * of the criteria of a config, which come last. A pattern that means none is a Failure.
 */
export function claimsNamed(patterns: readonly string[], flag: string, own: readonly string[] = []): string[] {
  const all = [...ids, ...own];
  const chosen = new Set(patterns.flatMap((pattern) => named(pattern.trim(), flag, all)));
  return all.filter((id) => chosen.has(id));
}

/** What to ask: of the probed claims and criteria those that `only` names (all, if it is empty) without those that `skip` names. */
export function selectClaims(
  probed: readonly string[],
  only: readonly string[],
  skip: readonly string[],
  own: readonly string[] = [],
): string[] {
  const wanted = only.length ? claimsNamed(only, '--only', own) : [...ids, ...own];
  const left = new Set(claimsNamed(skip, '--skip', own));
  const asked = wanted.filter((id) => !left.has(id));
  const chosen = asked.filter((id) => probed.includes(id) || own.includes(id));
  if (chosen.length) return chosen;
  if (asked.length && only.length)
    throw new Failure(
      'E_USAGE',
      `This command asks nothing of ${list(asked.slice(0, 3))}${asked.length > 3 ? ' and others' : ''}. See what is asked with: plummet list`,
    );
  throw new Failure('E_USAGE', '--only and --skip together leave nothing to ask.');
}

function named(pattern: string, flag: string, all: readonly string[]): string[] {
  const matches = isGlob(pattern)
    ? glob(pattern)
    : (id: string) => id === pattern || id.startsWith(`${pattern}/`) || id.endsWith(`/${pattern}`);
  const found = all.filter(matches);
  if (found.length) return found;
  throw new Failure(
    'E_USAGE',
    `${flag}: no claim is called "${pattern}".${didYouMean(pattern, [...all, ...names])} See them all with: plummet list`,
  );
}
