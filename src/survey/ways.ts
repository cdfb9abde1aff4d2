/** Single ways to edit, move and delete the record to practise on, each tried once and kept as a recipe where it worked. */
import type { Change, Control, Tab, View } from '../model/browser.ts';
import type { Place, RecordFacts } from '../model/facts.ts';
import { fold, type Mark, markFor } from '../model/mark.ts';
import { describe, inList, inNoRow, inRowOf } from '../model/match.ts';
import { pageThrough } from '../model/paging.ts';
import { openPlace } from '../model/place.ts';
import type { Recipe, Step } from '../model/recipe.ts';
import { forms, trigger } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { isOurs, type Way } from './ours.ts';
import { says } from './words.ts';

export const shows = (text: string, mark: Mark): boolean =>
  fold(text).includes(fold(mark).slice(0, 6)) || (/^\d/.test(mark) && text.includes(mark.split('.')[0] ?? mark));

/** Controls in the row of the record, or in the page or dialog of its own. */
export function near(view: View, mark: Mark): Control[] {
  return view.controls.filter((c) => inRowOf(c, view, mark) || shows(c.text, mark) || shows(c.value, mark));
}

/** The record to practise on, and the page where its making ended. */
export interface Ours {
  readonly mark: Mark;
  readonly own: string;
}

/** Takes the steps from a blank page; undefined where one of them finds nothing. */
export async function walk(tab: Tab, steps: readonly Step[], { mark, own }: Ours): Promise<View | undefined> {
  const options = { mark, values: { mark, own } };
  for (const step of steps) {
    if (!('missing' in (await tab.act(step, options)))) continue;
    // The row may stand on a later page of its list.
    const later = 'on' in step && step.on.inRow && (await pageThrough(tab, [mark], 4)).has(mark);
    if (!later || 'missing' in (await tab.act(step, options))) return undefined;
  }
  // A list may hold only the rows around its scroll position, or those of one page.
  if (steps.length === 1 && !(await tab.find([mark])).shown.length) await pageThrough(tab, [mark], 4);
  return tab.view();
}

/** A view of our record, by the steps that lead there: its row (depth 0), then what opens from it. */
export interface State {
  readonly steps: readonly Step[];
  readonly depth: number;
  readonly way: Way;
}

/** Nothing there to try: the page was not touched. */
export const untouched = 'untouched';

/** A field that holds the record's mark is an edit form; a prompt that comes on “edit” is one too. */
export async function tryEdit(
  context: SurveyContext,
  tab: Tab,
  view: View,
  steps: readonly Step[],
  ours: Ours,
  record: RecordFacts,
): Promise<{ recipe: Recipe; mark: Mark } | typeof untouched | undefined> {
  const { mark } = ours;
  const form = forms(view).find((f) => f.fields.some((x) => shows(x.value, mark)));
  const field =
    form?.fields.find((x) => shows(x.value, mark)) ?? view.controls.find((c) => c.editable && shows(c.value, mark));
  const fresh = markFor(context.marks, record.carries);
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
    if (!pencil || steps.length > 1) return untouched;
    const probe = await tab.act({ do: 'click', on: describe(pencil, view, mark) }, { mark });
    if ('missing' in probe || !probe.dialogs.some((d) => d.type === 'prompt')) return undefined;
    tail = [{ do: 'click', on: describe(pencil, view, mark), dialog: { accept: true, text: '{new}' }, commits: true }];
    if (!(await walk(tab, steps, ours))) return undefined;
  }
  let last: Change | undefined;
  context.ledger.begin({ what: 'record', mark: fresh, how: `edited from ${mark}` });
  for (const step of tail) {
    const done = await tab.act(step, { mark, values: { mark, new: fresh } });
    if ('missing' in done) {
      context.tried(`editing: ${done.missing}`);
      return undefined;
    }
    last = done;
  }
  // Where Enter does nothing, leaving the field may keep it.
  const [typed, sent] = tail;
  if (typed?.do === 'fill' && sent?.do === 'press' && sent.key === 'Enter' && !last?.writes.length) {
    const leave: Step = { ...sent, key: 'Tab' };
    const done = await tab.act(leave, { mark, values: { mark, new: fresh } });
    if (!('missing' in done) && done.writes.length) [tail, last] = [[typed, leave], done];
  }
  // The proof: in this very page the new text stands, out of any field, or after a fresh load at the place.
  const [home] = record.places;
  await openPlace(tab, home?.what === 'list' ? home : { url: view.url });
  const there = (await pageThrough(tab, [fresh], 4)).has(fresh);
  if (!there && !(last && (last.writes.length > 0 || shows(last.after.text, fresh)))) {
    context.tried('editing: the form took no new text');
    return undefined;
  }
  if (there) context.ledger.renamed(mark, fresh);
  return { recipe: { id: 'edit', steps: [...steps, ...tail] }, mark: there ? fresh : mark };
}

/** A page that asks one thing: a form to submit, nothing to fill in, and no list. */
const isDoubt = (view: View): boolean =>
  !view.controls.some((c) => c.editable) &&
  view.controls.filter((c) => c.submits).length === 1 &&
  !view.templates.some(
    (t) =>
      t.rows.length > 1 && view.controls.some((c) => c.region === 'main' && c.rows.some((r) => r.template === t.index)),
  );

/** What pages say when a row is chosen. */
const chosen = /\d+ (\p{L}+ ){0,2}(selected|ausgew\p{L}+|selecc?ionad\p{L}+|s[eé]lectionn\p{L}+|escolhid\p{L}+)/iu;

/** A box to tick, a status to choose or a column to go to, on our own row or page. */
export async function tryMove(
  context: SurveyContext,
  tab: Tab,
  view: View,
  { steps, depth, way }: State,
  mark: Mark,
): Promise<(Recipe & { says?: string }) | typeof untouched | undefined> {
  const own = view.controls.filter((c) =>
    depth > 0 && view.modal ? isOurs(c, view, mark, way) : inRowOf(c, view, mark),
  );
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
      !says('choose', `${c.name} ${c.attr}`) &&
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
  const card = step || depth > 0 ? undefined : own.find((c) => c.draggable);
  if (card) return dragged(context, tab, view, steps, card, mark);
  if (!step) return untouched;
  const done = await tab.act(step, { mark });
  if ('missing' in done) return undefined;
  if (step.do === 'check' && !done.writes.length && chosen.test(done.appeared.join(' '))) {
    // The box chooses rows for what is done to many.
    await tab.act({ ...step, value: false }, { mark });
    return undefined;
  }
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

/** To the column beside, and seen there. */
async function dragged(
  context: SurveyContext,
  tab: Tab,
  view: View,
  steps: readonly Step[],
  card: Control,
  mark: Mark,
): Promise<(Recipe & { says?: string }) | undefined> {
  const step: Step = { do: 'drag', on: describe(card, view, mark), commits: true };
  const done = await tab.act(step, { mark });
  if ('missing' in done) return undefined;
  const now = done.after.controls.find((c) => c.draggable && shows(c.text, mark));
  if (!now || Math.abs(now.x - card.x) < card.width / 2) return undefined;
  context.tried('moving by dragging it to the column beside');
  return { id: 'move', steps: [...steps, step], says: 'dragging it to the column beside' };
}

/** Deletes by what is called so; answers the confirmation of the browser or of the page. */
export async function tryRemove(
  context: SurveyContext,
  tab: Tab,
  view: View,
  { steps, depth, way }: State,
  mark: Mark,
  place?: Place,
): Promise<Recipe | undefined> {
  const own = (depth > 0 ? view.controls.filter((c) => isOurs(c, view, mark, way)) : near(view, mark)).filter(
    (c) => c.role !== 'text',
  );
  const ranked = own
    .filter(
      (c) =>
        !c.editable &&
        !c.disabled &&
        (says('remove', c.name) || says('archive', c.name)) &&
        !/account|workspace|all/i.test(c.name),
    )
    .sort(
      (a, b) =>
        Number(says('archive', a.name)) - Number(says('archive', b.name)) ||
        Number(!inRowOf(a, view, mark)) - Number(!inRowOf(b, view, mark)) ||
        a.name.length - b.name.length,
    );
  const start = steps[0];
  const listUrl = start?.do === 'goto' ? start.url : '';
  const button = ranked.find((c) => !(depth > 0 && /^[x×✕✖]$|close/i.test(c.name.trim())));
  if (!button) return undefined;
  const click: Step = {
    do: 'click',
    on: { ...describe(button, view, mark), exact: true },
    dialog: { accept: true },
    commits: true,
  };
  const done = await tab.act(click, { mark });
  if ('missing' in done) return undefined;
  const all: Step[] = [...steps, click];
  let last = done;
  // A link may ask twice: by the browser, then by the page that it leads to.
  const twice = done.dialogs.length > 0 && button.href !== '' && done.after.url === button.href && isDoubt(done.after);
  if (!done.writes.length && (!done.dialogs.length || twice)) {
    // A page or a dialog asks whether one is sure.
    const called = (name: string, where: View): number => where.controls.filter((c) => c.name === name).length;
    // A deletion by a link is no write that could be seen: where the list without the record stands there is nothing to confirm.
    const asks = done.after.modal || (done.navigated ? done.after.url !== listUrl : shows(done.after.text, mark));
    const sures = done.after.controls.filter(
      (c) =>
        !c.editable &&
        c.role !== 'text' &&
        !c.disabled &&
        says('confirm', c.name) &&
        !says('cancel', c.name) &&
        !/\b(all|completed|account|workspace)\b/i.test(c.name) &&
        asks &&
        (done.navigated || done.after.modal || called(c.name, done.after) > called(c.name, view)) &&
        (inNoRow(c, done.after) || inRowOf(c, done.after, mark)),
    );
    // The row's own button may be seen beside the dialog still.
    const sure = sures.find((c) => c.region === 'dialog') ?? sures[0];
    if (sure) {
      const confirm: Step = {
        do: 'click',
        on: { ...describe(sure, done.after, mark), exact: true },
        dialog: { accept: true },
        commits: true,
      };
      const second = await tab.act(confirm, { mark });
      if ('missing' in second) return undefined;
      all.push(confirm);
      last = second;
    }
  }
  if (place?.what === 'list' && place.url === listUrl) await openPlace(tab, place);
  else if (start?.do === 'goto' && !start.url.includes('{')) await tab.goto(start.url);
  if ((await pageThrough(tab, [mark], 4)).has(mark) && inList(await tab.view(), place?.list, mark, false) !== false) {
    context.tried(`deleting by “${button.name}”: it still stands`);
    // The list without it was shown, and a load brought it back: the app says it is deleted. Whether it is, the probe tells.
    const vanished = !last.after.modal && inList(last.after, place?.list, mark, true) === false;
    return vanished ? { id: 'delete', steps: all, unproven: true } : undefined;
  }
  context.ledger.removed(mark);
  return { id: 'delete', steps: all };
}
