/** Evidence: everything seen on the way, numbered. Verdicts cite it; reports show it. */

/** `e` and a number, unique in a run. */
export type EvidenceId = `e${number}`;
export type Citations = readonly [EvidenceId, ...EvidenceId[]];

export type EventKind =
  | 'note'
  | 'load'
  | 'act'
  | 'exchange'
  | 'frame'
  | 'screen'
  | 'sighting'
  | 'fault'
  | 'made'
  | 'removed'
  | 'dialog'
  | 'log';

export interface RunEvent {
  readonly id: EvidenceId;
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly kind: EventKind;
  /** Who did or saw it: A, B, nobody, or a part of the tool. */
  readonly who: string;
  /** One line for a person. */
  readonly says: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Names of files under blobs/. */
  readonly blobs?: readonly string[];
}

/** Where evidence is noted. Redaction happens inside. */
export interface Journal {
  note(event: {
    kind: EventKind;
    who: string;
    says: string;
    data?: Record<string, unknown>;
    blob?: { bytes: Uint8Array | string; type: 'png' | 'txt' | 'json' | 'html' };
  }): EvidenceId;
  /** The value without what was hidden and what looks like a secret. */
  redact<T>(value: T): T;
  /** From now on this text is never written in full. */
  hide(secret: string): void;
}

/** How an act was received. 2xx alone is no acknowledgement; an answer that fits neither honest shape is unclear. */
export type Said = 'ok' | 'refused' | 'unclear';

/** What we made in somebody's app: rows and accounts. */
export interface LedgerEntry {
  /** act: something done to what was there, which bears no mark: `mark` says what it was. */
  readonly what: 'record' | 'account' | 'act';
  mark: string;
  readonly how: string;
  readonly at: number;
  removed?: boolean;
  /** Acknowledged by the app? An entry that was never acknowledged may not exist. */
  acknowledged: boolean;
}

export interface Ledger {
  /** Before it is made, for we may be killed in the middle of making it. */
  begin(entry: Pick<LedgerEntry, 'what' | 'mark' | 'how'>): void;
  /** What came of the last that began with this mark. `nothing`: it surely does not exist, and leaves the ledger. */
  settle(mark: string, came: Said | 'nothing'): void;
  removed(mark: string): void;
  /** The same row carries another mark from now on. */
  renamed(from: string, to: string): void;
  readonly entries: readonly LedgerEntry[];
}
