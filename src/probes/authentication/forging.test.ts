import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isSignedBy, jwtIn, signed } from '../../lib/jwt.ts';
import { forgedBy, forgeries, guessed } from './forging.ts';

const now = 1_800_000_000;
const honest = (secret: string) => {
  const jwt = jwtIn(signed({ alg: 'HS256', typ: 'JWT' }, { sub: 'ada', iat: now - 9, exp: now + 9 }, secret));
  assert.ok(jwt);
  return jwt;
};

it('no forgery is signed by the secret, each is another, and all are valid by their time', () => {
  const jwt = honest('a long random text');
  const all = forgeries(jwt, now);
  assert.equal(new Set(all.map(({ token }) => token)).size, all.length);
  for (const { how, token } of all) {
    const forged = jwtIn(token);
    assert.ok(forged && !isSignedBy(forged, 'a long random text'), how);
    assert.equal(forged.payload['sub'], 'ada', how);
    assert.equal(forged.payload['exp'], now + 3600, how);
  }
  assert.deepEqual(
    all.slice(0, 4).map(({ token }) => [jwtIn(token)?.header['alg'], jwtIn(token)?.signature]),
    ['none', 'None', 'NONE', 'nOnE'].map((alg) => [alg, '']),
  );
});

it('finds the secret in the source first, then among common words, then in what everybody is served', () => {
  const literals = [{ text: 'secret', where: 'server.js:9' }];
  const found = { text: 'secret', key: 'secret', where: 'server.js:9', literal: true };
  assert.deepEqual(guessed(honest('secret'), literals, []), found);
  assert.match(guessed(honest('changeme'), [], [])?.where ?? '', /list of words/);
  assert.match(guessed(honest('a1b2-c3'), [], ['x="no";k="a1b2-c3"'])?.where ?? '', /script that everybody is served/);
  assert.equal(guessed(honest('a long random text'), literals, ['k="another"']), undefined);
});

it('a text of the source may stand for bytes', () => {
  const key = Buffer.from('a long random text');
  for (const text of [key.toString('base64'), key.toString('hex')]) {
    const found = guessed(honest('a long random text'), [{ text, where: 'application.yml:3' }], []);
    assert.equal(found?.text, text);
    const forged = jwtIn(forgedBy(honest('a long random text'), found.key, now));
    assert.ok(forged && isSignedBy(forged, 'a long random text'));
  }
});

it('a token that is signed with what was found says that it is forged', () => {
  const forged = jwtIn(forgedBy(honest('secret'), 'secret', now));
  assert.ok(forged && isSignedBy(forged, 'secret'));
  assert.equal(forged.payload['forged'], true);
});
