/** As a shell takes it for one word. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A command line of these words, without the empty ones. */
export const commandOf = (...words: readonly string[]): string => words.filter(Boolean).map(quoted).join(' ');
