import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { createTransport } from 'nodemailer';
import type { Journal } from '../../model/evidence.ts';
import { catchMail } from './catcher.ts';

const hidden: string[] = [];
const journal: Journal = { note: () => 'e1', redact: (value) => value, hide: (secret) => void hidden.push(secret) };
const mail = await catchMail(journal);
after(() => mail.close());
const any = (): boolean => true;
const send = (to: string, more: object = {}, way: object = {}): Promise<unknown> =>
  createTransport({ host: '127.0.0.1', port: mail.port, ...way }).sendMail({ from: 'app@example.com', to, ...more });

test('a letter is read: to whom, its words, its links; what lets one in is hidden', async () => {
  const html =
    '<style>b{}</style><p>Hello&nbsp;&amp; welcome</p><a class=x href="http://localhost:1/v?token=b7Xk29slQ0&amp;x=1">Con<b>firm</b></a>';
  await send('Ada@Example.com', { subject: 'Grüße', html, text: 'http://localhost:1/plain.' });
  const one = await mail.next('ada@example.com', 0, 0, any);
  assert.equal(one?.subject, 'Grüße');
  assert.equal(one?.text, 'Hello & welcome\nConfirm');
  assert.deepEqual(one?.links, [
    { url: 'http://localhost:1/v?token=b7Xk29slQ0&x=1', says: 'Confirm' },
    { url: 'http://localhost:1/plain', says: '' },
  ]);
  assert.deepEqual(hidden, ['b7Xk29slQ0']);
});

test('whatever credentials are shown, in plain or after STARTTLS', async () => {
  await send('b@example.com', {}, { auth: { user: 'who', pass: 'ever' } });
  await send(
    'b@example.com',
    {},
    { auth: { user: 'who', pass: 'ever' }, requireTLS: true, tls: { rejectUnauthorized: false } },
  );
  assert.equal(mail.count('b@example.com', 0), 2);
});

test('one that is waited for is given when it comes, once, and only to whom it fits', async () => {
  const code = mail.next('c@example.com', 0, 20_000, ({ subject }) => subject === 'code');
  const other = mail.next('c@example.com', 0, 20_000, ({ subject }) => subject === 'other');
  await send('c@example.com', { subject: 'other' });
  await send('c@example.com', { subject: 'code' });
  assert.equal((await code)?.subject, 'code');
  assert.equal((await other)?.subject, 'other');
  assert.equal(await mail.next('c@example.com', 0, 0, any), undefined, 'both were given');
});

test('what came before is not given; where none comes the wait ends', async () => {
  await send('d@example.com');
  assert.equal(await mail.next('d@example.com', Date.now() + 1000, 0, any), undefined);
  assert.equal(await mail.next('nobody@example.com', 0, 30, any), undefined);
});

test('a client that breaks off, or speaks no SMTP, ends nothing', async () => {
  for (const words of ['', 'GET / HTTP/1.1\r\n\r\n', 'EHLO x\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@b.c>\r\nDATA\r\nhalf'])
    await new Promise<void>((resolve) => {
      const socket = connect({ port: mail.port, host: '127.0.0.1' }, () => socket.end(words));
      socket
        .resume()
        .on('close', () => resolve())
        .on('error', () => undefined);
    });
  await send('e@example.com');
  assert.equal(mail.count('e@example.com', 0), 1);
});

test('a port that is taken is said', async () => {
  await assert.rejects(catchMail(journal, mail.port), /Mail cannot be caught at port \d+: EADDRINUSE/);
});
