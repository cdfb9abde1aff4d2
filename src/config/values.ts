import { didYouMean } from '../lib/nearest.ts';
import { list } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';
import type { Intent } from '../model/run.ts';
import type { Login } from '../model/target.ts';
import { intentSchema } from './schema.ts';

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const leastBudget = 5_000;

/** "90s", "2m", "1.5h" in milliseconds. */
export function parseBudget(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim()) ?? [];
  if (number === undefined) throw new Failure('E_USAGE', `A budget has a unit, as in 90s or 2m; "${text}" is none.`);
  const budget = Math.round(Number(number) * units[unit as keyof typeof units]);
  if (budget < leastBudget)
    throw new Failure('E_USAGE', `A budget of ${text} is too short to look at anything: give 5s or more.`);
  return budget;
}

/** "user:password"; the password may hold colons. The text itself is not repeated in the Failure. */
export function parseLogin(text: string, flag = '--login'): Login {
  const at = text.indexOf(':');
  if (at < 1 || at === text.length - 1) throw new Failure('E_USAGE', `${flag} wants user:password.`);
  return { user: text.slice(0, at), password: text.slice(at + 1) };
}

/** "Name: value" lines as a record. Values are not repeated in the Failure. */
export function parseHeaders(lines: readonly string[], flag = '--header'): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n\0]*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        throw new Failure('E_USAGE', `${flag} wants "Name: value", on one line.`);
      return [name, value.trim()];
    }),
  );
}

/** "NAME=value" each. Values are not repeated in the Failure. */
export function parsePairs(pairs: readonly string[], flag = '--env'): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([A-Za-z_]\w*)=([^\0]*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined) throw new Failure('E_USAGE', `${flag} wants NAME=value.`);
      return [name, value];
    }),
  );
}

/** "storage=server,records=shared". */
export function parseIntent(text: string): Intent {
  const intent: Record<string, string> = {};
  for (const pair of text.split(',').filter((part) => part.trim())) {
    const [key = '', value = ''] = pair.split('=', 2).map((part) => part.trim());
    const choices = choicesOf(key);
    if (!choices)
      throw new Failure(
        'E_USAGE',
        `--intent knows storage, login and records, as in --intent storage=server,records=shared; not "${key}".${didYouMean(key, Object.keys(intentSchema.shape))}`,
      );
    if (!choices.includes(value))
      throw new Failure(
        'E_USAGE',
        `--intent ${key}= is one of ${list(choices, 'or')}, not "${value}".${didYouMean(value, choices)}`,
      );
    intent[key] = value;
  }
  return intent as Intent;
}

function choicesOf(key: string): readonly string[] | undefined {
  return Object.hasOwn(intentSchema.shape, key) ? intentSchema.shape[key as keyof Intent].unwrap().options : undefined;
}

/** An address as people type it: "localhost:3000" is http. Only http and https can be audited; a password in it has a flag of its own. */
export function parseUrl(text: string): string {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname)
    throw new Failure(
      'E_USAGE',
      `"${text}" is not an address that a browser could open. Give one like http://localhost:3000`,
    );
  if (url.username || url.password)
    throw new Failure(
      'E_USAGE',
      'An address with a password in it would stand in every report. Give it as --header "Authorization: Basic …" or by --login.',
    );
  return url.href;
}

/** "host:port" of a backend; also the origin of an address. */
export function parseBackend(text: string): string {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (!url?.hostname || (url.pathname !== '/' && url.pathname !== ''))
    throw new Failure('E_USAGE', `--backend wants host:port, not "${text}".`);
  const usual = /^(https|wss):$/.test(url.protocol) ? '443' : '80';
  return `${url.hostname}:${url.port || usual}`;
}
