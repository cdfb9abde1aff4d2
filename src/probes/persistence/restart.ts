/**
 * Writes a record, deletes another, makes an account; stops the app as a platform does and starts it again; then looks from fresh
 * browsers, each logged in anew. Control: the record was seen, the other gone, and the account logged in before the stop. What could
 * deceive it: sessions in memory, which may die (it logs in again); an app that is slow to start (it is waited for).
 */
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite } from '../_shared/ground.ts';
import { neverWas } from '../_shared/phantom.ts';
import { type Observed, observe, observed } from './restarting.ts';

const claim = 'persistence/records-survive-a-restart';

/** What must be had before anything can be said of a restart. */
function lacking(o: Observed): Verdict | undefined {
  if (o.none !== undefined) return unknown('no-way-found', o.none, 'a recipe in plummet.config.ts');
  if (o.sent === false && o.save)
    return notApplicable(
      'no write leaves the browser, so no restart can lose it (root cause: persistence/writes-leave-the-browser)',
      cite(o.save),
    );
  if (!o.kept) return unknown('root-cause', 'the record is not kept at all (see records-survive-reload)');
  if (o.notStarted !== undefined) return undefined;
  if (o.before?.seen !== 'yes')
    return unknown('control-failed', `the record was not seen before the stop: ${o.before?.because ?? ''}`);
  return undefined;
}

export const restart = defineProbe<Observed>({
  id: 'persistence/restart',
  version: 1,
  does: 'makes 1 account where there is a sign-up, writes 2 records, deletes 1 of them, stops the app and starts it',
  mess: 'breaks',
  costs: 15_000,
  session: 'own',
  profile: 'audit',
  needs: 'app',
  observed,
  observe,
  claims: [
    {
      id: claim,
      judge(o) {
        if (o.phantom) return neverWas(claim, o.phantom, { ...o, when: 'before a restart already' });
        const none = lacking(o);
        if (none) return none;
        const evidence = cite(o.before?.evidence, o.stopped?.evidence, o.started, o.door, o.after?.evidence);
        const lost = (because: string, wrongIf: string): Verdict =>
          fail(claim, { where: o.where, because, wrongIf, evidence, reproduce: o.reproduce });
        if (o.notStarted !== undefined)
          return lost(
            `after a stop the app does not start again: ${o.notStarted}`,
            'the start command works once only, on purpose',
          );
        if (!o.inside)
          return lost(
            'after a restart its maker cannot log in any more, and so does not reach the record',
            'the log-in is refused for another reason than the restart, such as a limit on log-ins',
          );
        if (!o.after || o.after.seen === 'could-not-look')
          return unknown('could-not-look', o.after?.because ?? 'it was not looked for', undefined, evidence);
        return o.after.seen === 'yes'
          ? pass(`${o.mark} is still there after the app was stopped and started`, evidence)
          : lost(
              `the record ${o.mark} is gone after the app was stopped and started`,
              'the start command empties the store on purpose',
            );
      },
    },
    {
      id: 'persistence/deletions-persist',
      judge(o, facts) {
        if (!facts.delete && o.kept)
          return notApplicable('nothing was deleted', cite(o.before?.evidence, ...(facts.record?.evidence ?? [])));
        const none = lacking(o);
        if (none) return none;
        if (o.beforeGone?.seen !== 'no') return unknown('control-failed', 'the deletion was not seen before the stop');
        if (!o.afterGone)
          return unknown(
            'root-cause',
            'what was not deleted is gone too after a restart (see records-survive-a-restart)',
          );
        const evidence = cite(o.beforeGone.evidence, o.stopped?.evidence, o.started, o.afterGone.evidence);
        if (o.afterGone.seen === 'could-not-look')
          return unknown('could-not-look', o.afterGone.because, undefined, evidence);
        return o.afterGone.seen === 'no'
          ? pass(`${o.gone}, deleted before the app was restarted, stays away`, evidence)
          : fail('persistence/deletions-persist', {
              where: o.where,
              because: `${o.gone}, deleted before the app was restarted, is back after it`,
              wrongIf: 'the deletion can be undone for a while, and was not done yet when the app was stopped',
              evidence,
              reproduce: o.reproduce,
            });
      },
    },
    {
      id: 'persistence/accounts-survive',
      judge(o, facts) {
        if (!(facts.door.signUp ?? facts.door.addUser) || !facts.door.logIn)
          return notApplicable(
            `no account was made: ${facts.door.says}`,
            cite(...facts.door.evidence, ...facts.evidence),
          );
        const none = lacking(o);
        if (none) return none;
        if (!o.own || !o.beforeDoor)
          return unknown('control-failed', 'a new account did not serve to write and to look before the stop');
        if (!o.door) return unknown('control-failed', `the app did not start again: ${o.notStarted ?? ''}`);
        const evidence = cite(o.beforeDoor, o.stopped?.evidence, o.started, o.door);
        return o.inside
          ? pass(
              `an account made by ${facts.door.signUp ? 'sign-up' : 'A'} logs in from a fresh browser after a restart`,
              evidence,
            )
          : fail('persistence/accounts-survive', {
              where: facts.entry,
              because: 'an account that logged in before the app was restarted cannot log in after it',
              wrongIf: 'the log-in is refused for another reason than the restart, such as a limit on log-ins',
              evidence,
              reproduce: o.reproduce,
            });
      },
    },
  ],
});
