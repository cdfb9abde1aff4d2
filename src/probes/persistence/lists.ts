/**
 * Writes sixty records and counts how many can be reached: by scrolling, by “load more”, page by page. Written inside the page by the
 * request that the form makes, admitted only after one such write was seen at the record's place; else by the form itself.
 * Control: each counted write was acknowledged. What could deceive it: a limit that the app tells of (then unknown); a slow list (looked at twice).
 */
import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import { pageThrough, unusedPages } from '../../model/paging.ts';
import { openPlace } from '../../model/place.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, pass, unknown } from '../../model/verdict.ts';
import { cite, recordOf } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { wireWriter } from '../_shared/wire-writer.ts';

const wanted = 60;
const observed = z.object({
  kept: z.boolean(),
  listed: z.boolean(),
  by: z.string(),
  where: z.string(),
  acknowledged: z.number(),
  refused: z.string().optional(),
  found: z.number(),
  missing: z.array(z.string()),
  /** The list goes on in a way that was not used: buttons with page numbers, a total of an API. */
  unused: z.boolean(),
  /** The last reading was answered 429: not all could be asked for. */
  slowed: z.boolean().optional(),
  evidence: evidenceId,
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

/** Marks of the writes that were acknowledged, and why the app took no more. Fewer where sixty cannot be had in the time. */
async function writeSixty(
  context: Context,
  writer: Awaited<ReturnType<typeof wireWriter>>,
): Promise<{ marks: string[]; refused?: string }> {
  const { actors, clock } = context;
  const record = recordOf(context.facts);
  const marks: string[] = [];
  const began = clock.now();
  // By hand it is slow, and the rows are to be taken away again: where sixty would take longer than this, few are enough to see that.
  const longest = writer ? context.left() : Math.max(60_000, context.left() * 0.15);
  for (let sent = 1; sent <= wanted && context.left() > 6000; sent++) {
    const mark = context.mark();
    const how = `${record.says}, one of sixty`;
    const outcome = writer
      ? await writer.write(mark, how)
      : await actors.A.do(record.create, { mark }, { quick: true, stayAt: true, how });
    if (outcome.said === 'refused') return { marks, refused: outcome.because };
    if (outcome.said === 'ok') marks.push(mark);
    if (sent % 20 === 0) context.progress(`${marks.length} of sixty records written`);
    if (sent >= 8 && ((clock.now() - began) / sent) * wanted > longest) break;
  }
  return { marks };
}

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, journal, clock } = context;
  const record = recordOf(facts);
  const list = record.places.find((p) => p.what === 'list');
  const where = list?.url ?? facts.entry;
  const base = {
    // What is acknowledged and never there is counted like any other.
    kept: record.kind !== 'held',
    listed: list !== undefined,
    by: '',
    where,
    acknowledged: 0,
    found: 0,
    missing: [],
    unused: false,
    reproduce: reproduce(
      facts,
      `const marks = [];
for (let i = 0; i < 60; i++) { mark = 'plum' + stamp + String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26)); marks.push(mark); await create(page); }
await home(page); await page.waitForTimeout(2000);
const seen = new Set();
for (let turn = 0; turn < 30; turn++) {
  await page.mouse.wheel(0, 20000); await page.waitForTimeout(700);
  for (const m of marks) if (await shows(page, m)) seen.add(m);
  const next = page.locator('a, button').filter({ hasText: /^\\s*(next|more|load more|show more|older|›|»|→)\\s*[›»→]?\\s*$/i }).first();
  if (!(await next.isVisible()) || !(await next.isEnabled())) break;
  await next.click();
}
console.log('records written: 60, reached:', seen.size);`,
    ),
  };
  if (!base.kept || !list)
    return {
      ...base,
      evidence: journal.note({
        kind: 'note',
        who: 'A',
        says: 'sixty records are written only where a kept record has a list',
      }),
    };
  context.progress('writing sixty records');
  const tab = await actors.A.window.tab();
  const writer = await wireWriter(context, actors.A, where);
  const { marks, refused } = await writeSixty(context, writer);
  let found = new Set<string>();
  let answered = true;
  let since = clock.now();
  for (let tries = 0; tries < 3 && found.size < marks.length; tries++) {
    if (tries) await clock.sleep(1500);
    since = clock.now();
    const { status = 200 } = await openPlace(tab, list);
    answered = facts.kind !== 'api' || status < 400;
    const more = await pageThrough(tab, marks);
    found = new Set([...found, ...more]);
  }
  const slowed = actors.A.window.traffic(since).some((r) => r.status === 429);
  const unused = !answered || unusedPages(await tab.view());
  const evidence = await tab.screen(
    `${found.size} of ${marks.length} acknowledged records can be reached from ${where}`,
  );
  await tab.close();
  return {
    ...base,
    by: writer ? 'the request that the form makes' : 'the form',
    acknowledged: marks.length,
    ...(refused ? { refused } : {}),
    found: found.size,
    missing: marks.filter((m) => !found.has(m)).slice(0, 10),
    unused,
    ...(slowed ? { slowed } : {}),
    evidence,
  };
}

export const lists = defineProbe<Observed>({
  id: 'persistence/lists',
  version: 1,
  does: 'writes 60 records and pages through their list',
  mess: 'volume',
  costs: 16_000,
  session: 'shared',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'persistence/lists-keep-everything',
      judge(o) {
        if (!o.kept) return unknown('root-cause', 'the record is not kept at all (see records-survive-reload)');
        if (!o.listed)
          return unknown('no-way-found', 'no list that shows the records was found', undefined, [o.evidence]);
        if (o.refused && o.found >= o.acknowledged)
          return unknown(
            'needs-more',
            `after ${o.acknowledged} records the app refused more: ${o.refused}`,
            undefined,
            [o.evidence],
          );
        if (o.found < o.acknowledged && o.slowed)
          return unknown(
            'could-not-look',
            `${o.found} of ${o.acknowledged} records were reached; then the app answered 429 (too many requests)`,
            undefined,
            [o.evidence],
          );
        if (o.found < o.acknowledged && o.unused)
          return unknown(
            'no-way-found',
            `${o.found} of ${o.acknowledged} records were reached; the list goes on in a way that was not used`,
            undefined,
            [o.evidence],
          );
        if (o.found < o.acknowledged)
          return o.acknowledged < 25
            ? unknown('control-failed', `only ${o.acknowledged} records could be written`, undefined, [o.evidence])
            : fail('persistence/lists-keep-everything', {
                where: o.where,
                because: `only ${o.found} of ${o.acknowledged === wanted ? '60' : o.acknowledged} acknowledged records can be reached${o.acknowledged === wanted ? '' : ' (of 60 planned)'}; missing for example ${o.missing.slice(0, 3).join(', ')}`,
                wrongIf: 'the rest is reached by a control that is not called next, more or by a number',
                evidence: cite(o.evidence),
                reproduce: o.reproduce,
              });
        if (o.acknowledged < wanted)
          return unknown(
            'no-time',
            `${o.acknowledged} of 60 records were written in the time, all of them can be reached`,
            '--budget with more seconds',
            [o.evidence],
          );
        return pass(`60 records written by ${o.by}, 60 reached`, cite(o.evidence));
      },
    },
  ],
});
