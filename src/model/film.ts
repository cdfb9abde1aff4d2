/** Films of what was broken: traces that Playwright's viewer opens, in the folder of the run. */

/** Where they lie in the run folder. */
export const filmFolder = 'traces';

const titleOf = (claim: string): string => claim.replace(/[^\p{L}\p{N}]+/gu, '-');

/** The name of the file of one window: what is before its first dot says of which claim it is. */
export const filmName = (claim: string, number: number, who: string): string =>
  `${titleOf(claim)}.${number}-${titleOf(who).slice(0, 24)}.zip`;

/** Of these names of files those that show this claim, in their order. */
export const filmsOf = (claim: string, names: readonly string[]): string[] =>
  names
    .filter((name) => /^[\p{L}\p{N}-]+\.\d+-[\p{L}\p{N}-]+\.zip$/u.test(name) && name.split('.')[0] === titleOf(claim))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));

/** What a report says of them. */
export const filmNote =
  'The films under traces/ hold what was typed, sent and shown, with passwords and sessions: only you can read them, and they are not to be handed on. plummet dispute leaves them out.';
