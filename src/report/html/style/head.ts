/** The sentence, the questions, the numbers and the bar that stays. */
export const head = `
header { padding-top: 2.6rem; }
.top { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; align-items: center; color: var(--soft); font-size: .88rem; }
.top b { display: inline-flex; align-items: center; gap: .55rem; color: var(--ink); font-size: 1rem; letter-spacing: .01em; } .top .url { flex: 1; color: var(--ink); }
.logo { width: 14px; height: 26px; } .logo path { fill: none; stroke: currentColor; stroke-width: 1.4; } .logo .bob { fill: currentColor; stroke: none; }
h1 { max-width: 56rem; margin: 3rem 0 0; font: 400 clamp(1.65rem, 4.2vw, 2.55rem)/1.24 var(--serif); letter-spacing: -.018em; text-wrap: pretty; }
#heeded { padding-top: 2.4rem; } #heeded h2, #questions h2 { font-family: inherit; font-size: 1.05rem; font-weight: 650; letter-spacing: 0; } #heeded li { margin-top: .3rem; padding-left: 1rem; border-left: 2px solid var(--rule); color: var(--soft); font-size: .94rem; max-width: 56rem; }
.how { margin-top: 1.2rem; font-size: .88rem; color: var(--soft); } .how summary { width: fit-content; } .how p { margin-top: .4rem; max-width: 54rem; } .how b { font-weight: 600; color: var(--ink); }
#questions { padding-top: 2.4rem; } #questions .lead { font-size: .92rem; }
.question { margin-top: .8rem; padding: 1.1rem 1.4rem 1.2rem; background: var(--amber-fill); border-radius: 10px; break-inside: avoid; }
.question p { margin-top: .35rem; font-size: .92rem; } .question code.flag { background: var(--card); }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1.6rem 2.6rem; margin-top: 3rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.label { font-size: .84rem; color: var(--soft); }
.figure { white-space: nowrap; font-size: 2.9rem; line-height: 1.12; font-weight: 600; letter-spacing: -.035em; font-variant-numeric: tabular-nums; }
.figure small { font-size: 1.02rem; font-weight: 400; letter-spacing: 0; color: var(--soft); }
.numbers p { margin-top: .45rem; font-size: .87rem; color: var(--soft); max-width: 24rem; }
.bar { position: sticky; top: 0; z-index: 5; margin: 2.6rem -.6rem 0; padding: .7rem .6rem .6rem; background: var(--paper); border-bottom: 1px solid var(--line); }
.jump { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; align-items: center; font-size: .94rem; }
.jump a { text-decoration: none; padding: .2rem 0; } .jump a:hover { text-decoration: underline; } .jump b { font-variant-numeric: tabular-nums; }
.tools { display: flex; gap: .5rem; margin-left: auto; } .tools button { font-size: .85rem; border-color: transparent; color: var(--soft); }
.filter { display: flex; flex-wrap: wrap; gap: .5rem .9rem; align-items: center; margin-top: .5rem; }
.search { flex: 1 1 18rem; } .search span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.search input { width: 100%; font: inherit; font-size: .94rem; color: var(--ink); background: var(--card); border: 1px solid var(--rule); border-radius: 7px; padding: .42rem .8rem; }
.search input::placeholder { color: var(--soft); opacity: 1; }
.chips > span { align-self: center; font-size: .86rem; margin-right: .2rem; } .chips { display: flex; flex-wrap: wrap; gap: .35rem; } .chips button { font-size: .86rem; border-radius: 99px; padding: .22rem .8rem; white-space: nowrap; }
#count { font-size: .86rem; color: var(--soft); font-variant-numeric: tabular-nums; margin-left: auto; } #none { margin-top: 3rem; }
`;
