import { loadConfig } from '../config/load.ts';
import { parseUrl } from '../config/values.ts';
import { Failure } from '../model/failure.ts';
import { refusePublic } from './hosts.ts';
import type { Io } from './parts.ts';
import { perform } from './run-audit.ts';
import { sessionFor } from './vault.ts';

/**
 * `plummet login <url>`: a person logs in once in a window; what the browser holds then is kept for later runs of that origin, and shown
 * nowhere. `forget` drops it. 0 where it is as it was asked, 2 where there was nothing to keep.
 */
export async function runLogIn(address: string | undefined, flags: { forget?: boolean }, io: Io): Promise<number> {
  const { config } = await loadConfig(io.cwd);
  const given = address ?? config.target;
  if (given === undefined)
    throw new Failure('E_USAGE', 'Which app? Give its address: plummet login http://localhost:3000');
  const url = parseUrl(given);
  const { origin } = new URL(url);
  const session = sessionFor(url, io.env);
  if (flags.forget) {
    io.out.write(session.drop() ? `The session for ${origin} is forgotten.\n` : `No session was kept for ${origin}.\n`);
    return 0;
  }
  await refusePublic(url);
  const { logInByHand } = await io.parts();
  return perform(io, async (progress, signal) => {
    progress.say(
      `A window opens at ${url}. Log in there${io.ask ? ', then press Enter here or close it' : ', then close it'}.`,
    );
    const path = config.browser?.path;
    const state = await logInByHand({
      url,
      ...(path ? { path } : {}),
      headed: true,
      done: io.ask ? io.ask('').then(() => undefined) : new Promise(() => undefined),
      signal,
    });
    if (state !== undefined) session.keep(state);
    return () => {
      io.out.write(
        state === undefined
          ? 'Nothing was kept: the browser held neither cookies nor storage.\n'
          : `The session for ${origin} is kept, readable by you alone; runs of it come in with it from now on. plummet login ${origin} --forget drops it.\n`,
      );
      return state === undefined ? 2 : 0;
    };
  });
}
