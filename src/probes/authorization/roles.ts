/**
 * Addresses for administrators, that pages and scripts name or that an administrator's own walk asks for, are read by B, an ordinary account. A
 * leak is the address of a third account (or A's record) in an answer, which no page shows B that B's own pages lead to. Nothing is written. Control: with an
 * administrator's account, its own walk is told the mark; without one, that B is refused something. What could deceive it: a page that draws its
 * frame and is refused its data has leaked nothing; an app that shows its users to all is no leak.
 */
import { z } from 'zod';
import type { Context, Session } from '../../model/context.ts';
import type { Mark } from '../../model/mark.ts';
import { openPlace } from '../../model/place.ts';
import { defineProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { adminAddresses, isDeed, searched } from '../_shared/admin-addresses.ts';
import { type Asked, readsOf } from '../_shared/asking.ts';
import { cite } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { isRefused, isStillIn, ownRead, read, tells, toldSince, typedIn } from '../_shared/reading.ts';
import { script } from '../_shared/reproduce.ts';

const observed = z.object({
  /** Pages and scripts that were searched. */
  searched: z.number(),
  /** What they name, or what an administrator asked for. */
  addresses: z.array(z.string()),
  admin: z.enum(['none', 'in', 'out']),
  ordinary: z.enum(['in', 'out', 'none']),
  /** B was no longer logged in when all had been read. */
  ended: z.boolean(),
  /** Marks of others that B's own pages do not show. */
  victims: z.number(),
  asked: z.array(
    z.object({
      url: z.string(),
      status: z.number(),
      told: z.boolean(),
      /** What it tells of others B's own pages show as well. */
      shown: z.boolean(),
      adminTold: z.boolean(),
      refused: z.boolean(),
      evidence: evidenceId,
    }),
  ),
  note: evidenceId,
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

/** What the administrator's pages are told of the marks: their entry, what they link to, and what is named. */
async function walk(
  context: Context,
  admin: Session,
  addresses: readonly string[],
  marks: readonly Mark[],
): Promise<string[]> {
  const { facts, clock } = context;
  const tab = admin.window.first;
  const { origin } = new URL(facts.entry);
  const since = clock.now();
  await tab.goto(facts.entry);
  const links = (await tab.view()).controls
    .map((c) => URL.parse(c.href, tab.url)?.href ?? '')
    .filter((href) => href.startsWith(origin) && !isDeed(href));
  const pages = [...new Set([...adminAddresses(admin.window.traffic(0), facts.entry), ...addresses, ...links])].filter(
    (url) => url.startsWith(origin),
  );
  for (const url of pages.slice(0, 14)) await tab.goto(url);
  return [...new Set(marks.flatMap((mark) => readsOf(admin, mark, since).map((r) => r.url)))];
}

/** Where navigation leads B, those first that `first` names: what anybody is led to is theirs, whatever it is called. */
async function ownPages({ facts }: Context, b: Session, first: readonly string[]): Promise<void> {
  const tab = b.window.first;
  const { origin } = new URL(facts.entry);
  const pathOf = (url: string): string => URL.parse(url)?.pathname ?? '';
  const ranked = new Set(first.map(pathOf));
  const open = new Set([facts.entry]);
  for (const opened = new Set<string>(); opened.size < 10; ) {
    const left = [...open].filter((url) => !opened.has(url));
    const url = left.find((each) => ranked.has(pathOf(each))) ?? left[0];
    if (!url) return;
    opened.add(url);
    await tab.goto(url);
    for (const { href } of (await tab.view()).controls) {
      const to = href ? URL.parse(href, tab.url) : null;
      if (to?.origin === origin && !isDeed(to.href)) open.add(to.href);
    }
  }
}

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, clock, journal } = context;
  const named = adminAddresses(actors.A.window.traffic(0), facts.entry);
  const admin = await actors.admin();
  const state = admin ? (admin.inside ? 'in' : 'out') : 'none';
  const base: Omit<Observed, 'note'> = {
    searched: searched(actors.A.window.traffic(0)),
    addresses: named,
    admin: state,
    ordinary: 'none',
    ended: false,
    victims: 0,
    asked: [],
    reproduce: '',
  };
  const note = (says: string): `e${number}` => journal.note({ kind: 'note', who: 'A', says });
  try {
    if (!named.length && !admin)
      return {
        ...base,
        note: note(`searched ${base.searched} pages and scripts for addresses of administrators: none is named`),
      };
    if (state === 'out') return { ...base, note: note('the administrator could not log in') };
    context.progress('reading what is for administrators as an ordinary account');
    if (!(await actors.hasSecond())) return { ...base, note: note('there is no second account') };
    const b = await actors.fresh('B');
    try {
      if (!b.inside) return { ...base, ordinary: 'out', note: note('B could not log in') };
      const third = await actors.signUp();
      const mark = third?.values['username'];
      await third?.session.close();
      const since = 0;
      for (const place of [{ url: facts.entry }, ...(facts.record?.places ?? [])].slice(0, 3))
        await openPlace(b.window.first, place);
      const words = typedIn(b.window.traffic(0));
      const own = ownRead(b.window.traffic(since), words);
      const all = [...(mark ? [mark] : []), ...(facts.record?.marks ?? [])];
      const before = all.filter((one) => !toldSince(b, one, since));
      const seen = admin ? await walk(context, admin, named, before) : [];
      const addresses = [...new Set([...seen, ...named])];
      const answers: { url: string; answer: Asked; told: Mark[] }[] = [];
      for (const url of addresses) {
        const answer = await read(context, b, url);
        answers.push({ url, answer, told: before.filter((one) => tells(answer, one)) });
      }
      const stayed = await isStillIn(context, b, own, words);
      // Before anybody is accused B goes wherever B's own pages lead.
      const from = clock.now();
      const leaks = answers.filter(({ told }) => told.length);
      if (leaks.length) await ownPages(context, b, [...leaks.map(({ url }) => url), ...named]);
      const victims = before.filter((one) => !toldSince(b, one, from));
      const asked: Observed['asked'] = answers.map(({ url, answer, told }) => ({
        url,
        status: answer.exchanges[0]?.status ?? answer.status,
        told: told.some((one) => victims.includes(one)),
        shown: told.some((one) => !victims.includes(one)),
        adminTold: seen.includes(url),
        refused: isRefused(answer),
        evidence: answer.evidence,
      }));
      const worst = asked.find((one) => one.told);
      return {
        ...base,
        addresses,
        ordinary: 'in',
        ended: !stayed,
        victims: victims.length,
        asked,
        note: note(`B read ${asked.length} addresses for administrators`),
        reproduce: worst ? reproduction(context, worst.url) : '',
      };
    } finally {
      await b.close();
    }
  } finally {
    await admin?.close();
  }
}

/** Signs up twice; the second reads the address, with what the last request of its page carried, and looks for the first. */
const reproduction = ({ facts }: Context, url: string): string =>
  script(
    facts,
    `const made = async (tag) => { const page = await fresh(); let sent = {}; page.on('request', (r) => { if (['fetch', 'xhr'].includes(r.resourceType())) sent = r.headers(); }); ${facts.door.signUp ? 'account(tag); await signUp(page);' : 'await enter(page);'} await page.goto(base + ${quote(new URL(facts.entry).pathname)}); await page.waitForTimeout(1500); return { page, username, headers: () => Object.fromEntries(Object.entries(sent).filter(([name]) => /^(authorization|accept|x-)/i.test(name))) }; };
const other = await made('a'), ordinary = await made('b');
const answer = await ordinary.page.request.fetch(${quote(url)}.replace(${quote(new URL(facts.entry).origin)}, base), { headers: ordinary.headers() });
console.log('the address gives an ordinary account the address of another:', (await answer.text()).includes(other.username));`,
  );

const short = (url: string): string => URL.parse(url)?.pathname ?? url;

export const roles = defineProbe<Observed>({
  id: 'authorization/roles',
  version: 1,
  does: 'reads as B what its pages and scripts name for administrators; makes 1 account where some is named',
  mess: 'own-rows',
  costs: 6000,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'authorization/roles-are-checked',
      judge(o, facts) {
        if (facts.kind === 'dead') return unknown('could-not-look', 'the page did not open');
        if (facts.door.kind === 'closed')
          return unknown('no-way-found', `the door could not be opened: ${facts.door.says}`, '--login user:password');
        if (!o.addresses.length && o.admin === 'none')
          return o.searched
            ? notApplicable(
                `${o.searched} pages and scripts were searched, and none names an address for administrators`,
                cite(o.note),
              )
            : unknown(
                'could-not-look',
                'no page and no script was seen that could name an address',
                '--admin user:password',
                [o.note],
              );
        if (o.admin === 'out')
          return unknown('control-failed', 'the administrator could not log in', '--admin user:password', [o.note]);
        if (o.ordinary === 'none')
          return facts.door.account === 'given'
            ? unknown('needs-more', 'no ordinary account could be had beside A', '--login2 user:password', [o.note])
            : notApplicable(
                'one account and anonymous others: what nobody may do of it shows under authentication',
                cite(o.note),
              );
        if (o.ordinary === 'out')
          return unknown('could-not-look', 'B could not log in', '--login2 user:password', [o.note]);
        if (o.ended)
          return unknown(
            'control-failed',
            'when all had been read B was told nothing of its own any more: who was refused may have been nobody',
            undefined,
            [o.note],
          );
        if (!o.victims)
          return o.asked.some((a) => a.shown)
            ? unknown(
                'unclear',
                'what is named for administrators tells B of others, and so do pages that every account is led to: only the owner can say whether they are meant for all',
                undefined,
                [o.note],
              )
            : unknown('control-failed', 'nothing of another account is there that B does not see anyhow', undefined, [
                o.note,
              ]);
        const leaks = o.asked.filter((a) => a.told);
        const [leak] = leaks;
        if (leak)
          return fail('authorization/roles-are-checked', {
            where: leak.url,
            because: `${leaks.map((a) => short(a.url)).join(', ')} gave B, an ordinary account, the address of another or a record of A, which no page shows B that is linked${leak.adminTold ? '; it is what the administrator is given' : ''}`,
            wrongIf: 'whoever has an account is meant to see all others, and pages that show them were not found',
            evidence: cite(leak.evidence, o.note),
            reproduce: o.reproduce,
          });
        const given = o.asked.filter((a) => a.adminTold && !a.shown);
        if (given.length)
          return pass(
            `of what the administrator is told of others, B is told nothing: ${given.map((a) => `${short(a.url)} (${a.status})`).join(', ')}`,
            cite(given[0]?.evidence, o.note),
          );
        const refused = o.asked.filter((a) => a.refused);
        if (refused.length)
          return pass(
            `${o.asked.length} addresses for administrators are named; B is told nothing of others by any that B's own pages do not show, and ${refused.map((a) => `${short(a.url)} (${a.status})`).join(', ')} refused`,
            cite(refused[0]?.evidence, o.note),
          );
        return unknown(
          'needs-more',
          `B is told nothing of others by what is named for administrators (${o.asked.map((a) => `${short(a.url)}: ${a.status}`).join(', ')}), and what an administrator is given there is not known`,
          '--admin user:password',
          [o.note],
        );
      },
    },
  ],
});
