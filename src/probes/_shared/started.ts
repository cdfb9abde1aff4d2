import type { App } from '../../model/app.ts';
import type { Context } from '../../model/context.ts';
import type { Mark } from '../../model/mark.ts';

/** The app, for probes that ask for one: they run only where there is one. */
export function appOf(context: Context): App {
  if (!context.app) throw new Error('no app was started');
  return context.app;
}

/** What may be done to the app's data. */
export type Leave =
  /** The record just written was seen in the copy, and nowhere else. */
  | { readonly kept: 'copy' }
  /** It was seen nowhere: in memory, or where we cannot look. Only what outlives a restart is kept. */
  | { readonly kept: 'unseen' }
  /** It must not be harmed, and why. */
  | { readonly kept: 'elsewhere'; readonly why: string };

/** Where is the record kept that was just written (since, epoch ms)? What was said at the start comes first. */
export async function leaveFor(app: App, mark: Mark, since: number): Promise<Leave> {
  if (app.precious) return { kept: 'elsewhere', why: app.precious };
  // Said to be disposable: it runs in place.
  if (!app.moved.length) return { kept: 'copy' };
  const { inCopy, outside } = await app.stored(since, [mark]);
  if (outside) return { kept: 'elsewhere', why: `it runs on a copy and yet writes to ${outside}` };
  if (inCopy.length) return { kept: 'copy' };
  const peers = app.connections();
  if (!peers || peers.length)
    return {
      kept: 'elsewhere',
      why: `where it keeps its data was not seen${peers ? `, and it is connected to ${peers.join(', ')}` : ''}`,
    };
  return { kept: 'unseen' };
}

/** What lets it be harmed. */
export const disposable =
  'a start command that works in a copy of its folder, or --disposable-store where the data may be harmed';
