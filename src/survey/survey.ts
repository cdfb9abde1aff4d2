import { asJson } from '../model/answer.ts';
import type { Sent, View, Window } from '../model/browser.ts';
import type { Session } from '../model/context.ts';
import type { DoorFacts, Facts, RecordFacts } from '../model/facts.ts';
import { hostedIn } from '../model/hosted.ts';
import type { Step, Values } from '../model/recipe.ts';
import { learnAltering } from './alter.ts';
import { described, surveyApi } from './api/survey.ts';
import { type Form, forms, isDoor } from './classify.ts';
import type { SurveyContext } from './context.ts';
import { developmentServer } from './development.ts';
import { nameDoor, openDoor } from './door.ts';
import { findWrite } from './explore.ts';
import { givenAltering, givenDoor, givenWrite } from './given.ts';
import { peel } from './peel.ts';
import { enterByCode } from './published.ts';
import { altersAgain, goByRemembered } from './remembered.ts';
import { learnSettings } from './settings.ts';
import { pagesOf, toldBy } from './told.ts';
import { findWordless } from './wordless/learn.ts';
import { says } from './words.ts';

/**
 * Learns the facts: what the app is, the door, how a record is written and where it lives, how it is edited, moved and deleted.
 * Grows `context.memory.facts` on the way and gives the whole at the end. A's session is adopted by the actors.
 */
export async function survey(context: Omit<SurveyContext, 'tries'>): Promise<Facts> {
  const { memory, journal } = context;
  const tried: string[] = [];
  const own: SurveyContext = {
    ...context,
    tries: { done: new Set(), locked: false },
    tried: (text) => {
      if (tried.includes(text)) return;
      tried.push(text);
      journal.note({ kind: 'note', who: 'survey', says: text });
    },
  };
  const learn = (more: Partial<Facts>): void => {
    memory.facts = { ...memory.facts, ...more };
  };
  context.progress('opening the page');
  const began = context.clock.now();
  let window = await context.windows.open({
    label: 'A',
    ...(context.headers ? { headers: context.headers } : {}),
    ...(context.storage ? { storage: context.storage } : {}),
  });
  let tab = window.first;
  const loaded = await tab.goto(context.url);
  const evidence = await tab.screen(`the page as it opens: ${context.url}`);
  const closed: DoorFacts = { kind: 'none', says: 'not looked for', evidence: [] };
  const base: Facts = {
    version: 1,
    kind: 'pages',
    entry: context.url,
    title: '',
    door: closed,
    absent: [],
    told: {},
    pages: [],
    tried,
    evidence: [evidence],
  };
  const finish = (more: Partial<Facts>): Facts => {
    const traffic = window.traffic(began);
    const keptBack = refusedHosts(traffic);
    const hosted = hostedIn(traffic);
    return {
      ...base,
      ...memory.facts,
      ...(keptBack.length ? { keptBack } : {}),
      ...(hosted ? { hosted } : {}),
      ...more,
      tried: [...tried],
    };
  };
  const adopt = (session: Session, account: Values): void => context.actors.adopt(session, account);
  let session = context.actors.wrap(window, 'A');
  adopt(session, {});
  if (!loaded.ok) {
    tried.push(`the page did not open: ${loaded.error}`);
    return finish({ kind: 'dead' });
  }
  let view = await peel(tab, own);
  const development = developmentServer(window.traffic(began));
  learn({ ...base, title: view.title, ...(development ? { development } : {}), ...toldBy(view) });
  // A greeting that speaks of an API is one's front page only where the API describes itself.
  const client = !isHtml(view) || isAboutAnApi(view) ? await clientOf(own) : undefined;
  const offered = client && (await described(own, context.actors.wrap(client, 'A')));
  const api = !isHtml(view) || offered !== undefined;
  if (!context.writes) {
    tried.push('writing was not permitted (--permit reads)');
    return finish(api ? { kind: 'api' } : {});
  }
  if (client && api) {
    learn({ kind: 'api' });
    await window.close();
    session = context.actors.wrap(client, 'A');
    adopt(session, {});
    const { account: mine, ...known } = await surveyApi(own, session, { ...closed, evidence: [evidence] }, offered);
    learn(known);
    adopt(context.actors.wrap(client, 'A', mine), mine);
    // An error where nothing describes an API shows neither that there are no pages nor what there is.
    if (!offered && (loaded.status ?? 200) >= 400) {
      tried.push(`the address answered ${loaded.status}`);
      return finish({ kind: 'dead' });
    }
    return finish({ kind: 'api' });
  }
  await client?.close();

  // A form that writes is open to nobody? Many demos have no door.
  let record: RecordFacts | undefined;
  let door: DoorFacts = { kind: 'none', says: 'no form asks who one is', evidence: [evidence] };
  /** A door that nobody can open here, in an app that may be open without it. */
  let beyond: DoorFacts | undefined;
  let account: Values = {};
  let inside = true;
  /** Where the door led to, and where one starts inside. */
  let landed: string | undefined;
  let home = context.url;
  const named = forms(view).find((f) => f.purpose === 'name-door' && !context.login);
  const again = await goByRemembered(own, session, () => open(view));
  if (own.remembered && !again) view = await peel(tab, own);
  if (again) {
    ({ door, account, record, session } = again);
    if (again.apart) {
      await window.close();
      window = session.window;
      tab = window.first;
    }
  } else if (context.headers || context.storage || context.login || context.given['log-in'])
    ({ door, account, in: inside } = await open(view));
  else if (named && forms(view).every((f) => f.purpose !== 'record')) {
    const entered = await nameDoor(own, session, view, named);
    if (entered) ({ door, account } = entered);
  } else if (!isDoor(view))
    record = await write(view, { hops: 1, milliseconds: context.short ? 9000 : 14_000, atDoor });
  if (record?.kind !== 'kept') {
    if (door.kind === 'none') {
      if (tab.url !== context.url) {
        await tab.goto(context.url);
        view = await peel(tab, own);
      }
      const opened = await open(view);
      if (opened.in && opened.door.kind !== 'none') {
        ({ door, account } = opened);
        inside = true;
      } else if (!opened.in) {
        inside = false;
        door = opened.door;
      } else if (opened.door.wants) beyond = opened.door;
    }
    if (inside) {
      if (door.kind !== 'none') landed = tab.url;
      session = context.actors.wrap(window, 'A', account);
      adopt(session, account);
      learn({ door });
      if (door.kind !== 'none' && tab.url === context.url) view = await tab.view();
      else if (door.kind === 'none') {
        await tab.goto(context.url);
      }
      view = await peel(tab, own);
      learn(toldBy(view, memory.facts.told));
      const found = await write(view, {
        hops: 3,
        milliseconds: context.left() * 0.8,
        ...(door.kind === 'none' ? { atDoor } : {}),
      });
      if (found && (!record || rank(found) > rank(record))) record = found;
      // A door may lead to a room beside: a greeting, a code that can wait.
      if (record?.kind !== 'kept' && door.kind !== 'none' && view.url !== context.url && context.left() > 4000) {
        await tab.goto(context.url);
        const home = await peel(tab, own);
        const there = isDoor(home) ? undefined : await write(home, { hops: 3, milliseconds: context.left() * 0.8 });
        if (there && (!record || rank(there) > rank(record))) record = there;
      }
    }
  }
  if (!record && beyond) {
    door = { ...beyond, kind: 'closed' };
    inside = false;
  }
  learn({ door, ...(record ? { record } : {}) });
  adopt(context.actors.wrap(window, 'A', account), account);
  if (inside && (!record || record.kind === 'echo')) {
    context.goOn();
    // Some apps show their door to whoever is inside: then one starts where the log-in led to.
    await tab.goto(context.url);
    let there = await peel(tab, own);
    if (isDoor(there) && landed !== undefined && landed !== tab.url) {
      await tab.goto(landed);
      there = await peel(tab, own);
    }
    home = tab.url;
    const wordless = await findWordless(own, context.actors.A, there);
    if (wordless) learn({ wordless });
  }
  // A profile serves where there is nothing better.
  const better = (record && record.kind !== 'echo') || memory.facts.wordless !== undefined;
  if (!(record || inside) || (context.short && (better || !inside)))
    return finish({ door, ...(record ? { record } : {}) });
  learn({ pages: pagesOf(await tab.view()) });
  const found = record?.kind === 'kept' ? await alteringOf(record) : undefined;
  const settings = await learnSettings(own, context.actors.A, account, home);
  return finish({
    door,
    ...(record ? { record } : {}),
    ...(found?.edit ? { edit: found.edit } : {}),
    ...(found?.move ? { move: found.move } : {}),
    ...(found?.remove ? { delete: found.remove } : {}),
    ...(settings.saved ? { saved: settings.saved } : {}),
    absent: [...(found?.absent ?? []), ...(record && settings.absent ? (['settings'] as const) : [])],
  });

  async function alteringOf(kept: RecordFacts): ReturnType<typeof learnAltering> {
    const { A } = context.actors;
    const known = own.remembered ? await altersAgain(own, A, kept, own.remembered) : {};
    return learnAltering(own, A, kept, { ...known, ...(await givenAltering(own, A, kept)) });
  }
  async function atDoor(at: View, form: Form, path: readonly Step[]): Promise<boolean> {
    const entered =
      form.purpose !== 'name-door'
        ? await enterByCode(own, session, { view: at, form, path: [...path] })
        : await nameDoor(own, session, at, form, path);
    if (!entered) return false;
    ({ door, account } = entered);
    session = context.actors.wrap(window, 'A', account);
    return true;
  }
  /** By the recipe given; searched for only where there is none. */
  function write(from: View, search: Parameters<typeof findWrite>[3]): Promise<RecordFacts | undefined> {
    const recipe = context.given.create;
    return recipe ? givenWrite(own, session, recipe) : findWrite(own, session, from, search);
  }
  function open(from: View): ReturnType<typeof openDoor> {
    const recipe = context.given['log-in'];
    if (recipe && !context.headers && !context.storage) return givenDoor(own, session, recipe);
    context.progress('looking for the door');
    return openDoor(own, session, from);
  }
}

/** A browser that asks for JSON, at the address. */
async function clientOf({ windows, headers, storage, url }: SurveyContext): Promise<Window> {
  const client = await windows.open({
    label: 'A',
    api: true,
    headers: { ...asJson, ...headers },
    ...(storage ? { storage } : {}),
  });
  await client.first.goto(url);
  return client;
}

const rank = (r: RecordFacts): number => ({ kept: 3, held: 2, phantom: 1, echo: 0 })[r.kind];

/** Hosts to which a write was not let pass: only the target and what is named as a backend is written to. */
const refusedHosts = (traffic: readonly Sent[]): string[] => [
  ...new Set(
    traffic.flatMap((r) => (r.error?.includes('--backend') && /^https?:/.test(r.url) ? [new URL(r.url).host] : [])),
  ),
];

/** A page that a person could use, or bytes of an API shown by the browser? */
function isHtml(view: View): boolean {
  const text = view.text.trim();
  return view.controls.length > 0 || !(text.startsWith('{') || text.startsWith('[') || text.length < 40);
}

/** A page that does nothing itself and speaks of an API: a greeting with links, or what a document of it is shown by. */
const isAboutAnApi = (view: View): boolean =>
  /\b(swagger ui|redoc|scalar api|api (documentation|reference)|graphi?ql|apollo (server|sandbox)|altair)\b/i.test(
    view.title,
  ) ||
  (/\b(API|GraphQL)\b/.test(view.text) &&
    view.controls.every(
      (c) => (c.href !== '' && !says('logIn', c.name) && !says('signUp', c.name)) || c.role === 'text',
    ));
