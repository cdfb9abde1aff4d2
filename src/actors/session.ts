import type { Authenticator } from '../model/authenticator.ts';
import type { Change, Tab, Unless, Window } from '../model/browser.ts';
import { type Codes, withCode } from '../model/code.ts';
import type { Clock, Outcome, Session, Sighting } from '../model/context.ts';
import type { Journal, Ledger } from '../model/evidence.ts';
import type { Facts, Place } from '../model/facts.ts';
import { type Mail, mailboxOf } from '../model/mail.ts';
import type { Mark, Marks } from '../model/mark.ts';
import { holds } from '../model/mark.ts';
import { inList, locate } from '../model/match.ts';
import { pageThrough } from '../model/paging.ts';
import { openPlace } from '../model/place.ts';
import type { Recipe, Step, Values } from '../model/recipe.ts';
import { saidOf } from '../model/said.ts';
import type { GivenRecipes } from '../model/target.ts';
import { carries, isAnswer, isPaced, isShut, pace } from './answers.ts';
import { lasting, looksLikeDoor, sameAddress } from './lasting.ts';
import { atHand, followed } from './staying.ts';
import { uncovering } from './uncovering.ts';

/** What sessions share: the facts learned so far grow while the survey goes on. */
export interface Memory {
  facts: Partial<Facts> & { readonly entry: string };
}

export interface Own {
  readonly memory: Memory;
  readonly marks: Marks;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly given: GivenRecipes;
  /** Where the app's mail is caught. */
  readonly mail?: Mail | undefined;
  readonly authenticator: Authenticator;
  /** Values of the account: email, password, username, name. */
  readonly account: Values;
  /** Logs in again in the same browser when the session has died. True when it worked. */
  readonly renew?: (tab: Tab) => Promise<boolean>;
}

/** Milliseconds that absence must last: the greater of 5 s and three times the delay of the honest write, at most 60 s. */
export const deadline = (facts: Partial<Facts>): number =>
  Math.min(60_000, Math.max(5000, 3 * (facts.record?.delay ?? 0)));

export function makeSession(bare: Window, who: string, own: Own, inside = true): Session {
  const { memory, marks, journal, ledger, clock } = own;
  /** Somebody is about to come in: what stands at the door is there on purpose. */
  let entering = false;
  const window = lasting(uncovering(bare, memory), own, () => entering);

  const run = async (
    tab: Tab,
    steps: readonly Step[],
    values: Values,
    options: { quick?: boolean; stayAt?: boolean; codes: Codes; unless?: Unless },
  ): Promise<{ changes: Change[]; commit: number; missing?: string }> => {
    const changes: Change[] = [];
    let commit = -1;
    for (const [i, step] of steps.entries()) {
      // Staying in the page matters for what lives in its memory: the address is opened only where the next control is not at hand.
      if (
        step.do === 'goto' &&
        options.stayAt &&
        (sameAddress(tab.url, step.url) || (await atHand(tab, steps.slice(i + 1), values['mark'])))
      )
        continue;
      if (step.do === 'goto' && options.stayAt && (await followed(tab, step.url))) continue;
      const { mark } = values;
      const known = await withCode(tab, step, values, options.codes);
      if (!known) return { changes, commit, missing: options.codes.mailbox?.lack() ?? unmailed(step) };
      const act = (): ReturnType<Tab['act']> =>
        tab.act(step, {
          values: known,
          ...(mark ? { mark } : {}),
          ...(options.quick ? { quick: true } : {}),
          ...(options.unless ? { unless: options.unless } : {}),
        });
      let change = await act();
      // The row may stand on a later page of its list.
      if (
        'missing' in change &&
        'on' in step &&
        step.on.inRow &&
        mark &&
        (await pageThrough(tab, [mark], 12)).has(mark)
      )
        change = await act();
      if ('missing' in change) return { changes, commit, missing: change.missing };
      if (entering) own.authenticator.see(change.after, values);
      if ('commits' in step && step.commits) commit = changes.length;
      changes.push(change);
    }
    return { changes, commit: commit < 0 ? changes.length - 1 : commit };
  };

  const drive = async (tab: Tab, recipe: Recipe, values: Values, stay = false): ReturnType<typeof run> => {
    const code = {
      'log-in': own.given.logIn,
      create: own.given.create,
      edit: own.given.edit,
      delete: own.given.delete,
      'sign-up': undefined,
      'add-user': undefined,
      move: undefined,
      save: undefined,
      enter: undefined,
      act: undefined,
    }[recipe.id];
    if (!code) return { changes: [], commit: -1, missing: `the config gives no recipe to ${recipe.id}` };
    const change = await tab.drive((page) => code(page, values), recipe.id, { stay });
    return 'missing' in change
      ? { changes: [], commit: -1, missing: change.missing }
      : { changes: [change], commit: 0 };
  };

  return {
    who,
    window,
    inside,
    async do(recipe: Recipe, given: Values, options = {}): Promise<Outcome> {
      const tab = options.tab ?? window.first;
      const values: Values = { ...own.account, alt: marks.next(), ...given };
      const at = clock.now();
      const { email } = values;
      const mailbox = own.mail && email ? mailboxOf(own.mail, email, at, memory.facts.entry) : undefined;
      const codes: Codes = { mailbox, authenticator: own.authenticator };
      const perform = (stayAt = options.stayAt ?? false): ReturnType<typeof run> =>
        recipe.given
          ? drive(tab, recipe, values, stayAt)
          : run(tab, recipe.steps, values, { ...options, stayAt, codes });
      const making = makes(recipe, values, options.how ?? memory.facts.record?.says ?? 'the first try of a form');
      if (making) ledger.begin(making);
      // A form that makes an account holds a password as a door does.
      entering = ['log-in', 'sign-up', 'add-user'].includes(recipe.id);
      let done = await perform().finally(() => {
        entering = false;
      });
      // A session may last as long as its page: it is not loaded again.
      if (done.missing && own.renew && (await looksLikeDoor(tab, memory.facts.door)) && (await own.renew(tab)))
        done = await perform(true);
      const isRenewed = async (): Promise<boolean> =>
        isShut(done.changes) && isApi() && ((await own.renew?.(tab)) ?? false);
      if (!done.missing && recipe.id !== 'log-in' && recipe.id !== 'sign-up' && (await isRenewed()))
        done = await perform();
      if (!done.missing && isPaced(done.changes)) {
        await clock.sleep(pace(done.changes));
        done = await perform();
      }
      // What is saved by itself comes a moment after the last key; that its saves carry the mark in so many words was seen.
      const { mark } = values;
      if (recipe.id === 'create' && !options.quick && mark && memory.facts.record?.requests.some((r) => !r.socket))
        for (let tries = 0; tries < 30 && !window.traffic(at).some((r) => carries(r, mark)); tries++)
          await clock.sleep(100);
      const first = done.changes[0];
      const last = done.changes.at(-1);
      if (done.missing || !first || !last) {
        if (making && !done.changes.length && !recipe.given) ledger.settle(making.mark, 'nothing');
        const evidence = journal.note({
          kind: 'note',
          who,
          says: `could not ${recipe.id}: ${done.missing ?? 'nothing to do'}`,
        });
        return {
          said: 'unclear',
          because: done.missing ?? 'nothing to do',
          url: tab.url,
          appeared: [],
          writes: [],
          requests: [],
          at,
          evidence,
          missing: done.missing ?? 'nothing to do',
        };
      }
      const from = done.changes.slice(done.commit);
      const whole: Change = {
        ...last,
        before: (from[0] ?? last).before,
        writes: done.changes.flatMap((c) => c.writes),
        requests: done.changes.flatMap((c) => c.requests),
        appeared: from.flatMap((c) => c.appeared),
        navigated: from.some((c) => c.navigated),
      };
      const said = saidOf(whole, values['new'] ?? values['mark'] ?? '\u0000', {
        successTexts: memory.facts.record?.successTexts ?? [],
      });
      // That a new text was taken is no word that the row carries it: whoever looks says so.
      if (making && recipe.id !== 'edit') ledger.settle(making.mark, said.said);
      return {
        ...said,
        url: tab.url,
        appeared: whole.appeared,
        writes: whole.writes,
        requests: whole.requests,
        at,
        evidence: last.evidence,
      };
    },

    async look(mark, until, options = {}): Promise<Sighting> {
      const tab = options.tab ?? window.first;
      const places = options.places ?? memory.facts.record?.places ?? [{ url: memory.facts.entry, what: 'list' }];
      const { beside = [] } = options;
      const end = clock.now() + (options.within ?? deadline(memory.facts));
      // On a page that also holds a history or a trail, only the list's own rows count; to say that it has gone, the list must show its sentinel.
      const atList = async (list: string): Promise<boolean | undefined> => {
        const view = await tab.view();
        const gone =
          until === 'gone' && options.sentinel !== undefined && inList(view, list, options.sentinel, true) === true;
        return inList(view, list, mark, gone);
      };
      let rendered = false;
      let older: Mark | undefined;
      for (let round = 0; ; round++) {
        const at: Place[] = [];
        let everywhere = true;
        let carried: string | undefined;
        let slowed = false;
        for (const place of places) {
          const since = clock.now();
          let loaded = await openPlace(tab, place);
          if (isApi() && loaded.status === 401 && (await own.renew?.(tab))) loaded = await openPlace(tab, place);
          const found = await tab.find([mark, ...(options.sentinel ? [options.sentinel] : []), ...beside]);
          older ??= beside.find((one) => found.shown.includes(one));
          const here =
            place.what === 'field'
              ? [...found.shown, ...found.inField]
              : [...found.shown, ...(place.what === 'own' ? found.inField : [])];
          let seen = here.includes(mark);
          const rows = seen && place.list ? await atList(place.list) : undefined;
          if (rows === false) seen = false;
          // What is said to have gone is looked for to the end of the list, and so is the sentinel beside it.
          const { sentinel } = options;
          const deep =
            !seen && until === 'gone' && sentinel && !here.includes(sentinel)
              ? await pageThrough(tab, [mark, sentinel])
              : undefined;
          seen ||= deep?.has(mark) ?? false;
          const signed =
            (!isApi() || isAnswer(loaded.status, place)) &&
            ((sentinel && (here.includes(sentinel) || deep?.has(sentinel))) ||
              (!deep && loaded.ok && (place.what === 'own' || (await showsSigns(tab)))));
          // A page may draw an empty list where it was told to come later.
          const throttled = window.traffic(since).some((r) => r.status === 429);
          slowed ||= throttled;
          if (!signed || throttled) everywhere = false;
          else if (!seen && rows === undefined && until === 'seen' && (round === 1 || (isApi() && clock.now() >= end)))
            seen = (await pageThrough(tab, [mark])).has(mark);
          if (seen) at.push(place);
          else if (rows === undefined)
            carried ??= window
              .traffic(since)
              .find((r) => r.kind !== 'script' && holds(r.answer, mark) && !r.socket)?.url;
          if (seen && until === 'seen') break;
        }
        rendered = everywhere;
        const late = clock.now() >= end;
        if (until === 'seen' && at.length) return sighting('yes', at, `${who} sees ${mark} at ${at[0]?.url}`, tab);
        if (until === 'seen' && late && round > 0) {
          if (!rendered) return sighting('could-not-look', [], notRendered(slowed), tab);
          if (carried)
            return sighting(
              'could-not-look',
              [],
              `an answer (${carried}) carries the mark, but the page does not show it`,
              tab,
            );
          if (older)
            return sighting(
              'could-not-look',
              [],
              `${older}, which is older, stands there and ${mark} does not: the place may show some of the records only`,
              tab,
            );
          return sighting('no', [], `${who} does not see ${mark} at ${places.map((p) => p.url).join(', ')}`, tab);
        }
        if (until === 'gone' && late && round > 0) {
          if (at.length) return sighting('yes', at, `${who} still sees ${mark} at ${at[0]?.url}`, tab);
          if (!rendered) return sighting('could-not-look', [], notRendered(slowed), tab);
          return sighting('no', [], `${mark} is gone from ${places.map((p) => p.url).join(', ')}`, tab);
        }
        const pause =
          until === 'gone' && !at.length && round > 0
            ? Math.max(300, end - clock.now())
            : Math.min(1200, 250 * (round + 1));
        await clock.sleep(Math.min(pause, Math.max(50, end - clock.now())));
      }
    },
    close: () => window.close(),
  };

  function isApi(): boolean {
    return memory.facts.kind === 'api';
  }

  async function sighting(seen: Sighting['seen'], at: readonly Place[], because: string, tab: Tab): Promise<Sighting> {
    return { seen, at, because, evidence: await tab.screen(because) };
  }

  /** Do at least half of the controls that a live session has at this place stand there? */
  async function showsSigns(tab: Tab): Promise<boolean> {
    if (tab.browserError) return false;
    const signs = memory.facts.record?.signs ?? [];
    const view = await tab.view();
    if (!signs.length) return view.text.trim().length > 0;
    return signs.filter((sign) => locate(view, sign)).length * 2 >= signs.length;
  }
}

/** What doing this puts into the app, if anything. */
function makes(recipe: Recipe, values: Values, how: string): Parameters<Ledger['begin']>[0] | undefined {
  const { mark, new: fresh, email, username } = values;
  if (recipe.id === 'create' && mark) return { what: 'record', mark, how };
  if (recipe.id === 'edit' && fresh) return { what: 'record', mark: fresh, how: `edited from ${mark}` };
  if (recipe.id === 'add-user') return { what: 'account', mark: email ?? '', how: 'made by A' };
  if (recipe.id === 'sign-up') return { what: 'account', mark: email ?? username ?? '', how: 'sign-up' };
  return undefined;
}

const notRendered = (slowed: boolean): string =>
  slowed
    ? 'the app answered 429 (too many requests), so the place was not rendered'
    : 'the place was not rendered as it is for a live session';

const unmailed = (step: Step): string =>
  step.do === 'goto' ? 'its link comes by mail, which is not caught' : 'no code is shown';
