import type { Call } from './desk.ts';

/** One after the other: two audits of one app would disturb each other. */
export type Queue = <T>(call: Call, work: () => Promise<T>) => Promise<T>;

/** `idle`: resolves when nothing that was asked is under way any more. */
export function makeQueue(): { queue: Queue; idle(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    async queue(call, work) {
      if (waiting++) call.says('waiting for the call before');
      const turn = last.then(async () => {
        try {
          call.signal.throwIfAborted();
          return await work();
        } finally {
          waiting--;
        }
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    idle: async () => void (await last),
  };
}
