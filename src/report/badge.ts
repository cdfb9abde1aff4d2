import type { Run } from '../model/run.ts';
import { asJson } from './json.ts';
import { entriesOf, type ReportInput } from './outline.ts';

const colors = { red: '#c5221f', amber: '#8a5a00', green: '#1e7e34', grey: '#5f6368' } as const;
type Color = keyof typeof colors;

/** "38 / 100, 4 broken": red where something is broken, amber where something could not be told, green where all that was asked was shown. */
function badgeOf(run: Run): { label: string; message: string; color: Color } {
  const [broken, open] = [entriesOf(run, 'fail').length, entriesOf(run, 'unknown').length];
  const { ready } = run.score;
  const rest = broken ? `${broken} broken` : open ? `${open} not told` : '';
  return {
    label: run.profile === 'reload' ? 'plummet reload' : 'plummet',
    message: [ready === undefined ? 'no number' : `${ready} / 100`, rest].filter(Boolean).join(', '),
    color: broken ? 'red' : open ? 'amber' : ready === undefined ? 'grey' : 'green',
  };
}

/** Widths of letters of Verdana at 11 px, in px; `textLength` makes every other font fit them. */
const widths: readonly (readonly [RegExp, number])[] = [
  [/[ijl,./]/, 3.9],
  [/[frt ]/, 4.6],
  [/[mw]/, 10],
  [/./, 7],
];
const widthOf = (text: string): number =>
  Math.round([...text].reduce((sum, letter) => sum + (widths.find(([of]) => of.test(letter))?.[1] ?? 7), 0));

/** An SVG of its own: no font, script, link or style from elsewhere, and no word of the app. White on each colour has a contrast above 4.5:1. */
export function badge({ run }: ReportInput): string {
  const { label, message, color } = badgeOf(run);
  const pad = 7;
  const [left, right] = [widthOf(label) + 2 * pad, widthOf(message) + 2 * pad];
  const text = (words: string, x: number): string =>
    `<text x="${x}" y="14" textLength="${widthOf(words)}" lengthAdjust="spacingAndGlyphs">${words}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${label}: ${message}">
<title>${label}: ${message}</title>
<clipPath id="r"><rect width="${left + right}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#3c4043"/><rect x="${left}" width="${right}" height="20" fill="${colors[color]}"/></g>
<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
${text(label, pad)}
${text(message, left + pad)}
</g>
</svg>
`;
}

/** The same as shields.io reads it from an address: https://shields.io/badges/endpoint-badge, version 1. */
export const shields = ({ run }: ReportInput): string => {
  const { label, message, color } = badgeOf(run);
  return asJson({ schemaVersion: 1, label, message, color: colors[color] });
};
