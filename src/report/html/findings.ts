import { asSentence, plural } from '../../lib/text.ts';
import type { Finding } from '../../model/verdict.ts';
import { byReason, chapters, cited, entriesOf, hours, type ReportInput, saysOf } from '../outline.ts';
import type { Exhibits } from './evidence.ts';
import { h, type Markup } from './markup.ts';

const anchor = (claim: string): string => `claim-${claim.replace(/[^\w-]/g, '-')}`;
const rank = { critical: 0, high: 1, medium: 2, low: 3 } as const;

/** What is broken: roots first, the worst first. */
export function broken({ run }: ReportInput, exhibits: Exhibits): Markup | undefined {
  const depth = (entry: { result: { findings: readonly Finding[] } }): number =>
    entry.result.findings.every((finding) => finding.root) ? 1 : 0;
  const entries = entriesOf(run, 'fail').sort(
    (a, b) => depth(a) - depth(b) || rank[a.severity ?? 'low'] - rank[b.severity ?? 'low'],
  );
  if (entries.length === 0) return undefined;
  const here = new Set(entries.map((entry) => entry.result.claim));
  const articles = entries.map(({ result, says, severity, hours: cost }) => {
    const [first, ...more] = result.findings;
    const ids = cited(result);
    return h`<article class="broken" id="${anchor(result.claim)}">
<h3>${says}</h3>
<div class="meta"><span class="red">${severity ?? 'broken'}</span>${cost !== undefined && h`<span>${first.root ? 'hours counted at its root' : `about ${plural(cost, 'hour')} to fix`}</span>`}<code>${result.claim}</code></div>
<p class="why">${asSentence(result.because)}</p>
<dl><dt>Where</dt><dd>${first.where}</dd>
${first.root && h`<dt>Root</dt><dd>${here.has(first.root) ? h`<a href="#${anchor(first.root)}">${saysOf(first.root)}</a>` : saysOf(first.root)}</dd>`}
<dt>Wrong if</dt><dd>${result.wrongIf}</dd></dl>
${exhibits.shots(ids)}
${more.map((finding) => h`<div class="place"><b>Also</b> ${finding.where}: ${finding.because}</div>`)}
<details><summary>${plural(ids.length, 'piece')} of evidence</summary>${exhibits.trace(ids)}</details>
${result.findings.filter((finding) => finding.reproduce).map((finding) => h`<details><summary>Reproduce${more.length > 0 && ` at ${finding.where}`}</summary><pre>${finding.reproduce}</pre></details>`)}
</article>`;
  });
  return h`<section id="broken"><h2>What is broken</h2><p class="soft">Each was confirmed from scratch before it was reported, or is its own proof (a loss at a kill). What would make it wrong is said beside it.</p>${articles}</section>`;
}

/** What could not be told, and what it would take. */
export function untold({ run }: ReportInput, exhibits: Exhibits): Markup | undefined {
  const entries = entriesOf(run, 'unknown');
  if (entries.length === 0) return undefined;
  const articles = byReason(entries).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { because, cause, wants } = first.result;
    const ids = cited(first.result);
    return [
      h`<article>${group.map(({ result, says }) => h`<div class="open" id="${anchor(result.claim)}"><h3>${says}</h3><code class="soft">${result.claim}</code></div>`)}
<p class="why">${asSentence(because)}</p>
<dl><dt>Cause</dt><dd class="amber">${cause.replaceAll('-', ' ')}</dd>${wants && h`<dt>It takes</dt><dd>${wants}</dd>`}</dl>
${ids.length > 0 && h`${exhibits.shots(ids)}<details><summary>${plural(ids.length, 'piece')} of evidence</summary>${exhibits.trace(ids)}</details>`}
</article>`,
    ];
  });
  return h`<section id="untold"><h2>What could not be told</h2><p class="soft">Neither shown nor broken. It counts against the number until it is shown.</p>${articles}</section>`;
}

/** What holds, by section, one line each with its reason; then what does not apply. */
export function holds({ run }: ReportInput): Markup | undefined {
  const groups = chapters(run).flatMap((chapter) => {
    const entries = chapter.entries.filter(
      ({ result }) => result.status === 'pass' || result.status === 'not-applicable',
    );
    return entries.length ? [{ ...chapter, entries }] : [];
  });
  if (groups.length === 0) return undefined;
  const lines = groups.map(
    (group) =>
      h`<div class="group"><span class="label">${group.title}</span><ul>${group.entries.map(({ result, says }) => {
        const holds = result.status === 'pass';
        return h`<li id="${anchor(result.claim)}"><span class="${holds ? 'green' : 'soft'}">${holds ? '✓' : '–'}</span><div>${says}<p>${!holds && 'Not applicable. '}${asSentence(result.because)} <span class="mono">${cited(result).slice(0, 6).join(' ')}</span></p></div></li>`;
      })}</ul></div>`,
  );
  return h`<section id="holds"><h2>What holds</h2><p class="soft">Shown by acts, and what does not apply to this app.</p>${lines}</section>`;
}

/** Effort by root cause. */
export function causes({ run }: ReportInput): Markup | undefined {
  if (run.effort.groups.length < 1) return undefined;
  const rows = run.effort.groups.map(
    (group) =>
      h`<tr><td>${saysOf(group.root)}</td><td class="n">${plural(group.claims.length, 'claim')}</td><td class="n">${hours(group.hours * 0.5)} to ${hours(group.hours * 2.5)} h</td></tr>`,
  );
  return h`<h3 class="sub">Effort by root cause</h3><div class="scroll"><table><tr><th>Root</th><th class="n">Explains</th><th class="n">Hours</th></tr>${rows}</table></div>`;
}
