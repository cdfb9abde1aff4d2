import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { ownStdout } from './own-stdout.ts';
import type { Io, Stream } from './parts.ts';
import { main } from './program.ts';

const stream = (of: NodeJS.WriteStream): Stream => ({
  write: (text) => void of.write(text),
  tty: of.isTTY === true,
  get columns() {
    return of.columns || 80;
  },
});

const io: Io = {
  cwd: process.cwd(),
  out: stream(process.stdout),
  err: stream(process.stderr),
  alone: ownStdout,
  env: process.env,
  ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
  ...(process.stdin.isTTY ? {} : { input: () => text(process.stdin) }),
  now: () => new Date(),
  parts: () => import('../audit.ts'),
  interrupts(listener) {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, listener);
    return () => signals.forEach((signal) => process.off(signal, listener));
  },
  kill: (code) => process.exit(code),
};

async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await reader.question(question);
  } finally {
    reader.close();
  }
}

// A reader that has gone (`| head`) is no fault, and no reason to leave rows behind.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

process.exitCode = await main(process.argv.slice(2), io);
// All is written and closed by now. What an audited page left behind (timers, sockets that do not end) must not hold us up.
for (const output of [process.stdout, process.stderr]) await new Promise((resolve) => output.write('', resolve));
process.exit();
