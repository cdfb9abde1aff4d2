/** What is written, and where of what the app keeps it is seen: in files, in tables, on the wire to a server. */
import { z } from 'zod';
import type { App, FileTrace, Rows, WireTrace } from '../../model/app.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Mark } from '../../model/mark.ts';
import { noWay } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { appOf } from '../_shared/started.ts';
import { someone } from '../_shared/user.ts';

/** Milliseconds for which a write is waited for. */
const patience = 8000;

const place = z.object({
  /** As the user knows it: not the copy's. */
  path: z.string(),
  /** The app's folder, a store elsewhere that a variable names, neither, or a server. */
  where: z.enum(['folder', 'store', 'elsewhere', 'server']),
  variable: z.string().optional(),
  table: z.string().optional(),
  /** Path in the app's folder. */
  inside: z.string().optional(),
});
const line = z.object({ file: z.string(), line: z.number(), text: z.string(), settable: z.boolean() });
export const observed = z.object({
  none: z.string().optional(),
  /** A request left the browser at the save; undefined where that could not be tried. */
  sent: z.boolean().optional(),
  mark: z.string(),
  textual: z.boolean(),
  places: z.array(place),
  /** It came there only when the app was stopped. */
  atStop: z.boolean(),
  /** Logs that hold what was written and what was only asked for, and other files that do. */
  logs: z.array(z.string()),
  mixed: z.array(z.string()),
  opaque: z.array(z.string()),
  changed: z.number(),
  /** Undefined where connections cannot be seen. */
  peers: z.array(z.string()).optional(),
  named: z.array(z.string()),
  /** Stores that were listened to and not understood, and why. */
  unread: z.array(z.string()),
  /** Stores that were listened to or looked into, and hold nothing of it. */
  silent: z.array(z.string()),
  /** Of these, those that were sent it. */
  passed: z.array(z.string()),
  lines: z.array(line),
  volumes: z.array(z.object({ file: z.string(), path: z.string() })),
  save: evidenceId.optional(),
  disk: evidenceId.optional(),
  reproduce: z.string(),
});
export type Observed = z.infer<typeof observed>;
export type Place = z.infer<typeof place>;

function placeOf(app: App, path: string): Place {
  for (const { from, to, what, variable } of app.moved)
    for (const base of [to, from])
      if (path === base || path.startsWith(`${base}/`) || (what === 'store' && path.startsWith(base)))
        return {
          path: from + path.slice(base.length),
          where: what,
          ...(variable ? { variable } : {}),
          ...(what === 'folder' ? { inside: path.slice(base.length + 1) } : {}),
        };
  const folder = app.processes.map((p) => p.cwd).find((cwd) => path.startsWith(`${cwd}/`));
  return folder ? { path, where: 'folder', inside: path.slice(folder.length + 1) } : { path, where: 'elsewhere' };
}

/** Texts that were only asked for: in the address of a page, and in a search. */
async function ask(context: Context, session: Session, read: Mark): Promise<void> {
  const { facts, wire } = context;
  const url = new URL(facts.record?.places[0]?.url ?? facts.entry);
  url.hash = '';
  url.searchParams.set('q', read);
  // A query is logged with its body.
  const query = url.searchParams.get('query');
  if (query) url.searchParams.set('query', `${query}\n# ${read}`);
  await wire.send({ method: 'GET', url: url.href });
  await wire.send({ method: 'GET', url: new URL(`/${read}`, facts.entry).href });
  await session.window.first.fetch({ method: 'GET', url: url.href, headers: {} });
}

export async function observe(context: Context): Promise<Observed> {
  const { facts, clock } = context;
  const app = appOf(context);
  const base: Observed = {
    mark: '',
    textual: true,
    places: [],
    atStop: false,
    logs: [],
    mixed: [],
    opaque: [],
    changed: 0,
    named: [],
    unread: [],
    silent: [],
    passed: [],
    lines: [],
    volumes: [],
    reproduce: '',
  };
  const { record } = facts;
  if (!record || record.kind === 'echo') return { ...base, none: noWay(facts).because };
  context.progress('looking for what was written on the disk');
  if (!app.running) await app.start();
  const since = clock.now();
  const read = context.marks.next();
  const peers = new Set<string>();
  let told = app.connections() !== undefined;
  const watch = (): void => {
    const now = app.connections();
    told &&= now !== undefined;
    for (const peer of now ?? []) peers.add(peer);
  };
  watch();
  const { user, mark, outcome, sent } = await someone(context);
  const was: Observed = {
    ...base,
    mark,
    ...(sent === undefined ? {} : { sent }),
    save: outcome.evidence,
    textual: !/^\d/.test(mark),
    named: app.stores.map((s) => s.variable),
  };
  if (!sent) {
    await user.writer.close();
    return was;
  }
  await ask(context, user.writer, read);
  let found: readonly FileTrace[] = [];
  const stores = (): readonly FileTrace[] =>
    found.filter((f) => f.holds.includes(mark) && !f.holds.includes(read) && !f.log);
  let servers: readonly WireTrace[] = [];
  let rows: Rows = { found: [], unread: [] };
  /** What was sent to a database that we have a copy of stands in its rows, or was taken back. */
  const written = (): Place[] => [
    ...servers
      .filter((w) => w.written.includes(mark) && !w.written.includes(read) && !app.copied.includes(w.store))
      .map((w) => ({ path: w.store, where: 'server' as const })),
    ...rows.found
      .filter((row) => row.holds.includes(mark) && !row.holds.includes(read) && !passing.test(row.table))
      .map(({ store, table }) => ({ path: store, where: 'server' as const, table })),
  ];
  const search = async (): Promise<void> => {
    watch();
    servers = app.wire(since, [mark, read]);
    rows = await app.rows([mark, read]);
    found = await app.files(since, [mark, read]);
  };
  for (const until = clock.now() + patience; ; await clock.sleep(400)) {
    await search();
    if (stores().length || written().length || clock.now() > until || context.left() < 15_000) break;
  }
  await user.writer.close();
  let atStop = false;
  if (!stores().length && !written().length) {
    await app.stop();
    await search();
    atStop = stores().length > 0 || written().length > 0;
    await app.start();
  }
  const places: Place[] = [
    ...written(),
    ...stores().map((f) => ({ ...placeOf(app, f.path), ...(f.table ? { table: f.table } : {}) })),
  ];
  const main = principal(places);
  const kept = main ? app.kept(nameOf(main.path)) : { lines: [], volumes: [] };
  const both = found
    .filter((f) => f.holds.includes(mark) && (f.holds.includes(read) || f.log))
    .map((f) => ({ path: placeOf(app, f.path).path, log: f.log }));
  return {
    ...was,
    places,
    // What was listened to and could be read is known.
    silent: [...new Set([...servers.map((w) => w.store), ...app.copied])],
    passed: [
      ...servers.filter((w) => w.written.includes(mark) && app.copied.includes(w.store)).map((w) => w.store),
      ...rows.found.filter((row) => row.holds.includes(mark) && passing.test(row.table)).map((row) => row.store),
    ],
    // What a variable names is looked into where there is a copy of it, or it was listened to and understood.
    named: app.stores.flatMap(({ variable, store }) =>
      store && (app.copied.includes(store) || servers.some((w) => w.store === store)) ? [] : [variable],
    ),
    unread: [
      ...servers.flatMap((w) => (w.unread && !app.copied.includes(w.store) ? [`${w.store}: ${w.unread}`] : [])),
      ...rows.unread.map(({ store, why }) => `${store}: ${why}`),
    ],
    atStop,
    logs: both.filter((f) => f.log).map((f) => f.path),
    mixed: both.filter((f) => !f.log).map((f) => f.path),
    opaque: found.filter((f) => f.opaque).map((f) => placeOf(app, f.path).path),
    changed: found.length,
    ...(told
      ? { peers: [...peers].filter((peer) => !app.copied.includes(peer) && !servers.some((w) => w.store === peer)) }
      : {}),
    lines: [...kept.lines].slice(0, 8),
    volumes: [...kept.volumes],
    disk: context.journal.note({
      kind: 'note',
      who: 'disk',
      says: places.length
        ? `${mark} is in ${places.map((p) => p.path).join(', ')}${atStop ? ', since the app was stopped' : ''}`
        : `${mark} is in none of the ${found.length} files that the app changed`,
      data: { changed: found.slice(0, 40).map((f) => placeOf(app, f.path).path), connections: [...peers] },
    }),
    reproduce: `# in the app's folder, the app running: write a record called plumbobvane, then\ngrep -rila --exclude-dir=node_modules plumbobvane .${main?.where === 'store' ? ` ${main.path}*` : ''}`,
  };
}

/** The store itself, before its journals. */
export const principal = (places: readonly Place[]): Place | undefined =>
  [...places]
    .map((p) => ({
      ...p,
      path: p.path.replace(journal, ''),
      ...(p.inside ? { inside: p.inside.replace(journal, '') } : {}),
    }))
    .sort((a, b) => ranks.indexOf(a.where) - ranks.indexOf(b.where) || a.path.length - b.path.length)[0];
/** A server or a store that a variable names is the store, before what lies in the folder of the app. */
const ranks: readonly Place['where'][] = ['server', 'store', 'elsewhere', 'folder'];
/** Tables and keys that keep what a page said last, and no records. */
const passing = /(^|[._"])(django_)?(sess|sessions?|cache|flash)(es|s)?"?$/i;
/** What SQLite adds to the name of its file. */
const journal = /-(wal|journal|shm)$/;
export const nameOf = (path: string): string => path.split('/').at(-1) ?? path;
