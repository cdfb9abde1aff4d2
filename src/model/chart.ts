/** What the source of an app tells of its pages and its fields: a map for the walk. It proves nothing; what counts is what the page then does. */

/** A page that the source has, without parameters in its address. */
export interface ChartedPage {
  /** From the root of the origin: /projects/new, /#/projects/new. */
  readonly address: string;
  /** 0 to 1: how likely it holds a form that writes. */
  readonly likely: number;
  /** The file that tells of it. */
  readonly where: string;
}

/** What a file or a declaration tells of a page, before its address is looked at. */
export interface Told {
  readonly address: string;
  readonly where: string;
  /** Text of what is shown there, as far as it is known. */
  readonly shows: string;
}

/** What a field takes: letters (shortest, longest), numbers (low, high), texts, a form. */
export interface Bounds {
  /** Letters. */
  readonly shortest?: number;
  readonly longest?: number;
  /** Numbers. */
  readonly low?: number;
  readonly high?: number;
  /** One of these texts. */
  readonly among?: readonly string[];
  /** A regular expression (ECMA-262) for the whole of it. */
  readonly pattern?: string;
  /** A text of the kind that is wanted, with the placeholders of a recipe. */
  readonly example?: string;
  /** DD, MM, YYYY in the order and with the signs that are wanted. */
  readonly date?: string;
}

/** The fields of one schema, table or handler, by `called`. */
export interface Shape {
  /** file:line */
  readonly where: string;
  readonly fields: Readonly<Record<string, Bounds>>;
}

export interface Chart {
  /** The likeliest first, each address once. */
  readonly pages: readonly ChartedPage[];
  readonly shapes: readonly Shape[];
}

export interface SourceFile {
  /** In the source, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** One name for `dueDate`, `due_date` and “Due date *”. */
export const called = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
