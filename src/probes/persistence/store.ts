/**
 * Writes a record and looks for it in the files that the app changed; asks the app for another text, which a store has no business to
 * keep. Control: the write left the browser. What could deceive it: a place that also holds what was only asked for is a log or a cache;
 * data written late (waited for, and once more after a stop in order); a compressed or encrypted file, a store on a socket (then unknown).
 */
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite, lacking } from '../_shared/ground.ts';
import { nameOf, type Observed, observe, observed, type Place, principal } from './storing.ts';

const reach = 'persistence/writes-reach-a-store';
const outlives = 'persistence/data-outlives-the-release';

/** Where it may be, unseen by us. */
function hidden(o: Observed): string | undefined {
  if (!o.textual) return 'the record carries a number, which a store may write in any way';
  if (o.passed.length)
    return `it came to ${o.passed.join(', ')}, and no row of records there holds it as it was written`;
  if (o.unread.length) return `it cannot be seen what the app keeps at ${o.unread.join('; ')}`;
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
        const none = lacking(o, 'none can reach a store');
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
        const none = lacking(o, 'none can reach a store');
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
