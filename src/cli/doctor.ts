import { access, constants, statfs } from 'node:fs/promises';
import { oneLine } from '../lib/text.ts';
import { duration } from '../report/outline.ts';
import type { Io } from './parts.ts';

const enough = { node: [22, 18], disk: 500e6 } as const;

/** `plummet doctor`: has this machine what an audit takes? 0 if so, 1 if not. */
export async function doctor(io: Io): Promise<number> {
  const lines: { ok: boolean; what: string; says: string; needed?: boolean }[] = [];
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  lines.push({
    ok: major > enough.node[0] || (major === enough.node[0] && minor >= enough.node[1]),
    what: 'Node',
    says: `${process.versions.node}, wants 22.18 or later`,
    needed: true,
  });
  const started = performance.now();
  const { browser, sandbox, notes = [] } = await (await io.parts()).inspect();
  if ('error' in browser) lines.push({ ok: false, what: 'Browser', says: oneLine(browser.error), needed: true });
  else {
    lines.push({
      ok: true,
      what: 'Browser',
      says: `${browser.version}, ${browser.from}, ${browser.path}, started in ${duration(performance.now() - started)}`,
    });
    lines.push({ ok: sandbox === true, what: 'Sandbox', says: sandbox ? 'on' : 'off: audit only apps that you trust' });
  }
  if (process.getuid)
    lines.push({
      ok: process.getuid() !== 0,
      what: 'User',
      says: process.getuid() === 0 ? 'root; the browser runs as another user where one can be had' : 'not root',
    });
  lines.push(await disk(io.cwd));
  const writable = await access(io.cwd, constants.W_OK).then(
    () => true,
    () => false,
  );
  lines.push({
    ok: writable,
    what: 'Folder',
    says: writable ? `runs go to ${io.cwd}/.plummet` : `${io.cwd} cannot be written to: give --out`,
    needed: true,
  });
  for (const { ok, what, says, needed } of lines)
    io.out.write(`${ok ? '✓' : needed ? '✗' : '!'} ${what.padEnd(8)} ${says}\n`);
  for (const note of notes) io.out.write(`  ${oneLine(note)}\n`);
  return lines.some(({ ok, needed }) => !ok && needed) ? 1 : 0;
}

async function disk(folder: string): Promise<{ ok: boolean; what: string; says: string }> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return { ok: free > enough.disk, what: 'Disk', says: `${(free / 1e9).toFixed(1)} GB free` };
}
