/** The only style sheet. Colours by role; no fonts, pictures or addresses from outside. */
export const style = `
:root { color-scheme: light dark; --paper: #fcfbf9; --card: #fff; --ink: #1d1b18; --soft: #68625a; --line: #e3dfd8; --fill: #f3f0ea;
  --red: #ad2a1f; --amber: #8a5a00; --green: #2c6b4a; --red-fill: #fbeeec; --amber-fill: #fdf5e3; }
@media (prefers-color-scheme: dark) { :root { --paper: #151413; --card: #1c1b19; --ink: #ebe7e0; --soft: #a39c91; --line: #35322d; --fill: #24221f;
  --red: #ff9488; --amber: #e9bb62; --green: #84cfa5; --red-fill: #2c1a18; --amber-fill: #2a2314; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
main, header, footer { max-width: 58rem; margin: 0 auto; padding: 0 1.5rem; }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .84em; }
h1, h2, h3, p, ul, dl, figure { margin: 0; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--line); }
a:hover { text-decoration-color: currentColor; }
.soft { color: var(--soft); }
header { padding-top: 3rem; }
.top { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; align-items: baseline; justify-content: space-between; color: var(--soft); font-size: .9rem; }
.top b { color: var(--ink); letter-spacing: .01em; }
h1 { margin: 2.2rem 0 0; font: 500 clamp(1.5rem, 4vw, 2.15rem)/1.3 ui-serif, "Iowan Old Style", Charter, Georgia, "Times New Roman", serif; letter-spacing: -.01em; text-wrap: pretty; }
.numbers { display: grid; grid-template-columns: 1.25fr 1fr; gap: 0 3rem; margin-top: 2.5rem; padding: 1.6rem 0 1.8rem; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.label { font-size: .8rem; color: var(--soft); letter-spacing: .02em; }
.figure { font-size: 2.6rem; line-height: 1.2; font-weight: 600; letter-spacing: -.03em; font-variant-numeric: tabular-nums; }
.figure small { font-size: 1.05rem; font-weight: 400; letter-spacing: 0; color: var(--soft); }
.numbers p:last-child { margin-top: .5rem; font-size: .88rem; color: var(--soft); max-width: 30rem; }
.meter { display: block; width: 100%; height: 6px; margin: .5rem 0 0; border-radius: 3px; overflow: hidden; }
.meter .all { fill: var(--line); } .meter .best { fill: var(--soft); opacity: .45; } .meter .now { fill: var(--ink); }
nav { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; padding: 1rem 0 0; font-size: .92rem; }
nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
nav b { font-variant-numeric: tabular-nums; }
.red { color: var(--red); } .amber { color: var(--amber); } .green { color: var(--green); }
section { padding-top: 3.2rem; }
h2 { font-size: 1.3rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
h2 + .soft { font-size: .92rem; max-width: 46rem; margin-top: .2rem; }
h3 { font-size: 1.08rem; line-height: 1.4; font-weight: 600; text-wrap: pretty; }
article { margin-top: 1.4rem; padding: 1.3rem 1.5rem 1.2rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; break-inside: avoid-page; }
article.broken { border-top: 3px solid var(--red); }
article.question { background: var(--amber-fill); border-color: transparent; break-inside: avoid; }
.meta { display: flex; flex-wrap: wrap; gap: .15rem 1rem; margin-top: .25rem; font-size: .86rem; color: var(--soft); }
.open + .open { margin-top: .8rem; }
.why { margin-top: .8rem; }
.place { margin-top: .8rem; }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .35rem 1rem; margin-top: .9rem; font-size: .92rem; }
dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
.shots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1rem; margin-top: 1.1rem; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; cursor: zoom-in; background: #fff; }
figure svg:focus { position: fixed; inset: 2vmin; z-index: 9; width: 96vw; height: 96vh; margin: auto; background: var(--paper); cursor: zoom-out; outline: 100vmax solid rgb(0 0 0 / .55); border: 0; }
.album { position: absolute; }
figcaption { margin-top: .35rem; font-size: .84rem; color: var(--soft); }
details { margin-top: .8rem; font-size: .92rem; }
summary { cursor: pointer; color: var(--soft); width: fit-content; } summary:hover { color: var(--ink); }
details > :not(summary) { margin-top: .5rem; }
pre { margin: .5rem 0 0; padding: .9rem 1rem; background: var(--fill); border-radius: 6px; overflow-x: auto; line-height: 1.5; white-space: pre-wrap; }
ul { padding: 0; list-style: none; }
.trace li { display: grid; grid-template-columns: 3.2rem 4.2rem 1fr; gap: .6rem; padding: .2rem 0; }
.trace span { color: var(--soft); font-variant-numeric: tabular-nums; }
.group { margin-top: 1.4rem; } .group > .label { display: block; padding-bottom: .35rem; border-bottom: 1px solid var(--line); }
.group li { display: grid; grid-template-columns: 1.4rem 1fr; padding: .5rem 0; border-bottom: 1px solid var(--line); break-inside: avoid; }
.group li p { font-size: .88rem; color: var(--soft); }
.scroll { overflow-x: auto; overflow-wrap: break-word; }
table { width: 100%; margin-top: .7rem; border-collapse: collapse; font-size: .9rem; } th, td { padding: .4rem 1rem .4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); } th { font-weight: 400; color: var(--soft); } td.n, th.n { text-align: right; white-space: nowrap; padding-right: 0; font-variant-numeric: tabular-nums; }
.sub { margin-top: 2rem; font-size: 1rem; font-weight: 600; }
footer { margin-top: 4rem; padding-top: 1.2rem; padding-bottom: 3rem; font-size: .86rem; color: var(--soft); }
@media (max-width: 40rem) { main, header, footer { padding-left: 1.1rem; padding-right: 1.1rem; } header { padding-top: 1.5rem; } h1 { margin-top: 1.5rem; } .numbers { grid-template-columns: 1fr; gap: 1.5rem; margin-top: 1.8rem; }
  article { margin-left: -.3rem; margin-right: -.3rem; padding: 1.1rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } section { padding-top: 2.4rem; } .trace li { grid-template-columns: 2.6rem 3.6rem 1fr; } }
@media print { :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #555; --line: #ccc; --fill: #f6f6f6; --red: #9a1f16; --amber: #704800; --green: #1f5939; --amber-fill: #fff; --red-fill: #fff; }
  body { font-size: 10.5pt; } main, header, footer { max-width: none; padding: 0; } header { padding-top: 0; } nav { display: none; } article { border-color: #bbb; } article.question { border: 1px solid #bbb; } h2, h3 { break-after: avoid; }
  figure { break-inside: avoid; } details::details-content { content-visibility: visible; display: block; height: auto; } summary { list-style: none; } .shots { grid-template-columns: 1fr 1fr; } @page { margin: 16mm; } }
`;
