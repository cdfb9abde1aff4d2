import { list } from '../lib/text.ts';
import type { ProcessSpec } from '../model/app.ts';
import type { GivenCriterion } from '../model/criteria.ts';
import { Failure } from '../model/failure.ts';
import type { Intent } from '../model/run.ts';
import type { AuditOptions, Login, Permit, Profile } from '../model/target.ts';
import { permits } from '../model/target.ts';
import { intentAccepted } from './accept.ts';
import type { Config } from './schema.ts';
import { parseBackend, parseBudget, parseHeaders, parseIntent, parseLogin, parsePairs, parseUrl } from './values.ts';

/** Flags as they were typed. */
export interface Flags {
  readonly login?: string;
  readonly login2?: string;
  readonly admin?: string;
  readonly header?: readonly string[];
  readonly header2?: readonly string[];
  readonly storageState?: string;
  readonly openapi?: string;
  readonly start?: string;
  readonly source?: string;
  readonly env?: readonly string[];
  readonly disposableStore?: boolean;
  readonly allowEgress?: readonly string[];
  readonly tunnel?: readonly string[];
  readonly mail?: string;
  readonly backend?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly permit?: string;
  readonly budget?: string;
  readonly deep?: boolean;
  readonly keepRows?: boolean;
  readonly trace?: boolean;
  readonly showRows?: boolean;
  readonly out?: string;
  readonly intent?: string;
  readonly seed?: string;
  readonly headed?: boolean;
  readonly slow?: string;
}

/** What config and flags together ask for: an audit's options but for what only the surface knows. */
export type Settings = Omit<AuditOptions, 'claims' | 'signal' | 'progress' | 'found' | 'out' | 'permit' | 'seed'> & {
  readonly out?: string;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Undefined where nobody said it: the surface chooses by where the target and its backends are. */
  readonly permit?: Permit;
  readonly seed?: number;
};

const budgets: Readonly<Record<Profile, string>> = { reload: '90s', audit: '10m' };
/** No promise of an end, but that there is one. */
const deep = '2h';
const longestSlow = 10_000;

/** Flags win over the config, one by one; in `intent` each answer by itself. */
export function merge(config: Config, flags: Flags, profile: Profile, address?: string): Settings {
  const url = address ?? config.target;
  if (url === undefined)
    throw new Failure(
      'E_USAGE',
      'Which app? Give its address (plummet http://localhost:3000), or set target in plummet.config.ts (plummet init).',
    );
  const login = loginOf(flags.login, config.login, '--login');
  const login2 = loginOf(flags.login2, config.login2, '--login2');
  const admin = loginOf(flags.admin, config.admin, '--admin');
  const header = flags.header ?? config.header;
  const header2 = flags.header2 ?? config.header2;
  const storageState = flags.storageState ?? config.storageState;
  const openapi = flags.openapi ?? config.openapi;
  const start = startOf(config, flags);
  const source = flags.source ?? config.source;
  const allowEgress = words(flags.allowEgress) ?? config.allowEgress;
  const out = flags.out ?? config.out;
  const permit = flags.permit === undefined ? config.permit : permitOf(flags.permit);
  const intent: Intent = {
    ...intentAccepted(config),
    ...config.intent,
    ...(flags.intent === undefined ? {} : parseIntent(flags.intent)),
  };
  return {
    url: parseUrl(url),
    profile,
    budget: parseBudget(flags.budget ?? (flags.deep ? deep : (config.budget ?? budgets[profile]))),
    intent,
    backends: (flags.backend ?? config.backends ?? []).map(parseBackend),
    only: words(flags.only) ?? config.only ?? [],
    skip: words(flags.skip) ?? config.skip ?? [],
    browser: {
      ...(config.browser?.path ? { path: config.browser.path } : {}),
      headed: flags.headed ?? false,
      slow: flags.slow === undefined ? 0 : count(flags.slow, '--slow', longestSlow),
    },
    ...(permit ? { permit } : {}),
    ...(out ? { out } : {}),
    ...(login ? { login } : {}),
    ...(login2 ? { login2 } : {}),
    ...(admin ? { admin } : {}),
    ...(header?.length ? { headers: parseHeaders(header, '--header') } : {}),
    ...(header2?.length ? { headers2: parseHeaders(header2, '--header2') } : {}),
    ...(storageState ? { storageState } : {}),
    ...(openapi ? { openapi } : {}),
    ...(start ? { start } : {}),
    ...(source === undefined ? {} : { source }),
    ...(allowEgress?.length ? { allowEgress } : {}),
    ...(flags.mail === undefined ? {} : { mail: count(flags.mail, '--mail', 65_535) }),
    ...(flags.keepRows ? { keepRows: true } : {}),
    ...(flags.trace ? { trace: true } : {}),
    ...(flags.showRows ? { showRows: true } : {}),
    ...((flags.disposableStore ?? config.disposableStore) ? { disposableStore: true } : {}),
    ...(config.recipes ? { recipes: config.recipes as AuditOptions['recipes'] } : {}),
    ...(config.criteria ? { criteria: criteriaOf(config.criteria) } : {}),
    ...(flags.seed === undefined ? {} : { seed: count(flags.seed, '--seed', 2 ** 32 - 1) }),
  };
}

function loginOf(flag: string | undefined, config: Config['login'], name: string): Login | undefined {
  const given = flag ?? config;
  return typeof given === 'string' ? parseLogin(given, name) : given;
}

/** A function alone is a look. */
const criteriaOf = (given: NonNullable<Config['criteria']>): NonNullable<AuditOptions['criteria']> =>
  Object.entries(given).map(([name, one]) => {
    const { after = [], ...functions } = typeof one === 'function' ? { look: one } : one;
    return { name, after, ...(functions as Pick<GivenCriterion, 'write' | 'look' | 'remove'>) };
  });

/** Folders as they were given: the surface knows what they are relative to. */
function startOf(config: Config, flags: Flags): ProcessSpec[] | undefined {
  const given = flags.start ?? config.start;
  const source = flags.source ?? config.source ?? '.';
  if (given === undefined) {
    const idle = [
      flags.env?.length ? '--env' : '',
      flags.disposableStore ? '--disposable-store' : '',
      flags.allowEgress?.length ? '--allow-egress' : '',
      flags.tunnel?.length ? '--tunnel' : '',
    ].filter(Boolean);
    if (idle.length)
      throw new Failure(
        'E_USAGE',
        `${list(idle)} ${idle.length > 1 ? 'are' : 'is'} for an app that is started: give --start "<command>" too.`,
      );
    return undefined;
  }
  const env = { ...config.env, ...parsePairs(flags.env ?? []) };
  const tunnels = words(flags.tunnel) ?? config.tunnels;
  const processes = typeof given === 'string' ? [{ name: 'app', run: given }] : given;
  return processes.map((process: Partial<ProcessSpec> & Pick<ProcessSpec, 'name' | 'run'>) => ({
    ...process,
    cwd: process.cwd ?? source,
    env: { ...env, ...process.env },
    ...(tunnels?.length ? { tunnels } : {}),
  }));
}

function permitOf(text: string): Permit {
  const found = permits.find((permit) => permit === text);
  if (!found) throw new Failure('E_USAGE', `--permit is one of ${list(permits, 'or')}, not "${text}".`);
  return found;
}

function count(text: string, flag: string, most: number): number {
  if (!/^\d+$/.test(text) || Number(text) > most)
    throw new Failure('E_USAGE', `${flag} wants a whole number from 0 to ${most}, not "${text}".`);
  return Number(text);
}

/** "--only a,b --only c" is a, b and c; a comma inside braces is the glob's own. */
function words(given: readonly string[] | undefined): string[] | undefined {
  return given
    ?.flatMap((text) => text.split(/,(?![^{]*\})/))
    .map((word) => word.trim())
    .filter(Boolean);
}
