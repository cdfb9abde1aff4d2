import type { Run } from '../model/run.ts';
import type { GivenRecipe, GivenRecipes, Profile } from '../model/target.ts';
import type { Status } from '../model/verdict.ts';
import type { Brief } from '../report/brief.ts';
import type { ReportInput } from '../report/reports.ts';

/** What a caller may ask of an audit, in the words of the command line's flags. */
export interface Asks {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly login?: string;
  readonly intent?: string;
  readonly budget?: string;
  readonly permit?: string;
  readonly start?: string;
  readonly env?: readonly string[];
  readonly source?: string;
}

/** A call that is under way. */
export interface Call {
  /** Aborted: finish with what there is, remove what was made. */
  readonly signal: AbortSignal;
  /** One line of what is being done. */
  says(text: string): void;
}

export interface Stored {
  readonly run: Run;
  readonly dir: string;
}

export interface Turn {
  readonly claim: string;
  readonly was: Status | 'not asked';
  readonly is: Status;
}

/** What the command line does, for a surface that has no terminal: settings are prepared, runs are kept and found, in one place for both. */
export interface Desk {
  /** `address`: else that of the config. */
  audit(address: string | undefined, asks: Asks, profile: Profile, call: Call): Promise<Stored>;
  /** A survey alone, with these recipes in the place of the search. */
  survey(address: string | undefined, recipes: GivenRecipes, call: Call): Promise<Stored>;
  /**
   * Asks again: these claims; or what was broken or not told in the run named; or, where neither is given, all that is broken by what the runs
   * here know together. Undefined where there is nothing to ask.
   */
  verify(
    claims: readonly string[],
    run: string | undefined,
    asks: Asks,
    call: Call,
  ): Promise<(Stored & { readonly turned: readonly Turn[] }) | undefined>;
  /** Judges what that run observed anew, and keeps it. */
  judge(run: string | undefined): Promise<Stored & { readonly turned: readonly Turn[] }>;
  /** By its name; else the latest. */
  read(run: string | undefined): Promise<Stored>;
  input(stored: Stored): ReportInput;
  briefs(stored: Stored): Promise<Brief[]>;
  /** The claim that these words mean, of that run. Throws a Failure where they mean none, or several. */
  claim(words: string, run: Run): string;
  /** A script of Playwright's codegen as a recipe. `record`: the text of the record that it edits or deletes. */
  recorded(script: string, record: string | undefined): Promise<GivenRecipe>;
}
