import type { App } from '../../model/app.ts';
import type { Context } from '../../model/context.ts';

/** The app, for probes that ask for one: they run only where there is one. */
export function appOf(context: Context): App {
  if (!context.app) throw new Error('no app was started');
  return context.app;
}
