import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliDecompress, constants, createBrotliDecompress } from 'node:zlib';
import { BrowserFailure } from './failure.ts';
import { untar } from './tar.ts';

/** The browser inside @sparticuz/chromium, unpacked: its path, and the environment it needs on this machine. */
export interface Bundled {
  path: string;
  env: Record<string, string>;
}

interface Manifest {
  version: string;
  files: Record<string, number>;
}

const MANIFEST = 'manifest.json';

/**
 * Unpacks the bundled Chromium into a private folder, once for each version, and returns it. Takes about 2 s the first time, milliseconds later.
 * Never uses the package's own executablePath(): that runs whatever lies at a world-known path of the temp folder.
 * Throws BrowserFailure `browser-not-found` (no such package, or not built for this machine) or `browser-not-unpacked` (disk, rights).
 */
export async function bundledBrowser(): Promise<Bundled> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new BrowserFailure(
      'browser-not-found',
      'No browser was found, and the bundled one runs on Linux x64 only. Install Chrome, or run: npx playwright install chromium',
    );
  }
  const refusals: string[] = [];
  for (const cache of cacheFolders()) {
    try {
      return await unpackInto(cache);
    } catch (error) {
      if (error instanceof BrowserFailure) throw error;
      refusals.push(`${cache}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new BrowserFailure(
    'browser-not-unpacked',
    `The bundled browser could not be unpacked (it needs 220 MB). ${refusals.join('; ')}. Set XDG_CACHE_HOME to a folder that you own, or name a browser in the config.`,
  );
}

/** The same in a given cache folder, which is made where it is missing. Throws an Error where the folder is not private or cannot be filled. */
export async function unpackInto(cache: string): Promise<Bundled> {
  const source = packageFolder();
  const version = (JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }).version;
  await mkdir(cache, { recursive: true, mode: folderMode() });
  await checkPrivate(cache);
  const folder = join(cache, `browser-${version}`);
  if (!(await whole(folder, version))) await unpack(join(source, 'bin'), cache, folder, version);
  return { path: join(folder, 'chromium'), env: await environment(folder) };
}

/** Root's is open for reading, as the browser runs as someone else. */
function folderMode(): number {
  return process.getuid?.() === 0 ? 0o755 : 0o700;
}

function packageFolder(): string {
  try {
    // The package exports its entry only; its folder is two above build/cjs/index.cjs.
    return dirname(dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))));
  } catch (error) {
    throw new BrowserFailure(
      'browser-not-found',
      'No browser was found, and @sparticuz/chromium is not installed. Install Chrome, or run: npx playwright install chromium',
      error,
    );
  }
}

/**
 * Where to unpack, best first. Root's browser runs as an unprivileged user, who must be able to read it: /root is closed to others,
 * so a system folder comes first, owned by root and writable by nobody else. All others get a folder that only they can enter.
 */
function cacheFolders(): string[] {
  const own = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'plummet');
  return process.getuid?.() === 0 ? ['/var/cache/plummet', own] : [own];
}

/** Refuses a folder that someone else owns or may write to, or a link in place of it: we run what lies in it. */
async function checkPrivate(path: string): Promise<void> {
  const found = await lstat(path);
  if (!found.isDirectory()) throw new Error('is not a folder');
  if (found.uid !== process.getuid?.()) throw new Error('belongs to another user');
  if ((found.mode & 0o022) !== 0) throw new Error('can be written to by other users');
}

/** The cheap check of later runs: each file is there with the size it was unpacked with. */
async function whole(folder: string, version: string): Promise<boolean> {
  try {
    await checkPrivate(folder);
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Manifest;
    if (manifest.version !== version) return false;
    const sizes = await Promise.all(
      Object.entries(manifest.files).map(async ([name, size]) => (await stat(join(folder, name))).size === size),
    );
    return sizes.length > 0 && sizes.every(Boolean);
  } catch {
    return false;
  }
}

/** Unpacks beside the final place and renames, so that a run that is killed, or two at once, never leave a half browser there. */
async function unpack(bin: string, cache: string, folder: string, version: string): Promise<void> {
  await sweep(cache);
  const fresh = join(cache, `unpacking-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(fresh, { mode: folderMode() });
    const inflate = createBrotliDecompress({
      chunkSize: 1 << 21,
      params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 1 },
    });
    const chromium = pipeline(
      createReadStream(join(bin, 'chromium.br'), { highWaterMark: 1 << 21 }),
      inflate,
      createWriteStream(join(fresh, 'chromium'), { mode: 0o755 }),
    );
    const [, shader, fonts, libraries] = await Promise.all([
      chromium,
      archive(join(bin, 'swiftshader.tar.br'), fresh),
      archive(join(bin, 'fonts.tar.br'), fresh),
      archive(join(bin, 'al2023.tar.br'), fresh),
    ]);
    // The package's fonts.conf names the world-known temp folder again.
    const fontsConf = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${xml(join(folder, 'fonts'))}</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n`;
    await writeFile(join(fresh, 'fonts.conf'), fontsConf, { mode: 0o644 });
    const files = {
      ...shader,
      ...fonts,
      ...libraries,
      'fonts.conf': Buffer.byteLength(fontsConf),
      chromium: (await stat(join(fresh, 'chromium'))).size,
    };
    await writeFile(join(fresh, MANIFEST), JSON.stringify({ version, files } satisfies Manifest), { mode: 0o644 });
    await place(fresh, folder, version);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function archive(path: string, into: string): Promise<Record<string, number>> {
  return untar(await promisify(brotliDecompress)(await readFile(path)), into);
}

async function place(fresh: string, folder: string, version: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await rename(fresh, folder);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      if (await whole(folder, version)) return; // another run was faster
      await rm(folder, { recursive: true, force: true });
    }
  }
  throw new Error(`${folder} cannot be replaced`);
}

/** Removes what runs that were killed while unpacking left. An hour is far more than unpacking takes. */
async function sweep(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('unpacking-')) continue;
    const path = join(cache, name);
    const age = await stat(path).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > 3_600_000) await rm(path, { recursive: true, force: true });
  }
}

/** Own libraries and fonts only where the system has none: the system's are newer, and are what its owner patches. */
async function environment(folder: string): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  const [linked, fonts] = await Promise.all([
    promisify(execFile)('ldd', [join(folder, 'chromium')], { timeout: 5000 }).then(
      (out) => out.stdout,
      () => 'not found',
    ),
    readdir('/usr/share/fonts').then(
      (names) => names.length > 0,
      () => false,
    ),
  ]);
  if (linked.includes('not found'))
    env['LD_LIBRARY_PATH'] = [join(folder, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  if (!fonts) env['FONTCONFIG_FILE'] = join(folder, 'fonts.conf');
  return env;
}

function xml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
