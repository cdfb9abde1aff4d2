import type { RunEvent } from './evidence.ts';
import type { Mark } from './mark.ts';
import type { Step, Values } from './recipe.ts';

/** One act of the survey, as it can be done again. */
export interface WalkAct {
  /** Which page of which browser: `window.tab`, both counted from 1. */
  readonly page: string;
  readonly who: string;
  readonly step: Step;
  /** What stood for the step's placeholders; of an account only the names. */
  readonly uses: Values;
  /** The address afterwards. */
  readonly url: string;
}

/** Of an account, and of the moment. */
const another = new Set(['email', 'password', 'username', 'name', 'code', 'link']);

/** What the step's placeholders stood for, and whose row it is in, without what belongs to an account or came by mail: that is another each time. */
export function usesOf(step: Step, values: Values, mark?: Mark): Values {
  const named = [...JSON.stringify(step).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const known = named.filter((name) => name in values && !another.has(name));
  return { ...(mark ? { mark } : {}), ...Object.fromEntries(known.map((name) => [name, values[name] ?? ''])) };
}

/** The journal's word for the end of the survey. */
export const surveyEnds = 'the survey ends';

/** The acts of the survey, in their order, from the journal of a run. */
export function walkIn(events: readonly RunEvent[]): WalkAct[] {
  const end = events.findIndex((e) => e.who === 'survey' && e.says === surveyEnds);
  return events.slice(0, end < 0 ? events.length : end).flatMap(({ who, data }) =>
    data?.['step']
      ? [
          {
            who,
            page: String(data['page']),
            step: data['step'] as Step,
            uses: data['uses'] as Values,
            url: String(data['url']),
          },
        ]
      : [],
  );
}

/** An address without what differs from one run to the next: port, marks, numbers, ids. */
export function shapeOf(url: string, marks: readonly string[] = []): string {
  const { pathname, hash } = URL.canParse(url) ? new URL(url) : { pathname: url, hash: '' };
  const plain = marks.reduce((text, mark) => text.replaceAll(mark, '*'), pathname + hash);
  return plain
    .split('/')
    .map((part) => (isId(part) ? '#' : part.replace(/\d+/g, '#')))
    .join('/');
}

/** Eight characters or more with a digit or both cases among them. */
export const isId = (part: string): boolean => /^[\w-]{8,}$/.test(part) && /\d|[a-z].*[A-Z]|[A-Z].*[a-z]/.test(part);

/** What came of a walk that was done again. */
export interface Replayed {
  readonly acts: number;
  /** Where it went another way than the first time, one line each. */
  readonly departures: readonly string[];
  /** What was made and could not be taken away. */
  readonly left: readonly string[];
}
