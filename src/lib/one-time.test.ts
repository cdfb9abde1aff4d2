import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeFor } from './one-time.ts';

/** “12345678901234567890”, and as long as each hash is: the secrets of the vectors of both documents. */
const secrets = {
  sha1: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  sha256: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA',
  sha512: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA',
} as const;

test('codes are those of RFC 4226, appendix D', () => {
  const codes = [0, 1, 2, 9].map((count) => codeFor({ secret: secrets.sha1, algorithm: 'sha1', digits: 6 }, count));
  assert.deepEqual(codes, ['755224', '287082', '359152', '520489']);
});

test('codes are those of RFC 6238, appendix B', () => {
  for (const [algorithm, at, code] of [
    ['sha1', 59, '94287082'],
    ['sha256', 59, '46119246'],
    ['sha512', 59, '90693936'],
    ['sha1', 1111111109, '07081804'],
    ['sha256', 20000000000, '77737706'],
    ['sha512', 20000000000, '47863826'],
  ] as const)
    assert.equal(codeFor({ secret: secrets[algorithm], algorithm, digits: 8 }, Math.floor(at / 30)), code);
});
