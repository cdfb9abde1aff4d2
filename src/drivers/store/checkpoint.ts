import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Moved } from '../../model/app.ts';
import { changedUnder } from '../app/traces.ts';
import { copyTree } from './tree.ts';

const unlimited = { bytes: Number.POSITIVE_INFINITY, entries: Number.POSITIVE_INFINITY };

/** The state of a copy to which it can be put back. To be called while nothing runs on it. */
export interface Checkpoint {
  putBack(): Promise<void>;
}

/**
 * Saves, in `into`, what was changed in the copy since it was made (epoch ms). The rest is as it is in the user's own, from where it is
 * taken again. Throws the system's error, on a full disk for example.
 */
export async function saveCheckpoint(moved: readonly Moved[], since: number, into: string): Promise<Checkpoint> {
  const places = moved.map(({ to, what }) => (what === 'store' ? dirname(to) : to));
  const saved = new Map<string, string>();
  await rm(into, { recursive: true, force: true });
  await mkdir(into, { recursive: true, mode: 0o700 });
  for (const path of await changedUnder(places, since)) {
    const copy = join(into, String(saved.size));
    await copyTree(path, copy, unlimited);
    saved.set(path, copy);
  }
  const at = Date.now();
  const there = new Set(await changedUnder(places, 0));
  const original = (path: string): string | undefined => {
    const one = moved.find(({ to, what }) => path.startsWith(what === 'store' ? to : `${to}/`));
    return one && one.from + path.slice(one.to.length);
  };
  return {
    async putBack() {
      const now = await changedUnder(places, at);
      const lost = [...there].filter((path) => !existsSync(path));
      for (const path of new Set([...now, ...lost, ...saved.keys()])) {
        // What was not there then is taken away, also where the user's own has one: a journal of it fits no other database.
        const from = saved.get(path) ?? (there.has(path) ? original(path) : undefined);
        if (from && existsSync(from)) {
          await mkdir(dirname(path), { recursive: true });
          // Into the same file, so that its owner and rights stay.
          if (existsSync(path)) await copyFile(from, path);
          else await copyTree(from, path, unlimited);
        } else await rm(path, { force: true });
      }
    },
  };
}
