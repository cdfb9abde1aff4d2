/** Text of others made safe to show, and text of ours made to fit. */

/** Escape sequences of a terminal: CSI, OSC and the other strings that end in BEL or ST, and two-character ones. An unended string is cut at its line's end. */
const sequences =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
/** C0 but tab and newline, C1, and what turns, hides or joins text: bidi marks, overrides and isolates, zero-width characters, separators, tags, interlinear marks. */
const unseen =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Without control characters, terminal sequences and bidi overrides; newlines and tabs stay. */
export function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(sequences, '').replace(unseen, '');
}

/** `plain`, on one line, with single spaces. */
export const oneLine = (text: string): string => plain(text).replace(/\s+/g, ' ').trim();

/** At most `max` characters, the last of them an ellipsis where something was cut. Never half a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, Math.max(0, max - 1));
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** "1 row", "2 rows"; `many` where adding an s will not do. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** "a", "a and b", "a, b and c". */
export const list = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

/** With a capital and a full stop, unless it starts with an address or ends with a mark of its own. */
export const asSentence = (text: string): string =>
  `${/^[a-z][a-z'-]* /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text}${/[\p{L}\p{N})\]”"']$/u.test(text) ? '.' : ''}`;

/** Broken between words into lines of at most `width`; a word that is longer is broken itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((long) => pieces(long, width))) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return line ? [...lines, line] : lines;
}

function pieces(word: string, width: number): string[] {
  const found: string[] = [];
  for (let at = 0; at < word.length; at += width) found.push(word.slice(at, at + width));
  return found;
}
