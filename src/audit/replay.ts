import { cleanUp } from '../arena/clean-up.ts';
import { openJournal, openLedger } from '../evidence/journal.ts';
import { within } from '../lib/patience.ts';
import { seeded } from '../lib/random.ts';
import type { Tab, Window } from '../model/browser.ts';
import { type Codes, withCode } from '../model/code.ts';
import type { Ledger, RunEvent } from '../model/evidence.ts';
import type { RecordFacts } from '../model/facts.ts';
import { Failure } from '../model/failure.ts';
import { mailboxOf } from '../model/mail.ts';
import { type Mark, type Marks, makeMarks, markFor } from '../model/mark.ts';
import type { Values } from '../model/recipe.ts';
import type { AuditOptions, Before } from '../model/target.ts';
import { type Replayed, shapeOf, type WalkAct, walkIn } from '../model/walk.ts';
import { comeIn } from './recall.ts';
import { accountOf, openWorld, type World } from './world.ts';

/**
 * Does again what the survey of a stored run did, act by act, with marks and an account of its own, and takes away what it wrote. The app
 * is to be as it was before that run. Throws a Failure where no browser starts.
 */
export async function replay(options: AuditOptions, before: Before, events: readonly RunEvent[]): Promise<Replayed> {
  if (options.permit === 'reads')
    throw new Failure('E_USAGE', 'A walk writes what the survey wrote. Give --permit writes, or leave it out.');
  const { account: way } = before.run.facts.door;
  if ((way === 'shown' || way === 'published' || way === 'given') && !options.login && !options.storageState)
    throw new Failure('E_USAGE', 'That run came in by an account that is not kept. Give it: --login user:password');
  const journal = openJournal(options.out, Date.now);
  const ledger = openLedger(journal, Date.now);
  const marks = makeMarks(seeded(options.seed));
  const { facts } = before.run;
  const world = await openWorld(options, {
    journal,
    ledger,
    marks,
    notes: [],
    facts,
    ...(before.accounts ? { accounts: before.accounts } : {}),
    timed: (_stage, work) => work,
    progress: (says) => options.progress({ stage: 'replay', says, at: 0 }),
  });
  try {
    const walk = walkIn(events);
    const { login } = options;
    const account = login ? accountOf(login) : world.actors.mint();
    const { email } = account;
    const mailbox = world.mail && email ? mailboxOf(world.mail, email, Date.now(), facts.entry) : undefined;
    const again = walker(world, {
      marks,
      ledger,
      account,
      codes: { mailbox, authenticator: world.authenticator },
      carries: facts.record?.carries ?? 'text',
      headers: options.headers,
    });
    if (facts.door.signUp) ledger.begin({ what: 'account', mark: account['email'] ?? '', how: 'the walk again' });
    const departures: string[] = [];
    let acts = 0;
    for (const [i, act] of walk.entries()) {
      // Off the way, what follows might be done to what is not ours.
      if (options.signal.aborted || departures.length) break;
      acts++;
      const says = await again(act);
      if (says) departures.push(`act ${i + 1} of ${walk.length}: ${says}`);
    }
    options.progress({ stage: 'replay', says: 'removing what was written', at: 0 });
    const until = Date.now() + 60_000;
    const tidy = async (): Promise<boolean> => {
      if (!(await comeIn(world, options, account, false))) return false;
      return cleanUp({ actors: world.actors, facts, ledger, until, now: Date.now });
    };
    const looked = await within(62_000, 'the clean-up', tidy()).catch(() => false);
    if (!looked) options.progress({ stage: 'replay', says: 'not all that was written could be taken away', at: 0 });
    const left = ledger.entries.filter((made) => !made.removed).map((made) => `${made.what} ${made.mark}`);
    return { acts, departures, left };
  } finally {
    await world.close();
  }
}

/** Does one act after the other, each in its own page of its own browser; says where one departs from the first time. */
function walker(
  { windows, storage }: Pick<World, 'windows' | 'storage'>,
  {
    marks,
    ledger,
    account,
    codes,
    carries,
    headers,
  }: {
    marks: Marks;
    ledger: Ledger;
    account: Values;
    codes: Codes;
    carries: RecordFacts['carries'];
    headers: AuditOptions['headers'];
  },
): (act: WalkAct) => Promise<string | undefined> {
  const given = { ...(headers ? { headers } : {}), ...(storage ? { storage } : {}) };
  const opened = new Map<string, Promise<Window>>();
  const pages = new Map<string, Promise<Tab>>();
  /** Marks of the first time, and those that stand for them now; addresses likewise. */
  const renamed = new Map<Mark, Mark>();
  const led = new Map<string, string>();
  const pageOf = async ({ page, who }: WalkAct): Promise<Tab> => {
    const [number = '', tab] = page.split('.');
    if (!opened.has(number)) opened.set(number, windows.open({ label: who, ...given }));
    const window = await opened.get(number);
    if (!pages.has(page))
      pages.set(page, tab === '1' && window ? Promise.resolve(window.first) : (window?.tab() as Promise<Tab>));
    return pages.get(page) as Promise<Tab>;
  };
  const now = (url: string): string =>
    [...renamed].reduce((text, [old, fresh]) => text.replaceAll(old, fresh), led.get(url) ?? url);
  const standsFor = (name: string, old: string): string => {
    if (name === 'own') return now(old);
    if (!['mark', 'new', 'alt'].includes(name)) return old;
    const known = renamed.get(old);
    if (known) return known;
    const fresh = name === 'alt' ? marks.next() : markFor(marks, carries);
    renamed.set(old, fresh);
    if (name !== 'alt') ledger.begin({ what: 'record', mark: fresh, how: 'the walk again' });
    return fresh;
  };
  return async (act) => {
    const tab = await pageOf(act);
    const uses = Object.fromEntries(Object.entries(act.uses).map(([name, old]) => [name, standsFor(name, old)]));
    const step = act.step.do === 'goto' ? { ...act.step, url: now(act.step.url) } : act.step;
    const told = await withCode(tab, step, { ...account, ...uses }, codes);
    if (!told && step.do === 'goto') return codes.mailbox?.lack() ?? 'its link comes by mail, which is not caught';
    const values = told ?? { ...account, ...uses };
    const change = await tab.act(step, { values, ...(uses['mark'] ? { mark: uses['mark'] } : {}) });
    if ('missing' in change) return change.missing;
    codes.authenticator?.see(change.after, account);
    led.set(act.url, tab.url);
    const [then, here] = [shapeOf(act.url, [...renamed.keys()]), shapeOf(tab.url, [...renamed.values()])];
    return then === here ? undefined : `it led to ${here}, and not to ${then}`;
  };
}
