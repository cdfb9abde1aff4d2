import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Journal } from '../../model/evidence.ts';
import { Failure } from '../../model/failure.ts';
import { codeIn, type Letter, type Mail, secretsOf } from '../../model/mail.ts';
import { linksIn, most as readable, textOf } from './html.ts';

/** Letters that are kept, the newest; and bytes of one that are read. */
const kept = 500;
const most = 10 * 2 ** 20;

interface Waiting {
  readonly fits: (letter: Letter) => boolean;
  readonly give: (letter?: Letter) => void;
}

/**
 * Listens for SMTP (RFC 5321) on 127.0.0.1, at this port or a free one. Takes every letter from everybody, whatever credentials are shown, and
 * sends none on. STARTTLS is answered and not announced: a client that takes it where it is offered would refuse a certificate that nobody
 * vouches for. Throws a Failure where the port is taken.
 */
export async function catchMail(journal: Journal, port = 0): Promise<Mail & { close(): Promise<void> }> {
  const letters: Letter[] = [];
  const given = new Set<Letter>();
  const waiting = new Set<Waiting>();

  const receive = (letter: Letter): void => {
    for (const secret of hidden(letter)) journal.hide(secret);
    journal.note({
      kind: 'note',
      who: 'mail',
      says: `a letter to ${letter.to.join(', ')}: “${letter.subject.replace(/\d{4,}/g, '…')}”`,
    });
    letters.push(letter);
    if (letters.length > kept) given.delete(letters.shift() as Letter);
    const one = [...waiting].find(({ fits }) => fits(letter));
    one?.give(letter);
  };
  const server = new SMTPServer({
    authOptional: true,
    authMethods: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'],
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    size: most,
    closeTimeout: 100,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onData(stream, { envelope }, done) {
      read(stream)
        .then((bytes) => letterOf(bytes, envelope.rcptTo))
        .then(receive)
        .then(
          () => done(),
          (error: Error) => done(error),
        );
    },
  });
  // A client that breaks off is its own affair.
  server.on('error', () => undefined);
  const listener = server.listen(port, '127.0.0.1');
  await once(listener, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      'E_PORT',
      `Mail cannot be caught at port ${port}: ${error.code ?? error.message}. Give another to --mail.`,
    );
  });
  return {
    port: (listener.address() as AddressInfo).port,
    count: (to, since) => letters.filter((one) => one.at >= since && one.to.includes(to.toLowerCase())).length,
    next(to, since, within, wanted) {
      const fits = (one: Letter): boolean =>
        !given.has(one) && one.at >= since && one.to.includes(to.toLowerCase()) && wanted(one);
      const here = letters.findLast(fits);
      if (here) given.add(here);
      if (here || within <= 0) return Promise.resolve(here);
      return new Promise((resolve) => {
        const one: Waiting = {
          fits,
          give(letter) {
            clearTimeout(timer);
            waiting.delete(one);
            if (letter) given.add(letter);
            resolve(letter);
          },
        };
        const timer = setTimeout(one.give, within, undefined);
        waiting.add(one);
      });
    },
    async close() {
      for (const one of waiting) one.give();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function letterOf(bytes: Buffer, to: readonly { readonly address: string }[]): Promise<Letter> {
  const { subject = '', text = '', html = '' } = await PostalMime.parse(bytes);
  return {
    to: to.map(({ address }) => address.toLowerCase()),
    subject,
    // What a person sees is the marked-up part, where there is one.
    text: html ? textOf(html) : text.slice(0, readable),
    links: linksIn(html, text),
    at: Date.now(),
  };
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size <= most) parts.push(part);
  }
  if (size > most) throw Object.assign(new Error('the letter is too long'), { responseCode: 552 });
  return Buffer.concat(parts);
}

/** What lets one in. A code of fewer than six characters would be struck out wherever such a number stands. */
const hidden = (letter: Letter): string[] =>
  [codeIn(letter) ?? '', ...letter.links.flatMap(({ url }) => secretsOf(url))].filter((secret) => secret.length >= 6);
