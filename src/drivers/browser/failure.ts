/** Why a browser could not be had. Each code has one remedy, which the message says. */
export type BrowserFailureCode =
  | 'browser-not-found'
  | 'browser-not-usable'
  | 'browser-not-unpacked'
  | 'browser-not-started'
  | 'no-display';

/** Failing to get a browser: our side's trouble, never the audited app's. `message` says what to do. */
export class BrowserFailure extends Error {
  readonly code: BrowserFailureCode;

  constructor(code: BrowserFailureCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'BrowserFailure';
    this.code = code;
  }
}
