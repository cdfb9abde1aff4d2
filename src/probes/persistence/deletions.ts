/**
 * Writes two records, deletes one, and looks in a fresh browser: the deleted one is to be gone from its place, the other stands
 * there as the sentinel. Control: both were seen by the fresh browser's account before. What could deceive it: trash, undo and
 * histories (only the place counts); a list that did not load (the sentinel); an absence that lasts a second (the deadline).
 */
import { z } from 'zod';
import { itemWith } from '../../model/answer.ts';
import type { Tab } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import type { Place } from '../../model/facts.ts';
import type { Mark } from '../../model/mark.ts';
import { inList } from '../../model/match.ts';
import { openPlace } from '../../model/place.ts';
import { defineProbe } from '../../model/probe.ts';
import { sendOf } from '../../model/recipe.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { lacking, notThere, verdictOn } from '../_shared/alteration.ts';
import { cite, plant } from '../_shared/ground.ts';
import { outcome, said, seen, sighting } from '../_shared/observed.ts';
import { plantOrTake } from '../_shared/phantom.ts';
import { reproduce } from '../_shared/reproduce.ts';

const observed = z.object({
  none: lacking.optional(),
  mark: z.string(),
  where: z.string(),
  before: sighting.optional(),
  remove: outcome.optional(),
  /** A's own page shows the list without it: the app says that it is deleted. */
  vanished: z.boolean(),
  after: sighting.optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

/** Does the page, as the deletion left it or loaded at the record's place, show the list without the record? */
async function isAway(tab: Tab, mark: Mark, places: readonly Place[]): Promise<boolean> {
  const [place] = places;
  const view = await tab.view();
  if (!view.modal && inList(view, place?.list, mark, true) === false) return true;
  if (!place) return false;
  await openPlace(tab, place);
  const shown = (await tab.find([mark])).shown.includes(mark);
  return !shown || inList(await tab.view(), place.list, mark, true) === false;
}

const rowAt = async (
  { actors, facts }: Context,
  mark: Mark,
  [place]: readonly Place[],
): Promise<string | undefined> => {
  const { body } = await actors.A.window.first.fetch({ method: 'GET', url: place?.url ?? facts.entry });
  const item = itemWith(body, mark, sendOf(facts.record?.create)?.id);
  return item && JSON.stringify(item);
};

/** Without pages an answer is all that says that it is deleted; a row that bears a flag from then on says so itself, and is sound. */
async function isUnchanged(context: Context, mark: Mark, places: readonly Place[], row?: string): Promise<boolean> {
  const now = await rowAt(context, mark, places);
  return now === undefined || now === row;
}

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, clock } = context;
  const none = notThere(facts, 'delete', context);
  if (none) return { none, mark: '', where: '', vanished: false, reproduce: '' };
  context.progress('deleting a record and looking whether it stays away');
  const otherReady = actors.fresh('A');
  const planted = await plantOrTake(context, actors.A);
  const sentinel = planted.there ? undefined : await plant(context, actors.A);
  const lists = planted.places.filter((p) => p.what === 'list');
  const places = lists.length ? lists : planted.places;
  const other = await otherReady;
  const before = await other.look(planted.mark, 'seen', { places });
  // The browser that looks afterwards has seen nothing of the record; it logs in while the deletion is done.
  const againReady = before.seen === 'yes' ? actors.fresh('A') : undefined;
  const row = facts.kind === 'api' ? await rowAt(context, planted.mark, places) : undefined;
  const done =
    facts.delete && before.seen === 'yes'
      ? await actors.A.do(facts.delete, { mark: planted.mark, own: planted.own })
      : undefined;
  const vanished =
    done !== undefined &&
    !done.missing &&
    (facts.kind === 'api'
      ? done.said === 'ok' && (await isUnchanged(context, planted.mark, places, row))
      : await isAway(actors.A.window.first, planted.mark, places));
  // Where one may undo, the deletion itself may wait until that is no longer offered.
  if (done && /\b(undo|r[uü]ckg[aä]ngig|annuler|deshacer|desfazer)\b/i.test(done.appeared.join(' ')))
    await clock.sleep(10_000);
  let after: Awaited<ReturnType<typeof other.look>> | undefined;
  const again = await againReady;
  if (again && done && !done.missing) {
    // The absence must last: the fresh browser looks now and again when the deadline is over.
    after = await again.look(planted.mark, 'gone', {
      places,
      ...(lists.length && sentinel ? { sentinel: sentinel.mark } : {}),
    });
    if (after.seen === 'no') context.ledger.removed(planted.mark);
  }
  await again?.close();
  await other.close();
  return {
    mark: planted.mark,
    where: places[0]?.url ?? facts.entry,
    before: seen(before),
    ...(done && !done.missing ? { remove: said(done) } : {}),
    vanished,
    ...(after ? { after: seen(after) } : {}),
    reproduce: reproduce(
      facts,
      `await create(page); await remove(page);\nconst other = await fresh(); await enter(other); await home(other); await other.waitForTimeout(5000);\nconsole.log('deleted record still in a fresh browser:', await shows(other, mark));`,
    ),
  };
}

export const deletions = defineProbe<Observed>({
  id: 'persistence/deletions',
  version: 1,
  does: 'writes 2 records and deletes 1 of them',
  mess: 'own-rows',
  costs: 9000,
  session: 'shared',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'persistence/deletions-persist',
      judge(o) {
        if (o.none) return verdictOn(o.none);
        if (o.before?.seen !== 'yes')
          return unknown(
            o.before?.seen === 'no' ? 'root-cause' : 'control-failed',
            `a fresh browser did not see the record before it was deleted: ${o.before?.because ?? ''}`,
            undefined,
            o.before ? [o.before.evidence] : [],
          );
        if (!o.remove || !o.after) return unknown('control-failed', 'the deletion could not be done this time');
        if (o.remove.said === 'refused')
          return unknown('control-failed', `the deletion was refused: ${o.remove.because}`, undefined, [
            o.remove.evidence,
          ]);
        if (o.after.seen === 'could-not-look')
          return unknown('could-not-look', o.after.because, undefined, [o.after.evidence]);
        if (o.after.seen === 'no')
          return pass(
            `a fresh browser no longer shows ${o.mark}, and shows what was not deleted`,
            cite(o.before.evidence, o.remove.evidence, o.after.evidence),
          );
        if (!o.vanished)
          return unknown(
            'control-failed',
            'the page of its maker still shows it too: nothing says that it is deleted',
            undefined,
            [o.remove.evidence],
          );
        return fail('persistence/deletions-persist', {
          where: o.where,
          because: `${o.mark} was deleted and is back: a fresh browser still shows it at its place`,
          wrongIf: 'the app tells that deleting takes longer than the time waited',
          evidence: cite(o.before.evidence, o.remove.evidence, o.after.evidence),
          reproduce: o.reproduce,
        });
      },
    },
  ],
});
