/** Print: everything unfolded, nothing that is pressed, the threat model on a page of its own. */
export const paper = `
@media print {
  :root, :root[data-theme] { color-scheme: light; --paper: #fff; --fill: #f6f4f0; } @page { margin: 15mm 14mm; }
  body { font-size: 10pt; } .body { max-width: none; } header, main, footer { max-width: none; padding: 0; } header { padding-top: 0; } h1 { margin-top: 1.2rem; font-size: 20pt; } .figure { font-size: 20pt; }
  .bar, #none, .take, .copy, .how > summary, .levels > summary { display: none !important; } section { padding-top: 2rem; } h2, h3, h4, .root, summary { break-after: avoid; } #threats { break-before: page; }
  .script:not([open]) { display: none; } details::details-content { content-visibility: visible !important; display: block !important; height: auto !important; } .claim > summary::after { display: none; }
  .cause, .wants, .chapter { border-color: #bbb; overflow: visible; } .shot, .wire, .question, .numbers, .step, figure { break-inside: avoid; } .copyable pre { max-height: none; font-size: 7.5pt; } .land.wide { display: block; } .land.narrow { display: none; }
  a { text-decoration: none; } .severity.critical { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .cliff, .squares, .bar-of, .log, mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
