/** Criteria of one app: what its config demands of it in functions, beside the claims of the catalogue. */

/** What may come between what a criterion writes and its look. */
export const disturbances = ['reload', 'fresh browser', 'restart', 'second user'] as const;
export type Disturbance = (typeof disturbances)[number];

/** When it is looked for. */
export const whens: Readonly<Record<Disturbance, string>> = {
  reload: 'after a reload',
  'fresh browser': 'in a fresh browser',
  restart: 'after a restart',
  'second user': 'after a second user',
};

/** What a function of a criterion is given. Pages are Playwright's. */
export interface Scene<Page = unknown> {
  /** A's, logged in. */
  readonly page: Page;
  /** A word that nothing else has written: what is written is to carry it. */
  readonly mark: string;
  /** What has just been done to the app; undefined at the write and at the first look. */
  readonly after?: Disturbance;
  /** Pages of others, each in a browser of its own that stays open to the end: a second user, logged in, and nobody. */
  readonly actors: { B(): Promise<Page>; nobody(): Promise<Page> };
}

/** Throws, or gives false, where it is not so. */
export type SceneFunction<Page = unknown> = (scene: Scene<Page>) => Promise<unknown>;

/** A criterion as the config gives it: `write` once, `look` at once and after each disturbance, `remove` at the end. */
export interface GivenCriterion {
  readonly name: string;
  readonly after: readonly Disturbance[];
  readonly write?: SceneFunction;
  readonly look: SceneFunction;
  readonly remove?: SceneFunction;
}

const section = 'criteria/';

/** The claim that stands for it in a run: its name is what it says. */
export const criterionClaim = (name: string): string => section + name;

/** The name of the criterion that a claim stands for; undefined for claims of the catalogue. */
export const criterionName = (claim: string): string | undefined =>
  claim.startsWith(section) ? claim.slice(section.length) : undefined;
