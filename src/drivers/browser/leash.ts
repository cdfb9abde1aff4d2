import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { onLeash } from '../leash.ts';

/**
 * Waits until its pipe from us closes, which the kernel does for us even at SIGKILL; then ends what names the folder in its command line, and removes it.
 * The folder comes through the pipe, not as an argument, else it would find itself.
 * /proc is read where there is one, since small container images have no pkill. What we were just about to start when we were killed is not
 * known by its name yet, and would make the folder anew: it is looked for a while.
 */
const LEASH = `
trap '' HUP INT TERM
read -r dir || exit 0
read -r word
name=\${dir##*/}
case $name in plummet-??????) ;; *) exit 1 ;; esac
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  if [ -r /proc/self/cmdline ]; then
    found=$(printf '%s\\n' "$name" | grep -lFf - /proc/[0-9]*/cmdline 2>/dev/null | sed 's:[^0-9]::g')
  else
    found=$(pgrep -f "$name")
  fi
  [ -n "$found" ] && kill -9 $found 2>/dev/null
  rm -rf "$dir" 2>/dev/null
  [ -z "$found" ] && [ ! -e "$dir" ] && { [ -n "$word" ] || [ $round -gt 8 ]; } && exit 0
  sleep 0.1
done
`;

/**
 * Makes one private temp folder for all that a browser and its driver write, on a leash: within 3 s of our end, however we end, whatever runs with the
 * folder's path in its command line is gone, and so is the folder. `release` does the same at once, and may be called twice.
 * As root the folder may be passed through, not listed, by others: what is in it belongs to the user whom the browser runs as.
 * On Windows there is no leash: `release` alone tidies up.
 */
export async function tempHome(): Promise<{ dir: string; release(): Promise<void> }> {
  const root = process.getuid?.() === 0;
  const dir = join(root ? await openTemp() : tmpdir(), `plummet-${randomBytes(3).toString('hex')}`);
  // It stands before there is anything to remove.
  const leash = process.platform === 'win32' ? undefined : onLeash(LEASH, dir);
  await mkdir(dir, { mode: 0o700 });
  if (root) await chmod(dir, 0o711);
  let released: Promise<void> | undefined;
  const tidy = async (): Promise<void> => {
    await leash?.release();
    await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  return { dir, release: () => (released ??= tidy()) };
}

/** Root's browser runs as someone else, who must be able to reach the folder: a TMPDIR inside a closed folder will not do. */
async function openTemp(): Promise<string> {
  const usual = tmpdir();
  return (await passable(usual)) ? usual : '/tmp';
}

/** Whether every folder on the way down to `path`, and it itself, may be passed through by any user. */
export async function passable(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const mode = await stat(at).then(
      (found) => found.mode,
      () => 0,
    );
    if ((mode & 0o001) === 0) return false;
    if (dirname(at) === at) return basename(at) === '';
  }
}
