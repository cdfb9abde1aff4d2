import type { Dialog, ElementHandle, Page, Response } from 'playwright-core';
import { within } from '../../lib/patience.ts';
import { asJson } from '../../model/answer.ts';
import { secretsOn } from '../../model/authenticator.ts';
import type { Change, Control, Found, Tab, View } from '../../model/browser.ts';
import type { Journal } from '../../model/evidence.ts';
import { postOf, statusOf } from '../../model/graphql.ts';
import { type Mark, whichIn } from '../../model/mark.ts';
import { locate } from '../../model/match.ts';
import { type Step, substitute, type Values } from '../../model/recipe.ts';
import { usesOf } from '../../model/walk.ts';
import type { Relay } from '../relay/relay.ts';
import { askingByPost } from './by-post.ts';
import { fetchInPage, hiddenIn, scrollOn } from './injected/hands.injected.ts';
import { perceive } from './injected/perceive.injected.ts';
import { texts } from './injected/texts.injected.ts';
import { perform, sayStep } from './perform.ts';
import { pictureOf } from './picture.ts';
import { seek } from './seek.ts';
import { send } from './send.ts';
import { couldWrite, credentialsFor, sentSince } from './sent.ts';
import { followRequests, restAfterSilence, settle, usableIn } from './settle.ts';
import { staying } from './staying.ts';

export interface OwnTab extends Tab {
  /** The page tried to open a window at this address. */
  popup(url: string): void;
}

/** A page that does not answer a script in this time hangs; what asked is told so by TooLong. */
const answerWithin = 8000;
/** Mouse and keys wait for the page to take them, and Playwright sets that no end. */
const actWithin = 9000;
/** A given recipe has as long as a person would wait for it. */
const driveWithin = 30_000;

/** `name` says which page of which browser it is, in the journal; `ours` whose rows its pictures show: without it, everybody's. */
export function openTab(
  page: Page,
  own: { label: string; name: string; relay: Relay; journal: Journal; ours?: ((text: string) => boolean) | undefined },
): OwnTab {
  const { label, name, relay, journal, ours } = own;
  let dialogs: { type: string; message: string }[] = [];
  let answer: { accept: boolean; text?: string } = { accept: false };
  let popped: string | undefined;
  let driving = false;
  let failed = false;
  /** What stands there is no page but an API's word that there is nothing: a name in it is no sight of what bears it. */
  let refusal = false;
  /** A secret of an authenticator stands there, likely drawn as a picture of squares, too. */
  let secretive = false;
  followRequests(page);
  const byPost = askingByPost(page);
  page.on('dialog', (dialog: Dialog) => {
    if (dialogs.length < 20) dialogs.push({ type: dialog.type(), message: dialog.message().slice(0, 300) });
    // A recipe of the config that answers by itself is not answered for.
    if (driving && (page as unknown as NodeJS.EventEmitter).listenerCount('dialog') > 1) return;
    const accept = driving || dialog.type() === 'alert' || dialog.type() === 'beforeunload' || answer.accept;
    // Each answer serves once, so that an endless row of prompts is not fed.
    const text = answer.text;
    void (accept ? dialog.accept(text) : dialog.dismiss()).catch(() => undefined);
  });
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) failed = frame.url().startsWith('chrome-error:');
  });

  const ask = <T>(what: string, promise: Promise<T>): Promise<T> => within(answerWithin, what, promise);
  const perceived = async (): Promise<View> => {
    const seen = JSON.parse(await ask('the page', page.evaluate(perceive, 200_000))) as View;
    const secrets = secretsOn(seen);
    secretive = secrets.length > 0;
    for (const secret of secrets) journal.hide(secret);
    return seen;
  };
  const view = (): Promise<View> =>
    perceived().catch((error: Error) => {
      // A navigation under our feet: the new page is asked once more.
      if (!/context was destroyed|navigat/i.test(error.message)) throw error;
      return settle(page, relay, Date.now(), 2500).then(perceived);
    });
  // A document that trickles on is looked at as it stands; one that did so once is waited for less.
  let loadWithin = 6000;
  const parsed = async (): Promise<void> => {
    await page.waitForLoadState('domcontentloaded', { timeout: loadWithin }).catch(() => {
      loadWithin = 1500;
    });
  };
  const go = async (act: () => Promise<Response | null>): Promise<{ ok: boolean; status?: number; error?: string }> => {
    const since = Date.now();
    try {
      const response = await act();
      // A query that is refused is answered with 200 all the same.
      const answer = response && postOf(page.url()) ? await response.text().catch(() => '') : '';
      const status = response ? statusOf(response.status(), answer) : undefined;
      refusal = (status ?? 0) >= 400 && !/html/.test(response?.headers()['content-type'] ?? 'application/json');
      await parsed();
      await settle(page, relay, since, 4000);
      for (const end = Date.now() + 2500; (await view()).busy && Date.now() < end; )
        await settle(page, relay, Date.now(), 300);
      return { ok: !failed, ...(status === undefined ? {} : { status }) };
    } catch (error) {
      const message = (error as Error).message.split('\n')[0] ?? '';
      if (/Timeout/.test(message)) {
        await settle(page, relay, since, 500).catch(() => undefined);
        return { ok: true, error: 'the page went on loading' };
      }
      return { ok: false, error: message.slice(0, 200) };
    }
  };

  const load = (url: string): ReturnType<typeof go> =>
    go(async () => {
      await byPost(url);
      // Another fragment of the same address is no load: the page would go on with what it holds in memory.
      const withinPage = url.includes('#') && url.split('#')[0] === page.url().split('#')[0];
      const answered = await page.goto(url, { waitUntil: 'commit', timeout: 12_000 });
      return withinPage ? page.reload({ waitUntil: 'commit', timeout: 12_000 }) : answered;
    });

  const bear = async (token?: string): Promise<void> => {
    if (token) journal.hide(token);
    await page.context().setExtraHTTPHeaders({ ...asJson, ...(token ? { authorization: `Bearer ${token}` } : {}) });
  };

  const tab: OwnTab = {
    get url() {
      return page.url();
    },
    get browserError() {
      return failed;
    },
    popup(url) {
      if (url && url !== 'about:blank') popped = url;
    },
    async goto(url) {
      const loaded = await load(url);
      journal.note({
        kind: 'load',
        who: label,
        says: `opened ${page.url()}`,
        data: { page: name, step: { do: 'goto', url } satisfies Step, uses: {}, url: page.url() },
      });
      return loaded;
    },
    reload: async () => void (await go(() => page.reload({ waitUntil: 'commit', timeout: 12_000 }))),
    back: async () => void (await go(() => page.goBack({ waitUntil: 'commit', timeout: 6000 }))),
    view,
    async act(step, options = {}) {
      const since = Date.now();
      if (step.do === 'goto') {
        const before = await view();
        await load(substitute(step.url, options.values ?? {}));
        return change(before, await view(), since, { step, values: options.values });
      }
      if (step.do === 'send') {
        const before = await view();
        const missing = await send(tab, step, options, bear);
        return missing ? { missing } : change(before, await view(), since, { step, ...options });
      }
      refusal = false;
      let before = await view();
      let control: Control | undefined;
      ({ view: before, control } = await seek(before, step.on, options, {
        view,
        rest: () => settle(page, relay, Date.now(), 250).then(() => page.waitForTimeout(150)),
        scroll: (each) => tab.scrollThrough(each),
      }));
      if (!control)
        return {
          missing: `no control like ${step.on.role} “${step.on.name || step.on.placeholder || step.on.attr || step.on.css}” on ${before.url}`,
        };
      const against = options.unless?.(step, control, before);
      if (against !== undefined) return { missing: against };
      dialogs = [];
      popped = undefined;
      answer = 'dialog' in step && step.dialog ? step.dialog : { accept: false };
      if (answer.text !== undefined)
        answer = { accept: answer.accept, text: substitute(answer.text, options.values ?? {}) };
      const appearedBefore = await ask(
        'the page',
        page.evaluate(() => (window as never as Watched).__plummetWatch?.appeared.length ?? 0),
      ).catch(() => 0);
      const handle = await elementOf(control.ref);
      if (!handle) return { missing: `${control.role} “${control.name}” went away` };
      const hand = (on: ElementHandle<Element>, c: Control): Promise<string | undefined> =>
        within(actWithin, `${c.role} “${c.name.slice(0, 40)}”`, perform(page, on, step, c, options.values ?? {})).catch(
          (error: Error) => error.message,
        );
      let problem = await hand(handle, control);
      for (let tries = 0; problem && drawnAnew.test(problem) && step.do !== 'drag' && tries < 2; tries++) {
        // The page drew itself anew between our look and our hand (live updates do): the same control is taken again.
        await settle(page, relay, Date.now(), 300);
        before = await view();
        const next = locate(before, step.on, options.mark);
        const again = next && (await elementOf(next.ref));
        if (!next || !again || options.unless?.(step, next, before) !== undefined) break;
        control = next;
        problem = await hand(again, next);
      }
      if (problem) return { missing: problem };
      // A typed value needs no rest; what it brings about is waited for at the act that follows.
      const how = { step, control, values: options.values, mark: options.mark };
      if (step.do === 'fill') return change(before, before, since, how);
      await settle(page, relay, since, options.quick ? 900 : 2000);
      if ('commits' in step && step.commits && !options.quick && !sentSince(relay, since).length)
        await restAfterSilence(page);
      if (popped && new URL(popped, page.url()).origin === new URL(before.url).origin) await load(popped);
      let after = await view();
      if (step.do === 'click' && !options.quick && usableIn(before) === usableIn(after)) {
        // A menu may open by a timer or fade in, which is no change of the document.
        await page.waitForTimeout(300);
        after = await view();
      }
      // What answers inside the page (a service worker, a timer) is seen by no relay: the page's own word for being busy is waited for.
      for (const end = Date.now() + 3000; after.busy && Date.now() < end; after = await view())
        await settle(page, relay, Date.now(), 300);
      const appeared = await ask(
        'the page',
        page.evaluate((from) => {
          const all = (window as never as Watched).__plummetWatch?.appeared ?? [];
          return all.length >= from ? all.slice(from) : all;
        }, appearedBefore),
      ).catch(() => []);
      return change(before, after, since, { ...how, dialogs, appeared });
    },
    async drive(code, says, options = {}) {
      const since = Date.now();
      const before = await view();
      dialogs = [];
      driving = true;
      try {
        await within(driveWithin, 'the page', code(options.stay ? staying(page) : page));
      } catch (error) {
        return {
          missing: `the given recipe (${says}) ended with: ${(error as Error).message.split('\n')[0]?.slice(0, 200)}`,
        };
      } finally {
        driving = false;
      }
      await settle(page, relay, since, 2000);
      return change(before, await view(), since, { dialogs });
    },
    async find(marks) {
      if (refusal) return { shown: [], inField: [], live: [] };
      const found = await ask('the page', page.evaluate(texts)).catch(() => ({ shown: '', fields: '', live: '' }));
      return {
        shown: whichIn(found.shown, marks),
        inField: whichIn(found.fields, marks),
        live: whichIn(found.live, marks),
      } satisfies Found;
    },
    async scrollThrough(each) {
      for (let i = 0; i < 80; i++) {
        if (await each()) return;
        const moved = await ask('the page', page.evaluate(scrollOn)).catch(() => false);
        if (!moved) return;
        await settle(page, relay, Date.now() - 5, 600);
      }
    },
    fetch: async (request) => {
      await byPost(request.url);
      const answer = await ask(
        'a request from the page',
        page.evaluate(fetchInPage, { ...request, credentials: credentialsFor(relay, request.url) }),
      ).catch(({ message }: Error) => ({ status: 0, body: '', headers: {}, error: message.slice(0, 200) }));
      return postOf(request.url) ? { ...answer, status: statusOf(answer.status, answer.body) } : answer;
    },
    hiddenFields: (url) => ask('a request from the page', page.evaluate(hiddenIn, url)).catch(() => ({})),
    async hover(control) {
      await (await elementOf(control.ref))?.hover({ timeout: 800, force: true }).catch(() => undefined);
    },
    async screen(says) {
      const bytes = secretive ? undefined : await pictureOf(page, ours);
      return journal.note({
        kind: 'screen',
        who: label,
        says,
        data: { url: page.url(), ...(ours ? { painted: true } : {}) },
        ...(bytes ? { blob: { bytes, type: 'png' } } : {}),
      });
    },
    async close() {
      await within(3000, 'closing the page', page.close()).catch(() => undefined);
    },
  };
  return tab;

  async function elementOf(ref: number): Promise<ElementHandle<Element> | undefined> {
    const handle = await ask(
      'the page',
      page.evaluateHandle((i) => (window as never as Watched).__plummet?.refs[i] ?? null, ref),
    ).catch(() => undefined);
    const element = (handle?.asElement() as ElementHandle<Element> | null) ?? undefined;
    // What stands in a frame is taken hold of from within it: its place on the screen is the frame's to tell.
    const frame = page.frames().length > 1 ? await element?.ownerFrame().catch(() => null) : undefined;
    return frame && frame !== page.mainFrame() && element
      ? ((await frame.evaluateHandle((el) => el, element)) as ElementHandle<Element>)
      : element;
  }

  function change(
    before: View,
    after: View,
    since: number,
    how: {
      step?: Step;
      control?: Control;
      values?: Values | undefined;
      mark?: Mark | undefined;
      dialogs?: { type: string; message: string }[];
      appeared?: string[];
    },
  ): Change {
    const { step, control, values = {}, mark, dialogs: seen = [], appeared = [] } = how;
    const requests = sentSince(relay, since);
    const writes = requests.filter(couldWrite);
    const evidence = journal.note({
      kind: 'act',
      who: label,
      says: step && step.do !== 'goto' ? sayStep(step, control) : `opened ${after.url}`,
      data: {
        page: name,
        ...(step ? { step, uses: usesOf(step, values, mark) } : {}),
        url: after.url,
        writes: writes.slice(0, 6).map((w) => ({
          method: w.method,
          url: w.url,
          status: w.status,
          body: w.body.slice(0, 600),
          answer: w.answer.slice(0, 600),
          ...(w.error ? { error: w.error } : {}),
        })),
        ...(seen.length ? { dialogs: seen } : {}),
        ...(appeared.length ? { appeared: appeared.slice(0, 8) } : {}),
      },
    });
    return { before, after, writes, requests, dialogs: seen, appeared, navigated: before.url !== after.url, evidence };
  }
}

interface Watched {
  __plummet?: { refs: Element[] };
  __plummetWatch?: { appeared: string[]; changed: number };
}

const drawnAnew = /not attached|detached|went away/i;

export type { Mark, Values };
