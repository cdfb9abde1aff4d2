import type { Writable } from 'node:stream';

/**
 * stdout for what a program reads there, and for that alone: what else would be said there (by a config that logs, by a library) is led to
 * stderr from now on.
 */
export function ownStdout(): Writable {
  const { stdout, stderr } = process;
  const own = Object.create(stdout, { write: { value: stdout.write.bind(stdout) } }) as Writable;
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  return own;
}
