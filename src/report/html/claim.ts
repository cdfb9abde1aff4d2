import { advice } from '../advice.ts';
import type { Entry } from '../outline.ts';
import { opened } from './copy.ts';
import { h, type Markup } from './markup.ts';

/** Where a claim stands in the page. */
export const anchor = (claim: string): string => `claim-${claim.replace(/[^\w-]/g, '-')}`;

/** What a claim is called for the filter: the four heaps of the page. */
export type Told = 'broken' | 'untold' | 'holds' | 'apart';

/** A line that unfolds: the claim's sentence, and what is known of it. Everything in the page that can be filtered is one. */
export function claim(
  entry: Entry,
  told: Told,
  { level, open = false, aside }: { level: 3 | 4 | 5; open?: boolean; aside?: Markup | undefined },
  body: Markup,
): Markup {
  const { result, says, severity, section } = entry;
  const notice = told === 'broken' ? advice[result.claim]?.notice : undefined;
  const title = heading(level, h`${notice ?? says}`);
  return h`<details class="claim ${told}" id="${anchor(result.claim)}" data-told="${told}" data-severity="${severity ?? 'none'}" data-section="${section || 'others'}"${opened(open)}><summary>${sign(entry, told)}<div>${title}${notice && h`<p class="says"><span>Does not hold:</span> ${says}</p>`}<span class="under"><code>${result.claim}</code>${aside}</span></div></summary><div class="body">${body}</div></details>`;
}

/** A heading of a level that depends on where the claim stands. */
export const heading = (level: 3 | 4 | 5, words: Markup): Markup =>
  level === 3 ? h`<h3>${words}</h3>` : level === 4 ? h`<h4>${words}</h4>` : h`<h5>${words}</h5>`;

function sign({ severity }: Entry, told: Told): Markup {
  if (told === 'broken') return h`<span class="severity ${severity ?? 'none'}">${severity ?? 'broken'}</span>`;
  const [letter, words] = { untold: ['?', 'not told'], holds: ['✓', 'holds'], apart: ['–', 'does not apply'] }[told];
  return h`<span class="sign ${told}" role="img" aria-label="${words}">${letter}</span>`;
}

/** The usual fix, in words of ours: what stands between backticks is code. */
export function fixOf(claim: string): Markup | undefined {
  const fix = advice[claim]?.fix;
  return fix === undefined ? undefined : coded(fix);
}

/** Text of ours, with what stands between backticks as code. */
export const coded = (text: string): Markup =>
  h`${text.split('`').map((part, index) => (index % 2 ? h`<code>${part}</code>` : h`${part}`))}`;
