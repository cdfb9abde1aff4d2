import { glob, isGlob } from '../lib/glob.ts';
import { didYouMean } from '../lib/nearest.ts';
import { list } from '../lib/text.ts';
import { catalogue, sections } from '../model/catalogue.ts';
import { Failure } from '../model/failure.ts';

const ids = catalogue.map((claim) => claim.id);
const names = [...ids, ...sections.map((section) => section.id)];

/** The claims that the patterns mean, in the order of the catalogue: sections, claim ids (the section may be left out) and globs. A pattern that means none is a Failure. */
export function claimsNamed(patterns: readonly string[], flag: string): string[] {
  const chosen = new Set(patterns.flatMap((pattern) => named(pattern.trim(), flag)));
  return ids.filter((id) => chosen.has(id));
}

/** What to ask: of the probed claims those that `only` names (all, if it is empty) without those that `skip` names. */
export function selectClaims(probed: readonly string[], only: readonly string[], skip: readonly string[]): string[] {
  const wanted = only.length ? claimsNamed(only, '--only') : ids;
  const left = new Set(claimsNamed(skip, '--skip'));
  const asked = wanted.filter((id) => !left.has(id));
  const chosen = asked.filter((id) => probed.includes(id));
  if (chosen.length) return chosen;
  if (asked.length && only.length)
    throw new Failure(
      'E_USAGE',
      `This command asks nothing of ${list(asked.slice(0, 3))}${asked.length > 3 ? ' and others' : ''}. See what is asked with: plummet list`,
    );
  throw new Failure('E_USAGE', '--only and --skip together leave nothing to ask.');
}

function named(pattern: string, flag: string): string[] {
  const matches = isGlob(pattern)
    ? glob(pattern)
    : (id: string) => id === pattern || id.startsWith(`${pattern}/`) || id.endsWith(`/${pattern}`);
  const found = ids.filter(matches);
  if (found.length) return found;
  throw new Failure(
    'E_USAGE',
    `${flag}: no claim is called "${pattern}".${didYouMean(pattern, names)} See them all with: plummet list`,
  );
}
