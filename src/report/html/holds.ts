import { asSentence, plural } from '../../lib/text.ts';
import { chapters, cited, type Entry, type ReportInput } from '../outline.ts';
import { claim } from './claim.ts';
import type { Exhibits } from './evidence.ts';
import { h, type Markup } from './markup.ts';

/** What holds, by section, each with its reason and, unfolded, its proof; then what does not apply. */
export function holds({ run }: ReportInput, exhibits: Exhibits): Markup | undefined {
  const groups = chapters(run).flatMap(({ title, entries }) => {
    const sound = entries.filter(({ result }) => result.status === 'pass');
    const apart = entries.filter(({ result }) => result.status === 'not-applicable');
    if (sound.length + apart.length === 0) return [];
    return [
      h`<div class="chapter" data-group><h3>${title} <span>${sound.length > 0 && `${sound.length} ${sound.length === 1 ? 'holds' : 'hold'}`}${sound.length > 0 && apart.length > 0 && ', '}${apart.length > 0 && `${plural(apart.length, 'claim')} without application`}</span></h3>${sound.map((entry) => one(entry, exhibits))}${apart.map((entry) => one(entry, exhibits))}</div>`,
    ];
  });
  if (groups.length === 0) return undefined;
  return h`<section id="holds" data-group><h2>What holds</h2><p class="lead">Shown by acts, not by reading. Unfold one for its proof. What does not apply to this app is said with the reason.</p>${groups}</section>`;
}

function one(entry: Entry, exhibits: Exhibits): Markup {
  const { result } = entry;
  const told = result.status === 'pass' ? 'holds' : 'apart';
  return claim(
    entry,
    told,
    {
      level: 4,
      aside: h`<span class="because">${told === 'apart' && 'Does not apply. '}${asSentence(result.because)}</span>`,
    },
    h`${exhibits.story(cited(result))}`,
  );
}
