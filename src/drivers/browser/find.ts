import { constants } from 'node:fs';
import { access, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { bundledBrowser } from './bundled.ts';
import { BrowserFailure } from './failure.ts';

/** A browser on this machine: the path of its program, who put it there, and the environment variables it needs besides the usual ones. */
export interface BrowserFound {
  path: string;
  from: 'config' | 'playwright' | 'system' | 'bundled';
  env: Record<string, string>;
}

/**
 * Finds a Chromium: the given path, else one that Playwright installed, else the system's Chrome, Chromium or Edge, else the one that came with the package.
 * `headed` leaves out those that have no window.
 * Throws BrowserFailure: `browser-not-usable` (the given path runs nothing), `browser-not-found`, `browser-not-unpacked`.
 */
export async function findBrowser(given?: string, headed = false): Promise<BrowserFound> {
  if (given !== undefined) {
    if (await runnable(given)) return { path: given, from: 'config', env: {} };
    throw new BrowserFailure(
      'browser-not-usable',
      `The browser given in the config cannot be run: ${given}. Correct the path, or leave it out to let one be found.`,
    );
  }
  const installed = await firstRunnable(await playwrightPaths(headed));
  if (installed !== undefined) return { path: installed, from: 'playwright', env: {} };
  const system = await firstRunnable(systemPaths(), notSnap);
  if (system !== undefined) return { path: system, from: 'system', env: {} };
  if (headed)
    throw new BrowserFailure(
      'browser-not-found',
      'No browser with a window was found, and the bundled one has none. Install Chrome, or run: npx playwright install chromium',
    );
  return { ...(await bundledBrowser()), from: 'bundled' };
}

async function firstRunnable(
  paths: readonly string[],
  fits: (path: string) => Promise<boolean> = async () => true,
): Promise<string | undefined> {
  for (const path of paths) if ((await runnable(path)) && (await fits(path))) return path;
  return undefined;
}

/** A snap sees another /tmp than we do, so its profile could neither be handed to it nor removed. Ubuntu's chromium-browser is a script that starts the snap. */
async function notSnap(path: string): Promise<boolean> {
  if ((await realpath(path)).includes('/snap')) return false;
  const { size } = await stat(path);
  return size > 65_536 || !(await readFile(path, 'latin1')).includes('/snap/');
}

async function runnable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    const found = await stat(path);
    // Some systems tell root that it may run anything.
    return found.isFile() && (process.platform === 'win32' || (found.mode & 0o111) !== 0);
  } catch {
    return false;
  }
}

/** Inside a Playwright browser folder; the names differ by version and machine, so all that were ever used are tried. */
const PROGRAMS = [
  'chrome-headless-shell-linux64/chrome-headless-shell',
  'chrome-headless-shell-linux-arm64/chrome-headless-shell',
  'chrome-headless-shell-mac-x64/chrome-headless-shell',
  'chrome-headless-shell-mac-arm64/chrome-headless-shell',
  'chrome-headless-shell-win64/chrome-headless-shell.exe',
  'chrome-linux/headless_shell',
  'chrome-mac/headless_shell',
  'chrome-win/headless_shell.exe',
  'chrome-linux64/chrome',
  'chrome-linux-arm64/chrome',
  'chrome-linux/chrome',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
];

/** The newest revision first; of one revision the shell without a window first, since it starts faster. */
async function playwrightPaths(headed: boolean): Promise<string[]> {
  const folder = playwrightFolder();
  const names = await readdir(folder).catch(() => [] as string[]);
  return names
    .flatMap((name) => {
      const match = /^(chromium|chromium_headless_shell)-(\d+)$/.exec(name);
      return match === null || (headed && match[1] !== 'chromium')
        ? []
        : [{ name, shell: match[1] === 'chromium' ? 0 : 1, revision: Number(match[2]) }];
    })
    .sort((a, b) => b.revision - a.revision || b.shell - a.shell)
    .flatMap(({ name }) => PROGRAMS.map((program) => join(folder, name, program)));
}

function playwrightFolder(): string {
  const set = process.env['PLAYWRIGHT_BROWSERS_PATH'];
  if (set === '0')
    return join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), '.local-browsers');
  if (set) return set;
  if (process.platform === 'darwin') return join(homedir(), 'Library/Caches/ms-playwright');
  if (process.platform === 'win32')
    return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData/Local'), 'ms-playwright');
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ms-playwright');
}

function systemPaths(): string[] {
  if (process.platform === 'darwin') {
    const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `Applications/${name}.app/Contents/MacOS/${name}`,
    );
    return ['/', homedir()].flatMap((base) => programs.map((program) => join(base, program)));
  }
  if (process.platform === 'win32') {
    const bases = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return programs.flatMap((program) => bases.map((base) => join(base, program)));
  }
  const names = [
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge-stable',
    'microsoft-edge',
  ];
  // A relative folder on PATH would run what the current project has put there.
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  const usual = ['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium', '/opt/microsoft/msedge/msedge'];
  return [
    ...names.flatMap((name) => [...onPath, '/usr/bin', '/usr/local/bin'].map((folder) => join(folder, name))),
    ...usual,
  ];
}
