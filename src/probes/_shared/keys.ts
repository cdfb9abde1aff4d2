import { asksOnly } from '../../model/graphql.ts';
import { holds, type Mark } from '../../model/mark.ts';

/** Can nobody come upon this part of an address by trying? The ids of some stores look so and count up (ObjectId, UUID versions but 4 and 7). Pure. */
export function cannotBeGuessed(part: string): boolean {
  if (/^[0-9a-f]{24}$/i.test(part)) return false;
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.exec(part);
  if (uuid) return uuid[1] === '4' || uuid[1] === '7';
  // A slug of words ends in its key, if it has one.
  const key = /^[a-z]+(-[a-z0-9]+)+$/.test(part) ? (part.split('-').at(-1) ?? '') : part;
  // Words that were written as one (getAllNotesForUser).
  if (/^[a-z]{2,}([A-Z][a-z]+)+$/.test(key)) return false;
  return key.length >= 16 && /[a-z]/i.test(key) && (/\d/.test(key) || (/[a-z]/.test(key) && /[A-Z]/.test(key)));
}

/** Does an address, or a variable of its query, hold a part besides the mark that cannot be guessed? */
export function isKeyed(
  { method = 'GET', url, body = '' }: { method?: string; url: string; body?: string },
  mark: Mark,
): boolean {
  const variables = asksOnly({ method, body }) ? (/"variables"\s*:\s*(\{.*?\})/.exec(body)?.[1] ?? '') : '';
  return `${url.replace(/^https?:\/\/[^/]+/, '')}/${variables}`
    .split(/[^\w-]+/)
    .some((part) => !holds(part, mark) && cannotBeGuessed(part));
}
