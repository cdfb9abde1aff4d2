/** What the answers to two addresses tell of which of them has an account. Pure. */
import type { Sent, View } from '../../model/browser.ts';
import type { Values } from '../../model/recipe.ts';
import { isTelemetry } from '../../model/said.ts';

/** What differs between any two answers: ids, tokens, times, and all other numbers. */
const varying = [
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\b(?=[\w+/=.-]*\d)[\w+/=.-]{16,}/g,
  /[\w+/=-]{24,}/g,
  /\d+/g,
];

/**
 * The parts of what came back, each comparable by itself: statuses, members of JSON, lines of a page. What is
 * typed for either address is left out: a page may show one of them by itself.
 */
export function partsOf(
  { writes, ended }: { readonly writes: readonly Sent[]; readonly ended: Pick<View, 'url' | 'text'> },
  typed: readonly Values[],
): string[] {
  const words = typed
    .flatMap((values) => ['email', 'username', 'name', 'password'].flatMap((key) => values[key] ?? []))
    .filter((word) => word.length > 2)
    .sort((a, b) => b.length - a.length);
  const plain = (text: string): string => {
    let out = text;
    for (const word of words)
      for (const form of [word, encodeURIComponent(word)])
        out = out.replace(new RegExp(form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), '‹typed›');
    // b•••@example.com: an address that only who knows it can read.
    out = out.replace(/\S*(?:[*•·…]|\.{3})\S*/g, '‹masked›');
    for (const pattern of varying) out = out.replace(pattern, '#');
    return out.replace(/\s+/g, ' ').trim();
  };
  const answers = writes
    .filter((w) => !isTelemetry(w) && !w.socket)
    .flatMap((w) => [
      `answered ${w.status ?? 'nothing'}`,
      ...(w.answerHeaders['location'] ? [plain(`leads to ${w.answerHeaders['location']}`)] : []),
      ...membersOf(w.answer).map((part) => plain(part)),
    ]);
  const page = [`ends at ${plain(URL.parse(ended.url)?.pathname ?? '')}`, ...ended.text.split('\n').map(plain)];
  // Statuses are numbers, too.
  return [...new Set([...answers, ...page])].filter((part) => part.length > 1);
}

/** Of JSON each member; of a page nothing, for its text is looked at as it is shown. */
function membersOf(answer: string): string[] {
  try {
    const found: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, Array.isArray(value) ? path : `${path}${key} `);
      else found.push(`${path}${String(value)}`.slice(0, 400));
    };
    walk(JSON.parse(answer), '');
    return found;
  } catch {
    return /<[a-z!]/i.test(answer) ? [] : answer.split('\n').slice(0, 50);
  }
}

/**
 * What stands in all answers to one and in none to the other, told of the known and of the unknown address. Nothing where they are alike; a
 * part that comes and goes between two answers to the same address tells nothing.
 */
export function differing(
  known: readonly (readonly string[])[],
  unknown: readonly (readonly string[])[],
): { readonly known: string[]; readonly unknown: string[] } {
  const only = (these: readonly (readonly string[])[], those: readonly (readonly string[])[]): string[] =>
    (these[0] ?? []).filter(
      (part) => these.every((parts) => parts.includes(part)) && !those.some((parts) => parts.includes(part)),
    );
  return { known: only(known, unknown), unknown: only(unknown, known) };
}

export const alike = ({ known, unknown }: ReturnType<typeof differing>): boolean => !known.length && !unknown.length;

/** Values of nobody's account, of the kind that the known one's are: its form alone must not be what an answer is about. `id`: a word that no other has. */
export function strangerLike(known: Values, id: string, password: string): Values & { readonly email: string } {
  const like = (text: string | undefined): string | undefined => {
    if (!text) return undefined;
    const at = text.lastIndexOf('@');
    if (at > 0) return `${id}${text.slice(at)}`;
    const digits = text.match(/\d/g)?.length ?? 0;
    if (digits < 3) return id;
    // A number to call or of somebody's staff: it begins as the other does.
    let n = 0;
    return text.replace(/\d/g, (digit) =>
      ++n > digits / 2 ? `${(Number(digit) + 1 + (id.charCodeAt(n % id.length) % 9)) % 10}` : digit,
    );
  };
  return {
    email: like(known['email']) ?? `${id}@example.com`,
    username: like(known['username']) ?? id,
    name: `Ada ${id}`,
    password,
  };
}
