/**
 * Moves a record of our own (ticks it, chooses a status, drags it to a column) and compares the state of its control before, right after
 * and in a fresh browser. Control: the state right after differs from before. What could deceive it: a list that hides what is done
 * (then the row's absence, the same in both browsers, is the state); a control that is only a view setting (told by the row).
 */
import { z } from 'zod';
import type { Tab } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import type { Facts, Place } from '../../model/facts.ts';
import { fold } from '../../model/mark.ts';
import { locate, rowTextOf } from '../../model/match.ts';
import { openPlace } from '../../model/place.ts';
import { defineProbe } from '../../model/probe.ts';
import type { Recipe } from '../../model/recipe.ts';
import type { Intent } from '../../model/run.ts';
import { fail, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { lacking, notThere, verdictOn } from '../_shared/alteration.ts';
import { cite, meantForHere, plant } from '../_shared/ground.ts';
import { evidenceId, outcome, said } from '../_shared/observed.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { doWordless, judgeElsewhere, judgeHere, type WordlessSeen, wordlessSeen } from '../_shared/wordless.ts';

/** Where a card that is dragged stands; columns are further apart than pages shift. */
const across = (state: string): number | undefined => {
  const found = /^(\d+) px from the left$/.exec(state)?.[1];
  return found === undefined ? undefined : Number(found);
};
const differs = (a: string, b: string): boolean => {
  const [one, other] = [across(a), across(b)];
  return one !== undefined && other !== undefined ? Math.abs(one - other) > 80 : a !== b;
};

const observed = z.object({
  none: lacking.optional(),
  /** Where no record can be written: the state of what is there. */
  wordless: wordlessSeen.optional(),
  mark: z.string(),
  where: z.string(),
  says: z.string(),
  move: outcome.optional(),
  sent: z.boolean(),
  before: z.string(),
  after: z.string(),
  fresh: z.string(),
  inside: z.boolean(),
  evidence: z.array(evidenceId),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

/** The state of the record's control as a page shows it: ticked, chosen, or where its row stands. */
async function stateAt(tab: Tab, recipe: Recipe, mark: string): Promise<string> {
  for (const step of recipe.steps.slice(0, -1))
    if ('on' in step && !('commits' in step && step.commits)) await tab.act(step, { mark, values: { mark } });
  const view = await tab.view();
  const key =
    recipe.steps.findLast((s) => s.do === 'check' || s.do === 'select' || s.do === 'drag') ?? recipe.steps.at(-1);
  const control = key && 'on' in key ? locate(view, key.on, mark) : undefined;
  if (!control)
    return view.templates.some((t) => t.rows.some((r) => fold(r).includes(fold(mark).slice(0, 6))))
      ? 'row without the control'
      : 'no row';
  if (key?.do === 'drag') return `${Math.round(control.x)} px from the left`;
  if (control.type === 'checkbox' || control.role === 'checkbox' || control.role === 'switch')
    return control.checked ? 'ticked' : 'not ticked';
  if (control.tag === 'select')
    return `chosen ${control.options.find((o) => o.value === control.value)?.text ?? control.value}`;
  return rowTextOf(control, view, mark).toLowerCase().replace(mark, '').slice(0, 120);
}

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, clock } = context;
  const none = notThere(facts, 'move', context);
  const nothing = {
    mark: '',
    where: '',
    says: '',
    sent: false,
    before: '',
    after: '',
    fresh: '',
    inside: true,
    evidence: [],
    reproduce: '',
  };
  if (facts.wordless?.trace === 'state') return { ...nothing, wordless: await doWordless(context, facts.wordless) };
  if (none || !facts.move) return { ...nothing, ...(none ? { none } : {}) };
  const recipe = facts.move;
  context.progress(`moving a record (${recipe.says}) and looking from a fresh browser`);
  const { mark, places, outcome: made } = await plant(context, actors.A);
  const tab = actors.A.window.first;
  const start = recipe.steps[0]?.do === 'goto' && !recipe.steps[0].url.includes('{') ? recipe.steps[0].url : undefined;
  const home = places.find((p) => start === undefined || p.url === start);
  const place: Place = home ?? { url: start ?? facts.entry, what: 'list' };
  await actors.A.look(mark, 'seen', { places: [{ ...place, what: 'list' }] });
  const before = await stateAt(tab, recipe, mark);
  const done = await actors.A.do(recipe, { mark, own: made.url });
  // A card that did not go over shows nothing of whether it would stay.
  const drag = recipe.steps.at(-1);
  const now = drag?.do === 'drag' ? locate(await tab.view(), drag.on, mark) : undefined;
  const stuck = now !== undefined && !differs(`${Math.round(now.x)} px from the left`, before);
  await openPlace(tab, place);
  const after = done.missing ? before : await stateAt(tab, recipe, mark);
  const mine = await tab.screen(`after ${recipe.says}, loaded anew: ${after}`);
  const other = await actors.fresh('A');
  let fresh = '';
  for (let tries = 0; tries < 4; tries++) {
    await openPlace(other.window.first, place);
    fresh = await stateAt(other.window.first, recipe, mark);
    if (fresh === after && fresh !== before) break;
    await clock.sleep(1200);
  }
  const theirs = await other.window.first.screen(`in a fresh browser: ${fresh}`);
  await other.close();
  return {
    mark,
    where: place.url,
    says: recipe.says ?? 'moving',
    ...(done.missing || stuck ? {} : { move: said(done) }),
    sent: done.writes.length > 0,
    before,
    after,
    fresh,
    inside: other.inside,
    evidence: [mine, theirs],
    reproduce: reproduce(
      facts,
      `// ${recipe.says}; then look at the row that shows the mark, in both pictures\nawait create(page); await move(page); await page.screenshot({ path: 'moved.png' });\nconst other = await fresh(); await enter(other); await home(other); await other.waitForTimeout(2000);\nawait other.screenshot({ path: 'fresh-browser.png' });\nconst rows = other.locator('li, tr, article, [role=listitem], [role=row], div').filter({ hasText: mark }), withState = rows.filter({ has: other.locator('input, select') });\nconsole.log('in a fresh browser:', await ((await withState.count()) ? withState : rows).last().evaluate((row) => [row.innerText, ...[...row.querySelectorAll('input, select')].map((i) => i.checked ?? i.value)].join(' | ')));`,
    ),
  };
}

/** Lost by a load, or kept here and not for the account elsewhere. */
function judgeState(o: WordlessSeen, facts: Facts, intent: Intent): Verdict {
  const here = judgeHere('persistence/moves-persist', o, 'reload');
  return here.status === 'pass' ? judgeElsewhere('persistence/moves-persist', o, facts, intent) : here;
}

export const moves = defineProbe<Observed>({
  id: 'persistence/moves',
  version: 1,
  does: 'writes 1 record and moves, ticks or archives it',
  mess: 'own-rows',
  costs: 6000,
  session: 'shared',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'persistence/moves-persist',
      judge(o, facts, intent) {
        if (o.wordless) return judgeState(o.wordless, facts, intent);
        if (o.none) return verdictOn(o.none);
        const [mine, theirs] = o.evidence;
        if (!o.move || !mine || !theirs)
          return unknown('control-failed', `${o.says || 'moving'} could not be done this time`);
        if (o.move.said === 'refused')
          return unknown('control-failed', `the move was refused: ${o.move.because}`, undefined, [o.move.evidence]);
        if (!o.inside)
          return unknown('could-not-look', 'the account could not be entered from a fresh browser', undefined, [
            theirs,
          ]);
        if (differs(o.fresh, o.before) && o.fresh !== 'no row' && (!across(o.fresh) || !differs(o.fresh, o.after)))
          return pass(`${o.says}: ${o.before} before, ${o.fresh} in a fresh browser`, cite(o.move.evidence, theirs));
        if (o.fresh === 'no row' && o.after === 'no row')
          return unknown('unclear', 'after the move the record stands in neither browser where it stood', undefined, [
            mine,
            theirs,
          ]);
        const local = meantForHere(o.sent, facts, intent, cite(theirs));
        if (local) return local;
        if (o.fresh === 'no row')
          return unknown('root-cause', 'a fresh browser does not show the record at all', undefined, [theirs]);
        return fail('persistence/moves-persist', {
          where: o.where,
          because: !differs(o.after, o.before)
            ? `${o.says}: after a reload the record is back where it was (${o.before})`
            : `${o.says}: it is ${o.after} here and not so in a fresh browser (${o.fresh})`,
          wrongIf: 'the control sets how the page is shown, not what the record is',
          evidence: cite(o.move.evidence, mine, theirs),
          reproduce: o.reproduce,
        });
      },
    },
  ],
});
