/**
 * Saves a form of the account's own (settings, a profile) with a mark, and opens it in a fresh browser that logged in to the same account.
 * Control: the app took the save, and the field is there again. What could deceive it: a form that is filled late (the deadline); a value that
 * is shown and not held by the field (both count).
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { locate } from '../../model/match.ts';
import { openPlace } from '../../model/place.ts';
import { defineProbe } from '../../model/probe.ts';
import { claimIn } from '../../model/said.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { lacking, noSettings, verdictOn } from '../_shared/alteration.ts';
import { cite, meantForHere } from '../_shared/ground.ts';
import { outcome, said, seen, sighting } from '../_shared/observed.ts';
import { reproduceSaving } from '../_shared/reproduce.ts';

const observed = z.object({
  none: lacking.optional(),
  mark: z.string(),
  where: z.string(),
  save: outcome.optional(),
  /** The app took it by an answer, or said that it is saved. */
  took: z.boolean(),
  sent: z.boolean(),
  inside: z.boolean(),
  now: sighting.optional(),
  /** What the field holds in the fresh browser; undefined where it is not there. */
  holds: z.string().optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors } = context;
  const { saved } = facts;
  const base = { mark: '', where: facts.entry, took: false, sent: false, inside: true, reproduce: '' };
  if (!saved) return { ...base, none: noSettings(facts, context) };
  context.progress('saving a form of the account and opening it in a fresh browser');
  const mark = context.marks.next();
  const done = await actors.A.do(saved.recipe, { mark });
  if (done.missing || done.said === 'refused') return { ...base, mark, where: saved.place.url, save: said(done) };
  const claim = claimIn(done.appeared, await actors.A.window.first.view());
  const other = await actors.fresh('A');
  const now = await other.look(mark, 'seen', { places: [saved.place] });
  const tab = other.window.first;
  if (now.seen === 'no') await openPlace(tab, saved.place);
  const field = now.seen === 'no' ? locate(await tab.view(), saved.field) : undefined;
  await other.close();
  return {
    mark,
    where: saved.recipe.learned ?? saved.place.url,
    save: said(done),
    took: done.said === 'ok' || claim !== undefined,
    sent: done.writes.length > 0,
    inside: other.inside,
    now: seen(now),
    ...(field ? { holds: field.value } : {}),
    reproduce: reproduceSaving(facts),
  };
}

export const savedForms = defineProbe<Observed>({
  id: 'persistence/saved-forms',
  version: 1,
  does: 'saves a form of its own account',
  mess: 'own-rows',
  costs: 6000,
  session: 'shared',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'persistence/saved-forms-keep-their-values',
      judge(o, facts, intent) {
        if (o.none) return verdictOn(o.none);
        if (!o.save || !o.now)
          return unknown('control-failed', `it could not be saved this time: ${o.save?.because ?? ''}`);
        if (o.now.seen === 'yes')
          return pass(`${facts.saved?.says}: a fresh browser shows ${o.mark}`, cite(o.save.evidence, o.now.evidence));
        if (!o.took)
          return unknown('unclear', 'the app neither said that the form was saved nor took it', undefined, [
            o.save.evidence,
          ]);
        if (!o.inside || o.now.seen === 'could-not-look' || o.holds === undefined)
          return unknown('could-not-look', `the form was not found in a fresh browser: ${o.now.because}`, undefined, [
            o.now.evidence,
          ]);
        const local = meantForHere(o.sent, facts, intent, cite(o.now.evidence));
        if (local) return local;
        return fail('persistence/saved-forms-keep-their-values', {
          where: o.where,
          because: `${facts.saved?.says} took ${o.mark}, and in a fresh browser its field holds “${o.holds.slice(0, 60)}”`,
          wrongIf: 'the value is meant for this browser alone, or waits for somebody to approve it',
          evidence: cite(o.save.evidence, o.now.evidence),
          reproduce: o.reproduce,
        });
      },
    },
  ],
});
