/**
 * Rows of other people, taken out of what the app sent before it is shown: what a report needs of an answer is its shape and what
 * is ours in it. A text is ours if it holds a mark that was planted. Pictures are not within its reach.
 */
import { clip } from '../../lib/text.ts';
import type { RunEvent } from '../../model/evidence.ts';
import type { Run } from '../../model/run.ts';

export interface Veil {
  /** A request's or answer's body: members and shape as they are, words only where they are ours. */
  body(text: string): string;
  /** A line of a log: as it is, without addresses of people and long numbers that are not ours. */
  line(text: string): string;
  /** What appeared on a page: only what is ours, or a sign of success that the survey knows. */
  ours(texts: readonly string[]): { readonly shown: readonly string[]; readonly hidden: number };
  /** What was planted, in this text. */
  marksIn(text: string): string[];
}

const letters = (text: string): string => `‹${text.length} ${text.length === 1 ? 'letter' : 'letters'}›`;
/** Members in which an app speaks to its caller, and not of its users. */
const speaks = /^(error|errors|code|status|ok|success|message|msg|detail|reason|type|method|allowed)$/i;
const address = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

export function veil(run: Run, events: readonly RunEvent[]): Veil {
  const marks = new Set<string>();
  for (const { mark } of run.ledger) add(mark);
  for (const { data } of events) {
    for (const used of Object.values((data?.['uses'] ?? {}) as Record<string, unknown>)) add(used);
    for (const name of ['mark', 'settled', 'from', 'to']) add(data?.[name]);
  }
  const signs = new Set((run.facts.record?.successTexts ?? []).map((text) => text.toLowerCase()));
  const known = [...marks].sort((a, b) => b.length - a.length);

  function add(mark: unknown): void {
    // "act" entries say what was done, and are no mark.
    if (typeof mark === 'string' && mark.length >= 5 && mark.length <= 80 && !/\s/.test(mark))
      marks.add(mark.toLowerCase());
  }
  const marksIn = (text: string): string[] => {
    const low = text.toLowerCase();
    return known.filter((mark) => low.includes(mark));
  };
  const ours = (text: string): boolean => marksIn(text).length > 0;
  const line = (text: string): string =>
    text
      .replace(address, (found) => (ours(found) ? found : '‹an address›'))
      .replace(/\d{7,}/g, (digits) => `‹${digits.length} digits›`);

  return {
    marksIn,
    line,
    body: (text) => (/^\s*</.test(text) || /<\/\w+>/.test(text) ? ofPage(text) : ofData(text)),
    ours(texts) {
      const shown = texts
        .filter((text) => ours(text) || signs.has(text.toLowerCase().replace(/[.!…]+$/, '')))
        .map((text) => around(text));
      return { shown: [...new Set(shown)], hidden: texts.length - shown.length };
    },
  };

  /** A mark with what stands close to it in a text that may hold a whole page. */
  function around(text: string): string {
    const low = text.toLowerCase();
    const place = Math.min(...marksIn(text).map((mark) => low.indexOf(mark)), text.length);
    return text.length <= 60 ? text : clip(text.slice(place === text.length ? 0 : place), 24);
  }

  /** JSON, forms and pieces of them, cut anywhere. */
  function ofData(text: string): string {
    let member = '';
    return text
      .replace(/"((?:[^"\\]|\\.)*)"(\s*:)?|"((?:[^"\\]|\\.)*)$|^([^"{}[\]]*)"/g, (whole, value, colon, cut, before) => {
        if (colon) {
          member = value;
          return whole;
        }
        const said = value ?? cut ?? before ?? '';
        if (said === '' || ours(said)) return whole;
        if (speaks.test(member) && said.length <= 120) return whole.replace(said, line(said));
        return cut === undefined && value !== undefined
          ? `"${letters(said)}"`
          : `${letters(said)}${before === undefined ? '' : '"'}`;
      })
      .replace(/(?<![\w.‹-])-?\d{5,}(?:\.\d+)?/g, (digits) => `‹${digits.length} digits›`)
      .replace(/(^|&)([\w.[\]-]+)=([^&\s]+)/g, (whole, and, name, value) =>
        ours(value) ? whole : `${and}${name}=${letters(value)}`,
      );
  }

  /** Of a page the elements around what is ours. */
  function ofPage(text: string): string {
    const parts = text.replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, '<$1>').split(/(<[^>]*>?)/);
    const seen = parts.flatMap((part, index) =>
      index % 2 === 0 && ours(part) ? [`${tag(parts[index - 1])}${around(part.trim())}${tag(parts[index + 1])}`] : [],
    );
    const size = `a page of ${text.length} characters`;
    return seen.length
      ? `‹${size}; of it›\n${seen.slice(0, 6).join('\n')}`
      : `‹${size}, with nothing that was planted›`;
  }
}

const tag = (text = ''): string => /^<\/?[\w-]+/.exec(text)?.[0].concat('>') ?? '';
