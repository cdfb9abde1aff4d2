/** The one style sheet of the site: no fonts, pictures or addresses from outside. Each colour is said for light and dark at once. */
export const style = `
:root { color-scheme: light dark;
  --paper: light-dark(#faf8f4, #151412); --card: light-dark(#fff, #1d1b19); --ink: light-dark(#1c1a17, #ece8e1); --soft: light-dark(#625c54, #a8a196);
  --line: light-dark(#e2ddd4, #35322d); --fill: light-dark(#f2eee7, #242220); --rule: light-dark(#8c857a, #777065); --accent: light-dark(#27664a, #86cfa8); --note: light-dark(#80540a, #e6bb68);
  --serif: ui-serif, "Iowan Old Style", Charter, "Source Serif 4", Georgia, "DejaVu Serif", serif;
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16.5px/1.62 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--rule); text-decoration-thickness: 1px; }
a:hover { color: var(--accent); text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .6rem; z-index: 9; padding: .4rem .8rem; background: var(--card); }
.head { position: sticky; top: 0; z-index: 5; display: flex; gap: 1rem; align-items: center; padding: .75rem 2rem; background: var(--paper); border-bottom: 1px solid var(--line); }
.brand { display: inline-flex; align-items: center; gap: .6rem; font-weight: 650; text-decoration: none; letter-spacing: .01em; }
.brand svg { width: 13px; height: 24px; } .brand path { fill: none; stroke: currentColor; stroke-width: 1.4; } .brand .bob { fill: currentColor; stroke: none; }
.head span { color: var(--soft); font-size: .9rem; }
.menu { display: none; margin-left: auto; font: inherit; font-size: .92rem; color: inherit; background: none; border: 1px solid var(--rule); border-radius: 7px; padding: .3rem .8rem; }
.frame { display: grid; grid-template-columns: 15.5rem minmax(0, 46rem) 13rem; gap: 0 3.4rem; justify-content: center; padding: 0 2rem; }
nav { font-size: .93rem; line-height: 1.4; }
nav ul { margin: 0; padding: 0; list-style: none; }
nav b, .toc b { display: block; margin: 1.7rem 0 .45rem; font-size: .78rem; font-weight: 650; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); }
nav li a, .toc li a { display: block; padding: .22rem .7rem; margin-left: -.7rem; border-radius: 6px; text-decoration: none; }
nav li a:hover { background: var(--fill); color: inherit; }
nav li a[aria-current] { background: var(--fill); font-weight: 600; border-radius: 0 6px 6px 0; box-shadow: inset 2px 0 var(--accent); }
.nav[popover] { display: block; position: sticky; top: 3.5rem; inset-inline: auto; height: calc(100vh - 3.5rem); width: auto; margin: 0; padding: .6rem .7rem 3rem; overflow-y: auto; border: 0; background: none; color: inherit; }
.toc { position: sticky; top: 3.5rem; height: fit-content; max-height: calc(100vh - 3.5rem); overflow-y: auto; padding: .6rem 0 2rem; font-size: .86rem; line-height: 1.38; color: var(--soft); }
.toc ul { margin: 0; padding: 0; list-style: none; } .toc li a { margin: 0; padding: .2rem 0; }
main { padding: 2.6rem 0 4rem; min-width: 0; }
h1, h2, h3 { text-wrap: pretty; }
h1 { margin: 0 0 1.4rem; font: 400 clamp(1.9rem, 4.6vw, 2.6rem)/1.18 var(--serif); letter-spacing: -.02em; }
h2 { margin: 3.2rem 0 .8rem; font: 500 1.5rem/1.28 var(--serif); letter-spacing: -.01em; }
h3 { margin: 2.2rem 0 .6rem; font-size: 1.06rem; line-height: 1.4; font-weight: 650; }
h2 a, h3 a { text-decoration: none; } h2 a:hover::after, h3 a:hover::after { content: " #"; color: var(--rule); }
p, ul, ol, pre, table, blockquote { margin: 0 0 1.05rem; }
h1 + p { font-size: 1.1rem; color: var(--soft); }
.claim { margin-top: 3.4rem; padding-top: 2rem; border-top: 1px solid var(--line); }
.meta { margin-top: -.4rem; font-size: .86rem; line-height: 1.6; color: var(--soft); }
.note { width: fit-content; padding: .45rem .9rem; border-left: 2px solid var(--note); background: var(--fill); border-radius: 0 6px 6px 0; font-size: .92rem; color: var(--soft); }
main ul, main ol { padding-left: 1.3rem; } main li { margin: .32rem 0; } li > p { margin-bottom: .5rem; } main li::marker { color: var(--rule); }
code, pre { font-family: var(--mono); font-size: .86em; }
code { padding: .1em .32em; background: var(--fill); border-radius: 4px; overflow-wrap: anywhere; }
pre { padding: .95rem 1.15rem; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 9px; font-size: .84rem; line-height: 1.6; tab-size: 2; }
pre code { padding: 0; background: none; font-size: inherit; overflow-wrap: normal; }
pre.shell code { white-space: pre-wrap; } .said { color: var(--soft); }
.wide code { display: flex; flex-direction: column; gap: .75em; } .wide .line { display: flex; flex-direction: column-reverse; } .wide .said { white-space: normal; }
.table { margin: 0 0 1.2rem; overflow-x: auto; }
table { width: 100%; margin: 0; border-collapse: collapse; font-size: .92rem; line-height: 1.5; overflow-wrap: break-word; }
th, td { padding: .55rem 1.1rem .55rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); } th { font-weight: 600; color: var(--soft); font-size: .84rem; }
td code { overflow-wrap: break-word; } td:first-child, th:first-child { min-width: 7.5rem; } td, th { min-width: 6rem; }
blockquote { padding-left: 1rem; border-left: 2px solid var(--rule); color: var(--soft); }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.4rem 0; }
.turn { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: space-between; margin-top: 4rem; padding-top: 1.3rem; border-top: 1px solid var(--line); font-size: .95rem; }
.turn a { text-decoration: none; } .turn small { display: block; color: var(--soft); } .turn a:last-child { text-align: right; margin-left: auto; }
@media (max-width: 78rem) { .frame { grid-template-columns: 15rem minmax(0, 46rem); } .toc { display: none; } }
@media (max-width: 52rem) {
  .head { padding: .65rem 1.1rem; } .head span { display: none; } .menu { display: block; }
  .frame { display: block; padding: 0 1.1rem; } main { padding-top: 1.6rem; } pre { margin-inline: -1.1rem; padding-inline: 1.1rem; border-radius: 0; border-inline: 0; }
  .nav[popover]:not(:popover-open) { display: none; }
  .nav[popover]:popover-open { position: fixed; inset: 3.3rem 0 0 0; width: 100vw; height: auto; padding: .2rem 1.8rem 3rem; background: var(--paper); z-index: 4; }
  nav li a { padding-block: .42rem; }
  .shell code { display: flex; flex-direction: column; gap: .7em; } .shell .line { display: flex; flex-direction: column-reverse; } .shell .said { white-space: normal; }
}
@media print { .head, .nav[popover], .toc, .turn { display: none; } .frame { display: block; } }
`;
