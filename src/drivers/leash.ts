import { spawn } from 'node:child_process';

/**
 * Runs a shell script beside us that first reads `word` from its pipe, then waits on it: the kernel closes the pipe when we end, also at
 * SIGKILL; a second line says that we end it in order, and nothing new will begin. The word comes through the pipe, not as an argument: a script that looks for it in command lines would find itself. It gets no
 * signal of a terminal. `release` lets it go on at once and waits for its end; may be called twice.
 */
export function onLeash(script: string, word: string): { release(): Promise<void> } {
  const leash = spawn('/bin/sh', ['-c', script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
  });
  const gone = new Promise<void>((resolve) => {
    leash.once('close', () => resolve());
    leash.once('error', () => resolve());
  });
  leash.stdin.on('error', () => {}); // it may have ended before us
  leash.stdin.write(`${word}\n`);
  leash.unref();
  (leash.stdin as unknown as { unref?(): void }).unref?.();
  return {
    async release() {
      leash.stdin.end('released\n');
      leash.ref();
      await gone;
    },
  };
}
