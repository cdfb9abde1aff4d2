import type { Control, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { RecordFacts } from '../model/facts.ts';
import { type Mark, markFor } from '../model/mark.ts';
import { describe, othersRow } from '../model/match.ts';
import { pageThrough } from '../model/paging.ts';
import type { Recipe, Step } from '../model/recipe.ts';
import type { SurveyContext } from './context.ts';
import { stateOf } from './explore.ts';
import { near, shows, tryEdit, tryMove, tryRemove, untouched, walk } from './ways.ts';
import { says } from './words.ts';

/** Makes a record to practise on and stands where it shows. */
async function practise(
  context: SurveyContext,
  session: Session,
  record: RecordFacts,
): Promise<{ mark: Mark; view: View; base: Step[] } | undefined> {
  const mark = markFor(context.marks, record.carries);
  const done = await session.do(record.create, { mark });
  if (done.missing || done.said === 'refused') return undefined;
  context.ledger.add({ what: 'record', mark, how: record.says, acknowledged: done.said === 'ok' });
  const tab = session.window.first;
  const place = record.places[0]?.what === 'list' ? record.places[0].url : done.url;
  for (let tries = 0; tries < 4; tries++) {
    await tab.goto(place);
    const found = await tab.find([mark]);
    if (found.shown.includes(mark) || found.inField.includes(mark) || (await pageThrough(tab, [mark], 4)).has(mark))
      return {
        mark,
        view: await tab.view(),
        base: [{ do: 'goto', url: record.places[0]?.what === 'list' ? place : '{own}' }],
      };
    await context.clock.sleep(600);
  }
  return undefined;
}

export interface Altering {
  readonly edit?: Recipe;
  readonly move?: Recipe & { says?: string };
  readonly remove?: Recipe;
  readonly absent: ('edit' | 'move' | 'delete')[];
}

/** Learns how this record is edited, moved and deleted: from its row first, then from its own page, dialog or menu. */
export async function learnAltering(
  context: SurveyContext,
  session: Session,
  record: RecordFacts,
  given: Pick<Altering, 'edit' | 'remove'> = {},
): Promise<Altering> {
  const tab = session.window.first;
  let at = await practise(context, session, record);
  if (!at) {
    context.tried('editing and deleting: the record to practise on was not seen');
    return { absent: [] };
  }
  let { edit, remove } = given;
  let move: (Recipe & { says?: string }) | undefined;
  context.progress('learning how a record is edited, moved and deleted');
  const visited = new Set<string>();
  let base = '';
  /** What points to a way that may not be found: what stands there, in words. */
  const hinted = new Map<'edit' | 'move' | 'delete', string>();
  // Each state: the row itself, then what opens from it.
  const states: { steps: Step[]; depth: number }[] = [{ steps: at.base, depth: 0 }];
  while (states.length && context.left() > 2000 && !(edit && remove && move)) {
    const { steps, depth } = states.shift() as (typeof states)[number];
    const reached = await walk(tab, steps, at.mark);
    if (!reached) continue;
    let view: View = reached;
    const key = stateOf(view) + depth;
    if (visited.has(key)) continue;
    visited.add(key);
    // What opened nothing leads nowhere; other people's rows are left alone.
    const plain = `${stateOf(view)}#${view.controls.filter((c) => c.editable).length}#${near(view, at.mark).length}`;
    if (depth === 0) base = plain;
    else if (plain === base) continue;
    const { mark } = at;
    const own = (depth > 0 ? view.controls.filter((c) => !othersRow(c, reached, mark)) : near(view, mark)).filter(
      (c) => c.role !== 'text',
    );
    // Whatever is called so where the record stands alone forbids to say that there is none, even if it cannot be used.
    const actions = (
      depth > 0 ? view.controls.filter((c) => c.region === 'main' || c.region === 'dialog') : own
    ).filter((c) => !c.editable && c.role !== 'text');
    const hint = (what: 'edit' | 'move' | 'delete', c: Control | undefined): void => {
      if (c) hinted.set(what, c.name ? `“${c.name.slice(0, 40)}”` : `a ${c.role} without a name`);
    };
    hint('edit', actions.find((c) => says('edit', c.name)) ?? own.find((c) => c.editable && shows(c.value, mark)));
    hint(
      'delete',
      actions.find(
        (c) => (says('remove', c.name) || says('archive', c.name)) && !/^[x×✕✖]$|close/i.test(c.name.trim()),
      ),
    );
    // A button without a name in the row may well be what ticks it.
    const unnamed = depth === 0 ? own.find((c) => !c.editable && !c.href && !c.name && c.role === 'button') : undefined;
    hint('move', actions.find((c) => says('archive', c.name) || c.draggable) ?? unnamed);
    if (!edit) {
      const found = await tryEdit(context, tab, view, steps, at.mark, record);
      if (found && found !== untouched) {
        edit = found.recipe;
        at = { ...at, mark: found.mark };
      }
      if (found !== untouched) {
        // Whether it worked or not, the page may stand elsewhere now, and a try that failed may have changed the record.
        const again = await walk(tab, steps, at.mark);
        if (!again) at = (await practise(context, session, record)) ?? at;
        view = again ?? (await walk(tab, steps, at.mark)) ?? view;
      }
    }
    let stands = true;
    if (!move) {
      const found = await tryMove(context, tab, view, steps, at.mark, depth);
      stands = found === untouched;
      if (found !== untouched) move = found;
    }
    if (depth < 2) {
      const openers = own.filter(
        (c) =>
          !c.editable &&
          !c.disabled &&
          (says('edit', c.name) ||
            says('menu', c.name) ||
            (depth === 0 && (shows(c.text, at?.mark ?? '') || c.href !== '')) ||
            (c.row >= 0 && depth === 0 && c.name === '')) &&
          !says('remove', c.name) &&
          !says('danger', c.name),
      );
      openers.sort(
        (a, b) =>
          Number(says('edit', b.name)) - Number(says('edit', a.name)) ||
          Number(says('menu', b.name)) - Number(says('menu', a.name)),
      );
      for (const c of openers.slice(0, 6))
        states.push({ steps: [...steps, { do: 'click', on: describe(c, view, at.mark) }], depth: depth + 1 });
      if (depth === 0 && !edit) {
        const inline = near(view, at.mark)
          .filter((c) => shows(c.text, at?.mark ?? '') && (c.role === 'text' || c.role === 'generic'))
          .sort((a, b) => Number(b.role === 'text') - Number(a.role === 'text'))[0];
        if (inline)
          states.push({ steps: [...steps, { do: 'dblclick', on: describe(inline, view, at.mark) }], depth: 1 });
      }
    }
    if (!remove && (depth > 0 || !states.length || own.some((c) => says('remove', c.name)))) {
      const now = stands ? view : ((await walk(tab, steps, at.mark)) ?? view);
      remove = await tryRemove(context, tab, now, steps, at.mark, depth, record.places[0]);
      if (remove) {
        const next: Awaited<ReturnType<typeof practise>> = edit && move ? at : await practise(context, session, record);
        if (!next) break;
        at = next;
      }
    }
  }
  // Absent is only what was looked for to the end and left no trace: no control called so, nothing that failed.
  const ended = !states.length && context.left() > 2000;
  const absent = (['edit', 'move', 'delete'] as const).filter(
    (what) => ended && !{ edit, move, delete: remove }[what] && !hinted.has(what),
  );
  for (const [what, seen] of hinted)
    if (!{ edit, move, delete: remove }[what])
      context.tried(
        `${{ edit: 'editing', move: 'moving', delete: 'deleting' }[what]}: ${seen} is there, and how it is used was not learned`,
      );
  return { ...(edit ? { edit } : {}), ...(move ? { move } : {}), ...(remove ? { remove } : {}), absent };
}
