import type { App } from '../../model/app.ts';
import type { Context } from '../../model/context.ts';
import type { Mark } from '../../model/mark.ts';

/** The app, for probes that ask for one: they run only where there is one. */
export function appOf(context: Context): App {
  if (!context.app) throw new Error('no app was started');
  return context.app;
}

/**
 * Why the app's data must not be harmed, in words: what was said at the start, or that a record just written (since, epoch ms) stands in
 * the user's own files although the app runs on a copy. Undefined where it may be.
 */
export async function precious(app: App, mark: Mark, since: number): Promise<string | undefined> {
  if (app.precious) return app.precious;
  const found = (await app.files(since, [mark])).filter((f) => f.holds.length > 0);
  const own = found.find((f) =>
    app.moved.some((m) => (f.path === m.from || f.path.startsWith(`${m.from}/`)) && !f.path.startsWith(m.to)),
  );
  return own && `it runs on a copy and yet writes to ${own.path}`;
}

/** What lets it be harmed. */
export const disposable =
  'a start command that works in a copy of its folder, or --disposable-store where the data may be harmed';
