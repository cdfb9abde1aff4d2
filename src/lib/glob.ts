/**
 * A test for slash-separated names: `*` any run without a slash, `**` any run, `?` one character, `{a,b}` either.
 * All else stands for itself. Matching takes time in proportion to the name, however many stars there are.
 */
export function glob(pattern: string): (name: string) => boolean {
  const tokens = branches(pattern).map((branch) => branch.match(/\*\*|[\s\S]/g) ?? []);
  return (name) => tokens.some((branch) => matches(branch, name));
}

/** Does the text use what `glob` gives a meaning to? */
export const isGlob = (text: string): boolean => /[*?{]/.test(text);

function branches(pattern: string): string[] {
  const choice = /\{([^{}]*)\}/.exec(pattern);
  if (!choice) return [pattern];
  const [before, after] = [pattern.slice(0, choice.index), pattern.slice(choice.index + choice[0].length)];
  return (choice[1] ?? '').split(',').flatMap((part) => branches(`${before}${part}${after}`));
}

/** The set of places in the pattern that the name may have reached, letter by letter. */
function matches(tokens: readonly string[], name: string): boolean {
  let at = reach(tokens, new Set([0]));
  for (const letter of name) {
    const next = new Set<number>();
    for (const i of at) {
      const token = tokens[i];
      if (token === '**' || (token === '*' && letter !== '/')) next.add(i);
      else if (token === letter || (token === '?' && letter !== '/')) next.add(i + 1);
    }
    at = reach(tokens, next);
  }
  return at.has(tokens.length);
}

/** A star may stand for nothing. */
function reach(tokens: readonly string[], at: Set<number>): Set<number> {
  for (const i of at) if (tokens[i]?.startsWith('*')) at.add(i + 1);
  return at;
}
