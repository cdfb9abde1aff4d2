/** An app that is started without some of its variables, for a while. */
import type { WithoutThem } from '../../model/app.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import { Failure } from '../../model/failure.ts';

interface Started {
  stop(): Promise<unknown>;
  start(): Promise<unknown>;
  end(): Promise<void>;
  /** What it is started without from now on. */
  lack(names: readonly string[]): void;
  note(says: string): EvidenceId;
}

/** See `startWithout` of App: whatever comes of it, the app runs with all of them afterwards. */
export async function startedWithout<T>(
  { stop, start, end, lack, note }: Started,
  names: readonly string[],
  trial: () => Promise<T>,
): Promise<WithoutThem<T>> {
  await stop();
  lack(names);
  try {
    const refused = await start().then(
      () => undefined,
      (error: Error) => error,
    );
    if (refused) {
      // What is ended by others, or held up, has refused nothing.
      if (!(refused instanceof Failure) || refused.code !== 'E_START') throw refused;
      return { refused: refused.message, evidence: note(`started without ${names.join(', ')}: ${refused.message}`) };
    }
    const evidence = note(`started without ${names.join(', ')}: it runs`);
    return { ran: await trial(), evidence };
  } finally {
    lack([]);
    await end();
    await start();
  }
}
