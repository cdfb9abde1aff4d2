import { dirname } from 'node:path';
import type { Disk, Moved, ProcessSpec } from '../../model/app.ts';
import { backendsIn } from '../../model/stores.ts';
import { linesNaming, volumesIn } from '../source/kept.ts';
import { block } from '../store/block.ts';
import { environmentOf } from './environment.ts';
import { openForWriting, openOf, textsOf } from './processes.ts';
import { changedUnder, isLog, isUnder, searchIn, tablesOf } from './traces.ts';

/** What an app keeps on the disk: its files, and what its source says of them. `running` gives its processes. */
export function diskOf(
  processes: readonly ProcessSpec[],
  moved: readonly Moved[],
  running: () => readonly number[],
): Disk {
  // What lies beside a store belongs to it: in the copy nothing else does.
  const copies = moved.map((m) => (m.what === 'store' ? dirname(m.to) : m.to));
  const all = [...new Set([...copies, ...moved.map((m) => m.from), ...processes.map((p) => p.cwd)])];
  const places = all.filter((place) => !all.some((other) => other !== place && isUnder(place, [other])));
  const folders = moved.filter((m) => m.what === 'folder').map((m) => m.from);
  const sources = folders.length ? folders : [...new Set(processes.map((p) => p.cwd))];
  return {
    moved,
    stores: [...new Set(processes.flatMap((p) => backendsIn(environmentOf(p)).map((b) => b.variable)))],
    logFiles: async (since) => textsOf([...openOf(running()), ...(await changedUnder(places, since)).filter(isLog)]),
    async files(since, marks) {
      const changed = await changedUnder(places, since);
      const found = await searchIn([...new Set([...changed, ...openForWriting(running())])], marks);
      return found.flatMap((one) => {
        const tables = one.holds.length > 1 && isUnder(one.path, copies) ? tablesOf(one.path, marks) : [];
        return tables.length ? tables.map((t) => ({ ...one, ...t })) : [one];
      });
    },
    block: (path) => (isUnder(path, copies) ? block(path) : Promise.resolve(undefined)),
    kept: (name) => ({
      lines: sources.flatMap((root) => linesNaming(root, name)),
      volumes: sources.flatMap((root) => volumesIn(root)),
    }),
  };
}
