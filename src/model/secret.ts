/** What looks like a secret, in texts that are committed: recipes, and tests that are kept. By its looks alone: a name of a page (“Basic information”, #sk-spinner) is none. */
const secret =
  /\beyJ[\w-]{8,}\.|\b(sk|rk|ghp|gho|xox[bap]|sb_secret)[_-](?=[\w-]*\d)[\w-]{12,}|\b(bearer|basic)\s+(?=\S*\d)[\w.~+/=-]{16,}|[?&#;]\w*(token|secret|session|password|api_?key|auth|sid|otp)\w*=(?!\{)[^&]/i;

export const looksSecret = (text: string): boolean => secret.test(text);

/** In a command line: a variable or a flag that is called so, and a password in an address. What a shell fills in ($…) is none. */
const called = String.raw`(?:token|secret|pass(?![-_]?through)|pwd|keys?(?![a-z])|auth|credential|(?<![a-z])pin(?![a-z]))(?![\w-]*(?:file|path|dir))`;
const given = new RegExp(
  String.raw`(?:^|[\s;&|('"])\w*${called}\w*=["']?[^\s"'$]|\s--?[\w-]*${called}[\w-]*[\s=]+["']?[^\s"'$-]|://[^\s/:@]*:[^\s/@$]+@`,
  'i',
);

export const holdsSecret = (command: string): boolean => secret.test(command) || given.test(command);

/** What says nothing that is not to be read by all: a port, a switch, a mode, this machine. */
const open = /^(\d{1,5}|true|false|on|off|yes|no|production|development|test|localhost|127\.0\.0\.1|0\.0\.0\.0|\*|)$/i;

/**
 * `A=1 B='two words' npm start` → `A=1 npm start` and ['B']: the variables before a command whose values are not to be written down, with
 * or without `env` before them. A value that the shell itself fills in stays.
 */
export function withoutValues(command: string): { readonly run: string; readonly env: readonly string[] } {
  const [before = ''] = /^\s*(?:(?:env|cross-env)\s+)?/.exec(command) ?? [];
  const kept: string[] = [];
  const env: string[] = [];
  let rest = command.slice(before.length);
  for (;;) {
    const [all, name, value = ''] =
      /^([A-Za-z_]\w*)=((?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\;&|()`])*)(?:\s+|$)/.exec(rest) ?? [];
    if (all === undefined || name === undefined) break;
    rest = rest.slice(all.length);
    const isOpen = open.test(value.replace(/^(["'])(.*)\1$/, '$2')) && !given.test(` ${name}=x`);
    if (isOpen || /^"?\$\{?\w+\}?"?$/.test(value)) kept.push(all);
    else env.push(name);
  }
  return { run: env.length ? before + kept.join('') + rest : command, env };
}
