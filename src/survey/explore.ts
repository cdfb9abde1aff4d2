import type { Control, Tab, View } from '../model/browser.ts';
import type { Chosen, Considered, Features } from '../model/choices.ts';
import type { Session } from '../model/context.ts';
import type { EvidenceId } from '../model/evidence.ts';
import type { RecordFacts } from '../model/facts.ts';
import { describe } from '../model/match.ts';
import type { Step } from '../model/recipe.ts';
import { isTelemetry, wasRefused } from '../model/said.ts';
import { type Charted, charted, openCharted, unopened } from './charted.ts';
import { type Form, forms, isDoor } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { scoreOfOpener } from './features.ts';
import { inARow, likeliestFirst, openers, type Proposed, shapeOf, writable } from './propose.ts';
import { takesACode } from './published.ts';
import { acts, says } from './words.ts';
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
  /** As which candidate of which view it is noted. */
  readonly noted: Chosen;
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

  const consider = async (
    view: View,
    path: readonly Step[],
    depth: number,
    by?: EvidenceId,
  ): Promise<RecordFacts | undefined> => {
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
    const mayWrite = writable(view).filter(({ one }) => !triedForms.has(one.signature));
    const mayLead = (depth < options.hops ? openers(view) : []).filter(
      ({ one }) => !triedControls.has(keyOf(one, view)),
    );
    const of = considers({ by, forms: mayWrite.map(featuresOf), openers: mayLead.map(featuresOf) });
    for (const proposed of likeliestFirst(mayWrite)) {
      const { one: form } = proposed;
      const chosen = { of, kind: 'forms', at: mayWrite.indexOf(proposed) } as const;
      if (triedForms.has(form.signature) || context.clock.now() > end) continue;
      triedForms.add(form.signature);
      if (changesWhatExists(form, view, path)) {
        chose({ ...chosen, came: 'left alone' });
        context.tried(
          `${form.group.heading || 'a form'} on ${new URL(view.url).pathname}: left alone, it holds values already`,
        );
        continue;
      }
      context.progress(`trying ${form.group.heading || 'a form'} on ${new URL(view.url).pathname}`);
      const at = await standAt(form, view, path);
      const came = at && (await tryWrite(context, session, at.path, at.view, at.form));
      const led = came?.kind === 'led' ? came : undefined;
      const found = came?.kind === 'led' ? undefined : came;
      chose({ ...chosen, came: found?.kind ?? 'nothing' });
      if (found?.kind === 'kept') return found;
      best = better(best, found);
      // What is held shows how this app makes records; one that is kept would be near.
      if (found?.kind === 'held') end = Math.min(end, context.clock.now() + 6000);
      if (!found) emptyHanded++;
      // What it led to may be where one writes.
      const beyond = !found && depth < options.hops && tab.url !== view.url && !isNamed(path);
      const now = beyond ? await tab.view() : undefined;
      if (now && new URL(now.url).origin === new URL(start.url).origin && !isDoor(now)) {
        const there = await consider(now, led?.steps ?? [{ do: 'goto', url: now.url }], depth + 1);
        if (there) return there;
      }
    }
    for (const [at, { one, score }] of mayLead.entries())
      queue.push({
        paths: shortened(path, view),
        control: one,
        from: view,
        noted: { of, kind: 'openers', at },
        score: score + scoreOfOpener({ depth }),
        depth: depth + 1,
      });
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
    const key = keyOf(next.control, next.from);
    if (triedControls.has(key)) continue;
    triedControls.add(key);
    const reached = await replay(session, next);
    const by = chose(next.noted);
    if (!reached) continue;
    const { view, path } = reached;
    if (view.url !== next.from.url && new URL(view.url).origin !== new URL(start.url).origin) continue;
    const found = await consider(view, path, next.depth, by);
    if (found) return found;
    if (entered) return again();
  }
  if (!best && mapped.length && context.clock.now() >= end) context.tried(unopened(mapped));
  return best;

  /** Notes for the fit of the weights: `npm run bench -- fit`. */
  function considers(view: Considered): EvidenceId {
    const says = `considers ${view.forms.length} forms and ${view.openers.length} controls`;
    return context.journal.note({ kind: 'note', who: 'survey', says, data: { considers: view } });
  }
  function chose(one: Chosen): EvidenceId {
    const says = `chose ${one.kind === 'forms' ? 'form' : 'control'} ${one.at + 1}${one.came ? `: ${one.came}` : ''}`;
    return context.journal.note({ kind: 'note', who: 'survey', says, data: { chose: one } });
  }
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
      for (const step of way) await tab.act(step, { values: { alt: context.marks.next() } });
      const now = await tab.view();
      const same = forms(now).find((f) => f.signature === form.signature);
      if (same) return { form: same, view: now, path: way };
    }
    return undefined;
  }

  /** Whatever it was called: what writes is in the ledger, each time. */
  async function press(page: Tab, step: Step, c: Candidate): ReturnType<Tab['act']> {
    const change = await page.act(step, { values: { alt: context.marks.next() } });
    if (!('missing' in change) && change.writes.some((w) => !isTelemetry(w) && !wasRefused(w))) {
      const name = 'on' in step && step.on.name ? step.on.name : c.control.name;
      const mark = `“${name.slice(0, 40)}” on ${new URL(c.from.url).pathname}`;
      context.ledger.begin({ what: 'act', mark, how: 'the way to a form' });
      context.ledger.settle(mark, 'ok');
    }
    return change;
  }

  async function replay(own: Session, c: Candidate): Promise<Way | undefined> {
    const page = own.window.first;
    const opened = await openedAt(page, c);
    // Where there is something to fill in, it is opened as a person does: a script may lay it over the page instead.
    if (opened && !writable(opened.view).length) return opened;
    const on = describe(c.control, c.from);
    paths: for (const path of c.paths) {
      for (const step of path) {
        if ('missing' in (await press(page, step, c))) continue paths;
      }
      if (path !== c.paths.at(-1) && page.url !== c.from.url) continue;
      const change = await press(page, { do: 'click', on }, c);
      if ('missing' in change) continue;
      const prompted = change.dialogs.find((d) => d.type === 'prompt');
      if (prompted) context.tried(`“${c.control.name}” asks by a prompt of the browser`);
      return { view: change.after, path: [...path, { do: 'click', on }] };
    }
    return opened;
  }
}

/** A link leads to its address, in one load instead of two. It is clicked where what opens is another page, the same one, or none. */
async function openedAt(tab: Tab, { control, from }: Candidate): Promise<Way | undefined> {
  const { role, href } = control;
  if (role !== 'link' || !href || placeOf(href) === placeOf(from.url) || !isPlain(control)) return undefined;
  const { ok, status = 0 } = await tab.goto(href);
  const view = ok && status < 400 && tab.url === href ? await tab.view() : undefined;
  return view && !isDoor(view) && stateOf(view) !== stateOf(from)
    ? { view, path: [{ do: 'goto', url: href }] }
    : undefined;
}

/** Neither asks first nor does something: what is at its address is a page, and the same for everybody. */
const isPlain = ({ href, name, scripted }: Control): boolean =>
  !scripted && !acts(name) && !/[?]|\d|[0-9a-f]{8}|\/[\w-]{20,}/.test(new URL(href).pathname + new URL(href).search);
/** An address without the part of the page that it names; a route behind the hash is no such part. */
const placeOf = (url: string): string => url.replace(/#(?!!?\/).*/, '');

const featuresOf = ({ features }: Proposed<unknown>): Features => features;

/** The page is there by a name of ours, and each time by another. */
const isNamed = (path: readonly Step[]): boolean => path.some((s) => s.do === 'fill' && s.value.includes('{alt}'));

/** A form whose first field holds a value is the settings or the record of somebody, unless it or what opened it is called a new one, or it is an editor that saves by itself at an address that a name of ours led to. */
function changesWhatExists(form: Form, view: View, path: readonly Step[]): boolean {
  const named = path.findIndex((s) => s.do === 'fill' && s.value.includes('{alt}'));
  if (named >= 0 && named === path.length - 2 && !form.buttons.length) return false;
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

const rank = { kept: 3, held: 2, phantom: 1, echo: 0 };
const better = (a: RecordFacts | undefined, b: RecordFacts | undefined): RecordFacts | undefined =>
  !a ? b : b && rank[b.kind] > rank[a.kind] ? b : a;

/** What is tried once: controls of one name that lead to addresses of one shape or stand in one view; a row stands for its like. */
function keyOf(c: Control, from: View): string {
  const name = inARow(c, from) ? shapeOf(c) : c.name.replace(/\d+/g, '#');
  // What stands in the navigation stands there on each page, and tabs stand side by side whichever is open.
  const { pathname: at, hash: part } = new URL(from.url);
  if (!c.href && c.name && !says('create', c.name) && c.region === 'nav')
    return `${c.role}|${name}||nav of ${at.split('/')[1]}${part}`;
  if (!c.href && c.role === 'tab') return `${c.role}|${name}||${at}${part}`;
  if (!c.href) return `${c.role}|${name}||${stateOf(from)}`;
  const { pathname, hash } = new URL(c.href);
  return `${c.role}|${name}|${pathname.replace(/[0-9a-f-]{8,}|\d+/g, '#')}${hash.replace(/\d+/g, '#')}|`;
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
