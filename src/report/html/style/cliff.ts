/** The landscape. */
export const cliff = `
.cliff { margin-top: 2.8rem; }
.land { display: block; width: 100%; height: auto; overflow: visible; font-family: inherit; } .land.narrow { display: none; }
.cliff text { font-size: 12.5px; fill: var(--ink); } .cliff text.soft, .cliff tspan.soft { fill: var(--soft); } .cliff .green { fill: var(--green); } .cliff .red { fill: var(--red); } .cliff .amber { fill: var(--amber); }
.earth { fill: url(#earth); } .earth-top { stop-color: light-dark(#6f614e, #857660); } .earth-deep { stop-color: light-dark(#3b332a, #433b31); }
.strata { fill: none; stroke: light-dark(#fff, #000); stroke-opacity: .13; }
.edge { fill: none; stroke: var(--ink); stroke-width: 1.6; stroke-linejoin: round; }
.haze { fill: url(#mist); } .mist { stop-color: light-dark(#9fb0bd, #8496a5); } .haze-edge { fill: none; stroke: light-dark(#6d7f8d, #9db0bf); stroke-dasharray: 1 5; stroke-linecap: round; stroke-width: 1.8; }
.fog-bank { fill: url(#fog); } .fog-wisp { fill: light-dark(#9fb0bd, #8496a5); fill-opacity: .26; }
.drop { fill: var(--red); fill-opacity: .055; } .gap { fill: url(#gap); } .key .haze { fill: light-dark(#b9c5ce, #6d7b87); } .gap-line { stroke: var(--red); stroke-width: 1.3; stroke-opacity: .42; }
.cliff .top { display: inline; fill: none; stroke: var(--rule); stroke-dasharray: 2 4; } .base { stroke: var(--ink); stroke-width: 1.6; }
.line { stroke: var(--ink); stroke-width: 1.4; fill: none; } .line.open { stroke-dasharray: 2 4; } .cliff .bob { fill: var(--ink); }
.cliff .strong { font-weight: 650; } .cliff .land text { font-variant-numeric: tabular-nums; }
.cliff text.level { font-size: 16px; font-weight: 650; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; } .land.narrow text.level { font-size: 11.5px; stroke-width: 3px; } .cliff text.level.in { fill: #fff; stroke: none; }
figcaption { font-size: .86rem; color: var(--soft); } .cliff figcaption { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin-top: .9rem; }
.key { display: inline-flex; align-items: center; gap: .5rem; color: var(--ink); } .key svg { flex: none; width: 20px; height: 12px; border-radius: 2px; }
.levels { margin-top: .8rem; font-size: .9rem; } .levels summary { width: fit-content; color: var(--soft); }
.levels th span { display: block; color: var(--soft); font-size: .86em; } .bar-of { display: block; width: 100%; height: 7px; margin-top: .35rem; border-radius: 3px; overflow: hidden; }
.bar-of .s { fill: light-dark(#5a4e3e, #857660); } .bar-of .u { fill: light-dark(#b6c1ca, #6d7b87); } .bar-of .b { fill: light-dark(#d8897f, #a8483d); }
`;
