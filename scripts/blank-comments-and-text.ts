/**
 * Blanks comments, strings, regular expressions and the text of templates; line breaks and the code inside `${}` stay.
 * Reproductions and reports are programs written as text: `fetch(` in a string reaches for nothing.
 */
export function blankCommentsAndText(source: string): string {
  const out = source.split('');
  const blank = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (out[i] !== '\n') out[i] = ' ';
  };
  /** For each open `${`, how many braces are open inside it. */
  const holes: number[] = [];
  let i = 0;

  const template = (from: number): number => {
    let at = from;
    while (at < source.length && source[at] !== '`') {
      if (source[at] === '\\') at += 2;
      else if (source.startsWith('${', at)) {
        blank(from, at);
        holes.push(0);
        return at + 2;
      } else at++;
    }
    blank(from, at);
    return at + 1;
  };

  while (i < source.length) {
    const two = source.slice(i, i + 2);
    const one = source.charAt(i);
    if (two === '//') {
      const end = source.indexOf('\n', i);
      blank(i, end < 0 ? source.length : end);
      i = end < 0 ? source.length : end;
    } else if (two === '/*') {
      const end = source.indexOf('*/', i + 2);
      blank(i, end < 0 ? source.length : end + 2);
      i = end < 0 ? source.length : end + 2;
    } else if (one === "'" || one === '"') {
      const end = endOfQuoted(source, i, one);
      blank(i + 1, end - 1);
      i = end;
    } else if (one === '/' && startsExpression(out, i)) {
      const end = endOfRegExp(source, i);
      blank(i + 1, end - 1);
      i = end;
    } else if (one === '`') {
      i = template(i + 1);
    } else if (one === '}' && holes.at(-1) === 0) {
      holes.pop();
      i = template(i + 1);
    } else {
      const last = holes.length - 1;
      if (last >= 0 && (one === '{' || one === '}')) holes[last] = (holes[last] ?? 0) + (one === '{' ? 1 : -1);
      i++;
    }
  }
  return out.join('');
}

function endOfQuoted(source: string, from: number, quote: string): number {
  let at = from + 1;
  while (at < source.length && source[at] !== quote && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, source.length);
}

function endOfRegExp(source: string, from: number): number {
  let at = from + 1;
  let inClass = false;
  while (at < source.length && source[at] !== '\n') {
    const one = source[at];
    if (one === '\\') at++;
    else if (one === '[') inClass = true;
    else if (one === ']') inClass = false;
    else if (one === '/' && !inClass) return at + 1;
    at++;
  }
  return at;
}

/** A slash divides after a value, and opens a regular expression elsewhere. */
function startsExpression(out: readonly string[], at: number): boolean {
  let back = at - 1;
  while (back >= 0 && /\s/.test(out[back] ?? '')) back--;
  if (back < 0) return true;
  const before = out[back] ?? '';
  if (/[\w$)\]}]/.test(before)) {
    const word = /(\w+)$/.exec(out.slice(Math.max(0, back - 10), back + 1).join(''))?.[1] ?? '';
    return /^(return|typeof|case|in|of|void|delete|await|yield|throw|else|do)$/.test(word);
  }
  return !/['"`]/.test(before);
}
