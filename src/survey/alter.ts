import type { Control, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { Place, RecordFacts } from '../model/facts.ts';
import { type Mark, markFor } from '../model/mark.ts';
import { describe, othersRow } from '../model/match.ts';
import { pageThrough } from '../model/paging.ts';
import { openPlace } from '../model/place.ts';
import type { Recipe, Step } from '../model/recipe.ts';
import type { SurveyContext } from './context.ts';
import { stateOf } from './explore.ts';
import { cameFrom, isOurs, isTheLists, onBy } from './ours.ts';
import { near, type Ours, type State, shows, tryEdit, tryMove, tryRemove, untouched, walk } from './ways.ts';
import { says } from './words.ts';

/** Makes a record to practise on and stands where it shows. */
async function practise(
  context: SurveyContext,
  session: Session,
  record: RecordFacts,
): Promise<(Ours & { view: View; base: Step[] }) | undefined> {
  const mark = markFor(context.marks, record.carries);
  const done = await session.do(record.create, { mark });
  if (done.missing || done.said === 'refused') return undefined;
  const tab = session.window.first;
  const [first] = record.places;
  const place: Pick<Place, 'url' | 'way'> = first?.what === 'list' ? first : { url: done.url };
  for (let tries = 0; tries < 4; tries++) {
    await openPlace(tab, place);
    const found = await tab.find([mark]);
    if (found.shown.includes(mark) || found.inField.includes(mark) || (await pageThrough(tab, [mark], 4)).has(mark))
      return {
        mark,
        own: done.url,
        view: await tab.view(),
        base:
          first?.what === 'list'
            ? [{ do: 'goto', url: place.url }, ...(place.way ?? [])]
            : [{ do: 'goto', url: '{own}' }],
      };
    await context.clock.sleep(600);
  }
  return undefined;
}

export interface Altering {
  readonly edit?: Recipe;
  readonly move?: Recipe & { says?: string };
  readonly remove?: Recipe;
  readonly absent: What[];
}

type What = 'edit' | 'move' | 'delete';
const ing: Record<What, string> = { edit: 'editing', move: 'moving', delete: 'deleting' };
const isChoice = (c: Control): boolean => c.tag === 'select' || ['checkbox', 'switch', 'combobox'].includes(c.role);
const isClose = (c: Control): boolean => /^[x×✕✖]$|close/i.test(c.name.trim());

/** What stands there that points to a way, in words: whether it can be used or not, it forbids to say that there is none. */
function hintsIn(view: View, own: readonly Control[], depth: number, mark: Mark): [What, string][] {
  const actions = (depth > 0 ? view.controls.filter((c) => c.region === 'main' || c.region === 'dialog') : own).filter(
    (c) => !c.editable && c.role !== 'text',
  );
  // A button without a name in the row may well be what ticks it.
  const unnamed = depth === 0 ? own.find((c) => !c.editable && !c.href && !c.name && c.role === 'button') : undefined;
  const seen: Record<What, Control | undefined> = {
    edit: actions.find((c) => says('edit', c.name)) ?? own.find((c) => c.editable && shows(c.value, mark)),
    move:
      actions.find((c) => says('archive', c.name) || says('transition', c.name) || c.draggable) ??
      own.find((c) => isChoice(c) && says('status', `${c.name} ${c.attr}`)) ??
      unnamed,
    delete: actions.find((c) => (says('remove', c.name) || says('archive', c.name)) && !isClose(c)),
  };
  return (Object.entries(seen) as [What, Control | undefined][]).flatMap(([what, c]) =>
    c ? [[what, c.name ? `“${c.name.slice(0, 40)}”` : `a ${c.role} without a name`]] : [],
  );
}

/** Most openers that are tried of one view. */
const most = 6;

/** What may open the record's own page, dialog or menu, likeliest first. */
function openersIn(view: View, own: readonly Control[], { steps, depth, way }: State, mark: Mark): State[] {
  const by = (c: Control): State => ({
    steps: [...steps, { do: 'click', on: describe(c, view, mark) }],
    depth: depth + 1,
    way: onBy(way, c, mark),
  });
  const rank = (c: Control): number =>
    8 * Number(says('edit', c.name)) +
    4 * Number(says('menu', c.name)) +
    2 * Number(depth === 0 && shows(c.text, mark)) +
    Number(depth === 0 && says('manage', c.name));
  const addresses = new Set<string>();
  return (
    own
      .filter(
        (c) =>
          !c.editable &&
          !c.disabled &&
          !says('remove', c.name) &&
          !says('danger', c.name) &&
          (rank(c) > 0 || (depth === 0 && (c.href !== '' || (c.row >= 0 && c.name === '')))),
      )
      .sort((a, b) => rank(b) - rank(a))
      // Two links to one page are one.
      .filter((c) => !c.href || (!addresses.has(c.href) && addresses.add(c.href)))
      .map(by)
  );
}

/** A double click on the record's own words, where rows are edited in place. */
function inPlace(view: View, { steps, way }: State, mark: Mark): State[] {
  const words = near(view, mark)
    .filter((c) => shows(c.text, mark) && (c.role === 'text' || c.role === 'generic'))
    .sort((a, b) => Number(b.role === 'text') - Number(a.role === 'text'))[0];
  return words ? [{ steps: [...steps, { do: 'dblclick', on: describe(words, view, mark) }], depth: 1, way }] : [];
}

/** Learns how this record is edited, moved and deleted: from its row first, then from its own page, dialog or menu. */
export async function learnAltering(
  context: SurveyContext,
  session: Session,
  record: RecordFacts,
  given: Pick<Altering, 'edit' | 'remove'> = {},
): Promise<Altering> {
  const tab = session.window.first;
  const first = await practise(context, session, record);
  if (!first) {
    context.tried('editing and deleting: the record to practise on was not seen');
    return { absent: [] };
  }
  let ours: Ours = first;
  let { edit, remove } = given;
  let move: (Recipe & { says?: string }) | undefined;
  context.progress('learning how a record is edited, moved and deleted');
  const visited = new Set<string>();
  let base = '';
  /** A state was not come to: what stands there, nobody has seen. */
  let lost = false;
  const hinted = new Map<What, string>();
  const anew = async (): Promise<boolean> => {
    const next = await practise(context, session, record);
    ours = next ?? ours;
    return next !== undefined;
  };
  /** The record may be changed or gone, by what was tried with it: then another is made, a few times. */
  let spare = 3;
  const reached = async (steps: readonly Step[]): Promise<View | undefined> =>
    (await walk(tab, steps, ours)) ?? (spare-- > 0 && (await anew()) ? walk(tab, steps, ours) : undefined);
  // A record without a list is seen on a page of its own at once.
  const start = record.places[0]?.what === 'list' ? 0 : 1;
  const states: State[] = [{ steps: first.base, depth: start, way: cameFrom(first.view, record.places[0]) }];
  while (states.length && context.left() > 2000 && !(edit && remove && move)) {
    const state = states.shift() as State;
    const { steps, depth } = state;
    let view = await reached(steps);
    lost ||= !view || (depth === 0 && !near(view, ours.mark).length);
    if (!view) continue;
    const key = stateOf(view) + depth;
    if (visited.has(key)) continue;
    visited.add(key);
    // What opened nothing leads nowhere; other people's rows are left alone.
    const plain = `${stateOf(view)}#${view.controls.filter((c) => c.editable).length}#${near(view, ours.mark).length}`;
    if (depth === 0) base = plain;
    else if (plain === base) continue;
    const own = ownIn(view, state, ours.mark);
    for (const [what, seen] of hintsIn(view, own, depth, ours.mark)) hinted.set(what, seen);
    if (!edit) {
      const found = await tryEdit(context, tab, view, steps, ours, record);
      if (found !== untouched) {
        edit = found?.recipe;
        ours = { ...ours, mark: found?.mark ?? ours.mark };
        // Whether it worked or not, the page may stand elsewhere now, and a try that failed may have changed the record.
        view = (await reached(steps)) ?? view;
      }
    }
    let stands = true;
    if (!move) {
      const found = await tryMove(context, tab, view, state, ours.mark);
      stands = found === untouched;
      if (found !== untouched) move = found;
      // What is done or archived may not let itself be edited or deleted any more.
      if (move && !(edit && remove) && (await anew())) {
        view = (await reached(steps)) ?? view;
        stands = true;
      }
    }
    if (depth < 2) {
      const openers = openersIn(view, ownIn(view, state, ours.mark), state, ours.mark);
      lost ||= openers.length > most;
      states.push(...openers.slice(0, most));
    }
    if (depth === 0 && !edit) states.push(...inPlace(view, state, ours.mark));
    if (!remove && (depth > 0 || !states.length || own.some((c) => says('remove', c.name)))) {
      const now = stands ? view : await reached(steps);
      remove = now && (await tryRemove(context, tab, now, state, ours.mark, record.places[0]));
      if (remove && !(edit && move) && !(await anew())) break;
    }
  }
  const found: Record<What, unknown> = { edit, move, delete: remove };
  for (const [what, seen] of hinted)
    if (!found[what]) context.tried(`${ing[what]}: ${seen} is there, and how it is used was not learned`);
  // Absent is only what was looked for to the end and left no trace: no control called so, nothing that failed.
  const ended = !states.length && !lost && context.left() > 2000;
  const absent = (Object.keys(ing) as What[]).filter((what) => ended && !found[what] && !hinted.has(what));
  return { ...(edit ? { edit } : {}), ...(move ? { move } : {}), ...(remove ? { remove } : {}), absent };
}

/** Controls that may be used on the record: those of its row, then whatever its own page holds beside other records' rows. */
function ownIn(view: View, { depth, way }: State, mark: Mark): Control[] {
  const own =
    depth === 0
      ? near(view, mark)
      : view.controls.filter((c) =>
          way.ours ? !othersRow(c, view, mark) && !isTheLists(c, view, mark, way) : isOurs(c, view, mark, way),
        );
  return own.filter((c) => c.role !== 'text');
}
