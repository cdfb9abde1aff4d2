/** Where in a source a broken claim likely sits: what is known, and what it leads to. A guess, and no proof. */

/** What the run knows of one cause. */
export interface Clues {
  readonly claims: readonly string[];
  /** Requests that carried the write, or would have to: paths of the origin, ids as `:id`. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  /** Names of the controls that were used, in small letters; the one that commits comes last. */
  readonly controls: readonly string[];
  /** Name attributes of the fields that were filled. */
  readonly fields: readonly string[];
  /** Nothing was sent when it was done: it never left the page. */
  readonly silent: boolean;
}

export interface Suspect {
  /** In the source, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The line itself, without indentation, of a bounded length. */
  readonly text: string;
  /** What speaks for it, the strongest first. */
  readonly why: readonly string[];
  /** 0 to 1; no probability that anybody has measured. */
  readonly likely: number;
}
