import { findBrowser } from '../drivers/browser/find.ts';
import { launchBrowser } from '../drivers/browser/launch.ts';

/** What this machine has: the browser that would be used, and whether its sandbox works. */
export async function inspect(): Promise<{
  browser: { path: string; from: string; version: string } | { error: string };
  sandbox: boolean;
  notes: readonly string[];
}> {
  try {
    const found = await findBrowser();
    const launched = await launchBrowser({});
    await launched.close();
    return {
      browser: { path: found.path, from: found.from, version: launched.version },
      sandbox: launched.sandbox,
      notes: launched.notes,
    };
  } catch (error) {
    return { browser: { error: (error as Error).message }, sandbox: false, notes: [] };
  }
}
