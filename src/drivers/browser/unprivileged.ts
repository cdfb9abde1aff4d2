import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A user without rights for root's browser to run as, and the command words that become that user and then run what follows them. */
export interface Unprivileged {
  uid: number;
  gid: number;
  become: readonly string[];
}

/**
 * Finds a way to run `program` as an unprivileged user; undefined where there is none, or where that user cannot reach the program.
 * Each way is tried with a command that does nothing, since a container may have the tool but not the right to use it.
 */
export async function unprivileged(program: string): Promise<Unprivileged | undefined> {
  const { uid, gid } = await nobody();
  const ways: (readonly string[])[] = [
    ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'],
    ['runuser', '-u', 'nobody', '--'],
    ['su', '-s', '/bin/sh', 'nobody', '-c', 'exec "$0" "$@"', '--'],
  ];
  for (const become of ways) {
    const [tool = '', ...words] = become;
    const runs = await promisify(execFile)(
      tool,
      [...words, '/bin/sh', '-c', 'test -x "$1" -a -r "$1" -a "$(id -u)" != 0', 'sh', program],
      { timeout: 5000, cwd: '/' },
    ).then(
      () => true,
      () => false,
    );
    if (runs) return { uid, gid, become };
  }
  return undefined;
}

async function nobody(): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  const [, , uid, gid] = lines.find((line) => line.startsWith('nobody:'))?.split(':') ?? [];
  // 65534 is the kernel's own number for a user it cannot name.
  return { uid: Number(uid || 65534), gid: Number(gid || 65534) };
}

/**
 * Writes the program that Playwright starts in place of the browser: it hands what Playwright made in `tmp` over to the user, and becomes the browser as that user.
 * It lies in `folder`, which stays root's: could the browser rewrite it, the next start would run the browser's words as root.
 * `exec` keeps the pid and the descriptors 3 and 4 that Playwright speaks through. Returns the path.
 */
export async function writeWrapper(folder: string, tmp: string, program: string, user: Unprivileged): Promise<string> {
  const path = join(folder, 'browser.sh');
  // -h: a link that the browser left must not hand over the file that it points to.
  const script = `#!/bin/sh\nchown -hR ${user.uid}:${user.gid} ${quote(tmp)} || exit 1\ncd ${quote(tmp)} || exit 1\nexec ${user.become.map(quote).join(' ')} ${quote(program)} "$@"\n`;
  await writeFile(path, script, { mode: 0o700 });
  return path;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
