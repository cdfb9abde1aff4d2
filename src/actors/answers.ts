/** What requests and their answers say to whoever acts: that a list was read, that nobody is logged in, that one is to come later. */
import type { Change, Sent } from '../model/browser.ts';
import type { Place } from '../model/facts.ts';
import { operationIn, statusOf } from '../model/graphql.ts';
import { holds, type Mark } from '../model/mark.ts';

/** Was the mark sent along, in the body or in the address? */
export const carries = (r: Sent, mark: Mark): boolean => (holds(r.body, mark) ?? holds(r.url, mark)) !== undefined;

/** A list is read where it is answered; that nothing is at the address of one record is an answer, too. */
export const isAnswer = (status: number | undefined, { what }: Place): boolean =>
  status === undefined || status < 400 || (what === 'own' && (status === 404 || status === 410));

/** The answer to the last request was that nobody is logged in. */
export function isShut(changes: readonly Change[]): boolean {
  const last = changes.at(-1)?.writes.at(-1);
  return last !== undefined && statusIn(last) === 401;
}
const statusIn = ({ status = 0, body, answer }: Sent): number =>
  operationIn(body) ? statusOf(status, answer) : status;

/** The app asked to come later. */
export const isPaced = (changes: readonly Change[]): boolean =>
  changes.some((c) => c.writes.some((w) => w.status === 429));
/** Milliseconds to wait then: Retry-After in seconds (RFC 9110, 10.2.3), between 1 and 15 s. */
export const pace = (changes: readonly Change[]): number =>
  Math.min(
    15_000,
    Math.max(
      1000,
      1000 *
        Number(changes.flatMap((c) => c.writes).find((w) => w.status === 429)?.answerHeaders['retry-after'] ?? 2) ||
        2000,
    ),
  );
