import { dirname } from 'node:path';
import type { Disk, FileTrace, Moved, ProcessSpec, Rows, RowTrace } from '../../model/app.ts';
import type { Mark } from '../../model/mark.ts';
import { backendsIn } from '../../model/stores.ts';
import { linesNaming, volumesIn } from '../source/kept.ts';
import { block, isDatabase } from '../store/block.ts';
import type { DatabaseCopy } from '../store/database.ts';
import { environmentOf } from './environment.ts';
import { openForWriting, openOf, textsOf } from './processes.ts';
import { changedUnder, isLog, isUnder, searchIn, tablesOf, wholeIn } from './traces.ts';

/** What an app keeps on the disk: its files, and what its source says of them. `running` gives its processes. */
export function diskOf(
  processes: readonly ProcessSpec[],
  moved: readonly Moved[],
  databases: readonly DatabaseCopy[],
  running: () => readonly number[],
): Disk {
  // What lies beside a store belongs to it: in the copy nothing else does.
  const copies = moved.map((m) => (m.what === 'store' ? dirname(m.to) : m.to));
  const all = [...new Set([...copies, ...moved.map((m) => m.from), ...processes.map((p) => p.cwd)])];
  const places = all.filter((place) => !all.some((other) => other !== place && isUnder(place, [other])));
  const folders = moved.filter((m) => m.what === 'folder').map((m) => m.from);
  const sources = folders.length ? folders : [...new Set(processes.map((p) => p.cwd))];
  const files = async (since: number, marks: readonly Mark[]): Promise<FileTrace[]> => {
    const changed = await changedUnder(places, since);
    const found = await searchIn([...new Set([...changed, ...openForWriting(running())])], marks);
    return found.flatMap((one) => {
      const tables = one.holds.length > 1 && isUnder(one.path, copies) ? tablesOf(one.path, marks) : [];
      return tables.length ? tables.map((t) => ({ ...one, ...t })) : [one];
    });
  };
  return {
    moved,
    stores: processes.flatMap((p) =>
      backendsIn(environmentOf(p), p.tunnels).map(({ variable, host, port }) => ({
        variable,
        ...(port ? { store: `${host.endsWith('localhost') ? '127.0.0.1' : host}:${port}` } : {}),
      })),
    ),
    logFiles: async (since) => textsOf([...openOf(running()), ...(await changedUnder(places, since)).filter(isLog)]),
    files,
    async stored(since, marks) {
      const found = (await files(since, marks)).filter((f) => f.holds.length > 0 && !f.log);
      const inside = found.filter((f) => isUnder(f.path, copies));
      // Of a database its rows count: what a write left in its file without being done is no record.
      const bases = new Set(inside.map((f) => f.path.replace(/-(wal|journal|shm)$/, '')).filter(isDatabase));
      const rows = [...bases].flatMap((path) => tablesOf(path, marks).flatMap((t) => t.holds));
      const plain = inside.filter((f) => !bases.has(f.path.replace(/-(wal|journal|shm)$/, ''))).flatMap((f) => f.holds);
      const others = await rowsIn(databases, marks, 'copy');
      const originals = await rowsIn(databases, marks, 'original');
      // Where it cannot be looked, it may be.
      const [there] = [...originals.found, ...originals.unread].map(
        ({ store }) => `the database that it is a copy of, at ${store}, as far as can be told`,
      );
      const outside = found.find((f) => !isUnder(f.path, copies))?.path ?? there;
      return {
        inCopy: [...new Set([...rows, ...plain, ...others.found.flatMap((row) => row.holds)])],
        ...(outside ? { outside } : {}),
      };
    },
    async holding(since, texts) {
      const changed = await changedUnder(places, since);
      const traces = await wholeIn([...new Set([...changed, ...openForWriting(running())])], texts);
      const found = traces.flatMap(({ path, holds, log }) => holds.map((text) => ({ path, text, log })));
      const unread = traces.flatMap(({ path, opaque }) => (opaque ? [path] : []));
      for (const database of databases)
        await database.holding(texts).then(
          (rows) =>
            found.push(...rows.map(({ table, text }) => ({ path: `${database.server}, ${table}`, text, log: false }))),
          () => unread.push(database.server),
        );
      return { found, unread };
    },
    rows: (marks) => rowsIn(databases, marks, 'copy'),
    copied: databases.map((d) => d.server),
    block: (path) => (isUnder(path, copies) ? block(path) : Promise.resolve(undefined)),
    kept: (name) => ({
      lines: sources.flatMap((root) => linesNaming(root, name)),
      volumes: sources.flatMap((root) => volumesIn(root)),
    }),
  };
}

async function rowsIn(
  databases: readonly DatabaseCopy[],
  marks: readonly Mark[],
  where: 'copy' | 'original',
): Promise<Rows> {
  const found: RowTrace[] = [];
  const unread: { store: string; why: string }[] = [];
  for (const database of databases) {
    const { server: store } = database;
    await database.find(marks, where).then(
      (rows) => found.push(...rows.map((row) => ({ store, ...row }))),
      (error: Error) => unread.push({ store, why: error.message.split('\n')[0] ?? '' }),
    );
  }
  return { found, unread };
}
