/**
 * Writes without words: a basket that is filled, a like, a vote, a seat that is booked, a box that is ticked. Nobody can write a mark there; the
 * trace is a number, a state or a row. It is learned by doing it twice and comparing loads before, between and after, so that clocks, random
 * numbers and counters of visits drop out. Looked for only where no record can be written.
 */
import type { Change, Tab, View } from '../../model/browser.ts';
import type { Session } from '../../model/context.ts';
import type { WordlessFacts } from '../../model/facts.ts';
import { openPlace } from '../../model/place.ts';
import type { Act, Step } from '../../model/recipe.ts';
import { isTelemetry, wasRefused } from '../../model/said.ts';
import { changed, isSamePage, lookTwice, type Reading, readingOf, tell } from '../../model/trace.ts';
import { isDoor } from '../classify.ts';
import type { SurveyContext } from '../context.ts';
import { peel } from '../peel.ts';
import { says } from '../words.ts';
import {
  actOn,
  again,
  type Candidate,
  candidatesIn,
  mayBePressed,
  nameOf,
  type Page,
  pagesFrom,
} from './candidates.ts';

const most = { tries: 5, milliseconds: 15_000 };

export async function findWordless(
  context: SurveyContext,
  session: Session,
  start: View,
): Promise<WordlessFacts | undefined> {
  const tab = session.window.first;
  const end = context.clock.now() + Math.min(most.milliseconds, context.left() * 0.8);
  const over = (): boolean => context.clock.now() > end;
  context.progress('looking for what can be written without words: baskets, likes, votes, boxes');
  const seen = new Set<string>();
  let held: WordlessFacts | undefined;
  for (const page of pagesFrom(start)) {
    if (over() || !(await openPlace(tab, page)).ok) continue;
    const candidates = candidatesIn(await peel(tab, context), page).filter(
      (c) => isAllowed(context, c) && !seen.has(nameOf(c.control)),
    );
    if (!candidates.length) continue;
    const before = await lookTwice(tab, page);
    for (const candidate of before ? candidates : []) {
      if (over() || seen.size >= most.tries) return held;
      seen.add(nameOf(candidate.control));
      const trial = new Trial(context, tab, candidate, before as Reading);
      const found = await trial.run();
      if (!found) trial.forget();
      if (found?.kind === 'kept') return found;
      held ??= found;
    }
  }
  return held;
}

/** In an account that is not ours, only a basket: seats, votes and boxes are somebody's. */
function isAllowed(context: SurveyContext, { worded }: Candidate): boolean {
  const { door } = context.memory.facts;
  const ours = door === undefined || door.kind === 'none' || door.kind === 'name' || door.account === 'signed-up';
  return ours || worded === 'take';
}

/** One candidate: what it does, and whether loads show it. */
class Trial {
  readonly #context: SurveyContext;
  readonly #tab: Tab;
  readonly #candidate: Candidate;
  readonly #before: Reading;
  readonly #what: string;
  #times = 0;
  #sent = false;

  constructor(context: SurveyContext, tab: Tab, candidate: Candidate, before: Reading) {
    this.#context = context;
    this.#tab = tab;
    this.#candidate = candidate;
    this.#before = before;
    const { control, view } = candidate;
    this.#what = `${control.name ? `“${control.name.slice(0, 40)}”` : `a ${control.role} without a name`} on ${new URL(view.url).pathname}`;
  }

  async run(): Promise<WordlessFacts | undefined> {
    const { control, view, page, worded } = this.#candidate;
    const keeper = worded && worded !== 'done' ? keeperOf(view) : undefined;
    const kept = keeper && (await lookTwice(this.#tab, keeper));
    const act = actOn(control, view);
    const first = await this.#do(act);
    if (!first) return undefined;
    const sent = first.writes.some((w) => !isTelemetry(w) && !wasRefused(w));
    if (!worded && !sent) return this.#none('it sent nothing, so it may be how the page is shown');
    let changes = false;
    for (const [place, before] of [
      [page, this.#before] as const,
      ...(keeper && kept ? [[keeper, kept] as const] : []),
    ]) {
      const between = await lookTwice(this.#tab, place);
      const keys = between && isSamePage(before, between) ? changed(before, between) : [];
      const found = between && keys.length ? await this.#secondly(act, { place, before, between, keys }) : undefined;
      if (found) return found;
      changes ||= keys.length > 0;
    }
    return changes ? this.#none('changed the page once and not again') : this.#inPage(act, first, sent);
  }

  /** Done again, or undone: the same must change once more. */
  async #secondly(
    act: Act,
    { place, before, between, keys }: { place: Page; before: Reading; between: Reading; keys: readonly string[] },
  ): Promise<WordlessFacts | undefined> {
    const { control, view, page } = this.#candidate;
    await openPlace(this.#tab, page);
    const now = await this.#tab.view();
    const same = again(control, view, now);
    const back = same && actOn(same, now, control);
    // Where it can be used once only, another of its kind is used.
    const other = now.controls.find((c) => c.css !== control.css && nameOf(c) === nameOf(control) && mayBePressed(c));
    const next = act.do === 'click' && other ? actOn(other, now) : undefined;
    for (const step of [back, next]) {
      if (!step || !(await this.#do(step))) continue;
      const after = await lookTwice(this.#tab, place);
      const both =
        after && isSamePage(before, after) ? changed(between, after).filter((key) => keys.includes(key)) : [];
      if (!after || !both.length) continue;
      const undone = step === back && both.every((key) => after.get(key) === before.get(key));
      if (undone) for (let time = 1; time <= this.#times; time++) this.#context.ledger.removed(this.#mark(time));
      return this.#fact({
        kind: 'kept',
        act:
          step === next && act.do === 'click'
            ? { ...act, on: { role: control.role, tag: control.tag, name: act.on.name } }
            : act,
        ...(undone ? { undo: step } : {}),
        place,
        keys: both,
        shows: tell(both, before, between),
      });
    }
    return undefined;
  }

  /**
   * Done twice in one page: it says so both times, and a load forgets it. Said only of what is taken, liked, booked or done by its name, or
   * was taken by a server; and only where a number goes on or its own state turns: texts come and go, and lists are filtered.
   */
  async #inPage(act: Act, { navigated, before, after }: Change, sent: boolean): Promise<WordlessFacts | undefined> {
    const { control, page, worded } = this.#candidate;
    const shown = changed(readingOf(before), readingOf(after));
    if (navigated || !shown.length) return this.#none('two loads afterwards are as before');
    const hidden = [...readingOf(before).keys()].filter((key) => !readingOf(after).has(key));
    if (hidden.length > 3) return this.#none('it hides much of the page, so it may be how the page is shown');
    const first = await this.#do(act);
    if (!first) return undefined;
    const same = again(control, first.before, first.after);
    const step = same && actOn(same, first.after, control);
    if (!step) return this.#none('could be used once only, and no load shows it');
    // A toast has its time to go.
    await this.#context.clock.sleep(4000);
    const [was, then] = [readingOf(first.before), readingOf(await this.#tab.view())];
    const second = await this.#act(step);
    if (!second || second.navigated) return undefined;
    await this.#context.clock.sleep(4000);
    const last = readingOf(await this.#tab.view());
    const state = same.type === 'checkbox' || same.pressable || same.tag === 'select' || same.role === 'switch';
    const keys = changed(was, then).filter(
      (key) =>
        then.get(key) !== last.get(key) &&
        ((key.includes('#') && isNumber(was, then, key)) || (state && worded === 'done')),
    );
    const gone = keys.length ? await lookTwice(this.#tab, page) : undefined;
    if (!gone || keys.some((key) => gone.get(key) !== this.#before.get(key)))
      return this.#none('two loads afterwards are as before');
    if (!sent) for (let time = 1; time <= this.#times; time++) this.#context.ledger.removed(this.#mark(time));
    const undone = keys.every((key) => last.get(key) === was.get(key));
    return this.#fact({
      kind: 'held',
      act,
      trace: undone ? 'state' : 'count',
      place: page,
      keys,
      shows: tell(keys, was, then),
    });
  }

  async #fact(found: {
    kind: WordlessFacts['kind'];
    act: Act;
    undo?: Act;
    trace?: WordlessFacts['trace'];
    place: Page;
    keys: readonly string[];
    shows: string;
  }): Promise<WordlessFacts> {
    const { page } = this.#candidate;
    const steps: Step[] = [{ do: 'goto', url: page.url }, ...(page.way ?? [])];
    return {
      kind: found.kind,
      act: { id: 'act', steps: [...steps, found.act] },
      ...(found.undo ? { undo: { id: 'act', steps: [...steps, found.undo] } } : {}),
      says: this.#what,
      trace: found.trace ?? (found.undo ? 'state' : 'count'),
      place: { ...found.place, what: 'list' },
      keys: found.keys,
      shows: found.shows,
      evidence: [await this.#tab.screen(`${this.#what} was done twice: ${found.shows}`)],
    };
  }

  /** Opens the page of the control and does it there. */
  async #do(step: Act): Promise<Change | undefined> {
    await openPlace(this.#tab, this.#candidate.page);
    return this.#act(step);
  }

  /** In the ledger from before it is done. Undefined where it was not taken, or asks for more. */
  async #act(step: Act): Promise<Change | undefined> {
    const { ledger } = this.#context;
    const mark = this.#mark(++this.#times);
    ledger.begin({ what: 'act', mark, how: 'a write without words' });
    const done = await this.#tab.act(step);
    const stop = 'missing' in done ? done.missing : whyNot(done, this.#candidate.view);
    if (!('missing' in done))
      this.#sent ||= done.writes.some((w) => !isTelemetry(w) && !wasRefused(w)) || done.navigated;
    ledger.settle(mark, stop === undefined ? 'ok' : 'nothing');
    if (stop === undefined) return done as Change;
    return this.#none(stop);
  }

  /** What sent nothing, and no load showed, was nothing. */
  forget(): void {
    if (this.#sent) return;
    for (let time = 1; time <= this.#times; time++) this.#context.ledger.settle(this.#mark(time), 'nothing');
  }

  #mark(time: number): string {
    return `${this.#what}, time ${time} of the survey`;
  }

  #none(because: string): undefined {
    this.#context.tried(`${this.#what}: ${because}`);
  }
}

/** One number of the line went up or down by little. */
function isNumber(was: Reading, then: Reading, key: string): boolean {
  const [a, b] = [was.get(key), then.get(key)].map((value) => (value ?? '').split(/[ |]/).map(Number));
  return a !== undefined && b !== undefined && a.length === b.length && a.some((n, i) => n !== b[i]);
}

/** It asks for something first, or was refused: nothing is learned of it here. */
function whyNot({ after, before, dialogs, writes }: Change, view: View): string | undefined {
  if (dialogs.some((d) => d.type !== 'alert')) return 'it asks first, by a dialog of the browser';
  if (isDoor(after) && !isDoor(view)) return 'it asks who one is';
  if (after.modal && !before.modal) return 'it opens a layer';
  const refused = writes.find((w) => !isTelemetry(w) && wasRefused(w));
  return refused ? `refused with ${refused.status}` : undefined;
}

/** Where the navigation keeps what was taken, if anything is called so. */
function keeperOf(view: View): Page | undefined {
  const link = view.controls.find(
    (c) =>
      c.href.startsWith(new URL(view.url).origin) &&
      c.href !== view.url &&
      c.region !== 'footer' &&
      c.region !== 'main' &&
      says('keeping', `${c.name} ${new URL(c.href).pathname.replace(/[/_-]/g, ' ')}`),
  );
  return link && { url: link.href };
}
