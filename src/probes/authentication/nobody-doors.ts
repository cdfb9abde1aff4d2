/**
 * Records of other kinds than ours are not touched. A record that does not exist is: by an id that none of a collection has, as A, as nobody, and
 * at an address that nothing handles. Where nobody is answered as A is, and not as where there is no handler, the handler looks for the
 * record before it asks who wants it. That is no proof that it never asks, and what was shown of our own record is none that all ask.
 */
import { z } from 'zod';
import { idOf, jsonOf, type Members, rowsIn } from '../../model/answer.ts';
import type { Sent } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import { type Asked, ask, isAskable } from '../_shared/asking.ts';
import { evidenceId } from '../_shared/observed.ts';
import { freshId, uuid } from '../_shared/wire-writer.ts';

/** Collections that are asked. */
const mostCollections = 4;
/** It makes nothing where there is nothing (PUT may, RFC 9110, 9.3.4), and takes nothing away, whatever its handler makes of the id. */
const method = 'PATCH';

export const door = z.object({
  /** Method and path, with `…` for the id. */
  request: z.string(),
  status: z.number(),
  evidence: evidenceId,
  honest: evidenceId,
});
export type Door = z.infer<typeof door>;

/** Those that are answered alike. `own`: the address of our record, which has been tried. */
export async function tryDoors(context: Context, nobody: Session, own: string): Promise<Door[]> {
  const { A } = context.actors;
  const found: Door[] = [];
  for (const { read, path, id } of collectionsIn(A.window.traffic(0), context, own).slice(0, mostCollections)) {
    const [none, elsewhere] = [`${path}/${id}`, `${path.replace(/[^/]+$/, context.mark())}/${id}`];
    const from = { ...read, headers: { ...read.headers, 'content-type': 'application/json' } };
    const at = (session: Session, where: string): Promise<Asked> =>
      ask(context, session, from, { method, url: new URL(read.url).origin + where, body: '{}' });
    const mine = await at(A, none);
    if (!handled.has(mine.status) || told(mine, none) === told(await at(A, elsewhere), elsewhere)) continue;
    const theirs = await at(nobody, none);
    if (told(theirs, none) !== told(mine, none)) continue;
    const request = `${method} ${path}/…`;
    found.push({ request, status: theirs.status, evidence: theirs.evidence, honest: mine.evidence });
  }
  return found;
}

/** Answers of a handler that has looked; 422 is what a token against forged requests may lack. */
const handled = new Set([200, 202, 204, 400, 404, 410]);

/** Status and text, without what was asked for. */
const told = ({ status, body }: Asked, path: string): string =>
  `${status} ${path.split('/').reduce((text, part) => (part ? text.replaceAll(part, '#') : text), body)}`;

/** Lists of records that A's pages fetched, each with an id that no record of it has. */
function collectionsIn(
  traffic: readonly Sent[],
  context: Pick<Context, 'marks'>,
  own: string,
): { read: Sent; path: string; id: string }[] {
  const found = new Map<string, { read: Sent; path: string; id: string }>();
  for (const read of traffic) {
    if (read.socket || read.method !== 'GET' || read.kind !== 'fetch' || read.status !== 200 || !isAskable(read))
      continue;
    const path = new URL(read.url).pathname.replace(/\/$/, '');
    const ids = rowsIn(jsonOf(read.answer)).map((row) => idOf(row as Members));
    const id = idBeside(ids, context);
    if (id !== undefined && path !== '' && !`${own}/`.includes(`${path}/`)) found.set(path, { read, path, id });
  }
  return [...found.values()];
}

/** An id of the same kind that is none of these; undefined where they are of no kind that is known. */
export function idBeside(ids: readonly (string | undefined)[], context: Pick<Context, 'marks'>): string | undefined {
  const known = ids.filter((id) => id !== undefined);
  if (!known.length || known.length < ids.length) return undefined;
  if (known.every((id) => /^\d{1,9}$/.test(id))) return String(Math.max(...known.map(Number)) + 1_000_003);
  if (known.every((id) => id.replace(uuid, '') === '')) return freshId(context);
  if (known.every((id) => /^[0-9a-f]{24}$/.test(id))) return freshId(context).replaceAll('-', '').slice(0, 24);
  return undefined;
}
