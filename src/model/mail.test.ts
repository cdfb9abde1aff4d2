import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeIn, type Letter, linkIn, secretsOf, sendsToMailbox } from './mail.ts';
import { mailVariables } from './mail-variables.ts';

const letter = (more: Partial<Letter>): Letter => ({
  to: ['ada482911@example.com'],
  subject: '',
  text: '',
  links: [],
  at: 0,
  ...more,
});

test('a code is on a line of its own, beside the word, or the only number of six digits', () => {
  for (const [text, code] of [
    ['Welcome, ada482911@example.com.\n482913\nIt expires in 3600 seconds.', '482913'],
    ['Your verification code is 482913. It is good for 15 minutes.', '482913'],
    ['4829 is your code', '4829'],
    ['482 913\n', '482913'],
    ['Use\nK7QX-92MP\nto log in', 'K7QX-92MP'],
    ['Código: 482913', '482913'],
    ['Enter 482913 to go on. © 2025', '482913'],
    ['See http://localhost:3000/notes/482913', undefined],
    ['Your order 2025-482913 of 482.913,00 for ada482911@example.com', undefined],
    ['Welcome!', undefined],
  ] as const)
    assert.equal(codeIn(letter({ text })), code, text);
  assert.equal(codeIn(letter({ subject: '482913 is your code' })), '482913');
});

test('a link is followed where it holds a secret or says what it opens, and leads to the app itself', () => {
  const home = 'http://127.0.0.1:3000/';
  const link = (...links: (readonly [string, string?])[]) =>
    linkIn(letter({ links: links.map(([url, says = '']) => ({ url, says })) }), home);
  const token = '/verify?token=b7Xk29slQ0aPzz41';
  assert.equal(
    link([home], [`${home}unsubscribe/a8f7a8f7a8f7a8f7`], [`http://localhost:3000${token}`]),
    `http://127.0.0.1:3000${token}`,
  );
  assert.equal(
    link(
      [`http://127.0.0.1:3000/x/9f8e7d6c5b4a3f2e1d`, 'Not me: delete the account'],
      [`http://127.0.0.1:3000${token}`],
    ),
    `http://127.0.0.1:3000${token}`,
  );
  assert.equal(
    link(
      [`https://example.com${token}`],
      [`http://127.0.0.1:3001${token}`],
      [`http://me@127.0.0.1:3000${token}`],
      ['nonsense'],
    ),
    undefined,
  );
  assert.equal(link([`${home}about`], [home]), undefined);
});

test('what lets one in is told from what names a page or a person', () => {
  assert.deepEqual(secretsOf('http://a/verify?token=b7Xk29slQ0&email=ada1@example.com&next=/notes'), ['b7Xk29slQ0']);
  assert.deepEqual(secretsOf('http://a/verify-email-address/9f8e7d6c5b4a3f2e'), ['9f8e7d6c5b4a3f2e']);
  assert.deepEqual(secretsOf('http://a/#/confirm?code=482913'), ['482913']);
  assert.deepEqual(secretsOf('http://a/?callback=http%3A%2F%2F127.0.0.1%3A3000%2F'), []);
});

test('a page sends one to a mailbox in so many words', () => {
  for (const text of [
    'Check your e-mail',
    'We sent you a link',
    'Please look in your inbox',
    'Verify your email address',
  ])
    assert.ok(sendsToMailbox(text), text);
  for (const text of ['Send a message', 'Send an e-mail', 'E-mail', 'Your notes', 'Send invoice'])
    assert.ok(!sendsToMailbox(text), text);
});

test('the usual variables lead to the catcher, and those of its own that name a host, a port or an address for mail', () => {
  const own = {
    APP_SMTP_HOST: 'smtp.example.com',
    APP_SMTP_PORT: '465',
    APP_SMTP_TLS: 'True',
    TRANSPORT: 'smtps://me:secret@smtp.example.com',
    MAIL_ADDRESS: 'me@example.com',
    MAIL_FROM: 'me@example.com',
    DB_HOST: 'db',
    PORT: '3000',
  };
  const all = mailVariables(2525, own, {}) ?? {};
  const expected = {
    SMTP_HOST: '127.0.0.1',
    MAIL_PORT: '2525',
    EMAIL_SERVER: 'smtp://127.0.0.1:2525',
    MAILER_DSN: 'smtp://127.0.0.1:2525',
    MAIL_MAILER: 'smtp',
    SMTP_SECURE: 'false',
    APP_SMTP_HOST: '127.0.0.1',
    APP_SMTP_PORT: '2525',
    APP_SMTP_TLS: 'False',
    TRANSPORT: 'smtp://127.0.0.1:2525',
  };
  for (const [name, value] of Object.entries(expected)) assert.equal(all[name], value, name);
  for (const name of ['MAIL_ADDRESS', 'MAIL_FROM', 'DB_HOST', 'PORT']) assert.ok(!(name in all), name);
});

test('what a user says on purpose stands: where mail goes all of it, else that variable alone', () => {
  assert.equal(mailVariables(2525, {}, { SMTP_HOST: 'mail.example.com' }), undefined);
  assert.equal(mailVariables(2525, {}, { OUT: 'smtp://mail.example.com' }), undefined);
  const all = mailVariables(2525, {}, { SMTP_USER: 'me', DATABASE_URL: 'postgres://db' }) ?? {};
  assert.ok(!('SMTP_USER' in all));
  assert.equal(all['SMTP_HOST'], '127.0.0.1');
});
