import { z } from 'zod';
import type { Context, Session } from '../model/context.ts';
import type { EvidenceId } from '../model/evidence.ts';
import type { Values } from '../model/recipe.ts';
import type { Cause } from '../model/verdict.ts';
import { evidenceId } from '../probes/_shared/observed.ts';

/** Milliseconds that Playwright waits for what a function names: twice as long as absence must last, for a slow machine is no broken app. */
export const patience = 10_000;

/** Why something could not be done. */
export const lacking = z.object({
  cause: z.string(),
  because: z.string(),
  wants: z.string().optional(),
  evidence: evidenceId.optional(),
});
export type Lacking = z.infer<typeof lacking> & { readonly cause: Cause };

/** Thrown where a function was not, or could not be, run to its end: that is no word about the app. */
export class NotRun extends Error {
  readonly lacking: Lacking;
  constructor(cause: Cause, because: string, wants?: string, evidence?: EvidenceId) {
    super(because);
    this.lacking = { cause, because, ...(wants ? { wants } : {}), ...(evidence ? { evidence } : {}) };
  }
}

/** Who is on the stage, each in a browser of their own, opened when first wanted. */
export class Cast {
  readonly #context: Context;
  readonly #sessions = new Map<'A' | 'B' | 'nobody', Promise<Session>>();
  /** Accounts that stand for those which an earlier restart has lost. */
  readonly #newcomers = new Map<string, Values>();
  readonly #entered = new Set<string>();
  constructor(context: Context) {
    this.#context = context;
  }

  /** The same for all who ask, also at once. */
  session(who: 'A' | 'B' | 'nobody'): Promise<Session> {
    const session = this.#sessions.get(who) ?? this.#enter(who);
    this.#sessions.set(who, session);
    session.catch(() => this.#sessions.delete(who));
    return session;
  }

  async #enter(who: 'A' | 'B' | 'nobody'): Promise<Session> {
    const { actors } = this.#context;
    if (who === 'B' && !(await actors.hasSecond()))
      throw new NotRun('needs-more', 'there is no second account', '--login2 user:password');
    const newcomer = this.#newcomers.get(who);
    let session = newcomer ? (await actors.logIn(newcomer, who)).session : await actors.fresh(who);
    if (!session.inside) {
      const because = `${who} could not log in`;
      const evidence = await session.window.first.screen(because);
      await session.close();
      const made = this.#entered.has(who) ? undefined : await actors.signUp();
      if (!made) throw new NotRun('could-not-look', because, undefined, evidence);
      this.#newcomers.set(who, made.values);
      session = made.session;
    }
    this.#entered.add(who);
    return session;
  }

  B = (): Promise<unknown> => this.#page('B');
  nobody = (): Promise<unknown> => this.#page('nobody');

  async #page(who: 'B' | 'nobody'): Promise<unknown> {
    let page: unknown;
    await (await this.session(who)).window.first.drive(async (own) => {
      (own as { setDefaultTimeout(ms: number): void }).setDefaultTimeout(patience);
      page = own;
    }, who);
    return page;
  }

  /** All go. */
  async leave(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await session.then((one) => one.close()).catch(() => undefined);
  }
}
