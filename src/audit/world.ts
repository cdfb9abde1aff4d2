import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeActors } from '../actors/actors.ts';
import type { Memory } from '../actors/session.ts';
import { Films } from '../drivers/browser/films.ts';
import { launchBrowser } from '../drivers/browser/launch.ts';
import { makeWindows } from '../drivers/browser/window.ts';
import { makeWire } from '../drivers/http.ts';
import { catchMail } from '../drivers/mail/catcher.ts';
import { chartIn } from '../drivers/source/chart.ts';
import { credentialsIn, credentialsInLog } from '../drivers/source/credentials.ts';
import { documentsIn } from '../drivers/source/described.ts';
import { type Authenticator, makeAuthenticator } from '../model/authenticator.ts';
import type { MarksIn } from '../model/bodies.ts';
import type { Chart } from '../model/chart.ts';
import type { Clock, Wire } from '../model/context.ts';
import type { Journal, Ledger } from '../model/evidence.ts';
import type { Facts } from '../model/facts.ts';
import { filmFolder, filmNote } from '../model/film.ts';
import type { Mail } from '../model/mail.ts';
import { type Marks, whichIn } from '../model/mark.ts';
import type { WayIn } from '../model/published/words.ts';
import type { Values } from '../model/recipe.ts';
import type { Accounts, AuditOptions, Login } from '../model/target.ts';
import { type InHand, takeInHand } from './in-hand.ts';

/** What an audit acts with: the app where it is ours to start, the browser, and who uses them. */
export interface World {
  readonly inHand?: InHand;
  readonly windows: ReturnType<typeof makeWindows>;
  /** Where what it does is filmed. */
  readonly films?: Films;
  readonly memory: Memory;
  readonly actors: ReturnType<typeof makeActors>;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly authenticator: Authenticator;
  /** The app's mail, where it is caught. */
  readonly mail?: Mail;
  /** Ways in that the source and the log of the app tell, the likeliest first. */
  readonly published: readonly WayIn[];
  /** OpenAPI documents and READMEs in the source. */
  readonly described: readonly string[];
  /** What the source tells of its pages and fields. */
  readonly chart: Chart;
  /** What Playwright's file held. */
  readonly storage?: unknown;
  /** Ends all of it, whatever fails; what did fail is noted. */
  close(): Promise<void>;
}

export interface Surroundings {
  readonly journal: Journal & { veil(marksIn: MarksIn): void };
  readonly ledger: Ledger;
  readonly marks: Marks;
  /** Grows: what a person should know. */
  readonly notes: string[];
  /** What is known of the app already. */
  readonly facts: Facts;
  /** Accounts of an earlier run. */
  readonly accounts?: Accounts;
  timed<T>(stage: string, work: Promise<T>): Promise<T>;
  progress(says: string): void;
}

/** Starts what is to be started. Throws a Failure where the app or the browser does not start; then nothing runs any more. */
export async function openWorld(options: AuditOptions, around: Surroundings): Promise<World> {
  const { journal, ledger, marks, notes, timed, progress } = around;
  for (const secret of secretsIn(options, around.accounts)) journal.hide(secret);
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).reverse())
      await one().catch((error: Error) => notes.push(`not all could be tidied up: ${error.message.split('\n')[0]}`));
  };
  try {
    const catcher = options.start || options.mail !== undefined ? await catchMail(journal, options.mail) : undefined;
    if (catcher) closing.push(catcher.close);
    let inHand: InHand | undefined;
    if (options.start) {
      progress('starting the app on a copy');
      const taken = await timed('app', takeInHand(options, options.start, journal, catcher));
      inHand = taken;
      closing.push(async () => {
        await taken.close();
        notes.push(...toldBy(taken));
      });
      notes.push(...taken.notes);
    }
    const mail = inHand?.mailed === false ? undefined : catcher;
    notes.push(...takenFrom(inHand));
    progress('starting the browser');
    const { path, headed, slow } = options.browser;
    const launched = await timed('browser', launchBrowser({ ...(path ? { path } : {}), headed, slowMo: slow }));
    closing.push(() => launched.close());
    notes.push(...launched.notes);
    const films = options.trace ? new Films(join(options.out, filmFolder)) : undefined;
    if (films)
      closing.push(async () => {
        films.close();
        if (films.kept) notes.push(filmNote);
      });
    // What a copy holds is its owner's alone.
    const all = options.showRows || (inHand && inHand.app.precious === undefined);
    const marksIn: MarksIn = (text) => [
      ...marks.allIn(text),
      ...whichIn(
        text,
        // What was done without words says so in a sentence, and is no mark.
        ledger.entries.flatMap(({ mark }) => (/\s/.test(mark) ? [] : mark)),
      ),
    ];
    if (!all) journal.veil(marksIn);
    const windows = makeWindows({
      launched,
      target: new URL(options.url),
      backends: options.backends,
      ...(inHand ? { ports: inHand.app.ports } : {}),
      allowForeign: false,
      journal,
      ...(films ? { films } : {}),
      ...(all ? {} : { ours: (text: string) => marksIn(text).length > 0 }),
    });
    closing.push(() => windows.closeAll());
    const { storageState, login2, admin, headers, headers2, signal } = options;
    const storage: unknown = storageState ? JSON.parse(readFileSync(storageState, 'utf8')) : undefined;
    for (const secret of secretsOf(storage)) journal.hide(secret);
    const memory: Memory = { facts: around.facts };
    const second = login2 ? accountOf(login2) : around.accounts?.B;
    const clock: Clock = {
      now: Date.now,
      sleep: (ms) => sleep(Math.max(0, ms), undefined, { signal }).catch(() => undefined),
    };
    const authenticator = makeAuthenticator(clock, (account) =>
      ledger.entries.some(({ what, mark }) => what === 'account' && mark === account['email']),
    );
    const actors = makeActors({
      windows,
      memory,
      marks,
      journal,
      ledger,
      clock,
      mail,
      authenticator,
      given: options.recipes ?? {},
      ...(headers ? { headers } : {}),
      ...(headers2 ? { headers2 } : {}),
      ...(storage ? { storage } : {}),
      ...(second ? { login2: second } : {}),
      ...(admin ? { admin: accountOf(admin) } : {}),
    });
    let chart: Chart | undefined;
    return {
      ...(inHand ? { inHand } : {}),
      ...(films ? { films } : {}),
      windows,
      memory,
      actors,
      wire: makeWire(journal),
      clock,
      authenticator,
      ...(mail ? { mail } : {}),
      // Asked for when it is needed: an app may tell its password after it has begun to answer.
      get published() {
        return publishedBy(options, inHand);
      },
      get described() {
        return foldersOf(options).flatMap(documentsIn);
      },
      get chart() {
        chart ??= chartOf(foldersOf(options));
        return chart;
      },
      ...(storage ? { storage } : {}),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What is given is enough; else the folders of the source are read, and what the app has printed by now. */
function publishedBy(options: AuditOptions, inHand?: InHand): WayIn[] {
  const { login, headers, storageState } = options;
  if (login || headers || storageState) return [];
  return [...foldersOf(options).flatMap(credentialsIn), ...credentialsInLog(inHand?.app.log(0) ?? [])];
}

/** Of all folders as of one. */
function chartOf(folders: readonly string[]): Chart {
  const charts = folders.map(chartIn);
  return {
    pages: charts.flatMap(({ pages }) => pages).sort((a, b) => b.likely - a.likely),
    shapes: charts.flatMap(({ shapes }) => shapes),
  };
}

/** Where its source is. */
const foldersOf = ({ source, start = [] }: Pick<AuditOptions, 'source' | 'start'>): string[] =>
  source === undefined ? [...new Set(start.map(({ cwd }) => cwd))] : [source];

export const accountOf = ({ user, password }: Login): Values => ({ email: user, username: user, name: user, password });

const secretsIn = (
  { login, login2, admin, headers = {}, headers2 = {} }: AuditOptions,
  known: Accounts = {},
): string[] =>
  [
    login?.password,
    login2?.password,
    admin?.password,
    known.A?.['password'],
    known.B?.['password'],
    ...[known.A, known.B].map((account) => /secret=(\w+)/.exec(account?.['otp'] ?? '')?.[1]),
    ...Object.values(headers),
    ...Object.values(headers2),
  ].flatMap((secret) => (secret ? [secret] : []));

/** What stands for a session in it: cookies, and each long word of what is stored, in JSON and in IndexedDB too. */
function secretsOf(storage: unknown): string[] {
  const { cookies = [], ...rest } = (storage ?? {}) as { cookies?: readonly { value: string }[] };
  const words = JSON.stringify(rest).match(/[\w.~+/=-]{16,}/g) ?? [];
  return [
    ...cookies.map(({ value }) => value).filter((v) => v.length > 7),
    ...new Set(words.filter((word) => /\d/.test(word) && /[a-z]/i.test(word) && !word.includes('//'))),
  ];
}

/** What its pages cannot reach. */
const takenFrom = (inHand: InHand | undefined): string[] =>
  (inHand?.app.ports().taken ?? []).map(
    (port) =>
      `The app listens at localhost:${port}, which another process has on this machine: it cannot be reached there. End the other, and try again.`,
  );

/** What an app that was held back asked for. */
function toldBy(inHand: InHand): string[] {
  const unreached = inHand.app.unreached();
  const [first, ...more] = inHand.heldBack();
  return [
    ...(unreached
      ? [
          `The app said “${unreached}”: it reaches nothing but itself and the stores that its variables name. --allow-egress with what it needs (a host, localhost:5432, or * for all) lets it.`,
        ]
      : []),
    ...(first
      ? [
          `The app asked for ${[first, ...more].join(', ')}, and was held back: --allow-egress ${first.replace(/:\d+$/, '')} would let it.`,
        ]
      : []),
  ];
}
