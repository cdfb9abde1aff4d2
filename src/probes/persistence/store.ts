/**
 * Writes a record and looks for it in the files that the app changed; asks the app for another text, which a store has no business to
 * keep. Control: the write left the browser. What could deceive it: a place that also holds what was only asked for is a log or a cache;
 * data written late (waited for, and once more after a stop in order); a compressed or encrypted file, a store on a socket (then unknown).
 */
import { z } from 'zod';
import type { App, FileTrace, WireTrace } from '../../model/app.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Mark } from '../../model/mark.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite, noWay } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { appOf } from '../_shared/started.ts';
import { someone } from '../_shared/user.ts';

const reach = 'persistence/writes-reach-a-store';
const outlives = 'persistence/data-outlives-the-release';
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
const observed = z.object({
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
  /** Stores that were listened to, and were not sent it. */
  silent: z.array(z.string()),
  lines: z.array(line),
  volumes: z.array(z.object({ file: z.string(), path: z.string() })),
  save: evidenceId.optional(),
  disk: evidenceId.optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;
type Place = z.infer<typeof place>;

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
  await wire.send({ method: 'GET', url: url.href });
  await wire.send({ method: 'GET', url: new URL(`/${read}`, facts.entry).href });
  await session.window.first.fetch({ method: 'GET', url: url.href, headers: {} });
}

async function observe(context: Context): Promise<Observed> {
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
    silent: [],
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
    named: app.stores,
  };
  if (!sent) {
    await user.writer.close();
    return was;
  }
  await ask(context, user.writer, read);
  let found: readonly FileTrace[] = [];
  const stores = (): readonly FileTrace[] =>
    found.filter((f) => f.holds.includes(mark) && !f.holds.includes(read) && !isLog(f.path));
  let servers: readonly WireTrace[] = [];
  const written = (): readonly WireTrace[] =>
    servers.filter((w) => w.written.includes(mark) && !w.written.includes(read));
  const search = async (): Promise<void> => {
    watch();
    servers = app.wire(since, [mark, read]);
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
    ...written().map((w) => ({ path: w.store, where: 'server' as const })),
    ...stores().map((f) => ({ ...placeOf(app, f.path), ...(f.table ? { table: f.table } : {}) })),
  ];
  const main = principal(places);
  const kept = main ? app.kept(nameOf(main.path)) : { lines: [], volumes: [] };
  const both = found
    .filter((f) => f.holds.includes(mark) && (f.holds.includes(read) || isLog(f.path)))
    .map((f) => placeOf(app, f.path).path);
  return {
    ...was,
    places,
    // What was listened to and could be read is known.
    silent: servers.map((w) => w.store),
    named: servers.length && servers.every((w) => !w.opaque) ? [] : app.stores,
    atStop,
    logs: both.filter(isLog),
    mixed: both.filter((path) => !isLog(path)),
    opaque: found.filter((f) => f.opaque).map((f) => placeOf(app, f.path).path),
    changed: found.length,
    ...(told ? { peers: [...peers].filter((peer) => !servers.some((w) => w.store === peer)) } : {}),
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

/** Called like a log. */
const isLog = (path: string): boolean => /\.(log|out|err)$|(^|\/)logs?\//i.test(path);

/** The store itself, before its journals. */
const principal = (places: readonly Place[]): Place | undefined =>
  [...places]
    .map((p) => ({
      ...p,
      path: p.path.replace(journal, ''),
      ...(p.inside ? { inside: p.inside.replace(journal, '') } : {}),
    }))
    .sort((a, b) => ranks.indexOf(a.where) - ranks.indexOf(b.where) || a.path.length - b.path.length)[0];
/** A server or a store that a variable names is the store, before what lies in the folder of the app. */
const ranks: readonly Place['where'][] = ['server', 'store', 'elsewhere', 'folder'];
/** What SQLite adds to the name of its file. */
const journal = /-(wal|journal|shm)$/;
const nameOf = (path: string): string => path.split('/').at(-1) ?? path;

/** What must be had before anything can be said. */
function lacking(o: Observed): Verdict | undefined {
  if (o.none !== undefined) return unknown('no-way-found', o.none, 'a recipe in plummet.config.ts');
  if (o.sent === undefined) return unknown('control-failed', 'a record could not be written at the time');
  if (!o.sent)
    return notApplicable(
      'no write leaves the browser, so none can reach a store (root cause: persistence/writes-leave-the-browser)',
      cite(o.save, o.disk),
    );
  return undefined;
}

/** Where it may be, unseen by us. */
function hidden(o: Observed): string | undefined {
  if (!o.textual) return 'the record carries a number, which a store may write in any way';
  if (o.named.length) return `${o.named.join(', ')} names a store that was not looked into`;
  if (o.peers === undefined) return 'the connections of the app cannot be seen on this system';
  if (o.peers.length) return `the app is connected to ${o.peers.join(', ')}, which was not looked into`;
  if (o.mixed.length) return `${o.mixed[0]} holds it, and also what was only asked for, as a log or a cache would`;
  return o.opaque.length ? `${o.opaque[0]} is compressed or encrypted` : undefined;
}

export const store = defineProbe<Observed>({
  id: 'persistence/store',
  version: 1,
  does: 'writes 1 record and reads the files that the app changed; stops the app once where it found nothing',
  mess: 'breaks',
  costs: 12_000,
  session: 'own',
  profile: 'audit',
  needs: 'app',
  observed,
  observe,
  claims: [
    {
      id: reach,
      judge(o) {
        const none = lacking(o);
        if (none) return none;
        const evidence = cite(o.save, o.disk);
        const main = principal(o.places);
        if (main)
          return pass(
            `${o.mark} ${main.where === 'server' ? 'was written to the store at' : 'is in'} ${main.path}${main.table ? ` (table ${main.table})` : ''}${o.atStop ? ', written when the app was stopped' : ''}`,
            evidence,
          );
        const unseen = hidden(o);
        if (unseen) return unknown('could-not-look', unseen, undefined, evidence);
        return fail(reach, {
          where: 'the disk',
          because: `a record was sent to the app and reached no store: none of the ${o.changed} files that it changed holds it${o.logs.length ? ` but what is a log (${o.logs[0]})` : ''}, and ${o.silent.length ? `the store at ${o.silent.join(', ')} was sent nothing of it` : 'it is connected to nothing'}`,
          wrongIf: 'it is written where the app does not run, or in a form of its own',
          evidence,
          reproduce: o.reproduce,
        });
      },
    },
    {
      id: outlives,
      judge(o) {
        const none = lacking(o);
        if (none) return none;
        const evidence = cite(o.save, o.disk);
        const main = principal(o.places);
        if (!main) {
          const unseen = hidden(o);
          return unseen
            ? unknown('could-not-look', unseen, undefined, evidence)
            : notApplicable('nothing is kept on the disk (see writes-reach-a-store)', evidence);
        }
        if (main.where === 'server') return pass(`the data is kept by a server of its own, at ${main.path}`, evidence);
        if (main.where === 'store')
          return pass(`${main.variable} says where the data is: ${main.path}, outside of the app's folder`, evidence);
        if (main.where === 'elsewhere' && /^\/(var\/)?tmp\//.test(main.path))
          return unknown('unclear', `the data is in ${main.path}, which the system may empty`, undefined, evidence);
        if (main.where === 'elsewhere')
          return pass(`the data is outside of the app's folder, in ${main.path}`, evidence);
        return insideFolder(o, main, evidence);
      },
    },
  ],
});

/** The data lies in the app's own folder: sound where that can be set from outside, or where a volume is mounted there. */
function insideFolder(o: Observed, main: Place, evidence: ReturnType<typeof cite>): Verdict {
  const inside = main.inside ?? main.path;
  const folders = inside.split('/').slice(0, -1);
  const volume = o.volumes.find((v) => {
    const end = v.path.split('/').filter(Boolean).at(-1) ?? '';
    return folders.includes(end) || v.path.endsWith(`/${nameOf(inside)}`);
  });
  if (volume) return pass(`${volume.file} mounts a volume at ${volume.path}, which holds ${inside}`, evidence);
  const set = o.lines.find((l) => l.settable);
  if (set) return pass(`where ${inside} lies can be set from outside: ${set.file}:${set.line}`, evidence);
  const [fixed] = o.lines;
  if (!fixed)
    return unknown(
      'unclear',
      `the data is in ${inside}, in the app's folder; what decides that was not found in its source`,
      undefined,
      evidence,
    );
  return fail(outlives, {
    where: `${fixed.file}:${fixed.line}`,
    because: `the data is in ${inside}, a fixed path in the app's own folder (${fixed.file}:${fixed.line}), which the next release replaces; ${o.volumes.length ? 'no volume is mounted there' : 'no deploy file mounts a volume'}`,
    wrongIf:
      'releases are copied over the folder in place, or a volume is mounted there by a deploy that is not in the source',
    evidence,
    reproduce: `grep -n '${nameOf(inside)}' ${fixed.file}; grep -rn -i 'volume\\|mount' Dockerfile *compose*.y*ml fly.toml render.yaml 2>/dev/null`,
  });
}
