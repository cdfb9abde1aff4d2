/**
 * Writes a record, edits it by the learned recipe, and looks for the new and the old text in a fresh browser at the record's place.
 * Control: the record was seen before the edit. What could deceive it: histories and audit trails carry old texts elsewhere, so the
 * old text counts only at the place; a refused edit (409, validation) has promised nothing.
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { holds } from '../../model/mark.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { lacking, notThere, verdictOn } from '../_shared/alteration.ts';
import { cite, meantForHere, recordOf } from '../_shared/ground.ts';
import { outcome, said, seen, sighting } from '../_shared/observed.ts';
import { plantOrTake } from '../_shared/phantom.ts';
import { reproduce } from '../_shared/reproduce.ts';

const observed = z.object({
  none: lacking.optional(),
  old: z.string(),
  fresh: z.string(),
  where: z.string(),
  before: sighting.optional(),
  edit: outcome.optional(),
  sent: z.boolean(),
  /** The new text left with a write, or stood on the page after the edit. */
  taken: z.boolean(),
  now: sighting.optional(),
  stale: sighting.optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors } = context;
  const none = notThere(facts, 'edit', context);
  if (none) return { none, old: '', fresh: '', where: '', sent: false, taken: false, reproduce: '' };
  context.progress('editing a record and looking for the new text from a fresh browser');
  recordOf(facts);
  const otherReady = actors.fresh('A');
  const planted = await plantOrTake(context, actors.A);
  const before = await actors.A.look(planted.mark, 'seen', { places: planted.places });
  const fresh = context.mark();
  const done =
    before.seen === 'yes' && facts.edit
      ? await actors.A.do(facts.edit, { mark: planted.mark, new: fresh, own: planted.own })
      : undefined;
  const shown = done && !done.missing ? await actors.A.window.first.find([fresh, planted.mark]) : undefined;
  const taken =
    !!done?.writes.some((w) => holds(w.body, fresh) || holds(w.url, fresh)) ||
    !!shown?.shown.includes(fresh) ||
    (!!shown?.inField.includes(fresh) && ![...shown.shown, ...shown.inField].includes(planted.mark));
  const other = await otherReady;
  const now = done && !done.missing ? await other.look(fresh, 'seen', { places: planted.places }) : undefined;
  const stale =
    now && !planted.there
      ? await other.look(planted.mark, 'gone', { places: planted.places, within: now.seen === 'yes' ? 0 : 2000 })
      : undefined;
  await other.close();
  if (now?.seen === 'yes' && stale?.seen === 'no') context.ledger.renamed(planted.mark, fresh);
  else if (now && now.seen !== 'could-not-look') context.ledger.settle(fresh, now.seen === 'yes' ? 'ok' : 'nothing');
  return {
    old: planted.mark,
    fresh,
    where: planted.places[0]?.url ?? facts.entry,
    before: seen(before),
    ...(done && !done.missing ? { edit: said(done) } : {}),
    sent: (done?.writes.length ?? 0) > 0,
    taken,
    ...(now ? { now: seen(now) } : {}),
    ...(stale ? { stale: seen(stale) } : {}),
    reproduce: reproduce(
      facts,
      `await create(page); await edit(page);\nconst other = await fresh(); await enter(other); await home(other); await other.waitForTimeout(2000);\nconsole.log('new text in a fresh browser:', await shows(other, changed), ' old text:', await shows(other, mark));`,
    ),
  };
}

export const edits = defineProbe<Observed>({
  id: 'persistence/edits',
  version: 1,
  does: 'writes 1 record and edits it',
  mess: 'own-rows',
  costs: 6000,
  session: 'shared',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'persistence/edits-persist',
      judge(o, facts, intent) {
        if (o.none) return verdictOn(o.none);
        if (o.before?.seen !== 'yes')
          return unknown(
            'control-failed',
            `the record was not seen before the edit: ${o.before?.because ?? ''}`,
            undefined,
            o.before ? [o.before.evidence] : [],
          );
        if (!o.edit || !o.now) return unknown('control-failed', 'the edit could not be done this time');
        if (o.edit.said === 'refused')
          return unknown('control-failed', `the edit was refused: ${o.edit.because}`, undefined, [o.edit.evidence]);
        if (o.now.seen === 'could-not-look')
          return unknown('could-not-look', o.now.because, undefined, [o.now.evidence]);
        if (o.now.seen === 'yes') {
          if (o.stale?.seen === 'yes')
            return unknown(
              'unclear',
              `both the new text ${o.fresh} and the old ${o.old} stand at the place`,
              undefined,
              [o.now.evidence, o.stale.evidence],
            );
          return pass(`a fresh browser shows ${o.fresh} where ${o.old} stood`, cite(o.edit.evidence, o.now.evidence));
        }
        if (!o.taken)
          return unknown(
            'control-failed',
            'after the edit the new text neither stood on the page nor was it sent',
            undefined,
            [o.edit.evidence],
          );
        if (o.edit.said === 'unclear' && !o.sent)
          return unknown('unclear', 'the app neither said that the edit was saved nor sent it', undefined, [
            o.edit.evidence,
          ]);
        const local = meantForHere(o.sent, facts, intent, cite(o.now.evidence));
        if (local) return local;
        const because =
          o.stale?.seen === 'yes'
            ? `the edit was taken, but in a fresh browser the old text is back: ${o.old} stands and ${o.fresh} does not`
            : `the edit was taken, but in a fresh browser the new text is not there (${o.fresh})`;
        return fail('persistence/edits-persist', {
          where: o.where,
          because,
          wrongIf: 'edits wait for an approval that the app speaks of elsewhere',
          evidence: cite(o.edit.evidence, o.now.evidence, o.stale?.evidence),
          reproduce: o.reproduce,
        });
      },
    },
  ],
});
