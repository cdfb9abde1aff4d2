import { plain } from '../../lib/text.ts';

/** HTML that is known to be ours. Values reach it through `h` alone. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}

type Value = string | number | Markup | undefined | false | readonly Value[];

/** A template whose values are escaped unless they are markup of ours; undefined and false are nothing. */
export function h(parts: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(parts.reduce((html, part, at) => `${html}${render(values[at - 1])}${part}`));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Without control characters and bidi overrides, and with nothing that HTML gives a meaning to. */
const escaped = (text: string): string => plain(text).replace(/[&<>"']/g, (letter) => entities[letter] ?? '');

function render(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Markup) return value.html;
  return typeof value === 'object' ? value.map(render).join('') : escaped(String(value));
}

/** A PNG as a data: address, with its size; undefined where the bytes are none. */
export function png(bytes: Uint8Array | undefined): { address: string; width: number; height: number } | undefined {
  if (!bytes || bytes.length < 24 || [0x89, 0x50, 0x4e, 0x47].some((byte, at) => bytes[at] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return {
    address: `data:image/png;base64,${btoa(pieces.join(''))}`,
    width: view.getUint32(16),
    height: view.getUint32(20),
  };
}
