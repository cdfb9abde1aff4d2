/** The evidence: two pictures, then step after step. */
export const story = `
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.2rem; margin-top: 1.3rem; }
.shot button { display: block; width: 100%; padding: 0; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; cursor: zoom-in; background: #fff; } .shot button:hover { border-color: var(--rule); }
.shot svg { display: block; width: 100%; height: auto; } .shot figcaption { margin-top: .45rem; font-size: .86rem; } .shot figcaption b { color: var(--ink); font-weight: 600; }
.story { margin-top: 1.2rem; font-size: .92rem; } .step { position: relative; display: grid; grid-template-columns: 5.6rem 1fr; gap: 0 1rem; padding-bottom: .8rem; }
.step::before { content: ""; position: absolute; left: 6.05rem; top: .95rem; bottom: -.35rem; width: 1px; background: var(--line); } .step:last-child::before { display: none; }
.step::after { content: ""; position: absolute; left: 5.85rem; top: .5rem; width: 7px; height: 7px; border-radius: 50%; background: var(--rule); }
.step > div { padding-left: .7rem; min-width: 0; } .when { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; } .who { color: var(--soft); } .who::after { content: ":"; }
.said { margin-top: .15rem; } .step .shot { max-width: 25rem; margin-top: .6rem; }
.wire { display: grid; grid-template-columns: 1fr 1fr; margin-top: .5rem; border: 1px solid var(--line); border-radius: 8px; font-family: var(--mono); font-size: .84em; overflow: hidden; } .wire > div { padding: .5rem .8rem; min-width: 0; } .wire > div + div { border-left: 1px solid var(--line); } .wire.one { grid-template-columns: 1fr; }
.wire pre { margin-top: .35rem; padding: 0; background: none; font-size: 1em; } .wire.none { border-style: dashed; color: var(--soft); font-family: inherit; font-size: .92em; }
.log { margin-top: .5rem; font-size: .8em; background: light-dark(#26231f, #0e0d0c); color: #ded8cd; } .log mark { color: #1c1a17; background: #ffe9a3; }
.files { margin-top: .4rem; } .files li { padding: .05rem 0; }
.album { position: absolute; } .whole { width: min(96vw, 90rem); max-height: 94vh; padding: .8rem; overflow: auto; } .whole svg { display: block; width: 100%; height: auto; } .whole button { position: sticky; bottom: 0; margin-top: .6rem; background: var(--card); }
`;
