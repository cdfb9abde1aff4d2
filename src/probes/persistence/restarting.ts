/** What is written, deleted and entered before the app is stopped, and what of it is there after it was started again. */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { noWay, plant } from '../_shared/ground.ts';
import { evidenceId, seen, sighting } from '../_shared/observed.ts';
import { phantom, phantomOf, reproduceNever } from '../_shared/phantom.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { appOf } from '../_shared/started.ts';
import { known, newcomer, type User } from '../_shared/user.ts';

export const observed = z.object({
  /** Why there is nothing to write, where there is not. */
  none: z.string().optional(),
  kept: z.boolean(),
  phantom: phantom.optional(),
  /** A request left the browser at the save; undefined where that was not tried. */
  sent: z.boolean().optional(),
  save: evidenceId.optional(),
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
export type Observed = z.infer<typeof observed>;

type Before = 'sent' | 'save' | 'before' | 'beforeGone' | 'beforeDoor';

/** What is written and deleted while the app still runs, seen from another browser. */
async function prepare(
  context: Context,
  user: User,
): Promise<{ kept: Planted; doomed?: Planted; seen: Pick<Observed, Before> }> {
  const { facts } = context;
  const kept = await plant(context, user.writer);
  const save = { sent: kept.outcome.writes.length > 0, save: kept.outcome.evidence };
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
    seen: { ...save, before, ...(beforeGone ? { beforeGone } : {}), ...(beforeDoor ? { beforeDoor } : {}) },
  };
}
type Planted = Awaited<ReturnType<typeof plant>>;

export async function observe(context: Context): Promise<Observed> {
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
  if (!base.kept) {
    const never = await phantomOf(context, context.actors.A);
    if (never) return { ...base, sent: true, save: never.save, phantom: never, reproduce: reproduceNever(facts) };
    const { outcome } = await plant(context, context.actors.A);
    return { ...base, sent: outcome.writes.length > 0, save: outcome.evidence };
  }
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
const other = await fresh(); await enter(other); await home(other); await other.waitForTimeout(2000);
console.log('the record after the restart:', await shows(other, mark));`,
    ),
  };
  if (was.before?.seen !== 'yes') return was;
  const stopped = await app.stop();
  const again = await app.start().catch((error: Error) => error);
  if (again instanceof Error) return { ...was, stopped, ...failed(again) };
  let later = await user.open('after the restart');
  if (!later.inside) {
    // A server that has just started may not be itself yet.
    await later.close();
    await context.clock.sleep(3000);
    later = await user.open('after the restart, once more');
  }
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
