/** Colours by role, letters, and what is the same everywhere. Each colour is said for light and dark at once. */
export const ground = `
:root { color-scheme: light dark;
  --paper: light-dark(#faf8f4, #151412); --card: light-dark(#fff, #1d1b19); --ink: light-dark(#1c1a17, #ece8e1); --soft: light-dark(#625c54, #a8a196);
  --line: light-dark(#e2ddd4, #35322d); --fill: light-dark(#f2eee7, #262420); --rule: light-dark(#8c857a, #777065);
  --red: light-dark(#a8281d, #ff9a8f); --amber: light-dark(#80540a, #e6bb68); --green: light-dark(#27664a, #86cfa8);
  --red-fill: light-dark(#a8281d, #c8463a); --amber-fill: light-dark(#fbf3df, #2b2415); --mark: light-dark(#ffe9a3, #57470f);
  --serif: ui-serif, "Iowan Old Style", Charter, "Source Serif 4", Georgia, "DejaVu Serif", serif;
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
:root[data-theme=light] { color-scheme: light; } :root[data-theme=dark] { color-scheme: dark; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 8.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 2rem; }
h1, h2, h3, h4, h5, h6, p, ul, ol, dl, figure, pre { margin: 0; }
ul, ol { padding: 0; list-style: none; }
code, pre, kbd, .id { font-family: var(--mono); font-size: .84em; }
code { overflow-wrap: anywhere; }
code.flag { padding: .1em .4em; background: var(--fill); border-radius: 4px; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--rule); text-decoration-thickness: 1px; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; border-radius: 3px; }
mark { background: var(--mark); color: var(--ink); padding: 0 .15em; border-radius: 3px; }
.soft { color: var(--soft); } .red, .broken { color: var(--red); } .amber, .untold { color: var(--amber); } .green, .holds { color: var(--green); } .apart { color: var(--soft); }
section { padding-top: 4rem; scroll-margin-top: -2.8rem; }
h2 { font: 500 1.7rem/1.25 var(--serif); letter-spacing: -.01em; }
h3 { font-size: 1.05rem; line-height: 1.4; font-weight: 650; }
h4, h5 { font-size: 1.02rem; line-height: 1.42; font-weight: 600; text-wrap: pretty; }
.lead { margin-top: .4rem; max-width: 44rem; color: var(--soft); }
button { font: inherit; color: inherit; background: none; border: 1px solid var(--rule); border-radius: 6px; padding: .25rem .7rem; cursor: pointer; }
button:hover { background: var(--fill); }
button[aria-pressed=true] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
summary { cursor: pointer; }
.scroll { overflow-x: auto; overflow-wrap: break-word; }
table { width: 100%; margin-top: .7rem; border-collapse: collapse; font-size: .9rem; }
th, td { padding: .45rem 1rem .45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 400; } thead th, tr:first-child > th[class], tr > th:not([scope=row]) { color: var(--soft); }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } td.n:last-child, th.n:last-child { padding-right: 0; }
.sub { margin-top: 2.4rem; font-size: 1rem; font-weight: 650; }
footer { margin-top: 5rem; padding-top: 1.2rem; padding-bottom: 3rem; font-size: .86rem; color: var(--soft); }
[popover] { color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.6rem; }
[popover]::backdrop { background: rgb(20 18 15 / .55); }
#help { width: min(30rem, 92vw); } #help h2 { font-size: 1.3rem; } #help p, #help label { display: block; margin: .9rem 0; font-size: .92rem; } #help dl { grid-template-columns: 5rem 1fr; }
kbd { padding: .1em .45em; border: 1px solid var(--rule); border-radius: 4px; white-space: pre; }
`;
