import { clip } from '../lib/text.ts';
import { appendix } from './html/appendix.ts';
import { broken } from './html/broken.ts';
import { cliff } from './html/cliff.ts';
import { Exhibits } from './html/evidence.ts';
import { bar, head, heeded, numbers, questions } from './html/head.ts';
import { help } from './html/help.ts';
import { holds } from './html/holds.ts';
import { h, Markup } from './html/markup.ts';
import { script } from './html/script.ts';
import { seals } from './html/seals.ts';
import { style } from './html/style.ts';
import { threatModel } from './html/threat-model.ts';
import { untold } from './html/untold.ts';
import { type ReportInput, tamed } from './outline.ts';

/** One script and one style sheet, ours by their hashes; no network, no frame, no form that goes anywhere; pictures are in the page itself. */
const policy = `default-src 'none'; script-src '${seals.script}'; style-src '${seals.style}'; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;

/**
 * One self-contained page. Every value is escaped by the template that holds it; nothing of the app becomes a link. All of it can be read
 * where no script runs: the script only filters, copies and listens to keys.
 */
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
${head(input)}
<main>
${questions(input)}
${numbers(input)}
${cliff(input)}
${heeded(input)}
${bar(input)}
<p id="none" hidden>Nothing here matches. <button type="button" id="clear">Show all</button></p>
${broken(input, exhibits)}
${untold(input, exhibits)}
${holds(input, exhibits)}
${threatModel(input)}
${appendix(input)}
</main>
<footer>Plummet ${run.tool.version}. Every verdict is a function of what was observed: run.json and events.ndjson beside this file hold it all, and <code>plummet judge</code> judges it again.</footer>
${exhibits.album()}
${help}
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return page.html;
}
