/** floor: what any app that holds other people's data needs. hard: what good software often lacks too. surface: what makes it look done. */
export type Tier = 'floor' | 'hard' | 'surface';
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** What must be had before the claim can be asked at all. */
export interface Needs {
  /** Can be asked with a URL alone. */
  readonly url: boolean;
  /** Cannot be asked unless we start the app. */
  readonly start: boolean;
  /** Cannot be asked without the source. */
  readonly source: boolean;
  /** Takes two accounts. */
  readonly two: boolean;
  /** Can be asked without, and shows more with it. */
  readonly more?: 'start' | 'source';
}

export interface ClaimInfo {
  /** section/claim: the same in code, run, reports and docs. Fixed for ever. */
  readonly id: string;
  readonly section: string;
  /** True of a sound app, as one whole sentence. */
  readonly says: string;
  readonly needs: Needs;
  readonly tier: Tier;
  readonly severity: Severity;
  /** Likely hours to fix: an estimate, reported as a range. */
  readonly hours: number;
  readonly shown: string;
  /** What looks like a break or a proof and is none. Empty where nothing special is known. */
  readonly fooledBy: string;
  readonly references: readonly string[];
}

/** The section stands in the id already. */
export type ClaimRow = Omit<ClaimInfo, 'section'>;

const nothing: Needs = { url: false, start: false, source: false, two: false };
export const url: Needs = { ...nothing, url: true };
export const urlBetterStarted: Needs = { ...url, more: 'start' };
export const urlBetterWithSource: Needs = { ...url, more: 'source' };
export const twoAccounts: Needs = { ...url, two: true };
export const start: Needs = { ...nothing, start: true };
export const startAndSource: Needs = { ...start, source: true };
export const source: Needs = { ...nothing, source: true };
export const sourceBetterStarted: Needs = { ...source, more: 'start' };
