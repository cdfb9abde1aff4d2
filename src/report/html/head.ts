import { clip, list, plural } from '../../lib/text.ts';
import { catalogue, severityPoints } from '../../model/catalogue.ts';
import { duration, entriesOf, hours, type ReportInput, took } from '../outline.ts';
import { profile } from '../profile.ts';
import { coverage, effortNote, oneOf, readyNote } from '../words.ts';
import { anchor } from './claim.ts';
import { h, type Markup } from './markup.ts';

/** The weight on its line. */
const plummet = h`<svg class="logo" viewBox="0 0 14 26" aria-hidden="true"><path d="M7 0V12"/><path class="bob" d="M2 11h10l-2 7l-3 8l-3 -8z"/></svg>`;

/** What the page opens with: whose report it is, and the sentence. */
export function head({ run }: ReportInput): Markup {
  return h`<header>
<div class="top"><b>${plummet}Plummet</b><span class="url">${clip(run.target.url, 200)}</span><span>${run.profile}, ${run.mode === 'start' ? 'started by us' : 'by its address'}, ${stamp(run.startedAt)}, ${duration(took(run))}${run.interrupted && ', interrupted'}</span></div>
<h1>${run.sentence}</h1>
</header>`;
}

/** "2026-11-25 20:03 UTC", of an ISO 8601 text in UTC. */
const stamp = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** What stood in the way of the run as a whole, before anything is read of it. */
export function heeded({ run, events, blobs }: ReportInput): Markup | undefined {
  const pictures =
    blobs === undefined ? [] : events.filter((event) => event.blobs?.some((name) => name.endsWith('.png')));
  const painted = pictures.every(({ data }) => data?.['painted'] === true);
  const said = [
    ...(run.interrupted ? ['It was interrupted: what it did not reach is unknown.'] : []),
    ...run.notes,
    ...(pictures.length
      ? [
          painted
            ? 'In its pictures, bodies and texts, what is not taken for ours is painted over or masked. Not all of it is known: mind whom you give this page to.'
            : 'Its pictures show the app as it stood, with rows of others in them: mind whom you give this page to. In bodies and texts, what is not ours is masked.',
        ]
      : []),
  ];
  return said.length > 0
    ? h`<section id="heeded"><h2>To be borne in mind of this run</h2><ul>${said.map((note) => h`<li>${note}</li>`)}</ul></section>`
    : undefined;
}

/** What no act can show: those first that decide most. */
export function questions({ run }: ReportInput): Markup | undefined {
  if (run.questions.length === 0) return undefined;
  const sorted = [...run.questions].sort((a, b) => b.decides.length - a.decides.length);
  const articles = sorted.map(
    (question) =>
      h`<article class="question"><h3>${question.asks}</h3><p>Answer with <code class="flag">--intent ${oneOf(question.setting)}</code>. It decides ${plural(question.decides.length, 'claim')}: ${question.decides.map((claim, index) => h`${index > 0 && ', '}<a href="#${anchor(claim)}"><code>${claim}</code></a>`)}</p></article>`,
  );
  return h`<section id="questions"><h2>${run.questions.length === 1 ? 'A question that only you can answer' : 'Questions that only you can answer'}</h2><p class="lead">No act shows what is meant. <code>plummet init</code> keeps the answers.</p>${articles}</section>`;
}

/** What any app should hold: the claims that count. */
const floor = catalogue.filter((info) => info.tier === 'floor').length;

/** Is ready and what it would take, with what they rest on. */
export function numbers({ run }: ReportInput): Markup {
  const { ready, readyAtBest = 0, coverage: told } = run.score;
  const { low, high, hours: likely } = run.effort;
  const { looks } = profile(run);
  return h`<div class="numbers">
${looks && h`<div><span class="label">Looks done</span><div class="figure">${looks.shown} <small>of 100</small></div><p>${looks.claims.pass} of ${plural(looks.claims.pass + looks.claims.fail + looks.claims.unknown, 'claim')} about its surface ${looks.claims.pass === 1 ? 'holds' : 'hold'}. They never count towards the other number.</p></div>`}
<div><span class="label">Is ready</span><div class="figure">${ready ?? 'not asked'}${ready !== undefined && h` <small>of 100${readyAtBest > ready && `, at best ${readyAtBest}`}</small>`}</div><p>${readyNote(run)}</p></div>
<div><span class="label">Coverage</span><div class="figure">${told.decided} <small>of ${told.asked} asked</small></div><p>${coverage(run)} The floor has ${floor} in all.</p></div>
<div><span class="label">Effort to fix, in hours</span><div class="figure">${likely ? `${hours(low)}–${hours(high)}` : 0}</div><p>${effortNote(run) || 'Nothing that was asked is broken.'}</p></div>
</div>
<details class="how"><summary>How the numbers come about</summary><p>Each claim of the floor has points by its severity: ${list((['critical', 'high', 'medium', 'low'] as const).map((name) => `${name} ${severityPoints[name]}`))}. <b>Is ready</b> is the points of what holds, out of the points of all that applies and was asked; what could not be told counts as if it were broken, and for the better end as if it were sound. A critical failure holds both at 49 or below. <b>Looks done</b> is the same of the surface alone. <b>Effort</b> takes, of each root cause, the dearest claim; from half of that to two and a half times as much.</p></details>`;
}

/** The bar that stays: where to go, and, where the script runs, what to show. */
export function bar({ run }: ReportInput): Markup {
  const count = (status: 'pass' | 'fail' | 'unknown' | 'not-applicable'): number => entriesOf(run, status).length;
  const heaps = [
    ['broken', 'broken', count('fail'), 'broken'],
    ['untold', 'untold', count('unknown'), 'not told'],
    ['holds', 'holds', count('pass'), count('pass') === 1 ? 'holds' : 'hold'],
    ['apart', 'holds', count('not-applicable'), count('not-applicable') === 1 ? 'does not apply' : 'do not apply'],
  ] as const;
  const there = heaps.filter(([, , number]) => number > 0);
  return h`<nav class="bar" aria-label="This report"><div class="jump">${there.map(([tone, to, number, words]) => h`<a href="#${to}"><b class="${tone}">${number}</b> ${words}</a>`)}<a href="#threats">Threat model</a><a href="#run">The run</a><span class="tools" hidden><button type="button" id="theme">Colours: system</button><button type="button" popovertarget="help">Keys</button></span></div>
<form class="filter" role="search" hidden><label class="search"><span>Search</span><input id="q" type="search" placeholder="Search, or is:broken in:secrets" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"></label>
<div class="chips" role="group" aria-label="Show only"><span class="soft">Show</span><button type="button" id="all" aria-pressed="true">all</button>${there.map(([tone, , , words]) => h`<button type="button" aria-pressed="false" data-told="${tone}">${words}</button>`)}${severities(run).map((severity) => h`<button type="button" aria-pressed="false" data-severity="${severity}">${severity}</button>`)}<button type="button" id="unfold" aria-pressed="false">Unfold all</button></div>
<p id="count" role="status"></p></form></nav>`;
}

const severities = (run: ReportInput['run']): string[] => {
  const there = new Set(entriesOf(run, 'fail').map((entry) => entry.severity));
  return (['critical', 'high', 'medium', 'low'] as const).filter((severity) => there.has(severity));
};
