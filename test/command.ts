/** The command as somebody types it in a folder: a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Done {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `plummet` in `cwd`, with its state kept there too, in black and white, and where nothing can be shown in a window. */
export function commandIn(cwd: string): (...words: string[]) => Promise<Done> {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  return async (...words) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../bin/plummet.js'), ...words], {
      cwd,
      env: { ...env, NO_COLOR: '1', XDG_STATE_HOME: join(cwd, 'state') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part) => (out += part));
    child.stderr.on('data', (part) => (err += part));
    const [code] = (await once(child, 'close')) as [number];
    return { code, out, err };
  };
}
