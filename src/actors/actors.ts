import { asJson } from '../model/answer.ts';
import type { Authenticator } from '../model/authenticator.ts';
import type { Tab, Window, Windows } from '../model/browser.ts';
import type { Actors, Clock, Session } from '../model/context.ts';
import type { Journal, Ledger } from '../model/evidence.ts';
import type { Mail } from '../model/mail.ts';
import type { Marks } from '../model/mark.ts';
import type { Recipe, Values } from '../model/recipe.ts';
import type { GivenRecipes } from '../model/target.ts';
import { looksLikeDoor } from './lasting.ts';
import { type Memory, makeSession, type Own } from './session.ts';

export interface ActorsOptions {
  readonly windows: Windows;
  readonly memory: Memory;
  readonly marks: Marks;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Where the app's mail is caught. */
  readonly mail?: Mail | undefined;
  readonly authenticator: Authenticator;
  /** Headers that stand for a login, of A and of B. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly headers2?: Readonly<Record<string, string>>;
  readonly storage?: unknown;
  /** Recipes of the config, as code. */
  readonly given: GivenRecipes;
  /** Account given for B. */
  readonly login2?: Values;
  /** An administrator's account. */
  readonly admin?: Values;
  /** Is told each password that is made up. */
  minted(password: string): void;
}

/** Everything about users: fresh browsers, log-ins, accounts. The account of A is known once the door is open. */
export function makeActors(options: ActorsOptions): Actors & {
  /** The survey's own browser becomes A's. */
  adopt(session: Session, account: Values): void;
  wrap(window: Window, who: string, account?: Values): Session;
  mint(): Values;
  /** Where accounts are made by A alone: how that is learned, once, when one is first wanted. It gives the first that was made. */
  teach(learn: () => Promise<Values | undefined>): void;
  /** B's, where it is not given. */
  readonly minted: Values | undefined;
} {
  const { windows, memory, marks, journal, ledger, clock } = options;
  let first: Session | undefined;
  let account: Values = {};
  let second: Values | undefined = options.login2;
  let turnedAway = 0;
  let learn: (() => Promise<Values | undefined>) | undefined;
  let learned: Promise<Values | undefined> | undefined;

  const own = (values: Values, renew?: Own['renew']): Own => ({
    memory,
    marks,
    journal,
    ledger,
    clock,
    given: options.given,
    mail: options.mail,
    authenticator: options.authenticator,
    account: values,
    ...(renew ? { renew } : {}),
  });
  const wrap = (window: Window, who: string, values: Values = {}, inside = true): Session =>
    makeSession(
      window,
      who,
      own(values, who === 'nobody' ? undefined : (tab) => renew(window, who, values, tab)),
      inside,
    );
  const enter = async (
    session: Session,
    values: Values,
    tab: Tab = session.window.first,
    recipe = memory.facts.door?.logIn,
  ): Promise<boolean> => {
    if (!recipe) return true;
    const { said, missing } = await session.do(recipe, values, { tab });
    // An API has no page that would look like a door: its answer is all that says so.
    if (memory.facts.kind === 'api') return said === 'ok' && missing === undefined;
    return !(await looksLikeDoor(tab, memory.facts.door));
  };
  async function renew(window: Window, who: string, values: Values, tab: Tab): Promise<boolean> {
    journal.note({ kind: 'note', who, says: 'the session has died; logging in again' });
    return enter(makeSession(window, who, own(values)), values, tab);
  }
  const open = async (
    who: string,
    values: Values,
    {
      headers,
      storage,
      by = memory.facts.door?.logIn,
    }: { headers?: Readonly<Record<string, string>> | undefined; storage?: unknown; by?: Recipe | undefined } = {},
  ): Promise<{ session: Session; in: boolean }> => {
    const api = memory.facts.kind === 'api';
    const all = api ? { ...asJson, ...headers } : headers;
    const window = await windows.open({
      label: who,
      api,
      ...(all ? { headers: all } : {}),
      ...(storage ? { storage } : {}),
    });
    const session = wrap(window, who, values);
    // A log-in that opens its own page needs no other before it.
    const logIn = who === 'nobody' ? undefined : by;
    if (!logIn?.given && logIn?.steps[0]?.do !== 'goto') await window.first.goto(memory.facts.entry);
    // A door may refuse two who come at once: it is tried again before anybody calls it shut.
    const attempt = (): Promise<boolean> => enter(session, values, session.window.first, by);
    const inside = who === 'nobody' || (await attempt()) || (await attempt());
    return { session: inside ? session : wrap(window, who, values, false), in: inside };
  };
  /** Does whoever comes have an account by coming? */
  const anybody = (): boolean => {
    const { door } = memory.facts;
    return door?.kind === 'name' || (door?.account === 'signed-up' && door.logIn !== undefined && !door.signUp);
  };
  /** How A makes an account for another. */
  const adding = async (): Promise<Recipe | undefined> => {
    const { door } = memory.facts;
    if (door?.kind !== 'password' || door.signUp || !door.logIn || anybody()) return undefined;
    if (!door.addUser) {
      learned ??= learn?.().catch(({ message }: Error) => {
        journal.note({ kind: 'note', who: 'A', says: `could not learn how accounts are made: ${message}` });
        return undefined;
      });
      second ??= await learned;
    }
    return memory.facts.door?.addUser;
  };
  const mint = (): Values => {
    const id = marks.next();
    const values = {
      email: `${id}@example.com`,
      password: `Pl7!${marks.next()}Z`,
      username: id,
      name: `Ada ${id.charAt(0).toUpperCase()}${id.slice(1)}`,
    };
    journal.hide(values.password);
    options.minted(values.password);
    return values;
  };
  const actors = {
    get A(): Session {
      if (!first) throw new Error('A has no session yet');
      return first;
    },
    get account() {
      return options.authenticator.kept(account);
    },
    get minted() {
      return second && second !== options.login2 ? options.authenticator.kept(second) : undefined;
    },
    async hasSecond() {
      return (
        second !== undefined ||
        memory.facts.door?.signUp !== undefined ||
        memory.facts.door?.kind === 'none' ||
        anybody() ||
        options.headers2 !== undefined ||
        (await adding()) !== undefined
      );
    },
    teach(how: () => Promise<Values | undefined>) {
      learn = how;
    },
    adopt(session: Session, values: Values) {
      first = session;
      account = values;
    },
    wrap,
    mint,
    async fresh(who: 'A' | 'B' | 'nobody') {
      if (who === 'nobody') return (await open('nobody', {})).session;
      if (who === 'A') return (await open('A', account, options)).session;
      const door = memory.facts.door;
      if (options.headers2) return (await open('B', {}, { headers: options.headers2 })).session;
      const adds = second ? undefined : await adding();
      if (!second && door?.kind === 'password' && (door.signUp || adds)) {
        const made = await actors.signUp();
        // Once more it may be let in; then that is the one, and no more are made.
        if (made && (made.session.inside || turnedAway++ > 0)) second = made.values;
        if (made) return made.session;
      }
      if (!second && anybody() && door?.kind !== 'name') {
        second = mint();
        ledger.begin({ what: 'account', mark: second['email'] ?? '', how: 'a log-in by an address alone' });
      }
      return (await open('B', second ?? (door?.kind === 'name' ? mint() : {}))).session;
    },
    async admin() {
      return options.admin ? (await open('admin', options.admin)).session : undefined;
    },
    async signUp(by = memory.facts.door?.signUp) {
      const adds = by ? undefined : await adding();
      if (adds) {
        const values = mint();
        const tab = await actors.A.window.tab();
        const outcome = await actors.A.do(adds, values, { tab }).finally(() => tab.close());
        const { session } = await open(values['username'] ?? 'new', values);
        return { values, outcome, session };
      }
      if (!by) return undefined;
      const values = mint();
      const session = wrap(await windows.open({ label: 'new', api: memory.facts.kind === 'api' }), 'new', values);
      const outcome = await session.do(by, values);
      const who = values['username'] ?? 'new';
      const outside = memory.facts.kind === 'api' || (await looksLikeDoor(session.window.first, memory.facts.door));
      const inside = !outside || (await enter(wrap(session.window, who, values), values));
      return { values, outcome, session: wrap(session.window, who, values, inside) };
    },
    async logIn(values: Values, who: string, by?: Recipe) {
      const opened = await open(who, values, { by });
      const evidence = await opened.session.window.first.screen(
        `${opened.in ? 'logged in' : 'could not log in'} as ${values['email'] ?? values['username']} from a fresh browser`,
      );
      return { session: opened.session, in: opened.in, evidence };
    },
  };
  return actors;
}
