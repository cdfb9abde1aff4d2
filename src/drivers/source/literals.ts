/** Texts between quotes in a source, and values of its examples and compose files, that may be what it signs with. */
import type { Literal } from '../../model/context.ts';
import { filesIn } from './files.ts';

// What holds the variables of this machine (.env) is no part of what others get with the source.
const code =
  /\.(m?[jt]sx?|[cm]ts|cjs|py|rb|php|go|rs|java|kt|cs|exs?|scala|toml|ini|properties|json|ya?ml)$|^\.?env[\w.-]*\.(example|sample|template|dist|defaults?)$|^\.env\.(example|sample|template|dist|defaults?)$/i;
const quoted = /"((?:[^"\\\n]|\\.){4,200})"|'((?:[^'\\\n]|\\.){4,200})'|`([^`\\\n$]{4,200})`/g;
/** NAME=value and name: value, without quotes. */
const bare = /^\s*(?:export\s+|-\s*)?([\w.-]+)\s*[:=]\s*([^\s"'#][^\s#]{3,199})\s*(?:#.*)?$/gm;
/** What is taken where a variable is not set: ${NAME:-value}, ${NAME:value}. */
const otherwise = /\$\{\w+:-?([^}\s]{4,200})\}/g;
/** Settings of this machine, which the source is handed on without. */
const local = /(^|\/)(local[_.-]?settings|settings[_.-]local|application-local|local|secrets)\.\w+$|(^|\/)instance\//i;
const most = 20_000;
const likely = /secret|jwt|sign|token|key|auth|session/i;

/** Each once, those in lines that speak of secrets first. Nothing is run; what cannot be read is passed over. */
export function literalsIn(root: string): Literal[] {
  const found = new Map<string, Literal & { readonly likely: boolean }>();
  for (const { path, text } of filesIn(root, code)) {
    if (/(^|\/)(package|composer|tsconfig)[^/]*\.json$|lock/i.test(path) || local.test(path)) continue;
    const assigned = /\.(ya?ml|ini|properties|toml|example|sample|template|dist|defaults?)$/i.test(path);
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    const take = (literal: string, at: number): void => {
      const line = starts.findLastIndex((start) => start <= at);
      const words = text.slice(starts[line], starts[line + 1]);
      const known = found.get(literal);
      if (known?.likely || found.size > most) return;
      found.set(literal, { text: literal, where: `${path}:${line + 1}`, likely: likely.test(words) });
    };
    for (const match of text.matchAll(quoted)) take(match[1] ?? match[2] ?? match[3] ?? '', match.index + 1);
    if (assigned)
      for (const match of [...text.matchAll(bare), ...text.matchAll(otherwise)])
        take(match[2] ?? match[1] ?? '', match.index);
  }
  return [...found.values()]
    .sort((a, b) => Number(b.likely) - Number(a.likely))
    .map(({ text, where }) => ({ text, where }));
}
