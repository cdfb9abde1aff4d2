/** Claims, their heaps, and the threat model. */
export const claims = `
.band { margin-top: 2.2rem; } .band > h3 { display: flex; gap: .7rem; align-items: center; font-weight: 400; font-size: .92rem; color: var(--soft); }
.severity { flex: none; padding: .06rem .6rem; border-radius: 99px; font-size: .78rem; line-height: 1.5; font-weight: 600; border: 1px solid var(--red); color: var(--red); }
.severity.critical { background: var(--red-fill); border-color: var(--red-fill); color: #fff; } .severity.medium, .severity.low, .severity.none { border-color: var(--rule); color: var(--soft); }
.cause { margin-top: 1rem; } .cause, .wants, .chapter { background: var(--card); border: 1px solid var(--line); border-radius: 12px; overflow: clip; }
.root { padding: 1.25rem 1.5rem 1.1rem; } .root h4 { font: 500 1.28rem/1.35 var(--serif); } .root p { margin-top: .2rem; font-size: .92rem; color: var(--soft); }
.claim + .claim, .root + .claim, .wants > .claim, .chapter > .claim { border-top: 1px solid var(--line); }
.claim { color: var(--ink); }
.claim > summary { display: grid; grid-template-columns: 5.2rem 1fr 1rem; gap: 0 1rem; align-items: start; padding: .95rem 1.5rem; list-style: none; } .claim > summary::-webkit-details-marker { display: none; }
.claim > summary::after { content: ""; width: .5rem; height: .5rem; margin-top: .45rem; border: solid var(--soft); border-width: 0 1.5px 1.5px 0; transform: rotate(45deg); } .claim[open] > summary::after { transform: rotate(-135deg); margin-top: .7rem; }
.claim > summary:hover { background: var(--fill); } .claim > summary:focus-visible { outline-offset: -3px; border-radius: 12px; }
.claim > summary .severity { justify-self: start; margin-top: .12rem; }
.under { display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin-top: .15rem; font-size: .88rem; color: var(--soft); } .under .because { flex-basis: 100%; order: -1; font-size: .92rem; }
.sign { font-weight: 700; } .untold > summary, .holds > summary, .apart > summary { grid-template-columns: 1.2rem 1fr 1rem; }
.untold h4, .holds h4, .apart h4 { font-weight: 500; }
.body { padding: 0 1.5rem 1.6rem; max-width: 58rem; }
.broken > summary :is(h4, h5) { font: 500 1.2rem/1.36 var(--serif); } .says { margin-top: .15rem; font-size: .92rem; color: var(--soft); } .says span { color: var(--red); } .why { font-size: 1.05rem; } .where { margin-top: .4rem; font-size: .92rem; } .where span { color: var(--soft); margin-right: .6rem; }
dl { display: grid; grid-template-columns: 5.2rem 1fr; gap: .4rem 1rem; margin-top: 1.2rem; font-size: .95rem; } dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
.references a { white-space: nowrap; }
.body details { margin-top: 1rem; font-size: .92rem; } .body details > summary { width: fit-content; color: var(--soft); } .body summary:hover { color: var(--ink); }
.copyable { position: relative; margin-top: .6rem; } pre { padding: .9rem 1.1rem; background: var(--fill); border-radius: 8px; overflow-x: auto; line-height: 1.5; white-space: pre-wrap; }
.copyable pre { max-height: 24rem; overflow: auto; } .copy { position: absolute; top: .5rem; right: .5rem; background: var(--card); font-size: .85rem; } .same, .take { margin-top: 1rem; font-size: .92rem; } .take { display: flex; gap: .4rem 1.2rem; align-items: center; } .take a { color: var(--soft); } .same { color: var(--soft); }
.places { margin-top: 1.3rem; } .also { font-size: .92rem; font-weight: 600; } .place { margin-top: .5rem; padding-left: 1rem; border-left: 2px solid var(--line); font-size: .92rem; } .place b { font-weight: 600; } .id { color: var(--soft); }
.wants, .chapter { margin-top: 1.4rem; } .wants > h3, .chapter > h3 { padding: 1rem 1.5rem 0; } .wants > p { padding: .1rem 1.5rem .9rem; font-size: .9rem; } .wants > .shared { padding: .75rem 1.5rem; border-top: 1px solid var(--line); font-size: .95rem; background: var(--fill); } .chapter > h3 { padding-bottom: .8rem; } .chapter > h3 span { font-weight: 400; color: var(--soft); font-size: .9rem; margin-left: .6rem; }
.fog { margin-top: 2.2rem; padding: 1.3rem 1.5rem 1.2rem; border: 1px dashed var(--rule); border-radius: 12px; } .fog details { margin-top: .7rem; } .fog summary span { color: var(--soft); font-size: .9rem; margin-left: .4rem; } .fog li { padding: .35rem 0 .35rem 1.2rem; font-size: .92rem; } .fog li code { color: var(--soft); }
#threats h3 { margin-top: 2.4rem; } .threats { columns: 2 24rem; column-gap: 1rem; margin-top: .9rem; }
.threat { margin-bottom: 1rem; padding: 1.15rem 1.4rem 1.2rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; font-size: .92rem; break-inside: avoid; } .threat > p { margin-top: .5rem; color: var(--soft); }
.squares { display: block; margin-top: .45rem; max-width: 100%; } .squares.in-line { display: inline-block; margin: 0; } .squares .fail { fill: var(--red); } .squares .unknown { fill: light-dark(#c9962f, #e6bb68); } .squares .pass { fill: light-dark(#3c8562, #86cfa8); } .squares .not-applicable { fill: var(--line); } .squares .not-asked { fill: none; stroke: var(--rule); }
.bears { margin-top: .7rem; } .bears b { font-size: .86rem; font-weight: 600; } .bears li { padding: .08rem 0; } .bears a { text-decoration: none; } .bears a:hover { text-decoration: underline; }
.threat details { margin-top: .7rem; color: var(--soft); } .threat details li { padding: .15rem 0 .15rem 1.1rem; }
`;
