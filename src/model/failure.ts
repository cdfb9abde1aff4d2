/** Our own fault or misuse: coded, and it says what to do. What the audited app does wrong is data, never this. */
export class Failure extends Error {
  readonly code: string;
  readonly exit: 64 | 70;
  constructor(code: string, message: string, exit: 64 | 70 = 64) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.exit = exit;
  }
}
