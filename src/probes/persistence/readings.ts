import { z } from 'zod';
import { given, idIn } from '../../model/answer.ts';
import type { Context, Outcome, Session } from '../../model/context.ts';
import { operationIn } from '../../model/graphql.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { sendOf, substitute } from '../../model/recipe.ts';
import { evidenceId } from '../_shared/observed.ts';

/** What the server answered about a record: anywhere, and at the address of its id. */
export const readings = z.object({
  carried: z.string().optional(),
  acknowledgedId: z.string().optional(),
  item: z.object({ url: z.string(), status: z.number(), carries: z.boolean(), recordLike: z.boolean() }).optional(),
  madeUp: z.object({ url: z.string(), same: z.boolean() }).optional(),
  evidence: evidenceId,
});
export type Readings = z.infer<typeof readings>;

/** Reads the record back as the pages of the fresh session and of its maker do, and by its id and two made-up ones of the same shape. */
export async function readBack(
  context: Context,
  session: Session,
  maker: Session,
  mark: Mark,
  create: Outcome,
  since: number,
): Promise<Readings> {
  const { journal } = context;
  // What the maker's own browser reads after its reload is an answer from data too, unless the request says it first.
  const answered = [...session.window.traffic(since), ...maker.window.traffic(since)].find(
    (r) =>
      r.kind !== 'script' &&
      (r.status ?? 200) < 400 &&
      holds(r.answer, mark) &&
      !holds(r.body, mark) &&
      !holds(new URL(r.url).search, mark),
  );
  const { id: named, own } = sendOf(context.facts.record?.create) ?? {};
  const write = create.writes.find((w) => (holds(w.body, mark) || holds(w.answer, mark)) && !w.socket);
  const id = write && (write.status === 201 || write.status === 200) ? idIn(write.answer, named) : undefined;
  let item: Readings['item'];
  let madeUp: Readings['madeUp'];
  const queried = write !== undefined && operationIn(write.body) !== undefined;
  // Where all is asked at one address, a record has one of its own only if the survey learned it.
  if (
    write &&
    id &&
    session.inside &&
    !(queried && !own) &&
    /json/.test(write.answerHeaders['content-type'] ?? 'json')
  ) {
    const seenUrl = [...session.window.traffic(since), ...create.requests].find(
      (r) => r.method === 'GET' && r.kind === 'fetch' && new URL(r.url).pathname.split('/').includes(id),
    )?.url;
    const at = (one: string): string =>
      queried && own
        ? substitute(own, { mark, id: encodeURIComponent(one) })
        : seenUrl
          ? seenUrl.replace(encodeURIComponent(id), encodeURIComponent(one))
          : `${write.url.split('?')[0]?.replace(/\/$/, '')}/${encodeURIComponent(one)}`;
    const url = at(id);
    const headers = Object.fromEntries(
      Object.entries(write.headers).filter(([k]) => /^(authorization|x-[\w-]+|apikey)$/i.test(k)),
    );
    const answer = await session.window.first.fetch({ method: 'GET', url, headers });
    const json = /json/.test(answer.headers['content-type'] ?? '');
    if (answer.status === 200 && json) {
      item = { url, status: 200, carries: !!holds(answer.body, mark), recordLike: recordLike(answer.body) };
      if (!item.carries && item.recordLike) {
        const others = await Promise.all(
          [other(id, 1), other(id, 2)].map((made) =>
            session.window.first.fetch({ method: 'GET', url: at(made), headers }),
          ),
        );
        madeUp = {
          url,
          same: others.every((o) => o.status === 200 && recordLike(o.body)) && others[0]?.body === others[1]?.body,
        };
      }
    } else if (answer.status === 404 && json && !queried) {
      // Only where the collection can be read at the address that took the write: many services take writes and show nothing.
      const list = await session.window.first.fetch({ method: 'GET', url: write.url, headers });
      if (list.status === 200 && /json/.test(list.headers['content-type'] ?? '') && !holds(list.body, mark))
        item = { url, status: 404, carries: false, recordLike: false };
    }
  }
  const carried = answered
    ? `${answered.method} ${answered.url.replace(/^\w+:\/\/[^/]+/, '')}`
    : item?.carries
      ? `GET ${item.url}`
      : undefined;
  const evidence = journal.note({
    kind: 'exchange',
    who: session.who,
    says: carried ? `the answer to ${carried} carries ${mark}` : `no answer carries ${mark}`,
    data: {
      ...(answered ? { answer: excerpt(answered.answer, mark) } : {}),
      ...(item ? { item } : {}),
      ...(madeUp ? { madeUp } : {}),
    },
  });
  return {
    ...(carried ? { carried } : {}),
    ...(id && write?.status === 201 ? { acknowledgedId: id } : {}),
    ...(item ? { item } : {}),
    ...(madeUp ? { madeUp } : {}),
    evidence,
  };
}

/** An id of the same shape that nobody has. */
function other(id: string, n: number): string {
  if (/^\d+$/.test(id)) return String(Number(id) + 987_650 + n);
  return id.replace(/[0-9a-f]/gi, (c, i: number) => (i % 3 === n % 3 ? (c === '7' ? '3' : '7') : c));
}

function recordLike(body: string): boolean {
  try {
    const value = given(JSON.parse(body));
    return (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.keys(value).length >= 2 &&
      !('error' in value) &&
      !('errors' in value)
    );
  } catch {
    return false;
  }
}

function excerpt(text: string, mark: Mark): string {
  const at = Math.max(0, text.toLowerCase().indexOf(mark.slice(0, 6)));
  return text.slice(Math.max(0, at - 150), at + 250);
}
