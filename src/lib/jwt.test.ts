import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isSignedBy, jwtIn, signed, unsigned } from './jwt.ts';

/** RFC 7515, appendix A.1, whose key is told as bytes there; the rest by another implementation. */
const told =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c';

it('finds a token in a header, a cookie and JSON, and none in what only looks like it', () => {
  for (const text of [`Bearer ${told}`, `sid=${told}; theme=dark`, `{"token":"${told}"}`])
    assert.equal(jwtIn(text)?.text, told);
  assert.equal(jwtIn(`Bearer ${told}`)?.payload['name'], 'John Doe');
  for (const text of ['', 'Bearer abc.def.ghi', 'eyJub3Rqc29u.eyJub3Rqc29u.x', `${told}.${told}`])
    assert.equal(jwtIn(text), undefined, text);
});

it('tells its secret from others, and signs so that others take it', () => {
  const jwt = jwtIn(told);
  assert.ok(jwt);
  assert.ok(isSignedBy(jwt, 'your-256-bit-secret'));
  assert.ok(!isSignedBy(jwt, 'your-256-bit-secrets'));
  assert.equal(signed(jwt.header, jwt.payload, 'your-256-bit-secret'), told);
  for (const alg of ['HS384', 'HS512']) {
    const other = jwtIn(signed({ ...jwt.header, alg }, jwt.payload, 'x'));
    assert.ok(other && isSignedBy(other, 'x') && !isSignedBy(other, 'y'), alg);
  }
});

it('a token without a signature has an empty third part, and is signed by nobody', () => {
  const none = jwtIn(unsigned({ alg: 'none' }, { sub: '1' }));
  assert.ok(none);
  assert.equal(none.signature, '');
  assert.ok(!isSignedBy(none, ''));
});
