import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onLeash } from '../leash.ts';

/** Removes the folder when our pipe closes. What still runs in it may write for a moment: it is removed until it stays away. */
const LEASH = `
trap '' HUP INT TERM
read -r dir || exit 0
read -r word
case \${dir##*/} in plummet-app-??????) ;; *) exit 1 ;; esac
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
  rm -rf "$dir" 2>/dev/null
  [ ! -e "$dir" ] && { [ -n "$word" ] || [ $round -gt 8 ]; } && exit 0
  sleep 0.1
done
`;

/** A private temp folder for a copy of an app, gone within 3 s of our end, however we end. `release` removes it at once. */
export async function folderOnLeash(): Promise<{ dir: string; release(): Promise<void> }> {
  const dir = join(tmpdir(), `plummet-app-${randomBytes(3).toString('hex')}`);
  // It stands before there is anything to remove.
  const leash = process.platform === 'win32' ? undefined : onLeash(LEASH, dir);
  await mkdir(dir, { mode: 0o700 });
  return {
    dir,
    async release() {
      if (!/^plummet-app-\w{6}$/.test(basename(dir))) return;
      await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      await leash?.release();
    },
  };
}
