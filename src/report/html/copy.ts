import { h, Markup } from './markup.ts';

/** Something to be taken along. The button shows itself only where the script runs. */
export const copyable = (id: string, text: string, words: string): Markup =>
  h`<div class="copyable"><pre id="${id}" tabindex="0" role="group" aria-label="${words}">${text}</pre><button type="button" class="copy" data-copy="${id}" hidden>Copy</button></div>`;

const flags =
  /(?<![\w-])--[a-z][a-z0-9-]*(?:[ =](?!with\b|and\b|or\b|is\b|to\b|on\b|in\b|the\b|of\b|that\b|for\b|from\b|by\b|a\b|an\b)[^\s,;.:)][^\s,;)]*)?|\bplummet [a-z]+\b/g;

/** A sentence with the flags in it set as code. */
export function withFlags(text: string): Markup {
  const parts: Markup[] = [];
  let last = 0;
  for (const found of text.matchAll(flags)) {
    parts.push(h`${text.slice(last, found.index)}<code class="flag">${found[0]}</code>`);
    last = found.index + found[0].length;
  }
  return h`${parts}${text.slice(last)}`;
}

/** Opens the fold where it is wanted. */
export const opened = (open: boolean): Markup | false => open && new Markup(' open');
