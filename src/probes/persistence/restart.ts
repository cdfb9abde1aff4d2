/**
 * Writes a record, deletes another, makes an account; stops the app as a platform does and starts it again; then looks from fresh
 * browsers, each logged in anew. Control: the record was seen, the other gone, and the account logged in before the stop. What could
 * deceive it: sessions in memory, which may die (it logs in again); an app that is slow to start (it is waited for).
 */
import { z } from 'zod';
import type { Context, Session } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { cite, noWay, plant } from '../_shared/ground.ts';
import { evidenceId, seen, sighting } from '../_shared/observed.ts';
import { pathOf, reproduce } from '../_shared/reproduce.ts';
import { appOf } from '../_shared/started.ts';

const observed = z.object({
  /** Why there is nothing to write, where there is not. */
  none: z.string().optional(),
  kept: z.boolean(),
  where: z.string(),
  mark: z.string(),
  gone: z.string(),
  /** Its maker has an account made by sign-up for this alone. */
  own: z.boolean(),
  before: sighting.optional(),
  beforeGone: sighting.optional(),
  beforeDoor: evidenceId.optional(),
  stopped: z.object({ took: z.number(), forced: z.boolean(), evidence: evidenceId }).optional(),
  /** In the app's own words, where it did not start again. */
  notStarted: z.string().optional(),
  started: evidenceId.optional(),
  /** Its maker is logged in again, or needs no login. */
  inside: z.boolean(),
  door: evidenceId.optional(),
  after: sighting.optional(),
  afterGone: sighting.optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

/** A user of the app, who writes in one browser and looks from others, each logged in anew. */
interface User {
  readonly own: boolean;
  readonly writer: Session;
  open(when: string): Promise<Session>;
}

async function newcomer({ actors, facts }: Context): Promise<User | undefined> {
  const made = facts.door.signUp && facts.door.logIn ? await actors.signUp() : undefined;
  return (
    made && {
      own: true,
      writer: made.session,
      open: async (when) => (await actors.logIn(made.values, `the new account, ${when}`)).session,
    }
  );
}

const known = async ({ actors }: Context): Promise<User> => ({
  own: false,
  writer: await actors.fresh('A'),
  open: () => actors.fresh('A'),
});

/** What is written and deleted while the app still runs, seen from another browser. */
async function prepare(
  context: Context,
  user: User,
): Promise<{ kept: Planted; doomed?: Planted; seen: Pick<Observed, 'before' | 'beforeGone' | 'beforeDoor'> }> {
  const { facts } = context;
  const kept = await plant(context, user.writer);
  const doomed = facts.delete ? await plant(context, user.writer) : undefined;
  const reader = await user.open('before the stop');
  const before = seen(await reader.look(kept.mark, 'seen', { places: kept.places }));
  let beforeGone: Observed['beforeGone'];
  if (doomed && facts.delete && before.seen === 'yes') {
    const done = await user.writer.do(facts.delete, { mark: doomed.mark, own: doomed.outcome.url });
    if (!done.missing && done.said !== 'refused')
      beforeGone = seen(await reader.look(doomed.mark, 'gone', { places: doomed.places, sentinel: kept.mark }));
    if (beforeGone?.seen === 'no') context.ledger.removed(doomed.mark);
  }
  const beforeDoor = reader.inside
    ? await reader.window.first.screen('logged in from a fresh browser before the stop')
    : undefined;
  await reader.close();
  await user.writer.close();
  return {
    kept,
    ...(doomed ? { doomed } : {}),
    seen: { before, ...(beforeGone ? { beforeGone } : {}), ...(beforeDoor ? { beforeDoor } : {}) },
  };
}
type Planted = Awaited<ReturnType<typeof plant>>;

async function observe(context: Context): Promise<Observed> {
  const { facts, journal } = context;
  const app = appOf(context);
  const where = facts.record?.places[0]?.url ?? facts.entry;
  const base: Observed = {
    kept: facts.record?.kind === 'kept',
    where,
    mark: '',
    gone: '',
    own: false,
    inside: false,
    reproduce: '',
  };
  if (!facts.record || facts.record.kind === 'echo') return { ...base, none: noWay(facts).because };
  if (!base.kept) return base;
  context.progress('stopping the app, starting it again, and looking for what was written');
  const failed = (error: Error): Pick<Observed, 'notStarted' | 'started'> => {
    const notStarted = error.message.slice(0, 600);
    return { notStarted, started: journal.note({ kind: 'log', who: 'app', says: notStarted }) };
  };
  // It did not start again the first time: once more.
  const first = app.running ? undefined : await app.start().catch((error: Error) => error);
  if (first instanceof Error) return { ...base, ...failed(first) };
  // A newcomer serves again where a first restart has lost A; where newcomers see a place of their own that is unlike, A must do.
  let user = (await newcomer(context)) ?? (await known(context));
  let made = await prepare(context, user);
  if (user.own && made.seen.before?.seen !== 'yes') {
    user = await known(context);
    made = await prepare(context, user);
  }
  const { kept, doomed } = made;
  const was: Observed = {
    ...base,
    ...made.seen,
    mark: kept.mark,
    gone: doomed?.mark ?? '',
    own: user.own,
    reproduce: reproduce(
      facts,
      `await create(page);
const { execSync } = await import('node:child_process');
if (process.env.APP_RESTART) execSync(process.env.APP_RESTART, { stdio: 'inherit' });
else { console.log('stop the app, start it again, then press Enter'); await new Promise((go) => process.stdin.once('data', go)); }
const other = await fresh(); await enter(other); await other.goto(base + ${pathOf(where)}); await other.waitForTimeout(2000);
console.log('the record after the restart:', await shows(other, mark));`,
    ),
  };
  if (was.before?.seen !== 'yes') return was;
  const stopped = await app.stop();
  const again = await app.start().catch((error: Error) => error);
  if (again instanceof Error) return { ...was, stopped, ...failed(again) };
  const later = await user.open('after the restart');
  const door = await later.window.first.screen(
    later.inside ? 'logged in from a fresh browser after the restart' : 'cannot log in after the restart',
  );
  const after = later.inside ? seen(await later.look(kept.mark, 'seen', { places: kept.places })) : undefined;
  // A record that is itself gone tells nothing of the deletion beside it.
  const afterGone =
    was.beforeGone?.seen === 'no' && doomed && after?.seen === 'yes'
      ? seen(await later.look(doomed.mark, 'gone', { places: doomed.places, sentinel: kept.mark }))
      : undefined;
  // The clean-up works as A: what a newcomer wrote is taken away by the newcomer.
  if (user.own && facts.delete && after?.seen === 'yes') {
    const removed = await later.do(facts.delete, { mark: kept.mark, own: kept.outcome.url });
    if (!removed.missing && removed.said !== 'refused') context.ledger.removed(kept.mark);
  }
  await later.close();
  return {
    ...was,
    stopped,
    started: again.evidence,
    inside: later.inside,
    door,
    ...(after ? { after } : {}),
    ...(afterGone ? { afterGone } : {}),
  };
}

const claim = 'persistence/records-survive-a-restart';

/** What must be had before anything can be said of a restart. */
function lacking(o: Observed): Verdict | undefined {
  if (o.none !== undefined) return unknown('no-way-found', o.none, 'a recipe in plummet.config.ts');
  if (!o.kept) return unknown('root-cause', 'the record is not kept at all (see records-survive-reload)');
  if (o.notStarted !== undefined) return undefined;
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
        if (!o.own || !o.beforeDoor)
          return unknown('control-failed', 'a new account did not serve to write and to look before the stop');
        if (!o.door) return unknown('control-failed', `the app did not start again: ${o.notStarted ?? ''}`);
        const evidence = cite(o.beforeDoor, o.stopped?.evidence, o.started, o.door);
        return o.inside
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
