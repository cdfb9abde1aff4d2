import type { ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { SECURITY_HEADERS } from '../board-ui/static-files.ts';

/** Tells every open board that something changed; what changed, the board reads by itself. */
export class Events {
  readonly #streams = new Map<ServerResponse, string>();
  readonly #timers: NodeJS.Timeout[];

  /** `alive(session)` says whether a session may go on listening. Changes by other processes on the same file are noticed too. */
  constructor(database: DatabaseSync, alive: (session: string) => boolean) {
    const version = (): unknown => database.prepare('PRAGMA data_version').get()?.data_version;
    let seen = version();
    const look = (): void => {
      if (!this.#streams.size) return;
      const now = quietly(version) ?? seen;
      if (now !== seen) this.changed();
      seen = now;
    };
    const beat = (): void => {
      for (const [stream, session] of this.#streams) {
        if (quietly(() => alive(session)) === false) stream.end();
        else stream.write(': here\n\n');
      }
    };
    this.#timers = [setInterval(look, 1000), setInterval(beat, 20_000)];
    for (const timer of this.#timers) timer.unref();
  }

  add(response: ServerResponse, session: string): void {
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 1500\n\n');
    this.#streams.set(response, session);
    response.once('close', () => this.#streams.delete(response));
  }

  changed(): void {
    for (const stream of this.#streams.keys()) stream.write('event: change\ndata: {}\n\n');
  }

  end(session: string): void {
    for (const [stream, owner] of this.#streams) if (owner === session) stream.end();
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const stream of this.#streams.keys()) stream.end();
  }
}

/** The store's troubles are answered and logged where somebody asked for something; a timer only waits for better times. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
