import type { EvidenceId } from './evidence.ts';
import type { Hosted } from './hosted.ts';
import type { Mark } from './mark.ts';
import type { Descriptor, Recipe, Step } from './recipe.ts';

/** A place is where a record was learned to live. */
export interface Place {
  readonly url: string;
  readonly what: 'list' | 'own' | 'field';
  /** Path of the list whose rows the records are, without numbers: histories and trails on the same page are another. */
  readonly list?: string;
  /** What is to be pressed after the address was opened, where it opens on something else: a tab, a branch, a view without an address. */
  readonly way?: readonly Step[];
}

/** kept: seen after a fresh load. held: two stood at once as siblings, gone after a load. echo: neither. phantom: acknowledged with an id that does not exist. */
export type Kind = 'kept' | 'held' | 'echo' | 'phantom';

export interface RecordFacts {
  readonly kind: Kind;
  readonly create: Recipe;
  /** In a sentence: which form on which page. */
  readonly says: string;
  /** What carries the mark: free text, a number or a date. */
  readonly carries: 'text' | 'number' | 'whole' | 'date';
  readonly places: readonly Place[];
  /** Two of ours by which it was learned: they are not changed or taken away before the end. */
  readonly marks: readonly Mark[];
  /** Controls that stand at the first place for a live session: without them a page was not looked at. */
  readonly signs: readonly Descriptor[];
  /** A field of the form that takes several lines, where the marked one takes one. */
  readonly longText?: Descriptor;
  /** Milliseconds from the answer until a fresh load showed it. */
  readonly delay: number;
  /** Texts that appeared at honest saves and hold no mark: signs of success. */
  readonly successTexts: readonly string[];
  readonly evidence: readonly EvidenceId[];
  /** Path patterns of the requests that carried the mark in a create. */
  readonly requests: readonly { readonly method: string; readonly url: string; readonly socket?: boolean }[];
}

export interface DoorFacts {
  /** none: open to all. name: a name alone. password: a form with a password field. closed: could not be opened. given: headers or storage. */
  readonly kind: 'none' | 'name' | 'password' | 'closed' | 'given';
  readonly says: string;
  readonly signUp?: Recipe;
  /** How A makes an account for another, where nobody signs up: learned when a second account is first wanted. */
  readonly addUser?: Recipe;
  /** Why the form by which A makes accounts did not serve. */
  readonly addUserRefused?: string;
  readonly logIn?: Recipe;
  /** How A comes in, where the account that was made cannot again: as a guest whose account the log-in holds itself. */
  readonly guest?: Recipe;
  /** The new account was refused by the log-in form: in whose words. */
  readonly logInRefused?: string;
  /** How the account came: made by sign-up, shown on the page, published by the source or told by the log, given by flag. */
  readonly account?: 'signed-up' | 'shown' | 'published' | 'given';
  readonly wants?: string;
  readonly evidence: readonly EvidenceId[];
}

/** A form of one's own account that takes the place of what it held: settings, a profile. */
export interface SavedFacts {
  readonly recipe: Recipe;
  /** In a sentence: which form on which page. */
  readonly says: string;
  readonly place: Place;
  /** The field that carries the mark. */
  readonly field: Descriptor;
  readonly evidence: readonly EvidenceId[];
}

/** A write that takes no words: its trace is a number, a state or a row, and no mark can be looked for. */
export interface WordlessFacts {
  /** kept: two loads show it. held: only the page in which it was done does. */
  readonly kind: 'kept' | 'held';
  readonly act: Recipe;
  /** What takes it back; undefined where it cannot be. */
  readonly undo?: Recipe;
  /** In a sentence: which control on which page. */
  readonly says: string;
  /** Done twice, it goes on (a count), or back (a state). */
  readonly trace: 'count' | 'state';
  /** Where the trace is read. */
  readonly place: Place;
  /** What changes there: keys of a reading (see trace.ts). */
  readonly keys: readonly string[];
  /** The same in words. */
  readonly shows: string;
  readonly evidence: readonly EvidenceId[];
}

/** What the survey learned. Immutable; a second learning is a new version. */
export interface Facts {
  readonly version: number;
  readonly kind: 'pages' | 'api' | 'dead';
  readonly entry: string;
  readonly title: string;
  readonly door: DoorFacts;
  readonly record?: RecordFacts;
  readonly edit?: Recipe;
  readonly move?: Recipe & { readonly says?: string };
  readonly delete?: Recipe;
  readonly saved?: SavedFacts;
  /** Where no record can be written: what can be done without words. */
  readonly wordless?: WordlessFacts;
  /** What was looked for and is not there, with the screenshots that show where; what was there but did not work is in `tried`. */
  readonly absent: readonly ('edit' | 'move' | 'delete' | 'settings')[];
  /** What lies over the page for whoever comes new (a greeting, a cookie banner) is closed by these. */
  readonly layers?: readonly Descriptor[];
  /** Visible words of the app about where data lives or who sees it. */
  readonly told: { readonly local?: string; readonly shared?: string };
  readonly development?: string;
  /** host:port to which its pages wrote and were not let. */
  readonly keptBack?: readonly string[];
  /** A backend run by others, of many apps, that its pages asked and were not let. */
  readonly hosted?: Hosted;
  /** Addresses seen, and what was tried and did not work. */
  readonly pages: readonly string[];
  readonly tried: readonly string[];
  readonly evidence: readonly EvidenceId[];
}
