/**
 * A is logged in and opens a page of ours on another site, which sends the write of A's own form: by forms that send themselves and by fetch
 * with credentials, without what another site cannot know (headers, tokens of the form), or with tokens of its own. Then A looks for the marks.
 * Control: the same write is taken from A's own page, and is seen at the end. What could deceive it: a write that takes no cookie, or that is
 * taken without one, needs no forging (not applicable); a browser that took the page for the same site (told by what it sends along).
 */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { defineProbe } from '../../model/probe.ts';
import { isTelemetry } from '../../model/said.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite, lacking, recordOf } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { wireWriter } from '../_shared/wire-writer.ts';
import { lure, pagesOf, seenBy } from './other-site.ts';

const observed = z.object({
  /** Why no cookie can authorise the write. */
  idle: z.string().optional(),
  /** Why it could not be tried. */
  untried: z.string().optional(),
  kept: z.boolean(),
  sent: z.boolean(),
  where: z.string(),
  write: z.string(),
  /** The cookies that went with it, each with what it says of other sites. */
  cookies: z.array(z.string()),
  /** Taken without any cookie. */
  open: z.boolean(),
  control: z.boolean(),
  ways: z.array(z.object({ way: z.string(), came: z.boolean(), cookie: z.boolean(), written: z.boolean() })),
  evidence: z.array(evidenceId),
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

const writesOf = (session: Session, marks: readonly Mark[]): Sent[] =>
  session.window
    .traffic(0)
    .filter(
      (r) => !isTelemetry(r) && !/^(GET|HEAD|OPTIONS)$/.test(r.method) && marks.some((mark) => holds(r.body, mark)),
    );

const namesOf = (cookie: string): string[] => cookie.split(';').map((pair) => pair.trim().split('=')[0] ?? '');

/** Its name, and what it was set with. */
function cookieSaid(session: Session, name: string): string {
  const set = session.window
    .traffic(0)
    .flatMap((r) => (r.answerHeaders['set-cookie'] ?? '').split('\n'))
    .findLast((line) => line.startsWith(`${name}=`));
  const site = /;\s*samesite=(\w+)/i.exec(set ?? '')?.[1];
  return `${name} (${site ? `SameSite=${site}` : set ? 'without SameSite' : 'set by a script'})`;
}

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, journal, ledger, wire } = context;
  const record = recordOf(facts);
  const list = record.places.find((p) => p.what === 'list')?.url ?? record.places[0]?.url ?? facts.entry;
  const learned = writesOf(actors.A, record.marks);
  const note = (says: string): `e${number}` => journal.note({ kind: 'note', who: 'A', says });
  const base = {
    kept: record.kind === 'kept',
    sent: record.requests.length > 0,
    where: list,
    write: '',
    cookies: [],
    open: false,
    control: false,
    ways: [],
    reproduce: '',
  };
  if (facts.door.kind === 'none')
    return { ...base, idle: 'there is no log-in, so no cookie stands for anybody', evidence: [...facts.door.evidence] };
  if (learned.length && learned.every((r) => !r.headers['cookie'])) {
    const idle = `the write (${learned[0]?.method} ${learned[0]?.url}) carries no cookie, so no other site can send it in A's name`;
    return { ...base, idle, evidence: [note(idle)] };
  }
  if (!base.sent || !base.kept) return { ...base, evidence: [...record.evidence] };
  if (record.requests.every((r) => r.socket))
    return { ...base, untried: 'the record is written by a socket', evidence: [] };
  context.progress('opening a page on another site, which sends a write');
  const session = await actors.fresh('A');
  try {
    const writer = session.inside ? await wireWriter(context, session, list) : undefined;
    if (!writer)
      return {
        ...base,
        untried: session.inside
          ? 'the write of the form could not be sent again from its own page'
          : 'A could not log in again',
        evidence: [],
      };
    const { method, url, headers } = writer.from;
    const where = { ...base, where: url, write: `${method} ${url}` };
    const cookie = session.window.traffic(0).findLast((r) => r.url === url && r.headers['cookie'])?.headers['cookie'];
    if (!cookie) {
      const idle = `the write (${method} ${url}) carries no cookie, so no other site can send it in A's name`;
      return { ...where, idle, evidence: [note(idle)] };
    }
    const bare = context.mark();
    const asked = await writer.request(bare);
    ledger.begin({ what: 'record', mark: bare, how: 'the same request without a cookie' });
    const told =
      asked &&
      (await wire.send({
        ...asked,
        headers: {
          ...asked.headers,
          origin: new URL(url).origin,
          referer: writer.form,
          'content-length': String(new TextEncoder().encode(asked.body).length),
        },
      }));
    const pages = await pagesOf(context, session, writer);
    const ways: (Observed['ways'][number] & { mark: Mark })[] = [];
    for (const page of pages) {
      const { came, cookie: along } = await lure(context, session, page, url);
      ways.push({ way: page.way, came, cookie: along, written: false, mark: page.mark });
    }
    const seen = await seenBy(context, session, writer, [writer.trial, bare, ...ways.map(({ mark }) => mark)]);
    for (const mark of [bare, ...ways.map((w) => w.mark)]) ledger.settle(mark, seen.has(mark) ? 'ok' : 'nothing');
    const screen = await session.window.first.screen(
      `A after the page on another site: ${seen.size - 1} of its writes are there`,
    );
    return {
      ...where,
      cookies: namesOf(cookie).map((name) => cookieSaid(session, name)),
      open: seen.has(bare),
      control: seen.has(writer.trial),
      ways: ways.map(({ mark, ...way }) => ({ ...way, written: seen.has(mark) })),
      evidence: [screen, ...(told ? [told.evidence] : [])],
      reproduce: reproduction(context, headers['content-type'] ?? ''),
    };
  } finally {
    await session.close();
  }
}

const reproduction = ({ facts }: Context, type: string): string =>
  reproduce(
    facts,
    `let sent; page.on('request', (r) => { if (r.method() !== 'GET' && (r.postData() ?? '').includes(mark)) sent = r; });
await create(page); await page.waitForTimeout(1000);
const body = sent.postData().replaceAll(mark, changed);
const esc = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const input = ([name, value]) => '<input type="hidden" name="' + esc(name) + '" value="' + esc(value) + '">';
const form = (enctype, fields) => '<form method="post" action="' + esc(sent.url()) + '" enctype="' + enctype + '">' + fields.map(input).join('') + '</form><script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>';
const hidden = await page.evaluate(() => [...document.querySelectorAll('input[type=hidden]')].map((i) => i.name));
const pages = ${
      /json/i.test(type)
        ? `[form('text/plain', [[body.trimEnd().slice(0, -1) + ',"_":"', '"}']]), form('application/x-www-form-urlencoded', Object.entries(JSON.parse(body)).map(([n, v]) => [n, String(v)]))]`
        : `[form('application/x-www-form-urlencoded', [...new URLSearchParams(body)].filter(([name]) => !hidden.includes(name) && !/csrf|token|nonce/i.test(name)))]`
    };
const site = new URL(base).hostname === 'localhost' ? 'http://127.0.0.1:49999/' : 'http://localhost:49999/';
for (const html of pages) {
  const other = await page.context().newPage();
  await other.route(site, (r) => r.fulfill({ contentType: 'text/html', body: html }));
  await other.goto(site); await other.waitForTimeout(2000);
}
await home(page); await page.waitForTimeout(1500);
console.log('what a page on another site wrote is there:', await shows(page, changed));`,
  );

export const forgedRequests = defineProbe<Observed>({
  id: 'authentication/forged-requests',
  version: 1,
  does: 'writes 2 records as A, and tries up to 5 more from a page of ours on another site that A opens',
  mess: 'own-rows',
  costs: 12_000,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'authentication/forged-requests-are-refused',
      judge(o) {
        const [first, ...more] = o.evidence;
        if (o.idle !== undefined && first) return notApplicable(o.idle, cite(first));
        const none = lacking(
          { sent: o.sent, kept: o.kept, save: first },
          'there is nothing that another site could send',
        );
        if (none) return none;
        if (o.untried !== undefined || !first)
          return unknown('control-failed', o.untried ?? 'it was not tried', 'recipes.create in plummet.config.ts');
        if (!o.control)
          return unknown(
            'control-failed',
            'what A wrote from its own page was not there at the end',
            undefined,
            o.evidence,
          );
        if (o.open)
          return notApplicable(
            `${o.write} is taken without any cookie, so no cookie authorises it (see writes-need-a-session)`,
            cite(first, ...more),
          );
        const cookies = o.cookies.join(', ');
        const written = o.ways.filter((w) => w.written && w.came);
        const [worst] = written;
        if (worst && written.every((w) => !w.cookie))
          return unknown(
            'unclear',
            `${worst.way} from another site was taken without a cookie, and from elsewhere it is not`,
            undefined,
            o.evidence,
          );
        if (worst)
          return fail('authentication/forged-requests-are-refused', {
            where: o.where,
            because: `a page on another site, opened by A, wrote in A's name: ${written.map((w) => w.way).join('; ')}, with A's cookie (${cookies}, fresh from the log-in)${/without SameSite/.test(cookies) ? '; a cookie without SameSite is sent so for its first two minutes by Chrome, and later too by browsers that do not hold it for Lax' : ''}`,
            wrongIf: 'the app is made to be written to from other sites by whoever is logged in',
            evidence: cite(first, ...more),
            reproduce: o.reproduce,
          });
        if (!o.ways.length)
          return unknown('could-not-look', 'no page can be made that sends this write', undefined, o.evidence);
        const forms = o.ways.filter((w) => w.way.startsWith('a form'));
        if (forms.length && !forms.some((w) => w.came))
          return unknown('could-not-look', 'no form of the page on another site was sent', undefined, o.evidence);
        return pass(
          `A opened a page on another site (127.0.0.1 against localhost) that sent the write in ${o.ways.length} ways, with the cookies fresh from the log-in (${cookies}), and none was written: ${o.ways.map((w) => `${w.way} ${w.came ? (w.cookie ? 'came with the cookie' : 'came without the cookie') : 'was not sent by the browser'}`).join('; ')}; an aged cookie is sent to less and was not waited for`,
          cite(first, ...more),
        );
      },
    },
  ],
});
