import type { Change, Control, Tab, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { Place, RecordFacts } from '../model/facts.ts';
import { fold, type Mark } from '../model/mark.ts';
import { describe, inList, inRowOf } from '../model/match.ts';
import { pageThrough } from '../model/paging.ts';
import type { Recipe, Step } from '../model/recipe.ts';
import { forms, trigger } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { stateOf } from './explore.ts';
import { says } from './words.ts';
import { markFor } from './write.ts';

const shows = (text: string, mark: Mark): boolean =>
  fold(text).includes(fold(mark).slice(0, 6)) || (/^\d/.test(mark) && text.includes(mark.split('.')[0] ?? mark));

/** Controls in the row of the record, or in the page or dialog of its own. */
function near(view: View, mark: Mark): Control[] {
  return view.controls.filter((c) => inRowOf(c, view, mark) || shows(c.text, mark) || shows(c.value, mark));
}

/** Makes a record to practise on and stands where it shows. */
async function practise(
  context: SurveyContext,
  session: Session,
  record: RecordFacts,
): Promise<{ mark: Mark; view: View; base: Step[] } | undefined> {
  const mark = markFor(context, record.carries);
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
export async function learnAltering(context: SurveyContext, session: Session, record: RecordFacts): Promise<Altering> {
  const tab = session.window.first;
  let at = await practise(context, session, record);
  if (!at) {
    context.tried('editing and deleting: the record to practise on was not seen');
    return { absent: [] };
  }
  let edit: Recipe | undefined;
  let move: (Recipe & { says?: string }) | undefined;
  let remove: Recipe | undefined;
  context.progress('learning how a record is edited, moved and deleted');
  const visited = new Set<string>();
  const hinted = new Set<'edit' | 'move' | 'delete'>();
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
    const own = (depth > 0 ? view.controls : near(view, at.mark)).filter((c) => c.role !== 'text');
    const actions = own.filter(
      (c) => !c.editable && (c.template < 0 || depth === 0 || view.modal || inRowOf(c, view, at?.mark ?? '')),
    );
    if (actions.some((c) => says('edit', c.name)) || own.some((c) => c.editable && shows(c.value, at?.mark ?? '')))
      hinted.add('edit');
    if (
      actions.some((c) => (says('remove', c.name) || says('archive', c.name)) && !/^[x×✕✖]$|close/i.test(c.name.trim()))
    )
      hinted.add('delete');
    if (actions.some((c) => says('archive', c.name) || c.draggable) || (depth === 0 && own.some((c) => c.draggable)))
      hinted.add('move');
    if (!edit) {
      const found = await tryEdit(context, tab, view, steps, at.mark, record);
      if (found) {
        edit = found.recipe;
        at = { ...at, mark: found.mark };
      }
      // Whether it worked or not, the page may stand elsewhere now, and a try that failed may have changed the record.
      const again = await walk(tab, steps, at.mark);
      if (!again) at = (await practise(context, session, record)) ?? at;
      view = again ?? (await walk(tab, steps, at.mark)) ?? view;
    }
    if (!move) move = await tryMove(context, tab, view, steps, at.mark, depth);
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
      const now = (await walk(tab, steps, at.mark)) ?? view;
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
  return { ...(edit ? { edit } : {}), ...(move ? { move } : {}), ...(remove ? { remove } : {}), absent };
}

async function walk(tab: Tab, steps: readonly Step[], mark: Mark): Promise<View | undefined> {
  for (const step of steps) {
    const done = await tab.act(step, { mark, values: { mark } });
    if ('missing' in done) return undefined;
  }
  // A list that holds only the rows around its scroll position is scrolled to ours.
  if (steps.length === 1 && !(await tab.find([mark])).shown.length)
    await tab.scrollThrough(async () => (await tab.find([mark])).shown.length > 0);
  return tab.view();
}

/** A field that holds the record's mark is an edit form; a prompt that comes on “edit” is one too. */
async function tryEdit(
  context: SurveyContext,
  tab: Tab,
  view: View,
  steps: readonly Step[],
  mark: Mark,
  record: RecordFacts,
): Promise<{ recipe: Recipe; mark: Mark } | undefined> {
  const form = forms(view).find((f) => f.fields.some((x) => shows(x.value, mark)));
  const field =
    form?.fields.find((x) => shows(x.value, mark)) ?? view.controls.find((c) => c.editable && shows(c.value, mark));
  const fresh = markFor(context, record.carries);
  let tail: Step[];
  if (field) {
    const on = { ...describe(field, view), inRow: false, holding: true };
    const button = form ? trigger(form) : undefined;
    tail = [
      { do: 'fill', on, value: '{new}' },
      button
        ? { do: 'click', on: describe(button, view), commits: true }
        : {
            do: 'press',
            on: { ...on, holding: false },
            key: field.tag === 'textarea' || field.type === 'rich' ? 'Tab' : 'Enter',
            commits: true,
          },
    ];
  } else {
    const pencil = near(view, mark).find(
      (c) => !c.editable && c.role !== 'text' && says('edit', c.name) && inRowOf(c, view, mark),
    );
    if (!pencil || steps.length > 1) return undefined;
    const probe = await tab.act({ do: 'click', on: describe(pencil, view, mark) }, { mark });
    if ('missing' in probe || !probe.dialogs.some((d) => d.type === 'prompt')) return undefined;
    tail = [{ do: 'click', on: describe(pencil, view, mark), dialog: { accept: true, text: '{new}' }, commits: true }];
    if (!(await walk(tab, steps, mark))) return undefined;
  }
  let last: Change | undefined;
  for (const step of tail) {
    const done = await tab.act(step, { mark, values: { mark, new: fresh } });
    if ('missing' in done) {
      context.tried(`editing: ${done.missing}`);
      return undefined;
    }
    last = done;
  }
  // The proof: in this very page the new text stands, out of any field, or after a fresh load at the place.
  await tab.goto(record.places[0]?.what === 'list' ? (record.places[0]?.url ?? view.url) : view.url);
  const there = (await pageThrough(tab, [fresh], 4)).has(fresh);
  if (!there && !(last && (last.writes.length > 0 || shows(last.after.text, fresh)))) {
    context.tried('editing: the form took no new text');
    return undefined;
  }
  return { recipe: { id: 'edit', steps: [...steps, ...tail] }, mark: there ? fresh : mark };
}

/** A box to tick, a status to choose or a column to go to, on our own row or page. */
async function tryMove(
  context: SurveyContext,
  tab: Tab,
  view: View,
  steps: readonly Step[],
  mark: Mark,
  depth: number,
): Promise<(Recipe & { says?: string }) | undefined> {
  const own = depth > 0 && view.modal ? view.controls : view.controls.filter((c) => inRowOf(c, view, mark));
  const select = own.find(
    (c) =>
      c.tag === 'select' &&
      !c.disabled &&
      c.options.length > 1 &&
      (says('status', `${c.name} ${c.attr}`) || depth === 0),
  );
  const box = own.find(
    (c) =>
      (c.type === 'checkbox' || c.role === 'checkbox' || c.role === 'switch') &&
      !c.disabled &&
      !c.checked &&
      (depth === 0 || says('status', c.name)),
  );
  let step: Step | undefined;
  let what = '';
  if (box) {
    step = { do: 'check', on: describe(box, view, mark), value: true, commits: true };
    what = `ticking “${box.name || 'the box'}”`;
  } else if (select) {
    const other = select.options.find(
      (o) => !o.disabled && o.value !== select.value && o.value !== '' && !says('remove', o.text),
    );
    if (other) {
      step = { do: 'select', on: describe(select, view, mark), value: other.value };
      what = `choosing “${other.text}” in ${select.name || 'the list'}`;
    }
  }
  if (!step) return undefined;
  const done = await tab.act(step, { mark });
  if ('missing' in done) return undefined;
  let all: Step[] = [...steps, step];
  if (step.do === 'select' && !done.writes.length && depth > 0) {
    // A status in an edit form is saved with it.
    const form = forms(done.after).find((f) => f.fields.some((x) => x.css === select?.css));
    const button = form ? trigger(form) : undefined;
    if (!button) return undefined;
    const saved = await tab.act({ do: 'click', on: describe(button, done.after) });
    if ('missing' in saved || !saved.writes.length) return undefined;
    all = [...all, { do: 'click', on: describe(button, done.after), commits: true }];
  }
  context.tried(`moving by ${what}`);
  return { id: 'move', steps: all, says: what };
}

/** Deletes by what is called so; answers the confirmation of the browser or of the page. */
async function tryRemove(
  context: SurveyContext,
  tab: Tab,
  view: View,
  steps: readonly Step[],
  mark: Mark,
  depth: number,
  place?: Place,
): Promise<Recipe | undefined> {
  const own = (
    depth > 0 ? view.controls.filter((c) => c.template < 0 || inRowOf(c, view, mark) || view.modal) : near(view, mark)
  ).filter((c) => c.role !== 'text');
  const ranked = own
    .filter(
      (c) =>
        !c.editable &&
        !c.disabled &&
        (says('remove', c.name) || says('archive', c.name)) &&
        !/account|workspace|all/i.test(c.name),
    )
    .sort((a, b) => Number(says('archive', a.name)) - Number(says('archive', b.name)) || a.name.length - b.name.length);
  const button = ranked.find((c) => !(depth > 0 && /^[x×✕✖]$|close/i.test(c.name.trim())));
  if (!button) return undefined;
  const click: Step = { do: 'click', on: describe(button, view, mark), dialog: { accept: true }, commits: true };
  const done = await tab.act(click, { mark });
  if ('missing' in done) return undefined;
  const all: Step[] = [...steps, click];
  if (!done.writes.length && !done.dialogs.length) {
    // A page or a dialog asks whether one is sure.
    const before = new Set(view.controls.map((c) => `${c.css}|${c.name}`));
    const sure = done.after.controls.find(
      (c) =>
        !c.editable &&
        c.role !== 'text' &&
        !c.disabled &&
        says('confirm', c.name) &&
        !says('cancel', c.name) &&
        (done.navigated || done.after.modal || !before.has(`${c.css}|${c.name}`)) &&
        (c.template < 0 || inRowOf(c, done.after, mark)),
    );
    if (sure) {
      const confirm: Step = {
        do: 'click',
        on: describe(sure, done.after, mark),
        dialog: { accept: true },
        commits: true,
      };
      const second = await tab.act(confirm, { mark });
      if ('missing' in second) return undefined;
      all.push(confirm);
    }
  }
  const start = steps[0];
  if (start?.do === 'goto' && !start.url.includes('{')) await tab.goto(start.url);
  if ((await pageThrough(tab, [mark], 4)).has(mark) && inList(await tab.view(), place?.list, mark, false) !== false) {
    context.tried(`deleting by “${button.name}”: it still stands`);
    return undefined;
  }
  context.ledger.removed(mark);
  return { id: 'delete', steps: all };
}
