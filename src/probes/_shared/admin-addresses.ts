/** Addresses for administrators, as far as a browser was told of them: in pages, scripts and documents of an API. */
import type { Sent } from '../../model/browser.ts';

const words = '(?:admin(?:s|istrators?|istration|istrator)?|back-?office|super-?users?|moderat(?:or|ors|ion)|staff)';
/** One part of a path, and no file. */
const named = new RegExp(`(?:^|[/_-])${words}(?:$|[/_-])`, 'i');
const isFile = /\.(m?js|css|map|svg|png|jpe?g|gif|ico|woff2?|html\.\w+|tsx?|jsx|json|md)$/i;
/** A text in quotes or an attribute that begins as an address does. */
const quoted = /["'`](https?:\/\/[\w.:-]+\/[^"'`\s<>\\]{0,200}|\/(?!\/)[^"'`\s<>\\]{1,200}|api\/[^"'`\s<>\\]{1,200})/g;
/** Where an address goes on by what only the script knows. */
const open = /(\$\{|\{|:[a-z_]|\?|#|<|\[|\*)/i;

/** What an address is called that does something when it is opened. */
const deeds = new Set(
  `accept activate approve archive ban block cancel clear close confirm deactivate delete demote deny destroy disable drop enable erase exec execute
  export flush hijack impersonate import install kick kill lock masquerade merge migrate mute promote purge reboot rebuild refund reject
  reindex remove resend reset restart restore resume revoke rollback run seed send shutdown start stop suspend sync toggle trash trigger
  truncate unban unblock uninstall unlock unpublish upgrade wipe`.split(/\s+/),
);
const pairs = / (log|sign) ?(out|off|in as) /;

/** To open it might do something: a word of its path or of its question says so. */
export function isDeed(url: string): boolean {
  const { pathname, search } = URL.parse(url) ?? { pathname: url, search: '' };
  const words = `${pathname}${search}`
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => deeds.has(word)) || pairs.test(` ${words.join(' ')} `);
}

const isText = (r: Sent): boolean =>
  r.kind === 'document' ||
  r.kind === 'script' ||
  /html|javascript|yaml/.test(r.answerHeaders['content-type'] ?? '') ||
  /"paths"\s*:/.test(r.answer.slice(0, 200_000));

/** How many pages and scripts there were to search. */
export const searched = (traffic: readonly Sent[]): number => new Set(traffic.filter(isText).map((r) => r.url)).size;

/** What stands before the addresses of an API, where scripts leave it to what sends them: `/api`, `/api/v1`. */
const prefixesOf = (traffic: readonly Sent[], origin: string): string[] => [
  ...new Set(
    traffic.flatMap((r) => {
      const url = r.kind === 'fetch' && r.url.startsWith(`${origin}/`) ? URL.parse(r.url) : null;
      return /^\/(?:api|rest|v\d+|backend)(?:\/v\d+)?(?=\/)/.exec(url?.pathname ?? '')?.[0] ?? [];
    }),
  ),
];

/** Absolute addresses on the app's own origin or on one that its pages ask, at most `most`, the fullest first; none that does something. */
export function adminAddresses(traffic: readonly Sent[], entry: string, most = 24): string[] {
  const own = new URL(entry).origin;
  const asked = new Set(traffic.filter((r) => r.kind === 'fetch' && !r.error).map((r) => new URL(r.url).origin));
  const origins = [own, ...[...asked].filter((origin) => origin !== own)];
  const found = new Set<string>();
  for (const r of traffic) {
    if (named.test(URL.parse(r.url)?.pathname ?? '') && r.method === 'GET' && !isFile.test(new URL(r.url).pathname))
      found.add(r.url.split('#')[0] ?? r.url);
    if (!isText(r)) continue;
    for (const [, text = ''] of r.answer.matchAll(quoted)) {
      const cut = open.exec(text.replace(/^https?:\/\/[^/]+/, (host) => 'x'.repeat(host.length)))?.index ?? text.length;
      const path = text
        .slice(0, cut)
        .replace(/\/[\w-]*$/, (last) =>
          cut < text.length && !/^[?#]/.test(text.slice(cut)) && !last.endsWith('/') ? '' : last,
        )
        .replace(/\/$/, '');
      const url = URL.parse(path, own);
      if (!url || !named.test(url.pathname) || isFile.test(url.pathname)) continue;
      if (/^https?:/.test(path)) {
        if (origins.includes(url.origin)) found.add(url.href);
        continue;
      }
      for (const origin of origins) {
        const prefixes = prefixesOf(traffic, origin);
        found.add(origin + url.pathname);
        if (!prefixes.some((prefix) => url.pathname.startsWith(`${prefix}/`)))
          for (const prefix of prefixes) found.add(origin + prefix + url.pathname);
      }
    }
  }
  const rank = (url: string): number => (/\/(api|rest|v\d)\b/.test(url) ? 0 : 1);
  return [...found]
    .filter((url) => !isDeed(url))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, most);
}
