import { oneLine } from '../../lib/text.ts';

/** Invisible, and cuts in two what a forge would link. `oneLine` takes it out of foreign text, so each that is there is ours. */
const cut = '\u200b';

/**
 * What GitHub and GitLab make into links or pictures *after* Markdown was rendered, so that no escape of Markdown stops it: mentions, issues,
 * labels, merge requests, snippets, epics, emoji, commits and addresses. The cut is how Renovate and Dependabot quote foreign text.
 */
const linked: readonly RegExp[] = [
  /[@#~!](?=[\w"])/g,
  /[&$%](?=\d)/g,
  /\bGH(?=-\d)/gi,
  /:(?=\/\/)/g,
  /\bwww(?=\.)/gi,
  /:(?=[a-z+-][\w+-]*:)/gi,
];

/** Seven to forty hexadecimal digits are a commit. */
const commit = /\b(?=[a-f]*\d)[0-9a-f]{7,40}\b/gi;

const unlinked = (text: string): string =>
  linked
    .reduce((so, pattern) => so.replace(pattern, (found) => `${found}${cut}`), oneLine(text))
    .replace(commit, (found) => found.replace(/.{4}(?=.)/g, (part) => `${part}${cut}`));

/**
 * Foreign text as Markdown that renders as just this text (CommonMark 0.31 §2.4 and §2.5, and GFM): on one line, no emphasis, link, picture,
 * HTML, mathematics, mention or quick action. `place`: may it begin a line?
 */
export function inert(text: string, place: 'anywhere' | 'within' = 'anywhere'): string {
  const quiet = unlinked(text)
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // A backslash does not stop GitHub's mathematics, which is looked for in the source.
    .replaceAll('$', '&#36;')
    .replaceAll(cut, '&#8203;');
  if (place === 'within') return quiet;
  // Headings, lists, rules and GitLab's quick actions begin a line.
  return quiet.replace(/^(?=[-+=#/])/, '&#8203;').replace(/^(\d+)(?=[.)](?: |$))/, '$1&#8203;');
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));

/** A code span (CommonMark §6.1), in which nothing is read as anything else. */
export function code(text: string): string {
  const inside = oneLine(text);
  if (!inside) return '';
  const ticks = '`'.repeat(longestRun(inside) + 1);
  const room = /^`|`$/.test(inside) ? ' ' : '';
  return `${ticks}${room}${inside}${room}${ticks}`;
}

/** A fenced block (CommonMark §4.5). The text may hold fences of its own. */
export function block(text: string, language: string): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${language}\n${text.trimEnd()}\n${ticks}`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', [cut]: '&#8203;' };

/** Inside a line of HTML, where Markdown is not read: `inert` would show its backslashes. */
export const inHtml = (text: string): string =>
  unlinked(text).replace(/[&<>\u200b]/g, (letter) => entities[letter] ?? letter);
