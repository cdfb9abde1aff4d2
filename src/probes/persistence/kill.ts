/**
 * Keeps small marked writes in flight and kills the app (SIGKILL), ten times and more; then looks for every write that was acknowledged.
 * Runs on a copy of the store only. Control: the first records were seen before the first kill. What could deceive it: a write whose
 * answer never came (it does not count); sessions that end with the process (it logs in again).
 */
import { defineProbe } from '../../model/probe.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { cite, lacking } from '../_shared/ground.ts';
import { neverWas } from '../_shared/phantom.ts';
import { disposable } from '../_shared/started.ts';
import { kills, type Observed, observe, observed, wanted } from './killing.ts';

const claim = 'persistence/records-survive-a-kill';

export const kill = defineProbe<Observed>({
  id: 'persistence/kill',
  version: 1,
  does: 'writes 50 records and more while it kills the app 10 to 20 times (on a copy)',
  mess: 'breaks',
  costs: 30_000,
  session: 'own',
  profile: 'audit',
  needs: 'app',
  witnessed: true,
  observed,
  observe,
  claims: [
    {
      id: claim,
      judge(o) {
        if (o.phantom) return neverWas(claim, o.phantom, { ...o, when: 'before a kill already' });
        const none = o.notStarted === undefined ? lacking(o, 'no kill can lose it') : undefined;
        if (none) return none;
        if (o.precious !== undefined) return unknown('permission', `nothing was killed: ${o.precious}`, disposable);
        if (o.kills === 0)
          return o.control && o.notStarted === undefined
            ? unknown('no-time', 'there was no time left for a kill', '--budget with more seconds')
            : unknown('control-failed', o.notStarted ?? 'a record was not seen before the first kill');
        const evidence = cite(o.save, o.killed, o.looked);
        const broken = (because: string, wrongIf: string) =>
          fail(claim, { where: o.where, because, wrongIf, evidence, reproduce: o.reproduce });
        const after = `${o.kills} kill${o.kills > 1 ? 's' : ''} with records in flight`;
        if (o.notStarted !== undefined)
          return broken(
            `after ${after} the app does not start any more, and all ${o.acknowledged} acknowledged records are lost: ${o.notStarted}`,
            'the start command works once only, on purpose',
          );
        if (o.outside)
          return broken(
            `after ${after} its maker cannot log in any more, and so reaches none of ${o.acknowledged} acknowledged records`,
            'the log-in is refused for another reason than the kill, such as a limit on log-ins',
          );
        if (o.lost.length && o.unused)
          return unknown(
            'no-way-found',
            `${o.lost.length} of ${o.acknowledged} records were not reached; the list goes on in a way that was not used`,
            undefined,
            evidence,
          );
        if (o.lost.length)
          return broken(
            `${o.lost.length} of ${o.acknowledged} acknowledged records are gone after ${after}, for example ${o.lost.slice(0, 3).join(', ')}`,
            'the app says of a write that it is done later, and it was taken for done',
          );
        if (o.doubled.length)
          return broken(
            `${o.doubled.length} of ${o.acknowledged} acknowledged records are there twice after ${after}, for example ${o.doubled[0]}`,
            'the list shows some of its records in two places',
          );
        if (o.kills < kills || o.acknowledged < wanted)
          return unknown(
            'needs-more',
            `nothing was lost, but ${o.acknowledged} records written by ${o.by} around ${o.kills} kill${o.kills > 1 ? 's' : ''} show little: ${wanted} and ${kills} are asked for`,
            o.by === 'the form' ? 'a way to write by one request' : '--budget with more seconds',
            evidence,
          );
        return pass(
          `${o.acknowledged} records were acknowledged around ${o.kills} kills, all are there, once each`,
          evidence,
        );
      },
    },
  ],
});
