/**
 * Takes the backend away at the record's form: every data request of the page is refused at the relay, static files pass. Does the
 * screen go on "saving"? Control: an honest save in the same browser, and requests that met the fault (none where the page sends none:
 * then the witness is the relay of the honest save). What could deceive it: an optimistic row with an error beside it is honest; so is a
 * queue, if the write arrives once the network is whole; silence is not success.
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite, meantForHere, recordOf } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { faultySave, honestSave, saveUnder, unsure } from './faulty-save.ts';

const observed = z.object({
  pages: z.boolean(),
  inside: z.boolean(),
  where: z.string(),
  honest: z.object({ ok: z.boolean(), because: z.string(), sent: z.number(), evidence: evidenceId }),
  save: faultySave.optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, journal } = context;
  const where = facts.record?.places[0]?.url ?? facts.entry;
  if (facts.kind === 'api')
    return {
      pages: false,
      inside: true,
      where,
      honest: {
        ok: true,
        because: '',
        sent: 0,
        evidence: journal.note({ kind: 'note', who: 'survey', says: 'the address serves no pages' }),
      },
      reproduce: '',
    };
  const record = recordOf(facts);
  context.progress('taking the backend away and saving');
  const session = await actors.fresh('A');
  const honest = await honestSave(context, session);
  const save = honest.ok ? await saveUnder(context, session, 'refuse', honest, true) : undefined;
  await session.close();
  return {
    pages: true,
    inside: session.inside,
    where: record.create.learned ?? where,
    honest: { ok: honest.ok, because: honest.because, sent: honest.sent, evidence: honest.evidence },
    ...(save ? { save } : {}),
    reproduce: reproduce(
      facts,
      `await page.route('**/*', (r) => (['fetch', 'xhr', 'websocket', 'ping'].includes(r.request().resourceType()) || r.request().method() !== 'GET') ? r.abort() : r.continue());\nawait create(page);\nconsole.log('with every data request refused, the page shows the record as saved:', await shows(page, mark));`,
    ),
  };
}

export const absentBackend = defineProbe<Observed>({
  id: 'fail-loud/absent-backend',
  version: 2,
  does: 'tries 1 save while the data requests of the page are refused',
  mess: 'own-rows',
  costs: 7000,
  session: 'own',
  profile: 'reload',
  observed,
  observe,
  claims: [
    {
      id: 'fail-loud/absent-backend-is-an-error',
      judge(o, facts, intent) {
        if (!o.pages) return notApplicable('no pages, so no screen that could go on', cite(o.honest.evidence));
        const s = o.save;
        if (!o.inside)
          return unknown('could-not-look', 'the account could not be entered from a fresh browser', undefined, [
            o.honest.evidence,
          ]);
        if (!s || s.missing)
          return unknown(
            'control-failed',
            s?.missing ?? `an honest save did not work here: ${o.honest.because}`,
            undefined,
            [o.honest.evidence],
          );
        if (s.hits === 0 && o.honest.sent > 0 && !s.stands && !s.success)
          return unknown('control-failed', 'no request met the fault this time', undefined, [s.screen]);
        const asSaved = s.success !== undefined || (s.stands && !s.sure);
        if (!asSaved)
          return pass(
            s.told
              ? `with the backend away the page says “${s.told.slice(0, 100)}”`
              : 'with the backend away the page claims no success and shows no record',
            cite(o.honest.evidence, s.screen),
          );
        if (s.arrived !== 'yes' && s.stands && !s.success && s.told && !s.sure) return unsure(s);
        if (s.arrived === 'yes' && o.honest.sent > 0)
          return pass('the page kept the write and sent it when the backend was back', cite(s.screen));
        const local = meantForHere(o.honest.sent > 0, facts, intent, cite(s.screen));
        if (local) return local;
        if (s.arrived === 'could-not-look')
          return unknown(
            'could-not-look',
            'it could not be seen whether the write arrived when the backend was back',
            undefined,
            [s.screen],
          );
        const because = s.success
          ? `with every data request refused, the page says it is saved: “${s.success}”`
          : `with every data request refused, ${s.mark} stands on the page as if saved, without a word of an error`;
        return fail('fail-loud/absent-backend-is-an-error', {
          where: o.where,
          because: o.honest.sent === 0 ? `${because}; nothing was ever sent` : because,
          wrongIf: 'the page marks the record as pending in a way that has no words',
          evidence: cite(o.honest.evidence, s.screen),
          reproduce: o.reproduce,
        });
      },
    },
  ],
});
