/** The attributes of the cookie that carries the session: as the answer set it, else as the browser has it. */
import { z } from 'zod';
import type { Sent } from '../../model/browser.ts';
import type { Citations } from '../../model/evidence.ts';
import { notApplicable, pass, type Verdict } from '../../model/verdict.ts';
import type { Carrier } from '../_shared/request-parts.ts';

export const cookie = z.object({
  name: z.string(),
  httpOnly: z.boolean(),
  /** As it was given: strict, lax, none; empty where none was. */
  sameSite: z.string(),
  secure: z.boolean(),
});
export type Cookie = z.infer<typeof cookie>;

/** What the browser keeps (Playwright's storage state). */
interface Stored {
  readonly cookies?: readonly {
    name: string;
    value: string;
    httpOnly: boolean;
    secure: boolean;
    sameSite: string;
  }[];
}

/** Of the cookies that carry the session. What no answer has set was set by a script, or given to the browser with the session. */
export function cookiesFrom(carriers: readonly Carrier[], traffic: readonly Sent[], storage: unknown): Cookie[] {
  const set = traffic.flatMap((r) => r.answerHeaders['set-cookie']?.split('\n') ?? []);
  const { cookies = [] } = (storage ?? {}) as Stored;
  return carriers.flatMap(({ kind, name, value }): Cookie[] => {
    if (kind !== 'cookie') return [];
    const line = set.findLast((one) => one.startsWith(`${name}=${value}`)) ?? set.findLast((one) => isOf(one, name));
    if (line) return [{ name, ...attributesOf(line) }];
    const kept = cookies.find((one) => one.name === name);
    const { httpOnly = false, secure = false, sameSite = '' } = kept ?? {};
    return [{ name, httpOnly, secure, sameSite: sameSite.toLowerCase() }];
  });
}

const isOf = (line: string, name: string): boolean => line.startsWith(`${name}=`) && !/^[^=]+=(;|$)/.test(line);

/** RFC 6265bis, 5.6: names of attributes in any case, the last of each holds. */
function attributesOf(line: string): Omit<Cookie, 'name'> {
  const [, ...attributes] = line.split(';').map((part) => part.trim().toLowerCase());
  return {
    httpOnly: attributes.some((one) => one === 'httponly' || one.startsWith('httponly=')),
    secure: attributes.some((one) => one === 'secure' || one.startsWith('secure=')),
    sameSite: attributes.findLast((one) => one.startsWith('samesite='))?.slice('samesite='.length) ?? '',
  };
}

interface Guarded {
  readonly cookies: readonly Cookie[];
  /** Each alone is enough; else all are needed, and one that is guarded guards. */
  readonly enough: boolean;
  readonly https: boolean;
  /** By what the session travels, in words. */
  readonly by: string;
}

/** Undefined where something is lacking: see `lacks`. */
export function judgeGuard(o: Guarded, evidence: Citations): Verdict | undefined {
  if (!o.cookies.length) return notApplicable(`no cookie carries the session: it travels in ${o.by}`, evidence);
  if (lacks(o).length) return undefined;
  const names = o.cookies.map(({ name }) => name).join(', ');
  const secure = o.https ? 'and Secure' : 'and the address is http, so that Secure is not asked for';
  return pass(
    `${names}, which carries the session, is HttpOnly and SameSite=${o.cookies[0]?.sameSite}, ${secure}`,
    evidence,
  );
}

/** What guards are missing, in words. */
export function lacks({ cookies, enough, https }: Guarded): string[] {
  const all = (is: (one: Cookie) => boolean): boolean => (enough ? cookies.every(is) : cookies.some(is));
  const given = cookies.find(({ sameSite }) => sameSite)?.sameSite;
  return [
    ...(all((c) => c.httpOnly) ? [] : ['it is not HttpOnly: a script of the page can read it']),
    ...(all((c) => c.sameSite === 'lax' || c.sameSite === 'strict')
      ? []
      : [
          given === 'none'
            ? 'it is SameSite=None: every other site makes the browser send it'
            : 'it has no SameSite: what other sites make the browser send is left to the browser',
        ]),
    ...(!https || all((c) => c.secure) ? [] : ['it is not Secure: it is sent over plain http, too']),
  ];
}
