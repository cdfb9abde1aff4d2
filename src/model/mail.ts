/** Mail that the app under audit sent and that was caught: what is read out of it. Pure. */
import { isHere } from './stores.ts';

export interface Link {
  readonly url: string;
  /** What stands on it; empty where the address itself does. */
  readonly says: string;
}

export interface Letter {
  /** Addresses of the envelope (RFC 5321, 3.3), lower case. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly links: readonly Link[];
  /** Epoch ms. */
  readonly at: number;
}

/** Where the app's mail arrives instead of leaving the machine. */
export interface Mail {
  /** On 127.0.0.1. */
  readonly port: number;
  /**
   * The newest letter to this address since (epoch ms) that fits, each given once; waited for at most `within` ms. Undefined where none came.
   */
  next(to: string, since: number, within: number, fits: (letter: Letter) => boolean): Promise<Letter | undefined>;
  /** How many came to this address since (epoch ms), whatever they hold. */
  count(to: string, since: number): number;
}

/** Letters to one account since a moment. */
export interface Mailbox {
  /** The code or the link that a letter holds, waited for at most `within` ms. What was waited for in vain is not waited for again. */
  find(what: 'code' | 'link', within?: number): Promise<string | undefined>;
  /** Why nothing was found, in words. */
  lack(): string;
  /** Something was found. */
  readonly served: boolean;
}

/** Milliseconds that a letter is waited for where somebody was told to look for it: queues take a moment. */
const patience = 10_000;

/** What is sent to this address since (epoch ms). `url`: the app's own, to which links may lead. */
export function mailboxOf(mail: Mail, to: string, since: number, url: string): Mailbox {
  const vain = new Set<string>();
  let longest = 0;
  let served = false;
  return {
    get served() {
      return served;
    },
    async find(what, within = patience) {
      longest = Math.max(longest, within);
      const held = (letter: Letter): string | undefined => (what === 'code' ? codeIn(letter) : linkIn(letter, url));
      const letter = await mail.next(to, since, vain.has(what) ? 0 : within, (one) => held(one) !== undefined);
      if (!letter) {
        vain.add(what);
        return undefined;
      }
      served = true;
      return held(letter);
    },
    lack: () =>
      mail.count(to, since)
        ? `what came by mail to ${to} holds no code and no link to ${new URL(url).origin}`
        : `no mail to ${to} came within ${longest / 1000} s`,
  };
}

const word = /(?:code|kode|codice|c[oó]digo|otp|pin|passcode|token|код|验证码|驗證碼|認証|コード|인증)/iu;
const digits = '(?<![\\d#./-])(\\d{3}[ -]\\d{3}|\\d{4,8})(?![\\d/-]|\\.\\d)';
const alone = /^[ \t*]*(\d{3}[ -]\d{3}|\d{4,8}|(?=[A-Z\d-]*\d)(?=[A-Z\d-]*[A-Z])[A-Z\d]{3,5}-?[A-Z\d]{3,5})[ \t*]*$/m;

/** The code of this moment that it holds: a line of its own, a number beside the word, or the only number of six digits. */
export function codeIn({ subject, text, to }: Letter): string | undefined {
  const without = (from: string): string =>
    to.reduce((rest, address) => rest.replaceAll(address, ' '), from.replace(/https?:\/\/\S+/g, ' '));
  const plain = without(`${subject}\n${text}`);
  const beside =
    new RegExp(`${word.source}[^\\d\\n]{0,40}?${digits}`, 'iu').exec(plain)?.[1] ??
    new RegExp(`${digits}[^\\d\\n]{0,40}?${word.source}`, 'iu').exec(plain)?.[1];
  const sixes = new Set([...plain.matchAll(/(?<![\d.,/-])\d{6}(?![\d/-]|[.,]\d)/g)].map(([six]) => six));
  const found = alone.exec(without(text))?.[1] ?? beside ?? (sixes.size === 1 ? [...sixes][0] : undefined);
  return found && /^\d{3}[ -]\d{3}$/.test(found) ? found.replace(/\D/, '') : found;
}

const away =
  /unsubscribe|abmelden|opt-?out|preferences|not.?(me|you)\b|wasn|report|cancel|delete|remove|privacy|terms/i;
const wanted =
  /verif|confirm|activat|magic|log-?in|sign-?in|callback|token|bestätig|best%C3%A4tig|aktivier|vérif|valid/i;

/** The link that lets one in, if it leads to the app at this address (by any name of this machine); what leads elsewhere is left alone. */
export function linkIn({ links }: Letter, url: string): string | undefined {
  const home = new URL(url);
  const ranked = links.flatMap(({ url: to, says }) => {
    const at = URL.parse(to);
    if (!at || at.protocol !== home.protocol || at.port !== home.port || at.username) return [];
    if (at.hostname !== home.hostname && !(here(at) && here(home))) return [];
    at.hostname = home.hostname;
    if (away.test(`${says} ${at.pathname}`)) return [];
    const rank = (secretsOf(at.href).length ? 2 : 0) + (wanted.test(`${says} ${at.pathname}${at.search}`) ? 1 : 0);
    return rank > 0 ? [{ href: at.href, rank }] : [];
  });
  return ranked.sort((a, b) => b.rank - a.rank)[0]?.href;
}

const here = (url: URL): boolean => isHere(url.hostname.replace(/^\[|\]$/g, ''));

/** Parts of an address that are made by chance and let one in: long ones that hold a digit, whether in its path, its query or its fragment. */
export function secretsOf(url: string): string[] {
  const at = URL.parse(url);
  if (!at) return [];
  const fragment = at.hash.slice(1);
  const values = [...at.searchParams.values(), ...new URLSearchParams(fragment).values()];
  const segments = `${at.pathname}/${fragment}`.split(/[/?&=]/);
  return [
    ...values.filter((value) => /^(?=.*\d)[\w.~+%:-]{6,}=*$/.test(value)),
    ...segments.filter((segment) => /^(?=.*\d)[\w.~+%:-]{12,}$/.test(segment)),
  ];
}

/** Does the page send one to one's mailbox? */
export const sendsToMailbox = (text: string): boolean =>
  /(check|open|look (in|into|at)|see|visit)[^.\n]{0,30}\b(e-?mails?|inbox|mailbox)\b|\b(sent|mailed|e-?mailed|(will|just) send|sending you)\b[^.\n]{0,60}\b(link|code|e-?mail)\b|(check|confirm|verify|activate)[^.]{0,30}(e-?mail|inbox)/i.test(
    text,
  );
