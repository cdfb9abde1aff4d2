import { clip } from '../lib/text.ts';
import { appendix } from './html/appendix.ts';
import { Exhibits } from './html/evidence.ts';
import { broken, holds, untold } from './html/findings.ts';
import { h, Markup } from './html/markup.ts';
import { style } from './html/style.ts';
import { duration, entriesOf, hours, type ReportInput, tamed, took } from './outline.ts';
import { answerWith, coverage, effortNote, readyNote } from './words.ts';

/** No script, no network, no frame, no form; pictures are in the page itself. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** One self-contained page. Every value is escaped by the template that holds it; nothing of the app becomes a link. */
export function html(untamed: ReportInput): string {
  const input = tamed(untamed);
  const { run } = input;
  const exhibits = new Exhibits(input);
  const page = h`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Plummet: ${clip(run.facts.title || run.target.url, 80)}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header>
<div class="top"><b>Plummet</b><span>${clip(run.target.url, 200)}</span><span>${run.profile}, ${stamp(run.startedAt)}, ${duration(took(run))}${run.interrupted && ', interrupted'}</span></div>
<h1>${run.sentence}</h1>
${numbers(input)}
${contents(input)}
</header>
<main>
${questions(input)}
${broken(input, exhibits)}
${untold(input, exhibits)}
${holds(input)}
${appendix(input)}
</main>
<footer>Plummet ${run.tool.version}. Every verdict is a function of what was observed: run.json and events.ndjson beside this file hold it all, and <code>plummet judge</code> judges it again.</footer>
${exhibits.album()}
</body>
</html>
`;
  return page.html;
}

/** "2026-11-25 20:03 UTC", of an ISO 8601 text in UTC. */
const stamp = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

function numbers({ run }: ReportInput): Markup {
  const { ready, readyAtBest = 0 } = run.score;
  const { low, high, hours: likely } = run.effort;
  const meter = h`<svg class="meter" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="1"/><rect class="best" width="${readyAtBest}" height="1"/><rect class="now" width="${ready ?? 0}" height="1"/></svg>`;
  return h`<div class="numbers">
<div><span class="label">Is ready</span><div class="figure">${ready ?? 'not asked'}${ready !== undefined && h` <small>of 100${readyAtBest > ready && `, at best ${readyAtBest}`}</small>`}</div>${ready !== undefined && meter}<p>${readyNote(run)} ${coverage(run)}</p></div>
<div><span class="label">Effort to fix</span><div class="figure">${likely ? h`${hours(low)} to ${hours(high)} <small>hours</small>` : h`0 <small>hours</small>`}</div><p>${effortNote(run) || 'Nothing that was asked is broken.'}</p></div>
</div>`;
}

function contents({ run }: ReportInput): Markup {
  const count = (status: 'pass' | 'fail' | 'unknown' | 'not-applicable'): number => entriesOf(run, status).length;
  const link = (to: string, tone: string, number: number, words: string): Markup | false =>
    number > 0 && h`<a href="#${to}"><b class="${tone}">${number}</b> ${words}</a>`;
  return h`<nav>${link('broken', 'red', count('fail'), 'broken')}${link('untold', 'amber', count('unknown'), 'not told')}${link('holds', 'green', count('pass'), count('pass') === 1 ? 'holds' : 'hold')}${link('holds', 'soft', count('not-applicable'), 'not applicable')}<a href="#run">The run</a></nav>`;
}

function questions({ run }: ReportInput): Markup | undefined {
  if (run.questions.length === 0) return undefined;
  const articles = run.questions.map(
    (question) =>
      h`<article class="question"><h3>${question.asks}</h3><dl><dt>Answer</dt><dd><code>--intent ${answerWith[question.setting]}</code></dd><dt>Decides</dt><dd>${question.decides.map((claim, at) => h`${at > 0 && ', '}<code>${claim}</code>`)}</dd></dl></article>`,
  );
  return h`<section id="questions"><h2>Questions that only you can answer</h2><p class="soft">No act shows what is meant. <code>plummet init</code> keeps the answers.</p>${articles}</section>`;
}
