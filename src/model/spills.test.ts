import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inShort, passwordsSent, sessionsIn, spillsIn } from './spills.ts';

const found = (answer: string, typed: string[] = []): string[] =>
  spillsIn(answer, ['Pl7!plumbobvaneZ'], new Set(typed)).map(({ what }) => what);
const bcrypt = `$2b$10$${'N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'.slice(0, 53)}`;
const hex = 'd41d8cd98f00b204e9800998ecf8427e';

describe('secrets in answers', () => {
  it('are told by their form, in JSON, in a page and in JSON within it', () => {
    assert.deepEqual(found(JSON.stringify({ users: [{ hash: bcrypt }] })), ['a password hash (bcrypt)']);
    assert.deepEqual(found(`<script>self.data = ${JSON.stringify(JSON.stringify({ hash: bcrypt }))}</script>`), [
      'a password hash (bcrypt)',
    ]);
    assert.deepEqual(found('pbkdf2_sha256$720000$Zx81kq2LmPq0$q6O0m1bqzF2n8a7h5c3d9e1f0a2b4c6d8e0f1a3b5c7='), [
      'a password hash (pbkdf2)',
    ]);
    assert.deepEqual(found('$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b4dWRWJTmaaJObG'), [
      'a password hash (argon2)',
    ]);
    assert.deepEqual(found(`{"key":"-----BEGIN RSA PRIVATE KEY-----\\nMIIEow${'a'.repeat(60)}"}`), ['a private key']);
    assert.deepEqual(found('{"accessKeyId":"AKIAQ3EGTUVW5XYZ2345"}'), ['a key of AWS']);
    assert.deepEqual(found(`{"stripe":"sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}"}`), ['a key of Stripe']);
  });
  it('are told by the name of what holds them', () => {
    for (const name of [
      'passwordHash',
      'password_hash',
      'hashedPassword',
      'password_digest',
      'encryptedPassword',
      'pwdHash',
    ])
      assert.deepEqual(found(JSON.stringify({ [name]: `s4lt${hex}` })), [`a password hash (in “${name}”)`]);
    assert.deepEqual(found(JSON.stringify({ password: hex })), ['a password hash (in “password”)']);
    assert.deepEqual(found(JSON.stringify({ password: `c2FsdHNhbHQ:${hex}` })), ['a password hash (in “password”)']);
  });
  it('are passwords of ours, and those in records of others', () => {
    assert.deepEqual(found('{"sent":{"password":"Pl7!plumbobvaneZ"}}'), ['a password in the clear']);
    assert.deepEqual(found('<input type="password" value="Pl7!plumbobvaneZ">'), ['a password in the clear']);
    const users = JSON.stringify([{ id: 7, email: 'eve@example.com', password: 'hunter2' }]);
    assert.deepEqual(found(users), ['a password in the clear']);
    assert.deepEqual(found(users, ['hunter2']), [], 'what was given to be typed');
  });
  it('are no words about passwords, digests of contents, masks, and what is public', () => {
    for (const sound of [
      { errors: { password: 'Must have 8 characters.' }, email: 'a@example.com' },
      { email: 'a@example.com', password: '********' },
      { id: hex, etag: `"${hex}"`, hash: hex, integrity: `sha256-${hex}` },
      { labels: { email: 'E-mail', password: 'Password' } },
      { login: { email: 'Email', emailPlaceholder: 'you@example.com', password: 'Password' } },
      { columns: { id: 'ID', email: 'you@example.com', password: 'Password' } },
      { paths: { example: { id: 1, email: 'john@example.com', password: 'string' } } },
      {
        token: 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiIsInN1YiI6IjEifQ.c2lnbmF0dXJlc2ln',
        key: 'pk_live_4eC39HqLyjWDarjtT1zdp7dc',
      },
      { aws: 'AKIAIOSFODNN7EXAMPLE', css: 'sk-spinner-with-a-very-long-name-indeed-it-is' },
      {
        url: 'https://b.s3.amazonaws.com/a.png?X-Amz-Credential=AKIAQ3EGTUVW5XYZ2345%2F20261103%2Feu%2Fs3%2Faws4_request',
      },
      {
        url: 'https://b.s3.amazonaws.com/a.png?AWSAccessKeyId=AKIAQ3EGTUVW5XYZ2345&Expires=1',
        fields: { AWSAccessKeyId: 'AKIAQ3EGTUVW5XYZ2345' },
      },
      { passwordHash: null, passwordHashAlgorithm: 'bcrypt', hasPassword: true },
    ])
      assert.deepEqual(found(JSON.stringify(sound)), [], JSON.stringify(sound));
    const service = `eyJhbGciOiJIUzI1NiJ9.${btoa('{"role":"service_role"}').replace(/=+$/, '')}.c2lnbmF0dXJlc2ln`;
    assert.deepEqual(found(JSON.stringify({ key: service })), ['a token that is above all rules (service_role)']);
  });
  it('are kept in short', () => {
    assert.equal(inShort(bcrypt), '$2b… 60 characters');
  });
});

it('what a request carries: passwords, and what one is known by', () => {
  assert.deepEqual(passwordsSent('{"email":"a","password":"secret 1"}'), ['secret 1']);
  assert.deepEqual(passwordsSent('email=a&user_password=secret+1%21&x=1'), ['secret 1!']);
  assert.deepEqual(
    sessionsIn({ authorization: 'Bearer abcdefghijklmnop1', cookie: 'theme=dark; sid=0123456789abcdef==' }),
    ['abcdefghijklmnop1', '0123456789abcdef=='],
  );
  const cookie =
    'userId=65f1c0ffee65f1c0ffee65f1; email=ada.lovelace@example.com; last_org=c0ffee00-1111-4222-8333-444455556666; ' +
    'remember_email=ada.lovelace%40example.com; author=65f1c0ffee65f1c0ffee65f1; sidebar=wide-and-open-on-the-left; ' +
    'connect.sid=s%3A0123456789abcdef.a%2Fb; __Host-authjs.session-token=eyJhbGciOiJkaXIifQ';
  assert.deepEqual(
    sessionsIn({ cookie }),
    ['s%3A0123456789abcdef.a%2Fb', 'eyJhbGciOiJkaXIifQ'],
    'an id, an address or a place that a cookie remembers is nothing that lets in',
  );
});
