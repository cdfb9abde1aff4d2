import type { Link } from '../../model/mail.ts';

/** Letters are read to this length (characters). */
export const most = 200_000;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const decoded = (text: string): string =>
  text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,6}));/gi, (all, hex?: string, dec?: string, name = '') => {
    const point = hex ? Number.parseInt(hex, 16) : Number(dec);
    if (hex || dec) return point <= 0x10ffff ? String.fromCodePoint(point) : '';
    return named[name.toLowerCase()] ?? all;
  });

/** The words of a marked-up letter, blocks on lines of their own. */
export const textOf = (html: string): string =>
  decoded(
    html
      .slice(0, most)
      .replace(/<(style|script|title)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
      .replace(/<(br|hr|\/?(p|div|tr|td|th|table|h[1-6]|li|ul|ol|pre|blockquote|section|center))\b[^<>]*>/gi, '\n')
      .replace(/<[^<>]*>/g, ''),
  )
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n[\s]*/g, '\n')
    .trim();

/** Links of the marked-up part, then addresses that stand in the plain one. */
export function linksIn(html: string, text: string): Link[] {
  const marked = [...html.slice(0, most).matchAll(/<a\s([^<>]*)>([\s\S]{0,2000}?)<\/a\s*>/gi)].flatMap(
    ([, attributes = '', inner = '']) => {
      const [, , quoted, bare] = /(?:^|\s)href\s*=\s*(?:(["'])(.*?)\1|([^\s"'>]+))/is.exec(attributes) ?? [];
      const url = decoded(quoted ?? bare ?? '').trim();
      return /^https?:/i.test(url) ? [{ url, says: textOf(inner) }] : [];
    },
  );
  const plain = [...text.slice(0, most).matchAll(/https?:\/\/[^\s<>"'\])]+/gi)].map(([url]) => ({
    url: url.replace(/[.,;:!?]+$/, ''),
    says: '',
  }));
  return [...marked, ...plain];
}
