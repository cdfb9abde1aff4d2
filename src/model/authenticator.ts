/** What an authenticator app does: keeps the secrets that pages show to accounts of ours, and tells the code of the moment (RFC 6238). */
import { codeFor, type OneTime } from '../lib/one-time.ts';
import type { View } from './browser.ts';
import type { Clock } from './context.ts';
import type { Values } from './recipe.ts';

interface Seed extends OneTime {
  /** Seconds for which a code holds. */
  readonly period: number;
  /** By an address, which says how codes are computed; a text that looks like one does not take its place. */
  readonly told?: true;
}

/** Its memory serves all sessions of a run. */
export interface Authenticator {
  /** Keeps the secret that the page shows to this account, where the account is ours: to set one up for another's would lock them out. */
  see(view: View, account: Values): void;
  knows(account: Values): boolean;
  /**
   * The code of the moment. Each is told once, since servers refuse one that was used (RFC 6238, 5.2): else the next is waited for, where
   * that takes at most `within` ms. Undefined where it takes longer, or no secret is known.
   */
  code(account: Values, within?: number): Promise<string | undefined>;
  /** The values of the account with its secret, as {otp}: an otpauth address. */
  kept(account: Values): Values;
}

/** Milliseconds that a code still has to hold when it is told: it is typed and sent first. */
const least = 2000;

/** `isOurs`: was the account made by us? */
export function makeAuthenticator(clock: Clock, isOurs: (account: Values) => boolean): Authenticator {
  const known = new Map<string, Seed>();
  /** The last period whose code was told. */
  const told = new Map<string, number>();
  const seedOf = (account: Values): Seed | undefined => known.get(nameOf(account)) ?? seedIn(account['otp'] ?? '');
  return {
    see(view, account) {
      const seed = seedsOn(view)[0];
      const has = known.get(nameOf(account));
      if (seed && isOurs(account) && (seed.told || !has?.told)) known.set(nameOf(account), seed);
    },
    knows: (account) => seedOf(account) !== undefined,
    async code(account, within = Number.POSITIVE_INFINITY) {
      const seed = seedOf(account);
      if (!seed) return undefined;
      const length = seed.period * 1000;
      const soonest = Math.floor((clock.now() + least) / length);
      const period = Math.max(soonest, (told.get(seed.secret) ?? 0) + 1);
      const wait = period * length - clock.now();
      if (wait > within) return undefined;
      // Taken before the wait: whoever asks meanwhile gets the one after.
      told.set(seed.secret, period);
      if (wait > 0) await clock.sleep(wait + 100);
      return clock.now() < period * length ? undefined : codeFor(seed, period);
    },
    kept(account) {
      const seed = known.get(nameOf(account));
      return seed ? { ...account, otp: addressOf(seed) } : account;
    },
  };
}

const nameOf = (account: Values): string => account['email'] ?? account['username'] ?? '';

/** Does the text speak of an authenticator app, in the words that its languages share? */
const speaks =
  /authenticat|autenticat|authentifi|authentifizier|otpauth:|\b(2fa|mfa|totp|otp)\b|(two|2)[- ]?(factor|step)|zwei-?faktor|deux facteurs|dos (factores|pasos)|dois fatores|двухфактор|双重|两步|二段階|2단계/i;
export const speaksOfAuthenticator = (text: string): boolean => speaks.test(text);

/** Secrets as pages show them: of 16 letters or more (RFC 4226, 4, wants 26), in one word or in groups of four, and with a digit: words are long, too. */
const inCapitals =
  /(?<![\w=])(?=[A-Z -]*[2-7])(?:[A-Z2-7]{16,103}|[A-Z2-7]{4}(?:[ -][A-Z2-7]{4}){3,25}(?:[ -][A-Z2-7]{1,3})?)={0,6}(?![\w=])/g;
/** In small letters only in groups, and with a digit: words of four letters follow each other, too. */
const inSmall = /(?<![\w=])(?=[a-z -]*[2-7])[a-z2-7]{4}(?:[ -][a-z2-7]{4}){3,25}(?![\w=])/g;

/** What is found in the address of an authenticator (otpauth://totp/…). Undefined where it holds none that we can use. */
function seedIn(address: string): Seed | undefined {
  const at = /^otpauth:\/\/totp\//i.test(address) ? URL.parse(address)?.searchParams : undefined;
  const secret = (at?.get('secret') ?? '').replace(/[\s=-]/g, '').toUpperCase();
  const algorithm = (at?.get('algorithm') ?? 'SHA1').replace('-', '').toLowerCase();
  const [digits, period] = [Number(at?.get('digits') ?? 6), Number(at?.get('period') ?? 30)];
  return /^[A-Z2-7]{8,}$/.test(secret) &&
    isHash(algorithm) &&
    digits >= 6 &&
    digits <= 8 &&
    period >= 10 &&
    period <= 120
    ? { secret, algorithm, digits, period, told: true }
    : undefined;
}
const isHash = (name: string): name is OneTime['algorithm'] => ['sha1', 'sha256', 'sha512'].includes(name);
const addressOf = ({ secret, algorithm, digits, period }: Seed): string =>
  `otpauth://totp/plummet?secret=${secret}&algorithm=${algorithm.toUpperCase()}&digits=${digits}&period=${period}`;

/** Addresses first: they say how the code is computed. A text alone is a secret where the page speaks of an authenticator. */
function seedsOn(view: View): Seed[] {
  const said = textOf(view);
  if (!speaks.test(said)) return [];
  const addresses = said.match(/otpauth:\/\/totp\/[^\s"'<>]+/gi) ?? [];
  const alone = textsOn(said).map((text) => text.replace(/[\s=-]/g, '').toUpperCase());
  return [
    ...addresses.flatMap((address) => seedIn(address) ?? []),
    ...alone.map((secret): Seed => ({ secret, algorithm: 'sha1', digits: 6, period: 30 })),
  ];
}

const textsOn = (said: string): string[] => [inCapitals, inSmall].flatMap((pattern) => said.match(pattern) ?? []);

const textOf = (view: View): string =>
  [view.text.slice(0, 30_000), ...view.controls.slice(0, 200).flatMap(({ href, value }) => [href, value])].join('\n');

/** Each way in which the page writes a secret of an authenticator. */
export const secretsOn = (view: View): string[] => {
  const said = textOf(view);
  return [...new Set([...seedsOn(view).map(({ secret }) => secret), ...(speaks.test(said) ? textsOn(said) : [])])];
};
