/**
 * Deletes a row that was there before us (on a copy of the store only), stops the app and starts it again, and looks whether the row is
 * back. Control: it was gone before the stop, beside a record of ours that stayed. Where no such row can be deleted, a start that has lost
 * our record and shows those rows again has made them anew. What could deceive it: rows of ours (told by their marks), another row with
 * the same words (one is chosen whose words stand once).
 */
import { z } from 'zod';
import type { View } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Place } from '../../model/facts.ts';
import { fold, type Mark, type Marks, whichIn } from '../../model/mark.ts';
import { rowsOf } from '../../model/paging-api.ts';
import { openPlace } from '../../model/place.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite, lacking, noWay, plant } from '../_shared/ground.ts';
import { evidenceId, seen, sighting } from '../_shared/observed.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { appOf, disposable, leaveFor } from '../_shared/started.ts';
import { someone } from '../_shared/user.ts';
import { wordOf } from '../_shared/word-of.ts';

const claim = 'persistence/restarts-do-not-reseed';
const observed = z.object({
  none: z.string().optional(),
  precious: z.string().optional(),
  kept: z.boolean(),
  /** A request left the browser at the save; undefined where that could not be tried. */
  sent: z.boolean().optional(),
  where: z.string(),
  /** Our record stands in a list of rows. */
  listed: z.boolean(),
  /** Rows that were there before us. */
  rows: z.number(),
  /** Words of the one that was deleted. */
  word: z.string(),
  deleted: sighting.optional(),
  back: sighting.optional(),
  /** Our record after the restart. */
  ours: sighting.optional(),
  /** Of the rows, how many are there after the restart. */
  again: z.number(),
  save: evidenceId.optional(),
  list: evidenceId.optional(),
  started: evidenceId.optional(),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

/**
 * Rows beside ours that nobody of us wrote, in the list where our two stand as rows of their own: a column that holds both is no row, nor
 * are the parts of a card. Undefined where there is no such list.
 */
function rowsBefore(view: View, ours: readonly [Mark, Mark], { anyIn }: Marks): string[] | undefined {
  const rowOf = (rows: readonly string[], mark: Mark): string | undefined =>
    rows.find((row) => whichIn(row, [mark]).length > 0);
  const lists = [...view.templates, { rows: rowsOf(view.text), beside: [] }];
  const list = lists.find(({ rows }) => {
    const [one, other] = ours.map((mark) => rowOf(rows, mark));
    return one !== undefined && other !== undefined && one !== other;
  });
  return list && [...list.rows, ...list.beside].filter((row) => row.trim() && !anyIn(row));
}

async function observe(context: Context): Promise<Observed> {
  const { facts, clock } = context;
  const app = appOf(context);
  const { record } = facts;
  const place = record?.places.find((p) => p.what === 'list');
  const base: Observed = {
    kept: record?.kind === 'kept',
    where: place?.url ?? facts.entry,
    listed: false,
    rows: 0,
    word: '',
    again: 0,
    reproduce: '',
  };
  if (!record || record.kind === 'echo' || !place) return { ...base, none: noWay(facts).because };
  context.progress('deleting a row that was there before, and starting the app again');
  if (!app.running) await app.start();
  const since = clock.now();
  const { user, sent, mark: first, outcome: made } = await someone(context);
  const session = user.writer;
  const was: Observed = { ...base, sent, save: made.evidence };
  if (!sent || !was.kept) return was;
  // Two of ours, so that they make rows of one kind: others' may be built otherwise.
  const { mark, places } = await plant(context, session);
  const tab = session.window.first;
  await openPlace(tab, place);
  await session.look(mark, 'seen', { places });
  const view = await tab.view();
  const rows = rowsBefore(view, [first, mark], context.marks);
  if (!rows) return was;
  const list = await tab.screen(`${rows.length} rows that are not ours`);
  const one = wordOf(rows, view.text);
  const told: Observed = {
    ...was,
    listed: true,
    rows: rows.length,
    list,
    word: one?.word ?? '',
    reproduce: reproduce(
      facts,
      `const list = await fresh(); await enter(list); await home(list); await list.waitForTimeout(2000);
console.log('there before the restart:', await list.locator('body').innerText());
const { execSync } = await import('node:child_process');
if (process.env.APP_RESTART) execSync(process.env.APP_RESTART, { stdio: 'inherit' });
else { console.log('delete a row that was there, stop the app, start it again, then press Enter'); await new Promise((go) => process.stdin.once('data', go)); }
const other = await fresh(); await enter(other); await home(other); await other.waitForTimeout(2000);
console.log('there after it:', await other.locator('body').innerText());`,
    ),
  };
  if (!rows.length) return told;
  const leave = await leaveFor(app, mark, since);
  if (leave.kept === 'elsewhere') return { ...told, precious: leave.why };
  const deleted =
    one && facts.delete && leave.kept === 'copy' ? await removed(context, session, one.word, mark) : undefined;
  await session.close();
  await app.stop();
  const { evidence } = await app.start();
  const later = await user.open('after the restart');
  const ours = seen(await later.look(mark, 'seen', { places }));
  const back =
    one && deleted?.seen === 'no'
      ? seen(
          await later.look(one.word, 'seen', { places: [place], ...(ours.seen === 'yes' ? { sentinel: mark } : {}) }),
        )
      : undefined;
  const again = await standing(context, later, place, rows);
  await later.close();
  return {
    ...told,
    ...(deleted ? { deleted } : {}),
    ...(back ? { back } : {}),
    ours,
    again,
    started: evidence,
  };
}

/** What a row says the longest without a number: a row that is made again bears the time of its making. */
function lasting(row: string): string {
  const [longest = ''] = row
    .split(/\d+/)
    .map(fold)
    .sort((a, b) => b.length - a.length);
  return longest.slice(0, 24);
}

/** How many of these rows are there, once a list that comes late has come. */
async function standing(
  { clock }: Context,
  { window: { first: tab } }: Session,
  place: Place,
  rows: readonly string[],
): Promise<number> {
  await openPlace(tab, place);
  const words = rows.map(lasting).filter((row) => row.length > 5);
  let count = 0;
  for (let tries = 0; tries < 12 && count < words.length; tries++) {
    if (tries) await clock.sleep(400);
    const text = fold((await tab.view()).text);
    count = words.filter((row) => text.includes(row)).length;
  }
  return count;
}

/** Deletes the row with this word as a record of ours is deleted, and looks whether it is gone. Undefined where that is not how it goes. */
async function removed(
  { facts }: Context,
  session: Session,
  word: string,
  beside: Mark,
): Promise<z.infer<typeof sighting> | undefined> {
  if (!facts.delete || facts.delete.given || facts.delete.steps.some((s) => s.do === 'goto' && s.url.includes('{own}')))
    return undefined;
  const done = await session.do(facts.delete, { mark: word });
  if (done.missing || done.said === 'refused') return undefined;
  const gone = seen(await session.look(word, 'gone', { sentinel: beside }));
  return gone.seen === 'no' ? gone : undefined;
}

export const reseed = defineProbe<Observed>({
  id: 'persistence/reseed',
  version: 1,
  does: 'writes 2 records, deletes 1 row that was there before, stops the app and starts it (on a copy)',
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
        const none = lacking(o, 'no restart of a server can bring rows back');
        if (none) return none;
        if (!o.listed) return unknown('could-not-look', 'the record was not seen in a list of rows');
        if (!o.rows)
          return notApplicable('no row but ours is in the list, so nothing was seeded there', cite(o.list, o.save));
        if (o.precious !== undefined)
          return unknown('permission', `no row that was there before was deleted: ${o.precious}`, disposable);
        const evidence = cite(o.list, o.deleted?.evidence, o.started, o.back?.evidence, o.ours?.evidence);
        const wrongIf = 'the app is a demonstration that is meant to begin anew at each start';
        if (o.back?.seen === 'yes')
          return fail(claim, {
            where: o.where,
            because: `a row that was there before (“${o.word}”) was deleted, and is back after a restart`,
            wrongIf,
            evidence,
            reproduce: o.reproduce,
          });
        if (o.back?.seen === 'no')
          return pass(
            `a row that was there before (“${o.word}”) was deleted, and stays away after a restart`,
            evidence,
          );
        if (o.back) return unknown('could-not-look', o.back.because, undefined, evidence);
        if (o.ours?.seen === 'no' && o.again > 0)
          return fail(claim, {
            where: o.where,
            because: `after a restart what was written is gone, and ${o.again} of the ${o.rows} rows that were there before are there again: the app makes them at each start`,
            wrongIf,
            evidence,
            reproduce: o.reproduce,
            root: 'persistence/records-survive-a-restart',
          });
        return unknown(
          'no-way-found',
          `none of the ${o.rows} rows that were there before could be deleted by A`,
          '--login with an account that may delete them',
          evidence,
        );
      },
    },
  ],
});
