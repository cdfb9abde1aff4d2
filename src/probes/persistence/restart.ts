/**
 * Writes a record, deletes another, makes an account; stops the app as a platform does and starts it again; then looks from fresh
 * browsers, each logged in anew. Control: the record was seen, the other gone, and the account logged in before the stop. What could
 * deceive it: sessions in memory, which may die (it logs in again); an app that is slow to start (it is waited for).
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite, noWay, plant } from '../_shared/ground.ts';
import { evidenceId, seen, sighting } from '../_shared/observed.ts';
import { pathOf, reproduce } from '../_shared/reproduce.ts';
import { appOf } from '../_shared/started.ts';

const login = z.object({ in: z.boolean(), evidence: evidenceId });
const observed = z.object({
  /** Why there is nothing to write, where there is not. */
  none: z.string().optional(),
  kept: z.boolean(),
  where: z.string(),
  mark: z.string(),
  gone: z.string(),
  before: sighting.optional(),
  beforeGone: sighting.optional(),
  beforeAccount: login.optional(),
  stopped: z.object({ took: z.number(), forced: z.boolean(), evidence: evidenceId }).optional(),
  /** In the app's own words, where it did not start again. */
  notStarted: z.string().optional(),
  started: evidenceId.optional(),
  /** A is logged in again, or needs no login. */
  inside: z.boolean(),
  door: evidenceId.optional(),
  after: sighting.optional(),
  afterGone: sighting.optional(),
  afterAccount: login.optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, journal } = context;
  const app = appOf(context);
  const where = facts.record?.places[0]?.url ?? facts.entry;
  const base = { kept: facts.record?.kind === 'kept', where, mark: '', gone: '', inside: false, reproduce: '' };
  if (!facts.record || facts.record.kind === 'echo') return { ...base, none: noWay(facts).because };
  if (!base.kept) return base;
  context.progress('stopping the app, starting it again, and looking for what was written');
  const writer = await actors.fresh('A');
  const kept = await plant(context, writer);
  const doomed = facts.delete ? await plant(context, writer) : undefined;
  const reader = await actors.fresh('A');
  const before = await reader.look(kept.mark, 'seen', { places: kept.places });
  let beforeGone: Observed['beforeGone'];
  if (doomed && facts.delete) {
    const done = await writer.do(facts.delete, { mark: doomed.mark, own: doomed.outcome.url });
    if (!done.missing && done.said !== 'refused')
      beforeGone = seen(await reader.look(doomed.mark, 'gone', { places: doomed.places, sentinel: kept.mark }));
    if (beforeGone?.seen === 'no') context.ledger.removed(doomed.mark);
  }
  await writer.close();
  await reader.close();
  const made = facts.door.logIn ? await actors.signUp() : undefined;
  await made?.session.close();
  const enter = async (who: string): Promise<Observed['beforeAccount']> => {
    if (!made) return undefined;
    const entered = await actors.logIn(made.values, who);
    await entered.session.close();
    return { in: entered.in, evidence: entered.evidence };
  };
  const beforeAccount = await enter('the new account, before the stop');
  const was: Observed = {
    ...base,
    mark: kept.mark,
    gone: doomed?.mark ?? '',
    before: seen(before),
    ...(beforeGone ? { beforeGone } : {}),
    ...(beforeAccount ? { beforeAccount } : {}),
    reproduce: reproduce(
      facts,
      `await create(page);\nconst { execSync } = await import("node:child_process");\nif (process.env.APP_RESTART) execSync(process.env.APP_RESTART, { stdio: "inherit" });\nelse { console.log("stop the app, start it again, then press Enter"); await new Promise((go) => process.stdin.once("data", go)); }\nconst other = await fresh(); await enter(other); await other.goto(base + ${pathOf(where)}); await other.waitForTimeout(2000);\nconsole.log("the record after the restart:", await shows(other, mark));`,
    ),
  };
  if (before.seen !== 'yes') return was;
  const stopped = await app.stop();
  const again = await app.start().catch((error: Error) => error);
  if (again instanceof Error)
    return {
      ...was,
      stopped,
      notStarted: again.message.slice(0, 600),
      started: journal.note({ kind: 'log', who: 'app', says: again.message.slice(0, 600) }),
    };
  const later = await actors.fresh('A');
  const door = await later.window.first.screen(
    later.inside ? 'A after the restart' : 'A cannot log in after the restart',
  );
  const after = later.inside ? seen(await later.look(kept.mark, 'seen', { places: kept.places })) : undefined;
  // A record that is itself gone tells nothing of the deletion beside it.
  const afterGone =
    beforeGone?.seen === 'no' && doomed && after?.seen === 'yes'
      ? seen(await later.look(doomed.mark, 'gone', { places: doomed.places, sentinel: kept.mark }))
      : undefined;
  await later.close();
  const afterAccount = beforeAccount?.in ? await enter('the new account, after the restart') : undefined;
  return {
    ...was,
    stopped,
    started: again.evidence,
    inside: later.inside,
    door,
    ...(after ? { after } : {}),
    ...(afterGone ? { afterGone } : {}),
    ...(afterAccount ? { afterAccount } : {}),
  };
}

const claim = 'persistence/records-survive-a-restart';

/** What must be had before anything can be said of a restart. */
function lacking(o: Observed): Verdict | undefined {
  if (o.none !== undefined) return unknown('no-way-found', o.none, 'a recipe in plummet.config.ts');
  if (!o.kept) return unknown('root-cause', 'the record is not kept at all (see records-survive-reload)');
  if (o.before?.seen !== 'yes')
    return unknown('control-failed', `the record was not seen before the stop: ${o.before?.because ?? ''}`);
  return undefined;
}

export const restart = defineProbe<Observed>({
  id: 'persistence/restart',
  version: 1,
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
        if (!facts.door.signUp || !facts.door.logIn)
          return notApplicable(
            `no account was made: ${facts.door.says}`,
            cite(...facts.door.evidence, ...facts.evidence),
          );
        const none = lacking(o);
        if (none) return none;
        if (!o.beforeAccount?.in) return unknown('control-failed', 'the new account could not log in before the stop');
        if (!o.afterAccount) return unknown('control-failed', `the app did not start again: ${o.notStarted ?? ''}`);
        const evidence = cite(o.beforeAccount.evidence, o.stopped?.evidence, o.started, o.afterAccount.evidence);
        return o.afterAccount.in
          ? pass('an account made by sign-up logs in from a fresh browser after a restart', evidence)
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
