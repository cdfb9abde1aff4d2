/** Waiting with an end. */

/** Thrown when something did not answer in time; `what` names it. */
export class TooLong extends Error {
  constructor(what: string, ms: number) {
    super(`${what} did not answer within ${ms} ms`);
    this.name = 'TooLong';
  }
}

/** The promise's value, or TooLong after ms. The promise itself goes on; its late failure is swallowed. */
export function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLong(what, ms)), ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** Gives a promise up when the run is interrupted; what it waited for goes on until its windows close. */
export function interruptible(signal: AbortSignal): <T>(work: Promise<T>) => Promise<T> {
  const interrupted = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Error('interrupted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  interrupted.catch(() => undefined);
  return (work) => Promise.race([work, interrupted]);
}
