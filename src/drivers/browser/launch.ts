import { AsyncLocalStorage } from 'node:async_hooks';
import { chmod, mkdir } from 'node:fs/promises';
import os from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { BrowserFailure } from './failure.ts';
import { type BrowserFound, findBrowser } from './find.ts';
import { browserFlags, DEFAULTS_NOT_TAKEN } from './flags.ts';
import { tempHome } from './leash.ts';
import { unprivileged, writeWrapper } from './unprivileged.ts';

/** A running browser. `notes` are sentences for the report on what is less than it should be (no sandbox, and why). */
export interface Launched {
  browser: Browser;
  version: string;
  found: BrowserFound;
  sandbox: boolean;
  notes: string[];
  /** Ends the browser and removes all it wrote. Does not throw; may be called twice. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  path?: string;
  headed?: boolean;
  /** Milliseconds between the driver's acts, for watching. */
  slowMo?: number;
  /** Default true: a context without its own proxy reaches nothing. */
  proxyPlaceholder?: boolean;
}

interface Start {
  executable: string;
  sandbox: boolean;
}

const START_MS = 30_000;
const CLOSE_MS = 5_000;

/** Whether the sandbox works on this machine, by browser path: found out once, by the first start. */
const sandboxWorks = new Map<string, boolean>();

/**
 * Finds and starts a browser with a private temp folder on a leash (see tempHome), with the sandbox on where that can be.
 * As root it runs as an unprivileged user. Signals are left to the caller: Playwright would end our process at Ctrl-C.
 * Throws BrowserFailure: those of findBrowser, and `browser-not-started` with the browser's own words.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Launched> {
  const starting = tempHome(); // meanwhile: each of the two starts a process of its own
  starting.catch(() => {}); // told where it is awaited
  const found = await findBrowser(options.path, options.headed).catch(async (error: unknown) => {
    await (await starting).release();
    throw error;
  });
  const home = await starting;
  try {
    const notes: string[] = [];
    const tmp = join(home.dir, 'tmp');
    await mkdir(tmp, { mode: 0o700 });
    await chmod(tmp, 0o700);
    const { browser, sandbox } = await startBest(await ways(found, home.dir, tmp, notes), found, tmp, options, notes);
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await within(CLOSE_MS, browser.close()).catch(() => {});
      await home.release();
    };
    return { browser, version: browser.version(), found, sandbox, notes, close: () => (closed ??= close()) };
  } catch (error) {
    await home.release();
    throw error;
  }
}

/** The ways to start, best first: with the sandbox, without it. Root has to become someone else first. */
async function ways(found: BrowserFound, folder: string, tmp: string, notes: string[]): Promise<Start[]> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return [
      { executable: found.path, sandbox: true },
      { executable: found.path, sandbox: false },
    ];
  }
  const user = await unprivileged(found.path);
  if (user === undefined) {
    notes.push(
      `The browser runs as root and without its sandbox: no unprivileged user that can run ${found.path} was to be had (setpriv, runuser and su as "nobody" were tried).`,
    );
    return [{ executable: found.path, sandbox: false }];
  }
  const executable = await writeWrapper(folder, tmp, found.path, user);
  return [
    { executable, sandbox: true },
    { executable, sandbox: false },
  ];
}

async function startBest(
  starts: Start[],
  found: BrowserFound,
  tmp: string,
  options: LaunchOptions,
  notes: string[],
): Promise<{ browser: Browser; sandbox: boolean }> {
  let failure: unknown;
  for (const start of starts) {
    const known = sandboxWorks.get(found.path);
    if (known !== undefined && known !== start.sandbox && starts.length > 1) continue;
    try {
      // A script that was written just now may be held open by another start (ETXTBSY): what has worked before is tried twice.
      const first = begin(start, found, tmp, options);
      const browser = await (known === undefined ? first : first.catch(() => begin(start, found, tmp, options)));
      // Only a start that succeeds without the sandbox shows that the sandbox was the trouble.
      sandboxWorks.set(found.path, start.sandbox);
      if (!start.sandbox && starts.length > 1)
        notes.push(
          'The browser runs without its sandbox: it could not be set up on this machine (user namespaces are closed, as in many containers).',
        );
      return { browser, sandbox: start.sandbox };
    } catch (error) {
      failure ??= error;
    }
  }
  const words = failure instanceof Error ? failure.message : String(failure);
  throw new BrowserFailure(
    'browser-not-started',
    `The browser ${found.path} did not start: ${words.slice(0, 2000)}. Run \`plummet doctor\`, or name another browser in the config.`,
    failure,
  );
}

/** Starts, and shows one page: where the sandbox half works, the browser starts and each page crashes. */
async function begin(start: Start, found: BrowserFound, tmp: string, options: LaunchOptions): Promise<Browser> {
  const browser = await withTemp(tmp, () =>
    chromium.launch({
      executablePath: start.executable,
      headless: options.headed !== true,
      slowMo: options.slowMo,
      chromiumSandbox: start.sandbox,
      args: browserFlags(options),
      ignoreDefaultArgs: DEFAULTS_NOT_TAKEN,
      env: environment(found, tmp),
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: START_MS,
    }),
  );
  if (!start.sandbox || sandboxWorks.get(found.path) === true) return browser;
  try {
    const page = await browser.newPage();
    await within(START_MS, page.evaluate('1'));
    void page
      .context()
      .close()
      .catch(() => {});
    return browser;
  } catch (error) {
    await within(CLOSE_MS, browser.close()).catch(() => {});
    throw error;
  }
}

/** Only what a browser needs: our own environment may hold the secrets of whoever runs us, and proxy settings that it would follow. */
function environment(found: BrowserFound, tmp: string): Record<string, string> {
  const env: Record<string, string> = {
    HOME: tmp,
    TMPDIR: tmp,
    TEMP: tmp,
    TMP: tmp,
    XDG_CACHE_HOME: join(tmp, 'cache'),
    XDG_CONFIG_HOME: join(tmp, 'config'),
  };
  for (const name of [
    'PATH',
    'LANG',
    'LC_ALL',
    'LANGUAGE',
    'TZ',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
    'XDG_RUNTIME_DIR',
    'FONTCONFIG_PATH',
    'LD_LIBRARY_PATH',
    'SystemRoot',
    'LOCALAPPDATA',
    'PROGRAMFILES',
  ]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return { ...env, ...found.env };
}

const temps = new AsyncLocalStorage<string>();
const usual = os.tmpdir;
Object.assign(os, { tmpdir: () => temps.getStore() ?? usual() });

/**
 * Runs `start` with another temp folder: Playwright makes its profile there and offers no option for it. Only what `start` itself calls
 * sees it: the variable of the process would lead everybody's files into a folder that goes with the browser.
 */
const withTemp = <T>(tmp: string, start: () => Promise<T>): Promise<T> => temps.run(tmp, start);

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
