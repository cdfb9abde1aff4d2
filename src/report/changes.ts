import { asSentence, list, plural, wrap } from '../lib/text.ts';
import type { Change, Changed, Changes } from '../model/changes.ts';
import { asJson } from './json.ts';
import { code, inert, inHtml } from './markdown/inert.ts';
import { saysOf } from './outline.ts';
import { tame } from './tame.ts';

/** In the order in which they matter, with a sign for the terminal. */
const kinds: readonly { readonly change: Change; readonly title: string; readonly sign: string }[] = [
  { change: 'new', title: 'New: broken now', sign: '✗' },
  { change: 'still', title: 'Still broken', sign: '✗' },
  { change: 'untold', title: 'No longer told: was broken', sign: '?' },
  { change: 'fixed', title: 'Fixed', sign: '✓' },
  { change: 'lost', title: 'No longer shown', sign: '?' },
  { change: 'shown', title: 'Newly shown', sign: '✓' },
];

const groups = ({ changed }: Changes): { title: string; sign: string; entries: Changed[] }[] =>
  kinds
    .map(({ change, ...kind }) => ({ ...kind, entries: changed.filter((one) => one.change === change) }))
    .filter(({ entries }) => entries.length > 0);

/** "1 new, 2 still broken, 1 fixed". */
function sum({ changed }: Changes): string {
  const count = (change: Change): number => changed.filter((one) => one.change === change).length;
  const words = [
    `${count('new')} new`,
    `${count('still')} still broken`,
    ...(count('untold') ? [`${count('untold')} no longer told`] : []),
    `${count('fixed')} fixed`,
    ...(count('lost') ? [`${count('lost')} no longer shown`] : []),
    ...(count('shown') ? [`${count('shown')} newly shown`] : []),
  ];
  return list(words);
}

const stamp = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** Why, unless what it says is that all is well. */
const reason = ({ change, because, after }: Changed): string =>
  change === 'fixed' || change === 'shown'
    ? ''
    : after === 'not-asked'
      ? 'Not asked in the second run.'
      : asSentence(because);

function text(untamed: Changes, width = 80): string {
  const changes = tame(untamed);
  const room = Math.max(48, Math.min(width, 100)) - 4;
  const paragraph = (words: string): string[] => wrap(words, room).map((line) => `    ${line}`);
  const lines = groups(changes).flatMap(({ title, sign, entries }) => [
    '',
    `${title} (${entries.length})`,
    ...entries.flatMap((one) => [
      ...wrap(saysOf(one.claim), room).map((line, at) => `  ${at ? ' ' : sign} ${line}`),
      ...paragraph(reason(one)),
      ...one.findings.flatMap(({ where }) => paragraph(`at ${where}`)),
      `    ${one.claim}`,
    ]),
  ]);
  return `${[
    `${stamp(changes.before.startedAt)} → ${stamp(changes.after.startedAt)}  ${changes.after.url}`,
    ...lines,
    '',
    ...changes.notes.flatMap((note) => wrap(`Note: ${asSentence(note)}`, room)),
    `${asSentence(sum(changes))}`,
  ].join('\n')}\n`;
}

function markdown(untamed: Changes): string {
  const changes = tame(untamed);
  const parts = groups(changes).map(({ title, entries }) => {
    const rows = entries.map(
      (one) =>
        `- **${inert(saysOf(one.claim))}** ${inert(reason(one))} (${[code(one.claim), ...one.findings.map(({ where }) => code(where))].join(', ')})`,
    );
    return `<details>\n<summary>${inHtml(title)}: ${plural(entries.length, 'claim')}</summary>\n\n${rows.join('\n')}\n\n</details>`;
  });
  const notes = changes.notes.map((note) => `Note: ${inert(asSentence(note))}`);
  const span = `${code(changes.after.url)}, ${inert(stamp(changes.before.startedAt))} to ${inert(stamp(changes.after.startedAt))}.`;
  return `${[`## Plummet: ${sum(changes)}`, ...parts, [span, ...notes].join('  \n')].join('\n\n')}\n`;
}

/** Every form that two runs can be compared in; pure. */
export const changeReports = {
  text,
  json: asJson,
  markdown,
} as const satisfies Record<string, (changes: Changes, width?: number) => string>;
