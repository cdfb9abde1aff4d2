/**
 * Makes an account with a password that nobody else has, logs in with it, and looks for the password, for its base64 and for its bare digests
 * in what the app wrote, in its databases, in its log and in its answers. Control: the same search finds the address of the account.
 * What could deceive it: a store that cannot be seen into (not told); what is on its way to a store, which may hash it (not looked at); a
 * password that the page shows to everybody (belongs to secrets).
 */
import { z } from 'zod';
import { base64, base64OfText, hex, md5, sha } from '../../lib/digests.ts';
import type { App } from '../../model/app.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Facts } from '../../model/facts.ts';
import { defineProbe } from '../../model/probe.ts';
import { fail, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { account, noPassword } from '../_shared/door.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { appOf } from '../_shared/started.ts';

/** Milliseconds for which the account is waited for on the disk. */
const patience = 8000;

const observed = z.object({
  own: z.boolean(),
  /** Where the address of the account stands, logs aside: there its password is kept, too. */
  kept: z.array(z.string()),
  /** Where which form of the password stands. */
  found: z.array(z.object({ path: z.string(), as: z.string() })),
  /** Where it could not be looked. */
  unread: z.array(z.string()),
  evidence: evidenceId.optional(),
});
export type Observed = z.infer<typeof observed>;

/** The forms in which it would be known to whoever finds it, by what each is called. */
export async function formsOf(password: string): Promise<Map<string, string>> {
  const forms = new Map([
    [password, 'as it was typed'],
    [JSON.stringify(password).slice(1, -1), 'as it was typed'],
    [encodeURIComponent(password), 'as it was typed'],
    [base64OfText(password), 'in base64'],
  ]);
  for (const [name, bytes] of [
    ['md5', md5(password)],
    ['sha1', await sha('SHA-1', password)],
    ['sha256', await sha('SHA-256', password)],
  ] as const)
    for (const form of [hex(bytes), base64(bytes), base64(bytes).replaceAll('+', '-').replaceAll('/', '_')])
      forms.set(form, `as a bare ${name} of it`);
  return forms;
}

/** A file of a database, or a table of one that the app has a copy of at one of these servers. */
export const isBase = (path: string, servers: readonly string[]): boolean =>
  /\.(db3?|sqlite3?|s3db)(-(wal|journal|shm))?$/i.test(path) ||
  servers.some((server) => path.startsWith(`${server}, `));

/** Pictures, what is packed and caches: where the accounts are in a database, their passwords are in none of these, but in a dump or a log may be. */
export const isAside = (path: string): boolean =>
  !/log|dump|backup|\.sql/i.test(path.slice(path.lastIndexOf('/') + 1)) &&
  (/\.(png|jpe?g|gif|webp|avif|heic|ico|bmp|tiff?|mp[34]|woff2?|gz|br|zst)$/i.test(path) ||
    /\/(\.?cache|\.next|\.nuxt|\.turbo|\.vite|__pycache__)\//.test(path));

async function observe(context: Context): Promise<Observed> {
  const { facts, clock, actors, journal } = context;
  const app = appOf(context);
  const base: Observed = { own: false, kept: [], found: [], unread: [] };
  if (noPassword(facts)) return base;
  context.progress('looking for a password in what the app keeps, logs and answers');
  if (!app.running) await app.start();
  // An account that was there is in what it wrote when it began, as far as it wrote it itself.
  const began = clock.now();
  const { own, values, session } = await account(context);
  const since = own ? began : (app.log(0)[0]?.at ?? began) - 5000;
  const password = values['password'] ?? '';
  const email = values['email'] ?? '';
  if (password.length < 8 || email.length < 6 || email.includes(password)) {
    await session?.close();
    return base;
  }
  const entered = await actors.logIn(values, 'the new account');
  const forms = await formsOf(password);
  const texts = [...forms.keys(), email];
  let { found, unread } = await app.holding(since, texts);
  const isKept = (): boolean => found.some((f) => f.text === email && !f.log);
  for (const until = clock.now() + patience; !isKept() && clock.now() < until; await clock.sleep(400))
    ({ found, unread } = await app.holding(since, texts));
  if (!isKept()) {
    await app.stop();
    ({ found, unread } = await app.holding(since, texts));
    await app.start();
  }
  const said = [
    ...app.log(since).map(({ text }) => ({ path: 'what it prints', text })),
    ...(await app.logFiles(since)).map(({ path, end }) => ({ path, text: end })),
    ...(own ? [session, entered.session].flatMap((one) => answersOf(one)) : []),
  ];
  await session?.close();
  await entered.session.close();
  const places = [
    ...found.flatMap(({ path, text }) =>
      text === email ? [] : [{ path: ownPath(app, path), as: forms.get(text) ?? '' }],
    ),
    ...said.flatMap(({ path, text }) =>
      [...forms].flatMap(([form, as]) => (text.toLowerCase().includes(form.toLowerCase()) ? [{ path, as }] : [])),
    ),
  ];
  const once = [...new Map(places.map((place) => [`${place.path} ${place.as}`, place])).values()];
  const isInBase = found.some((f) => f.text === email && isBase(f.path, app.copied));
  const copied = app.stores.flatMap(({ variable, store }) => (store && app.copied.includes(store) ? [] : [variable]));
  return {
    own,
    kept: [...new Set(found.flatMap((f) => (f.text === email && !f.log ? [ownPath(app, f.path)] : [])))],
    found: once,
    unread: [
      ...(isInBase ? unread.filter((path) => !isAside(path)) : unread).map((path) => ownPath(app, path)),
      ...copied,
    ],
    evidence: journal.note({
      kind: 'note',
      who: 'disk',
      says: once.length
        ? `the password of an account stands ${once.map(({ path, as }) => `${as} in ${path}`).join('; ')}`
        : 'the password of an account was found nowhere',
    }),
  };
}

function answersOf(session: Session | undefined): { path: string; text: string }[] {
  return (session?.window.traffic(0) ?? [])
    .filter((r) => !['script', 'style', 'image', 'font'].includes(r.kind))
    .map((r) => ({ path: `the answer to ${r.method} ${new URL(r.url).pathname}`, text: r.answer }));
}

/** As the user knows it: not the copy's. */
function ownPath(app: App, path: string): string {
  const moved = app.moved.find(({ to }) => path === to || path.startsWith(`${to}/`) || path.startsWith(`${to}-`));
  return moved ? moved.from + path.slice(moved.to.length) : path;
}

const claim = 'authentication/passwords-are-not-kept-in-the-clear';

export function judgeKept(o: Observed, facts: Facts): Verdict {
  const none = noPassword(facts);
  if (none) return none;
  if (!o.evidence)
    return unknown(
      'needs-more',
      'no account of our own could be made, so no password that nobody else has came to be kept',
      'an app that lets one sign up',
    );
  const [first, ...more] = o.found;
  if (first && o.own)
    return fail(claim, {
      where: first.path,
      because: `the password of a new account is kept ${first.as}: in ${first.path}${
        more.length
          ? ` (${more
              .map(({ path, as }) => `${as} in ${path}`)
              .slice(0, 3)
              .join('; ')})`
          : ''
      }`,
      wrongIf: 'what holds it is gone before anybody else can read it',
      evidence: cite(o.evidence),
      reproduce: `# in the app's folder, the app running: sign up with the password Pl7!plumbobvane, then\nfor p in 'Pl7!plumbobvane' $(printf %s 'Pl7!plumbobvane' | base64) $(for d in md5 sha1 sha256; do printf %s 'Pl7!plumbobvane' | "$d"sum | cut -d' ' -f1; done); do grep -rila --exclude-dir=node_modules -- "$p" .; done`,
    });
  if (first)
    return unknown(
      'unclear',
      `the password that was given stands ${first.as} in ${first.path}: whether as what is kept of the account, only one of our own could tell`,
      undefined,
      [o.evidence],
    );
  if (!o.kept.length || o.unread.length)
    return unknown(
      'could-not-look',
      o.unread.length
        ? `it cannot be seen what the app keeps at ${o.unread.slice(0, 3).join(', ')}`
        : 'where the app keeps its accounts was not seen',
      undefined,
      [o.evidence],
    );
  return pass(
    `${o.kept.slice(0, 3).join(', ')} ${o.kept.length > 1 ? 'hold' : 'holds'} the address of the account, and neither its password nor a bare digest of it; nor do the log and the answers`,
    cite(o.evidence),
  );
}

export const passwordsAtRest = defineProbe<Observed>({
  id: 'authentication/passwords-at-rest',
  version: 1,
  does: 'makes 1 account, logs in and reads what the app wrote; stops the app once where it found nothing',
  mess: 'breaks',
  costs: 10_000,
  session: 'own',
  profile: 'audit',
  needs: 'app',
  observed,
  observe,
  claims: [{ id: claim, judge: judgeKept }],
});
