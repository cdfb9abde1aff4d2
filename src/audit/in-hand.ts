import { environmentOf, secretsOf } from '../drivers/app/environment.ts';
import { supervise } from '../drivers/app/supervise.ts';
import { copyApp } from '../drivers/store/copy.ts';
import type { App, ProcessSpec } from '../model/app.ts';
import type { Journal } from '../model/evidence.ts';
import { Failure } from '../model/failure.ts';
import { type Backend, backendsIn } from '../model/stores.ts';
import type { AuditOptions } from '../model/target.ts';

/** Stores and backends that the environment of these processes names. */
export const backendsOf = (processes: readonly ProcessSpec[]): Backend[] =>
  processes.flatMap((process) => backendsIn(environmentOf(process)));

export interface InHand {
  readonly app: App;
  readonly notes: readonly string[];
  /** All that it keeps is a copy, which ends with the run. */
  readonly copied: boolean;
  /** Ends it and removes the copy; may be called at any time. */
  close(): Promise<void>;
}

/**
 * Starts the app on a copy of its folders and file stores, so that the user's own stay as they are; where it cannot be copied or does not
 * start there, in place, and then nothing is done that could harm its data. Throws a Failure where it does not start at all.
 */
export async function takeInHand(
  options: AuditOptions,
  processes: readonly ProcessSpec[],
  journal: Journal,
): Promise<InHand> {
  const { url, signal } = options;
  for (const secret of processes.flatMap(secretsOf)) journal.hide(secret);
  const copy = options.disposableStore ? undefined : await copyApp(processes);
  const inPlace = async (why: string | undefined): Promise<InHand> => {
    const precious = forbidding(options, processes) ?? why;
    const app = supervise({ processes, ...(precious ? { precious } : {}), url, journal, signal });
    return started(
      app,
      why ? [`The app runs where it is: ${why}. So it is not killed, and no row that was there is deleted.`] : [],
    );
  };
  if (copy === undefined) return inPlace(undefined);
  if ('refused' in copy) return inPlace(`it cannot be copied (${copy.refused})`);
  const precious = forbidding(options, processes);
  const app = supervise({
    processes: copy.processes,
    moved: copy.moved,
    ...(precious ? { precious } : {}),
    url,
    journal,
    signal,
  });
  try {
    return await started(app, [`${upper(copy.says)}.`], copy.release);
  } catch (error) {
    if (signal.aborted || !(error instanceof Failure) || error.code !== 'E_START') throw error;
    return inPlace('it does not start in a copy of its folder');
  }
}

async function started(
  app: App & { close(): Promise<void> },
  notes: readonly string[],
  release?: () => Promise<void>,
): Promise<InHand> {
  const close = async (): Promise<void> => {
    await app.close();
    await release?.();
  };
  try {
    await app.start();
    return { app, notes, copied: app.moved.length > 0 && backendsOf(app.processes).length === 0, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Why what the app keeps may not be harmed, copied or not. */
function forbidding({ permit, disposableStore }: AuditOptions, processes: readonly ProcessSpec[]): string | undefined {
  if (permit !== 'disrupts') return `--permit ${permit} does not allow it`;
  const own = disposableStore ? undefined : backendsOf(processes)[0];
  return own && `${own.variable} names a store at ${own.host} that is no copy`;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
