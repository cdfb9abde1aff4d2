import type { Sent, Tab } from '../../model/browser.ts';
import type { Context, Session } from '../../model/context.ts';
import type { Said } from '../../model/evidence.ts';
import type { Place, RecordFacts } from '../../model/facts.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { isTelemetry, refusedInside, wasRefused } from '../../model/said.ts';
import { ofBrowser } from './asking.ts';
import { placesOf } from './ground.ts';

export const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

type Request = Parameters<Tab['fetch']>[0];

/** Method and path of the request that has left the form's trace once, in this run: where a list has lost its newest rows, a second trial would not be seen there. */
const admitted = new WeakMap<RecordFacts, string>();

export interface WireWriter {
  /** What it makes is in the ledger, as made by `how`. */
  write(mark: Mark, how: string): Promise<{ said: Said; because: string }>;
  /** What it would send, without what the browser adds. Undefined where the form is not given anew. */
  request(mark: Mark): Promise<Request | undefined>;
  /** The request of the form itself. */
  readonly from: Sent;
  /** Where the form stands. */
  readonly form: string;
  /** The record by which it was admitted, and where it was seen. */
  readonly trial: Mark;
  readonly places: readonly Place[];
}

/**
 * Writes records inside the page, by the request that the form makes. Each opaque value of that request has a source: hidden fields
 * are fetched afresh from the form, ids that the page made are made anew; the session's own headers are kept. Undefined where the
 * write goes by a socket, where there is no such request, or where the trace of one such write differs from the form's.
 */
export async function wireWriter(context: Context, session: Session, list: string): Promise<WireWriter | undefined> {
  const { facts, clock } = context;
  const record = facts.record;
  if (!record) return undefined;
  const mark = context.mark();
  const beside = context.marks.next();
  const honest = await session.do(record.create, { mark, alt: beside });
  const write = honest.writes.find((w) => !w.socket && !isTelemetry(w) && !wasRefused(w) && holds(w.body, mark));
  // Where the address is drawn from what stands beside the mark, each would be written over the last.
  if (!write || write.url.includes(beside) || honest.writes.filter((w) => !isTelemetry(w) && !w.socket).length > 2)
    return undefined;
  const formUrl = write.headers['referer'] ?? record.create.steps.find((s) => s.do === 'goto')?.url ?? facts.entry;
  const ids = [...new Set(`${write.url} ${write.body}`.match(uuid) ?? [])].filter(
    (id) =>
      !honest.requests.some((r) => r !== write && r.at < write.at && r.answer.includes(id)) && !formUrl.includes(id),
  );
  const send = async (next: Mark, how: string): Promise<{ said: Said; because: string }> => {
    const asked = await request(write, next);
    if (!asked) return { said: 'unclear', because: 'the form was not given anew' };
    context.ledger.begin({ what: 'record', mark: next, how });
    const told = await answer(asked);
    context.ledger.settle(next, told.said);
    return told;
  };
  const answer = async (asked: Request): Promise<{ said: Said; because: string }> => {
    const answer = await session.window.first.fetch(asked);
    if (answer.status === 429) {
      await clock.sleep(2000);
      return { said: 'unclear', because: 'asked to slow down' };
    }
    // Led to the door instead: the session is over.
    if (/<input[^>]+type\s*=\s*["']?password/i.test(answer.body) && /html/.test(answer.headers['content-type'] ?? ''))
      return { said: 'refused', because: 'the answer asks to log in' };
    if (answer.error || answer.status >= 400)
      return { said: 'refused', because: answer.error ?? `the answer was ${answer.status}` };
    if (refusedInside(answer.body, asked.body))
      return { said: 'refused', because: `the answer was ${answer.status}, and holds an error` };
    return { said: 'ok', because: `the answer was ${answer.status}` };
  };
  /**
   * The form has hidden fields that it sends, as the first time told. Where they are not given anew nothing is sent: with a token used before
   * a form is taken for one sent twice, and acknowledged without a new record.
   */
  let hidden: boolean | undefined;
  const request = async (from: Sent, next: Mark): Promise<Request | undefined> => {
    const headers = Object.fromEntries(Object.entries(from.headers).filter(([k]) => !ofBrowser.test(k)));
    // What stands beside the mark may have to be the only one of its kind, too.
    let body = from.body.replaceAll(mark, next).replaceAll(beside, context.marks.next());
    for (const id of ids) body = body.replaceAll(id, freshId(context));
    if (/x-www-form-urlencoded/.test(from.headers['content-type'] ?? '')) {
      const fields = new URLSearchParams(body);
      const fetched = hidden === false ? [] : Object.entries(await session.window.first.hiddenFields(formUrl));
      for (const [name, value] of fetched) if (fields.has(name)) fields.set(name, value);
      const given = fetched.some(([name]) => fields.has(name));
      hidden ??= given;
      if (hidden && !given) return undefined;
      body = fields.toString();
    }
    return { method: from.method, url: from.url, headers, body };
  };
  // Admitted only if it leaves the trace that the form leaves, once.
  const pattern = `${write.method} ${new URL(write.url).pathname}`;
  const places = placesOf(record, list);
  const writer = { write: send, request: (next: Mark) => request(write, next), from: write, form: formUrl, places };
  if (admitted.get(record) === pattern) return { ...writer, trial: mark };
  const trial = context.mark();
  const told = await send(trial, `${record.says}, by its request`);
  if (told.said !== 'ok') return undefined;
  const tab = await session.window.tab();
  const trace = await session.look(trial, 'seen', {
    places,
    tab,
    within: Math.max(2500, 2 * record.delay),
  });
  await tab.close();
  if (trace.seen !== 'yes') return undefined;
  admitted.set(record, pattern);
  return { ...writer, trial };
}

/** A version 4 id (RFC 9562) from our own marks, so that a run repeats itself. */
export function freshId(context: Pick<Context, 'marks'>): string {
  const hex = [...`${context.marks.next()}${context.marks.next()}${context.marks.next()}${context.marks.next()}`]
    .map((c) => (c.charCodeAt(0) % 16).toString(16))
    .join('')
    .padEnd(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
