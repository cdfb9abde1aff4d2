import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { base64, base64OfText, hex, md5, sha } from './digests.ts';

it('digests are those of the platform, at all lengths around a block', async () => {
  for (const length of [0, 1, 13, 55, 56, 63, 64, 65, 200]) {
    const text = 'Pl7!näïve'.repeat(30).slice(0, length);
    assert.equal(hex(md5(text)), createHash('md5').update(text).digest('hex'));
    assert.equal(hex(await sha('SHA-1', text)), createHash('sha1').update(text).digest('hex'));
    assert.equal(`${base64(await sha('SHA-256', text))}=`, createHash('sha256').update(text).digest('base64'));
  }
  assert.equal(base64OfText('Pl7!a'), 'UGw3IWE');
});
