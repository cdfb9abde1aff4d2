/** A phone: one column, the landscape as layers in rows. */
export const narrow = `
@media (max-width: 46rem) {
  html { scroll-padding-top: 9rem; } header, main, footer { padding-left: 1.15rem; padding-right: 1.15rem; } header { padding-top: 1.3rem; } .top .url { flex-basis: 100%; order: 3; } h1 { margin-top: 1.8rem; }
  .numbers { grid-template-columns: 1fr 1fr; gap: 1.4rem; margin-top: 2.2rem; } .figure { font-size: 2.2rem; } .figure small { font-size: .92rem; } .numbers > div:last-child:nth-child(odd) { grid-column: 1 / -1; }
  .land.wide { display: none; } .land.narrow { display: block; } .cliff figcaption span:last-child { flex-basis: 100%; } .cliff { margin-top: 2rem; } section { padding-top: 3rem; }
  .bar { margin-left: -1.15rem; margin-right: -1.15rem; padding: .5rem 1.15rem .4rem; } .jump, .chips { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; white-space: nowrap; gap: 1.1rem; } .chips { gap: .35rem; } .tools { margin: 0; } .filter { gap: .4rem; flex-wrap: wrap; } .search { flex: 1 1 10rem; } .chips { order: 2; flex: 1 1 100%; min-width: 0; } #count { margin: 0; }
  .claim > summary { grid-template-columns: 1fr 1rem; gap: .25rem .6rem; padding: .9rem 1.05rem; } .claim > summary > .severity { grid-column: 1 / -1; } .untold > summary, .holds > summary, .apart > summary { grid-template-columns: 1.1rem 1fr 1rem; }
  .body { padding: 0 1.05rem 1.3rem; } .root, .fog, .threat { padding-left: 1.05rem; padding-right: 1.05rem; } .wants > h3, .chapter > h3, .wants > p, .wants > .shared { padding-left: 1.05rem; padding-right: 1.05rem; }
  .pair { grid-template-columns: 1fr; } .wire { grid-template-columns: 1fr; } .wire > div + div { border-left: 0; border-top: 1px solid var(--line); }
  dl { grid-template-columns: 1fr; gap: 0; } dd + dt { margin-top: .6rem; } .step { grid-template-columns: 1fr; padding-left: 1.1rem; } .step > div { padding-left: 0; } .step::before { left: .2rem; } .step::after { left: 0; } #help dl { grid-template-columns: 5rem 1fr; }
}
`;
