import type { Control, View } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { RecordFacts } from '../model/facts.ts';
import { describe } from '../model/match.ts';
import type { Step } from '../model/recipe.ts';
import { type Charted, charted, openCharted, unopened } from './charted.ts';
import { type Form, forms, isDoor } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { takesACode } from './published.ts';
import { says } from './words.ts';
import { tryWrite } from './write.ts';

/** A view, and the steps that lead to it from a blank page. */
interface Way {
  readonly view: View;
  readonly path: readonly Step[];
}

interface Candidate {
  /** The ways from a blank page to where the control stands, the shortest first. */
  readonly paths: readonly (readonly Step[])[];
  readonly control: Control;
  readonly from: View;
  readonly score: number;
  readonly depth: number;
}

/** Walks best-first towards a way to write a record that is kept; the best of lesser kinds where there is none. */
export async function findWrite(
  context: SurveyContext,
  session: Session,
  start: View,
  options: {
    hops: number;
    milliseconds: number;
    /** A layer asks for a name, or a field for a code. True where that was answered. */
    atDoor?(view: View, form: Form, path: readonly Step[]): Promise<boolean>;
  },
): Promise<RecordFacts | undefined> {
  const tab = session.window.first;
  let end = context.clock.now() + Math.min(options.milliseconds, context.left());
  const triedForms = new Set<string>();
  const triedControls = new Set<string>();
  const states = new Set<string>();
  const queue: Candidate[] = [];
  let best: RecordFacts | undefined;
  let emptyHanded = 0;
  let entered = false;

  const consider = async (view: View, path: readonly Step[], depth: number): Promise<RecordFacts | undefined> => {
    const state = stateOf(view);
    if (states.has(state)) return undefined;
    states.add(state);
    // “Post” may ask first who one is: whoever enters by a name starts again from the page, inside.
    const asks = (f: Form): boolean =>
      (view.modal && f.purpose === 'name-door') || (takesACode(f) && f.fields.some((c) => c.type === 'password'));
    const door = options.atDoor ? forms(view).find(asks) : undefined;
    if (door && (await options.atDoor?.(view, door, path))) {
      entered = true;
      return undefined;
    }
    for (const form of writable(view)) {
      if (triedForms.has(form.signature) || context.clock.now() > end) continue;
      triedForms.add(form.signature);
      if (changesWhatExists(form, view, path)) {
        context.tried(
          `${form.group.heading || 'a form'} on ${new URL(view.url).pathname}: left alone, it holds values already`,
        );
        continue;
      }
      context.progress(`trying ${form.group.heading || 'a form'} on ${new URL(view.url).pathname}`);
      const at = await standAt(form, view, path);
      const found = at && (await tryWrite(context, session, at.path, at.view, at.form));
      if (found?.kind === 'kept') return found;
      best = better(best, found);
      // What is held shows how this app makes records; one that is kept would be near.
      if (found?.kind === 'held') end = Math.min(end, context.clock.now() + 6000);
      if (!found) emptyHanded++;
    }
    if (depth < options.hops)
      for (const { control, score } of openers(view))
        queue.push({ paths: shortened(path, view), control, from: view, score: score - depth, depth: depth + 1 });
    return undefined;
  };

  const first = await consider(start, [{ do: 'goto', url: start.url }], 0);
  if (first) return first;
  // Pages that the source names wait their turn among the controls.
  let mapped = charted(context, start.url);
  let doors = 0;
  while ((queue.length || mapped.length) && context.clock.now() < end && emptyHanded < 12) {
    queue.sort((a, b) => b.score - a.score);
    const [page] = mapped;
    if (page && page.score >= (queue[0]?.score ?? page.score)) {
      const found = await open(page);
      if (found) return found;
      if (entered) return again();
      continue;
    }
    const next = queue.shift() as Candidate;
    const key = `${next.control.role}|${inARow(next.control, next.from) ? shapeOf(next.control) : next.control.name.replace(/\d+/g, '#')}|${next.control.href ? new URL(next.control.href).pathname.replace(/[0-9a-f-]{8,}|\d+/g, '#') + new URL(next.control.href).hash.replace(/\d+/g, '#') : ''}|${next.control.href ? '' : stateOf(next.from)}`;
    if (triedControls.has(key)) continue;
    triedControls.add(key);
    const reached = await replay(session, next);
    if (!reached) continue;
    const { view, path } = reached;
    if (view.url !== next.from.url && new URL(view.url).origin !== new URL(start.url).origin) continue;
    const found = await consider(view, path, next.depth);
    if (found) return found;
    if (entered) return again();
  }
  if (!best && mapped.length && context.clock.now() >= end) context.tried(unopened(mapped));
  return best;

  async function again(): Promise<RecordFacts | undefined> {
    await tab.goto(start.url);
    return findWrite(context, session, await tab.view(), {
      hops: options.hops,
      milliseconds: end - context.clock.now(),
    });
  }

  async function open(page: Charted): Promise<RecordFacts | undefined> {
    const view = await openCharted(context, tab, page);
    if (view && isDoor(view)) doors++;
    // Where two are behind a door, all may be.
    mapped = doors > 1 ? [] : mapped.slice(1);
    return view && consider(view, [{ do: 'goto', url: page.url }], 1);
  }

  /** Stands before the form, by the address of its page alone where that leads there. */
  async function standAt(form: Form, view: View, path: readonly Step[]): Promise<(Way & { form: Form }) | undefined> {
    const ways = shortened(path, view);
    if (ways.length === 1 && tab.url === view.url) return { form, view, path };
    for (const way of ways) {
      for (const step of way) await tab.act(step);
      const now = await tab.view();
      const same = forms(now).find((f) => f.signature === form.signature);
      if (same) return { form: same, view: now, path: way };
    }
    return undefined;
  }

  async function replay(own: Session, c: Candidate): Promise<Way | undefined> {
    const page = own.window.first;
    const on = describe(c.control, c.from);
    paths: for (const path of c.paths) {
      for (const step of path) {
        const done = await page.act(step);
        if ('missing' in done) continue paths;
      }
      if (path !== c.paths.at(-1) && page.url !== c.from.url) continue;
      const change = await page.act({ do: 'click', on });
      if ('missing' in change) continue;
      const prompted = change.dialogs.find((d) => d.type === 'prompt');
      if (prompted) context.tried(`“${c.control.name}” asks by a prompt of the browser`);
      return { view: change.after, path: [...path, { do: 'click', on }] };
    }
    return undefined;
  }
}

/** A form whose first field holds a value is the settings or the record of somebody, unless it or what opened it is called a new one. */
function changesWhatExists(form: Form, view: View, path: readonly Step[]): boolean {
  const first = form.texts[0] ?? form.fields.find((f) => f.type === 'number' || f.type === 'date');
  if (!first?.value || first.type === 'date' || Number(first.value) === 0) return false;
  const opener = path.at(-1);
  const called = [form.group.heading, ...form.buttons.map((b) => b.name), opener?.do === 'click' ? opener.on.name : ''];
  if (called.some((name) => says('edit', name))) return true;
  // “Post” and “write” are also what is edited.
  const isNew = (name: string): boolean => says('create', name.replace(/\b(re)?(posts?|publish|write)\b/gi, ' '));
  return !called.some(isNew) && !/\/(new|create|add)([/?#]|$)/i.test(view.url);
}

/**
 * A page that only links lead to may open by its address alone; where it does not, the whole way is gone. What a button led to may have been
 * made by it, and its address would be that of the one thing that was made.
 */
function shortened(path: readonly Step[], view: View): Candidate['paths'] {
  const linked = path.slice(1).every((s) => s.do === 'click' && s.on.role === 'link' && !says('create', s.on.name));
  return path.length === 1 || view.modal || !linked ? [path] : [[{ do: 'goto', url: view.url }], path];
}

/** Rows of one template hold the same controls under other names: the path without its numbers says which. A row that is a button is no such row. */
function inARow(c: Control, view: View): boolean {
  if (c.template < 0 || c.region === 'nav' || c.region === 'header') return false;
  if (says('create', c.name) && !says('edit', c.name)) return false;
  return (
    c.role === 'generic' ||
    c.rows.some(
      ({ template, row }) =>
        (view.templates.find((t) => t.index === template)?.rows[row]?.length ?? 0) > c.text.length + 2,
    )
  );
}
const shapeOf = (c: Control): string => c.css.replace(/:nth-of-type\(\d+\)|#[\w-]*\d[\w-]*/g, '');

const rank = { kept: 3, held: 2, phantom: 1, echo: 0 };
const better = (a: RecordFacts | undefined, b: RecordFacts | undefined): RecordFacts | undefined =>
  !a ? b : b && rank[b.kind] > rank[a.kind] ? b : a;

/** Forms that may write a record, the likeliest first. Settings and contact forms come last, doors and searches never. */
export function writable(view: View): Form[] {
  const weight = (f: Form): number =>
    (f.purpose === 'record' ? 10 : f.purpose === 'contact' ? 1 : f.purpose === 'settings' ? 0 : -100) +
    (f.group.kind === 'dialog' ? 4 : f.group.kind === 'form' ? 2 : 0) +
    (f.fields.some((x) => x.region === 'dialog') ? 3 : 0) -
    (f.fields.every((x) => x.region === 'nav' || x.region === 'header' || x.region === 'footer') ? 6 : 0) +
    (f.buttons.some((b) => says('create', b.name) || says('save', b.name)) ? 3 : 0) +
    (f.texts.length ? 1 : 0) -
    f.fields.length / 20;
  return forms(view)
    .map((f) => ({ f, w: weight(f) }))
    .filter((x) => x.w > -50)
    .sort((a, b) => b.w - a.w)
    .map((x) => x.f);
}

/** The skeleton of a view: what could be done there, not what rows it shows. */
export function stateOf(view: View): string {
  const parts = new Set(
    view.controls.map(
      (c) =>
        `${c.region}.${c.role}.${c.template >= 0 ? '' : c.name.replace(/[\d\s]+/g, ' ').slice(0, 24)}.${c.attr.replace(/\d+/g, '')}`,
    ),
  );
  return `${new URL(view.url).pathname.replace(/[0-9a-f-]{12,}|\d+/g, '#')}${new URL(view.url).hash.replace(/[0-9a-f-]{12,}|\d+/g, '#')}|${view.modal ? 'modal' : ''}|${[...parts].sort().join(';').slice(0, 3000)}`;
}

/** Controls that may lead to a form, with how likely. Never what deletes, pays, invites, leaves or logs out. */
function openers(view: View): { control: Control; score: number }[] {
  const origin = new URL(view.url).origin;
  const found: { control: Control; score: number }[] = [];
  const rowsSeen = new Set<string>();
  let cards = 0;
  for (const c of view.controls) {
    if (c.editable || c.disabled || c.hidden || c.tag === 'select' || c.role === 'text') continue;
    const name = `${c.name} ${c.attr}`;
    if (
      says('danger', c.name) ||
      says('logOut', name) ||
      says('remove', c.name) ||
      says('archive', c.name) ||
      /log-?out|sign-?out|delete/i.test(c.href)
    )
      continue;
    if (
      c.href &&
      (!/^https?:/.test(c.href) || new URL(c.href).origin !== origin || /\.(pdf|zip|csv|png|jpe?g|svg)$/i.test(c.href))
    )
      continue;
    if (/google|github|facebook|apple|microsoft/i.test(c.name)) continue;
    let score = 0;
    const creates = says('create', c.name) && !says('edit', c.name);
    if (creates) score += 10;
    if (/^(\+|＋|plus|add)$/i.test(c.name.trim())) score += 6;
    if (/\/(new|create|add|compose|write|nuevo|neu|nouveau|novo)\b/i.test(c.href)) score += 8;
    if (c.region === 'main' || c.region === 'dialog') score += 2;
    if (c.region === 'nav' || c.region === 'header') score += c.href ? 3 : 1;
    if (c.region === 'footer') score -= 4;
    if (c.role === 'tab') score += 2;
    if (says('settings', c.name)) score -= 4;
    if (says('logIn', c.name) || says('signUp', c.name)) score -= 6;
    if (says('cancel', c.name) || says('consent', c.name)) score -= 3;
    if (says('search', c.name)) score -= 3;
    if (c.row >= 0 && c.template >= 0 && !creates) {
      // “Approve” and “Done” in somebody's row are done to it; what leads on is a link, a card, or has no words.
      if (c.role === 'button' && c.name && inARow(c, view) && !says('menu', c.name) && !says('edit', c.name)) continue;
      // One row stands for its template.
      const key = inARow(c, view) ? `${c.role}.${shapeOf(c)}` : `${c.template}.${c.role}.${c.href ? 'a' : c.name}`;
      if (rowsSeen.has(key)) continue;
      rowsSeen.add(key);
      score += c.region === 'nav' ? 0 : -1;
      if (says('edit', c.name)) score -= 3;
    }
    if (c.role === 'generic') score -= 2;
    // What is neither button nor link but can be clicked is mostly a card like the next one.
    if (c.role === 'generic' && !says('create', c.name) && ++cards > 2) continue;
    if (score > -3) found.push({ control: c, score });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, 40);
}
