import { asSentence, clip, plural } from '../../lib/text.ts';
import type { Result } from '../../model/run.ts';
import { advice } from '../advice.ts';
import { type ReportInput, saysOf } from '../outline.ts';
import { type Threatened, threats } from '../threats.ts';
import { anchor } from './claim.ts';
import { h, type Markup } from './markup.ts';

const most = { parts: 8 };
type Status = Result['status'] | 'not-asked';

/** A page of its own: ways in, data and boundaries; of each what was shown, what is broken, and what nobody knows. */
export function threatModel({ run }: ReportInput): Markup {
  const status = new Map<string, Status>(run.results.map((result) => [result.claim, result.status]));
  const of = (claim: string): Status => status.get(claim) ?? (run.asked.includes(claim) ? 'unknown' : 'not-asked');
  const { entries, data, boundaries } = threats(run);
  return h`<section id="threats"><h2>Threat model</h2><p class="lead">The app as somebody sees it who wants to break in, or who fears for the data. It holds what this run met: what it did not meet is not in it, and that is no proof that it is not there.</p><p class="lead">One square for each claim that bears on it: ${key}.</p>
${part('Entry points', entries, of)}${part('Data', data, of)}${part('Boundaries', boundaries, of)}</section>`;
}

/** The squares in words. */
const key = h`${(
  [
    ['fail', 'broken'],
    ['unknown', 'not told'],
    ['pass', 'shown'],
    ['not-applicable', 'does not apply'],
    ['not-asked', 'not asked'],
  ] as const
).map(
  ([status, words], index) =>
    h`${index > 0 && ', '}<svg class="squares in-line" viewBox="0 0 9 9" width="9" height="9" aria-hidden="true"><rect class="${status}" x="0.5" y="0.5" width="8" height="8" rx="1.5"/></svg> ${words}`,
)}`;

const part = (title: string, list: readonly Threatened[], of: (claim: string) => Status): Markup =>
  h`<h3>${title}</h3><div class="threats">${list.map((one) => card(one, of))}</div>`;

function card({ name, here, parts, claims }: Threatened, of: (claim: string) => Status): Markup {
  const heap = (status: Status): string[] => claims.filter((claim) => of(claim) === status);
  const dark = heap('not-asked');
  return h`<article class="threat"><h4>${name}</h4>${strip(claims.map(of))}<p>${clip(asSentence(here), 300)}</p>
${parts.length > 0 && h`<ul class="files">${parts.slice(0, most.parts).map((one) => h`<li><code>${clip(one, 140)}</code></li>`)}${parts.length > most.parts && h`<li class="soft">and ${parts.length - most.parts} more</li>`}</ul>`}
${row('Broken', 'red', heap('fail'))}${row('Not told', 'amber', heap('unknown'))}${row('Shown', 'green', heap('pass'))}${row('Does not apply', 'soft', heap('not-applicable'))}
${dark.length > 0 && h`<details><summary>${plural(dark.length, 'claim')} not asked</summary><ul>${dark.map((claim) => h`<li>${saysOf(claim)}</li>`)}</ul></details>`}</article>`;
}

/** One square for each claim that bears on it. */
const strip = (all: readonly Status[]): Markup => {
  const order: readonly Status[] = ['fail', 'unknown', 'pass', 'not-applicable', 'not-asked'];
  const sorted = [...all].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return h`<svg class="squares" viewBox="0 0 ${sorted.length * 12} 9" width="${sorted.length * 12}" height="9" aria-hidden="true">${sorted.map((status, index) => h`<rect class="${status}" x="${index * 12 + 0.5}" y="0.5" width="8" height="8" rx="1.5"/>`)}</svg>`;
};

const row = (label: string, tone: string, claims: readonly string[]): Markup | false =>
  claims.length > 0 &&
  h`<div class="bears"><b class="${tone}">${label}</b><ul>${claims.map((claim) => h`<li><a href="#${anchor(claim)}">${(label === 'Broken' && advice[claim]?.notice) || saysOf(claim)}</a></li>`)}</ul></div>`;
