/** What runs and listens on this machine, read from /proc. Empty where there is none. */
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';

const pids = (): number[] => {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
};
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Processes whose environment holds the text: all that came from a start with it, whatever group or session they are in now. Zombies have none. */
export const carrying = (marker: string): number[] =>
  pids().filter((pid) => read(`/proc/${pid}/environ`).includes(marker));

/** The command line, words parted by spaces. */
export const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();

/** What these processes hold open: paths of files, and `socket:[inode]`. */
function opened(of: readonly number[]): string[] {
  return of.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).map((fd) => link(`/proc/${pid}/fd/${fd}`));
    } catch {
      return [];
    }
  });
}

/** The last 200 kB of each text file that these processes hold open; devices, databases and code are none. */
export function openTexts(of: readonly number[]): { path: string; end: string }[] {
  const paths = new Set(opened(of).filter((path) => path.startsWith('/') && !/^\/(dev|proc|sys)\//.test(path)));
  return [...paths].flatMap((path) => {
    const end = endOf(path, 200_000);
    return end && !end.includes('\0') ? [{ path, end }] : [];
  });
}

function endOf(path: string, most: number): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(Math.min(size, most));
      readSync(file, bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

/** TCP ports on which these processes listen. */
export function portsOf(of: readonly number[]): number[] {
  const inodes = new Set(opened(of).flatMap((path) => /^socket:\[(\d+)\]$/.exec(path)?.[1] ?? []));
  const listening = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    read(table)
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
        return state === '0A' && inodes.has(inode) ? [Number.parseInt(local.split(':').at(-1) ?? '', 16)] : [];
      }),
  );
  return [...new Set(listening)].sort((a, b) => a - b);
}

const link = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};
