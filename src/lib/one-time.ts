import { createHmac } from 'node:crypto';

/** What a code is computed with: RFC 4226, 5.3, and RFC 6238, 1.2, for the other hashes. */
export interface OneTime {
  /** Base32 (RFC 4648, 6), in capitals, without blanks and padding. */
  readonly secret: string;
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  /** Of the code: 6 to 8. */
  readonly digits: number;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of this count (HOTP, RFC 4226, 5.3). For TOTP the count is that of the periods since 1970 (RFC 6238, 4.2). */
export function codeFor({ secret, algorithm, digits }: OneTime, count: number): string {
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(count));
  const mac = createHmac(algorithm, key).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}
