/**
 * Tables of a hosted backend that A's traffic and the scripts name are asked for A's own rows, by what A wrote in them: with the public key alone, as
 * nobody, and as B. Rows that are not ours are never asked for. Control: A's own session is given its row by the same question. What could deceive
 * it: what nobody's own walk shows is public, and what B's own pages show is shared.
 */
import { z } from 'zod';
import { jsonOf, objectsIn } from '../../model/answer.ts';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import { keptFrom, spokenTo } from '../../model/hosted.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { openPlace } from '../../model/place.ts';
import { defineProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { fail, notApplicable, pass, unknown } from '../../model/verdict.ts';
import { cite, noWay } from '../_shared/ground.ts';
import { evidenceId } from '../_shared/observed.ts';
import { read, tells, toldSince } from '../_shared/reading.ts';
import { reproduce } from '../_shared/reproduce.ts';
import { walks } from './walking.ts';

const observed = z.object({
  requests: z.number(),
  service: z.string().optional(),
  host: z.string(),
  /** A's row is there for A by this question, and for whom else. */
  tables: z.array(
    z.object({
      table: z.string(),
      column: z.string(),
      own: z.boolean(),
      nobody: z.boolean(),
      b: z.boolean(),
      evidence: z.array(evidenceId),
    }),
  ),
  /** What A wrote stands on a page of nobody's, or of B's. */
  public: z.boolean(),
  shared: z.boolean(),
  note: evidenceId,
  reproduce: z.string(),
});
type Observed = z.infer<typeof observed>;

/** The way of PostgREST: https://postgrest.org/en/stable/references/api/tables_views.html */
const tableIn = (url: string): { base: string; table: string } | undefined => {
  const [, base = '', table = ''] = /^(https?:\/\/[^/]+\/rest\/v1\/)([\w-]+)(?:\?|$)/.exec(url) ?? [];
  return table && table !== 'rpc' ? { base, table } : undefined;
};
const named = /(?<!\b(?:Array|Buffer|\w+Array))\.from\(\s*["'`]([A-Za-z_][\w-]{0,60})["'`]\s*\)/g;

/** Columns in which A's rows hold the mark, by their table. */
function columnsIn(
  traffic: readonly Sent[],
  marks: readonly Mark[],
): { base: string; table: string; column: string; mark: Mark }[] {
  return traffic.flatMap((r) => {
    const at = tableIn(r.url);
    const rows = at ? [...objectsIn(jsonOf(r.answer)), ...objectsIn(jsonOf(r.body))] : [];
    return rows.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) => {
        const mark = typeof value === 'string' ? marks.find((one) => holds(value, one) === 'whole') : undefined;
        return at && mark ? [{ ...at, column, mark }] : [];
      }),
    );
  });
}

/** Only rows that hold the mark: nothing of others is asked for. */
const question = (base: string, table: string, column: string, mark: Mark): string =>
  `${base}${table}?select=${encodeURIComponent(column)}&${encodeURIComponent(column)}=ilike.*${encodeURIComponent(mark)}*`;

async function told(context: Context, session: Session, mark: Mark): Promise<boolean> {
  for (const place of [{ url: context.facts.entry }, ...(context.facts.record?.places ?? [])].slice(0, 3))
    await openPlace(session.window.first, place);
  return toldSince(session, mark, 0);
}

async function observe(context: Context): Promise<Observed> {
  const { facts, actors, journal, wire } = context;
  const traffic = actors.A.window.traffic(0).filter((r) => !r.socket);
  const asked = traffic.filter((r) => !r.error);
  const spoken = spokenTo(asked);
  const base = {
    requests: traffic.length,
    host: spoken?.host ?? '',
    tables: [],
    public: false,
    shared: false,
    reproduce: '',
  };
  const note = (says: string): `e${number}` => journal.note({ kind: 'note', who: 'A', says });
  if (!spoken)
    return { ...base, note: note(`of ${traffic.length} requests of its pages none went to a hosted backend`) };
  const service = spoken.name;
  const marks = facts.record?.marks ?? [];
  const found = columnsIn(asked, marks);
  const [first] = found;
  const key = asked.find((r) => tableIn(r.url) && r.headers['apikey'])?.headers['apikey'];
  if (!first || !key)
    return { ...base, service, note: note(`no table of ${spoken.host} was seen to hold what A wrote`) };
  context.progress('asking the hosted backend with its public key');
  const scripts = asked
    .filter((r) => r.kind === 'script')
    .flatMap((r) => [...r.answer.matchAll(named)].flatMap(([, table]) => table ?? []));
  const names = new Set([
    ...found.map((f) => f.table),
    ...asked.flatMap((r) => tableIn(r.url)?.table ?? []),
    ...scripts,
  ]);
  const nobody = await actors.fresh('nobody');
  const isPublic = await told(context, nobody, first.mark).finally(() => nobody.close());
  const b = (await actors.hasSecond()) ? await actors.fresh('B') : undefined;
  try {
    const shared = b ? await told(context, b, first.mark) : false;
    const tables: Observed['tables'] = [];
    let renewed = false;
    for (const table of [...names].slice(0, 12)) {
      // A table that A was not seen to read is asked by the column of one that was: it may have none of that name.
      const { column, mark } = found.find((f) => f.table === table) ?? first;
      const url = question(first.base, table, column, mark);
      let own = await read(context, actors.A, url);
      // The page that stood there may have let its token run out: it gets a new one as it is opened.
      if (!tells(own, mark) && !renewed) {
        renewed = true;
        await openPlace(actors.A.window.first, facts.record?.places[0] ?? { url: facts.entry });
        own = await read(context, actors.A, url);
      }
      const alone = await wire.send({
        method: 'GET',
        url,
        headers: { apikey: key, authorization: `Bearer ${key}`, accept: 'application/json' },
      });
      const theirs = b?.inside ? await read(context, b, url) : undefined;
      tables.push({
        table,
        column,
        own: tells(own, mark),
        nobody: alone.status < 400 && holds(alone.body, mark) !== undefined,
        b: theirs !== undefined && tells(theirs, mark),
        evidence: [alone.evidence, ...(theirs ? [theirs.evidence] : []), own.evidence],
      });
    }
    const worst = tables.find((t) => t.nobody || t.b);
    const accused = tables.some((t) => !isPublic && (t.nobody || (t.b && !shared)));
    const walked = accused ? (await walks(context, b, first.mark, [])).walked : undefined;
    return {
      ...base,
      service,
      tables,
      public: isPublic || walked?.who === 'nobody',
      shared: shared || walked?.who === 'B',
      note: note(`asked ${tables.length} tables of ${spoken.host} for what A wrote`),
      reproduce: worst ? reproduction(context, worst.table, worst.column, !worst.nobody) : '',
    };
  } finally {
    await b?.close();
  }
}

const reproduction = ({ facts }: Context, table: string, column: string, asB: boolean): string =>
  reproduce(
    facts,
    `let asked; const listen = (p) => p.on('request', (r) => { if (r.url().includes('/rest/v1/') && r.headers().apikey) asked = r; });
listen(page); await create(page); await page.waitForTimeout(1000);
${asB ? "const b = await fresh(); listen(b); account('b'); await signUp(b); await home(b); await b.waitForTimeout(1500);" : ''}
const { apikey, authorization } = asked.headers();
const url = asked.url().split('/rest/v1/')[0] + '/rest/v1/' + ${quote(`${table}?select=${column}&${column}=ilike.*`)} + mark + '*';
const answer = await fetch(url, { headers: { apikey, authorization: ${asB ? 'authorization' : "'Bearer ' + apikey"} } });
console.log('rows of A that ${asB ? 'B is' : 'the public key alone is'} given:', (await answer.json()).length);`,
  );

export const rowSecurity = defineProbe<Observed>({
  id: 'authorization/row-security',
  version: 1,
  does: 'asks tables of a hosted backend for the records of A, as nobody and as B (an account, made where none was given)',
  mess: 'own-rows',
  costs: 2500,
  session: 'own',
  profile: 'audit',
  observed,
  observe,
  claims: [
    {
      id: 'authorization/row-security-holds',
      judge(o, facts) {
        if (facts.kind === 'dead') return unknown('could-not-look', 'the page did not open');
        const kept = facts.hosted ? keptFrom(facts) : undefined;
        if (kept) return unknown('permission', kept.because, kept.wants, facts.evidence);
        if (!o.service)
          return o.requests
            ? notApplicable(`of ${o.requests} requests of its pages none went to a hosted backend`, cite(o.note))
            : unknown('could-not-look', 'no request of its pages was seen', undefined, [o.note]);
        if (!facts.record) return noWay(facts);
        if (o.service !== 'Supabase')
          return unknown(
            'no-way-found',
            `its pages work with ${o.service} at ${o.host}, whose rules were not tried: its dialect is not spoken here`,
            undefined,
            [o.note],
          );
        if (!o.tables.some((t) => t.own))
          return unknown(
            'control-failed',
            `no table of ${o.host} gave A what A wrote when it was asked for it`,
            undefined,
            [o.note],
          );
        const open = o.tables.filter((t) => (t.nobody && !o.public) || (t.b && !o.public && !o.shared));
        const [worst] = open;
        if (worst)
          return fail('authorization/row-security-holds', {
            where: `${o.host}/${worst.table}`,
            because: open
              .map(
                (t) =>
                  `the table ${t.table} gives A's row to ${t.nobody && !o.public ? 'the public key alone' : 'B, whose own pages do not show it'}`,
              )
              .join('; '),
            wrongIf: 'these rows are meant to be read by everybody, on pages that were not found',
            evidence: cite(...worst.evidence),
            reproduce: o.reproduce,
          });
        const evidence = cite(...o.tables.flatMap((t) => t.evidence), o.note);
        if (o.public) return notApplicable('what A wrote stands on pages that anybody opens: it is public', evidence);
        return pass(
          `${o.tables.map((t) => t.table).join(', ')} of ${o.host} gave A's rows to A, and not to the public key alone${o.shared ? '; B is shown them by its own pages' : ' or to B'}`,
          evidence,
        );
      },
    },
  ],
});
