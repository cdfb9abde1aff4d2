/**
 * The network goes at the very save: offline, a connection that breaks, a 500, a 503 with an HTML body. The screen is to say so, keep
 * what was typed, and claim no success. Control: an honest save in the same browser, and a request that met the fault.
 * What could deceive it: a queue that sends later (looked for after healing); the browser's own error page (counts as shown, and its
 * Reload sends again); a draft in a form that closed (opened again); an error without words that we know (any new text counts as said).
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite, meantForHere, recordOf } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { type FaultySave, faultySave, honestSave, saveUnder, unsure } from './faulty-save.ts';

const observed = z.object({
  pages: z.boolean(),
  inside: z.boolean(),
  kept: z.boolean(),
  where: z.string(),
  honest: z.object({ ok: z.boolean(), because: z.string(), sent: z.number(), evidence: evidenceId }),
  saves: z.array(faultySave),
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
      kept: true,
      where,
      honest: {
        ok: true,
        because: '',
        sent: 0,
        evidence: journal.note({ kind: 'note', who: 'survey', says: 'the address serves no pages' }),
      },
      saves: [],
      reproduce: '',
    };
  const record = recordOf(facts);
  context.progress('cutting the network at the save: offline, broken, 500, 503');
  const session = await actors.fresh('A');
  const honest = await honestSave(context, session);
  const saves: FaultySave[] = [];
  if (honest.ok) {
    // Where no save sends anything, one fault is all of them.
    for (const fault of honest.sent > 0
      ? (['offline', 'reset', 'error-500', 'html-503'] as const)
      : (['offline'] as const)) {
      if (context.left() < 5000) break;
      saves.push(await saveUnder(context, session, fault, honest, false));
    }
  }
  await session.close();
  return {
    pages: true,
    inside: session.inside,
    kept: record.kind === 'kept',
    where: record.create.learned ?? where,
    honest: { ok: honest.ok, because: honest.because, sent: honest.sent, evidence: honest.evidence },
    saves,
    reproduce: reproduce(
      facts,
      `await create(page);\nawait page.route('**/*', (r) => (['fetch', 'xhr'].includes(r.request().resourceType()) || r.request().method() !== 'GET') ? r.fulfill({ status: 500, body: '{}' }) : r.continue());\nawait create(page);\nconsole.log(await page.locator('body').innerText());`,
    ),
  };
}

/** What is wrong with one save, or nothing. */
function fault(s: FaultySave): string | undefined {
  if (s.arrived === 'yes') return undefined;
  if (s.success) return `at a save that ${s.fault} cut, the screen claims success: “${s.success}”`;
  if (s.stands && !s.told)
    return `at a save that ${s.fault} cut, the screen claims success: ${s.mark} stands there and nothing says that it is not saved`;
  if (!s.told)
    return s.typed
      ? `at a save that ${s.fault} cut, there is nothing on the screen that says so`
      : `at a save that ${s.fault} cut, there is nothing on the screen that says so, and the typed text is gone`;
  if (!s.typed && !s.stands)
    return `at a save that ${s.fault} cut, the typed text is gone (the screen says “${s.told.slice(0, 80)}”)`;
  return undefined;
}

export const lostNetwork = defineProbe<Observed>({
  id: 'fail-loud/lost-network',
  version: 2,
  does: 'tries 4 saves while the network fails in four ways',
  mess: 'own-rows',
  costs: 16_000,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'fail-loud/lost-network-is-shown',
      judge(o, facts, intent) {
        if (!o.pages) return notApplicable('no pages, so no screen that could show it', cite(o.honest.evidence));
        if (!o.inside)
          return unknown('could-not-look', 'the account could not be entered from a fresh browser', undefined, [
            o.honest.evidence,
          ]);
        const tried = o.saves.filter((s) => !s.missing);
        if (!o.honest.ok || !tried.length)
          return unknown(
            'control-failed',
            o.saves[0]?.missing ?? `an honest save did not work here: ${o.honest.because}`,
            undefined,
            [o.honest.evidence],
          );
        if (o.honest.sent === 0) {
          // Nothing needs the network: what is kept in the browser is not lost with it; what is held only is, and was called saved.
          const local = meantForHere(false, facts, intent, cite(o.honest.evidence));
          if (local) return local;
          if (o.kept)
            return unknown('root-cause', 'no save needs the network (see writes-leave-the-browser)', undefined, [
              o.honest.evidence,
            ]);
        }
        const wrong = tried.find(
          (s) => (s.hits > 0 || o.honest.sent === 0) && s.arrived !== 'could-not-look' && fault(s),
        );
        if (wrong)
          return fail('fail-loud/lost-network-is-shown', {
            where: o.where,
            because: fault(wrong) ?? '',
            wrongIf: 'the screen shows the failure by a colour or an icon alone',
            evidence: cite(o.honest.evidence, wrong.screen),
            reproduce: o.reproduce,
          });
        const odd = tried.find((s) => s.hits > 0 && s.arrived !== 'yes' && s.stands && s.told && !s.sure);
        if (odd) return unsure(odd);
        const met = tried.filter((s) => s.hits > 0 && !fault(s));
        if (!met.some((s) => s.fault === 'offline' || s.fault === 'reset'))
          return unknown(
            'control-failed',
            `only ${met.length} of the faults met a request`,
            undefined,
            tried.map((s) => s.screen),
          );
        return pass(
          `at ${met.map((s) => s.fault).join(', ')} the screen says so (“${(met[0]?.told ?? 'the write came later').slice(0, 80)}”), keeps what was typed and claims no success`,
          cite(...met.map((s) => s.screen)),
        );
      },
    },
  ],
});
