import type { EvidenceId } from './evidence.ts';
import type { Mark } from './mark.ts';

/** One process of the app, as its start command names it. */
export interface ProcessSpec {
  readonly name: string;
  /** A command line, given to the shell. */
  readonly run: string;
  /** Absolute path. */
  readonly cwd: string;
  /** Set besides the environment of the tool, and stronger than it. */
  readonly env: Readonly<Record<string, string>>;
  /** What shows that it is ready: a text that it prints, or an address that answers. */
  readonly ready?: string;
  /** web and api are waited for until they listen; a worker listens to nothing. */
  readonly role?: 'web' | 'api' | 'worker';
  /** host or host:port on this machine that lead to another, such as the near end of a tunnel: stores there are not ours. */
  readonly tunnels?: readonly string[];
}

export interface LogLine {
  /** Epoch ms. */
  readonly at: number;
  /** Name of the process. */
  readonly who: string;
  readonly text: string;
}

export interface Stopped {
  /** Milliseconds from SIGTERM until all of its processes were gone. */
  readonly took: number;
  /** They were not gone in time, and were killed. */
  readonly forced: boolean;
  readonly evidence: EvidenceId;
}

/** What a file or folder of the app stands for: the user's own, which the app in our hand does not touch. */
export interface Moved {
  /** The user's own. */
  readonly from: string;
  /** The copy. */
  readonly to: string;
  /** The app's own folder, or a store elsewhere that a variable names. */
  readonly what: 'folder' | 'store';
  readonly variable?: string;
}

export interface FileTrace {
  readonly path: string;
  /** Which table of it, where it is a database that can be opened: each table is a trace of its own. */
  readonly table?: string;
  /** Which of the marks it holds. */
  readonly holds: readonly Mark[];
  /** Called like a log. */
  readonly log: boolean;
  /** Compressed or encrypted: what it holds cannot be read off. */
  readonly opaque: boolean;
}

/** What an app sent to a store that answers by a network. */
export interface WireTrace {
  /** host:port. */
  readonly store: string;
  /** Which of the marks it was sent by what writes. */
  readonly written: readonly Mark[];
  /** Why what it was sent tells nothing; undefined where it does. */
  readonly unread?: string;
}

/**
 * How a store fails that answers by a network: it ends all connections and refuses new ones; its answers end in the middle; it neither hears nor
 * says anything more; its answers come 3 s late.
 */
export type StoreFault = 'gone' | 'cut' | 'silent' | 'slow';

/** Where a text stands, letter for letter but for case. */
export interface TextTrace {
  /** A file, or a table of a server (host:port, table). */
  readonly path: string;
  readonly text: string;
  /** Called like a log. */
  readonly log: boolean;
}

/** What stands in a database that is a copy. */
export interface RowTrace {
  /** host:port. */
  readonly store: string;
  readonly table: string;
  readonly holds: readonly Mark[];
}

/** `unread`: databases that could not be looked into, and why. */
export interface Rows {
  readonly found: readonly RowTrace[];
  readonly unread: readonly { readonly store: string; readonly why: string }[];
}

/** A line of the source. */
export interface Line {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** A variable from outside, or a word of the command line, decides what it says. */
  readonly settable: boolean;
}

/** A place that outlives a release, as a deploy file of the source names it. */
export interface Volume {
  readonly file: string;
  readonly path: string;
}

/** What an app keeps on the disk. */
export interface Disk {
  /** What it runs on instead of the user's own. Empty where it runs in place. */
  readonly moved: readonly Moved[];
  /** Stores that answer by a network: the variables that name them, and where (host:port), as far as that is known. */
  readonly stores: readonly { readonly variable: string; readonly store?: string }[];
  /** Ends of the logs that go to a file: text files that its processes hold open, and those called so that changed since. */
  logFiles(since: number): Promise<readonly { readonly path: string; readonly end: string }[]>;
  /** Files that it changed since (epoch ms) or holds open for writing, in its folders and stores, and in those that they are copies of. */
  files(since: number, marks: readonly Mark[]): Promise<readonly FileTrace[]>;
  /** Servers (host:port) of the databases that it has a copy of, and which of the marks stand in them. */
  readonly copied: readonly string[];
  rows(marks: readonly Mark[]): Promise<Rows>;
  /**
   * Which of these texts, each of 6 letters or more, stand whole in the files that it changed since (epoch ms) or holds open for writing, and in
   * the databases that it has a copy of; `unread`: what could not be read off.
   */
  holding(
    since: number,
    texts: readonly string[],
  ): Promise<{ readonly found: readonly TextTrace[]; readonly unread: readonly string[] }>;
  /** Which of the marks are kept in the copy (logs aside), in files changed since (epoch ms) or in a database, and a file outside of it that holds one. */
  stored(
    since: number,
    marks: readonly Mark[],
  ): Promise<{ readonly inCopy: readonly Mark[]; readonly outside?: string }>;
  /**
   * Makes writing to a file of the copy fail until `lift` is called: a SQLite database is locked as another writer would (readers of a
   * write-ahead log go on), any other file is a folder meanwhile. Undefined where it is no file of a copy.
   */
  block(path: string): Promise<{ readonly how: string; lift(): Promise<void> } | undefined>;
  /** What its source says of the file of this name: lines, and volumes that deploy files mount. */
  kept(name: string): { readonly lines: readonly Line[]; readonly volumes: readonly Volume[] };
}

/** What came of a start without some variables: `refused`: what it said, where it did not start; `ran`: what the trial gave. */
export type WithoutThem<T> =
  | { readonly refused: string; readonly evidence: EvidenceId }
  | { readonly ran: T; readonly evidence: EvidenceId };

/** The app that we started: its processes as one thing. */
export interface App extends Disk {
  readonly processes: readonly ProcessSpec[];
  /** Why its data may not be harmed; undefined where it is a copy, or was said to be disposable. */
  readonly precious?: string;
  /** Some process of it runs. */
  readonly running: boolean;
  /** Ports at which it is reached, and those at which it listens where we do not come, since another process has them here. */
  ports(): { readonly own: readonly number[]; readonly taken: readonly number[] };
  /** What it printed since, at most the last 5000 lines. */
  log(since: number): readonly LogLine[];
  /** Command lines of what runs now. */
  commands(): readonly string[];
  /**
   * SIGTERM to all of its processes (as systemd does it) or to those that were started alone (as containers do); SIGKILL to what is left
   * after `grace` ms (default 20 s).
   */
  stop(grace?: number, to?: 'group' | 'started'): Promise<Stopped>;
  /** Names of the variables that it was given and that are called like what it signs its sessions with. */
  readonly signing: readonly string[];
  /** Is it the value of a variable that one of its processes sees, given or of a file of its folder? */
  isSet(value: string): boolean;
  /**
   * Stops it, starts it without these variables, does the trial where it runs, and starts it as usual again. `refused`: what it said, where it
   * did not start. Rejects where it does not start as usual again.
   */
  startWithout<T>(names: readonly string[], trial: () => Promise<T>): Promise<WithoutThem<T>>;
  /** SIGKILL to all of its processes at once, as when the power goes. */
  kill(): Promise<{ readonly killed: string; readonly evidence: EvidenceId }>;
  /** Stops it and starts it on the data as they were when this was asked first. On a copy only; in place it does nothing. */
  rewind(): Promise<void>;
  /** What it sent since (epoch ms) to the stores on this machine that its environment names. Empty where it was not listened to. */
  wire(since: number, marks: readonly Mark[]): readonly WireTrace[];
  /** Lets the stores that it is listened to with fail for it, until `lift` is called. Undefined where there are none. */
  failStores(fault: StoreFault): Promise<{ readonly how: string; lift(): Promise<void> } | undefined>;
  /** A line in which it says that it could not reach somebody, where it is held back. */
  unreached(): string | undefined;
  /** To whom it has TCP connections now, as host:port; undefined where that cannot be told. */
  connections(): readonly string[] | undefined;
  /** Starts it and waits until its address answers. Throws a Failure where it does not, with the last lines that it printed. */
  start(): Promise<{ readonly took: number; readonly evidence: EvidenceId }>;
}
