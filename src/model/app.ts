import type { EvidenceId } from './evidence.ts';

/** One process of the app, as its start command names it. */
export interface ProcessSpec {
  readonly name: string;
  /** A command line, given to the shell. */
  readonly run: string;
  /** Absolute path. */
  readonly cwd: string;
  /** Set besides the environment of the tool, and stronger than it. */
  readonly env: Readonly<Record<string, string>>;
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

/** The app that we started: its processes as one thing. */
export interface App {
  readonly processes: readonly ProcessSpec[];
  /** Some process of it runs. */
  readonly running: boolean;
  /** What it printed since, at most the last 5000 lines. */
  log(since: number): readonly LogLine[];
  /** Ends of the text files that its processes hold open: logs that go to a file. */
  files(): readonly { readonly path: string; readonly end: string }[];
  /** Command lines of what runs now. */
  commands(): readonly string[];
  /** SIGTERM to all of its processes, as a platform does it; SIGKILL to what is left after `grace` ms (default 20 s). */
  stop(grace?: number): Promise<Stopped>;
  /** Starts it and waits until its address answers. Throws a Failure where it does not, with the last lines that it printed. */
  start(): Promise<{ readonly took: number; readonly evidence: EvidenceId }>;
}
