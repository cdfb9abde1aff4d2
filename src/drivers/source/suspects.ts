/** Reads where in a source that which is broken likely sits. */
import { suspectsOf } from '../../model/suspects/suspects.ts';
import type { Clues, Suspect } from '../../model/suspects.ts';
import { filesIn } from './files.ts';

const code =
  /\.(m?[jt]sx?|[cm]ts|cjs|vue|svelte|astro|py|php|rb|go|rs|java|kt|cs|exs?|sql|prisma|html?|ejs|hbs|twig|erb|jinja2?|njk)$|^package\.json$/i;

/** For each of the clues what it leads to, the likeliest first. A folder that is not there leads to nothing. */
export function suspectsIn(root: string, clues: readonly Clues[]): Suspect[][] {
  const files = filesIn(root, code);
  return clues.map((one) => suspectsOf(files, one));
}
