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

/** Paths of files that these processes hold open; devices are none. */
export const openOf = (of: readonly number[]): string[] =>
  opened(of).filter((path) => path.startsWith('/') && !/^\/(dev|proc|sys)\//.test(path));

/** The last 200 kB of each of these files that is text; databases and code are none. */
export const textsOf = (paths: readonly string[]): { path: string; end: string }[] =>
  [...new Set(paths)].flatMap((path) => {
    const end = endOf(path, 200_000);
    return end && !end.includes('\0') ? [{ path, end }] : [];
  });

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

/** Files that these processes hold open for writing. */
export const openForWriting = (of: readonly number[]): string[] => [
  ...new Set(
    of.flatMap((pid) => {
      try {
        return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
          const path = link(`/proc/${pid}/fd/${fd}`);
          const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(read(`/proc/${pid}/fdinfo/${fd}`))?.[1] ?? '0', 8);
          return (flags & 3) !== 0 && path.startsWith('/') && !/^\/(dev|proc|sys)\/|\(deleted\)$/.test(path)
            ? [path]
            : [];
        });
      } catch {
        return [];
      }
    }),
  ),
];

interface Connection {
  readonly local: number;
  readonly remote: string;
  readonly listens: boolean;
}

/** TCP sockets of these processes that listen or are connected. */
function tcpOf(of: readonly number[]): Connection[] {
  const inodes = new Set(opened(of).flatMap((path) => /^socket:\[(\d+)\]$/.exec(path)?.[1] ?? []));
  // By way of one of them: they may have a network of their own.
  return ['tcp', 'tcp6'].flatMap((table) =>
    read(`/proc/${of[0]}/net/${table}`)
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const [, local = '', remote = '', state, , , , , , inode = ''] = line.trim().split(/\s+/);
        if (!inodes.has(inode) || (state !== '0A' && state !== '01')) return [];
        return [{ local: portIn(local), remote: endIn(remote), listens: state === '0A' }];
      }),
  );
}

/** Do they hold Unix sockets, their standard streams aside? To whom they lead cannot be read. */
export function unixOf(of: readonly number[]): boolean {
  const inodes = new Set(
    read(`/proc/${of[0]}/net/unix`)
      .split('\n')
      .slice(1)
      .flatMap((line) => line.trim().split(/\s+/)[6] ?? []),
  );
  return of.some((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some(
        (fd) => Number(fd) > 2 && inodes.has(/^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`))?.[1] ?? ''),
      );
    } catch {
      return false;
    }
  });
}

const portIn = (end: string): number => Number.parseInt(end.split(':').at(-1) ?? '', 16);
/** "0100007F:1F90" is 127.0.0.1:8080: the kernel writes addresses as little-endian words (proc(5)); of IPv6, only what maps IPv4 is spelled out. */
function endIn(end: string): string {
  const address = end.split(':')[0] ?? '';
  const v4 = /^(?:.{24})?(..)(..)(..)(..)$/.exec(address);
  const mapped = address.length === 8 || address.startsWith('0000000000000000FFFF0000');
  const bytes = v4
    ?.slice(1)
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
  return `${mapped ? bytes : address === '00000000000000000000000001000000' ? '127.0.0.1' : `[${address.toLowerCase()}]`}:${portIn(end)}`;
}

/** TCP ports on which these processes listen. */
export const portsOf = (of: readonly number[]): number[] =>
  [...new Set(tcpOf(of).flatMap((c) => (c.listens ? [c.local] : [])))].sort((a, b) => a - b);

/** To whom these processes are connected, as host:port, themselves and who asked them aside. */
export function peersOf(of: readonly number[]): string[] {
  const all = tcpOf(of);
  const own = new Set(all.flatMap((c) => (c.listens ? [c.local] : [])));
  return [
    ...new Set(
      all.flatMap((c) =>
        c.listens || own.has(c.local) || own.has(Number(c.remote.split(':').at(-1))) ? [] : [c.remote],
      ),
    ),
  ];
}

const link = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};
