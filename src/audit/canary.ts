import type { App } from '../model/app.ts';
import type { World } from './world.ts';

/** Milliseconds in which an app that is watched over by something else may be back. */
const patience = 8000;
/** And one in our hand, which may only be busy. */
const soon = 2500;
/** The least that an answer is waited for, when the run's own time is over. */
const least = 1000;

/**
 * Asks the app's entry now, and gives what asks it again later: does it still answer without a failure of its own? One in our hand is
 * started again or put back to what it was, any other is waited for. What that gives is what is wrong where it stays so: a probe that is
 * asked of an app that has died would accuse it of what another did. An entry that fails from the beginning tells nothing. Nothing is
 * waited for past `end`, when the run's time is over.
 */
export async function watchOver(
  { inHand, wire, clock }: World,
  entry: string,
  end: number,
): Promise<() => Promise<string | undefined>> {
  const ask = async (): Promise<string | undefined> => {
    const timeout = Math.max(least, Math.min(patience, end - clock.now()));
    const { status, error } = await wire.send({ method: 'GET', url: entry, timeout });
    if (status === 0) return `the app does not answer any more (${error ?? 'no answer'})`;
    return status >= 500 ? `the app answers ${status}` : undefined;
  };
  if (await ask()) return async () => undefined;
  return async () => {
    let wrong = await ask();
    const until = Math.min(end, clock.now() + (inHand ? soon : patience));
    while (wrong !== undefined && clock.now() < until) {
      await clock.sleep(400);
      wrong = await ask();
    }
    if (inHand && wrong !== undefined) {
      for (const help of [anew, putBack]) {
        if (wrong === undefined) break;
        await help(inHand.app).catch(() => undefined);
        wrong = await ask();
      }
    }
    return wrong;
  };
}

async function anew(app: App): Promise<void> {
  if (app.running) await app.stop();
  await app.start();
}

const putBack = async (app: App): Promise<void> => (app.precious === undefined ? app.rewind() : undefined);
