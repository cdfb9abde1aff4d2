import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import type { Facts } from '../../model/facts.ts';
import { hiddenIn, kindOf, requestWith, withPassword } from './by-wire.ts';
import { guessing, judgeSlowed, type Observed } from './guessing.ts';

const facts = {
  kind: 'pages',
  evidence: ['e1'],
  door: { kind: 'password', says: '', evidence: ['e1'], logIn: { id: 'log-in', steps: [], given: true } },
} as unknown as Facts;
const base: Observed = {
  where: '/login',
  control: true,
  guesses: 100,
  took: 4000,
  pace: { first: 20, last: 25, before: 3, after: 3 },
  right: 'in',
  silent: false,
  evidence: ['e1'],
  reproduce: '',
};
const why = (more: Partial<Observed>): string => {
  const v = judgeSlowed({ ...base, ...more }, facts);
  return `${v.status}: ${v.status === 'fail' ? v.findings[0].because : v.because}`;
};

describe('guessing', () => {
  it('that nothing slows down fails, also where each try takes long', () => {
    assert.match(why({}), /^fail: 100 wrong passwords in 4\.0 s met no limit/);
    assert.match(why({ guesses: 30, took: 15_000, pace: { first: 480, last: 500, before: 3, after: 3 } }), /^fail: /);
  });
  it('meets a limit, a lock or a growing delay', () => {
    assert.match(
      why({ guesses: 11, limit: 'answered 429' }),
      /^pass: after 11 wrong passwords in 4\.0 s: answered 429/,
    );
    assert.match(why({ right: 'refused' }), /^pass: .*the right password is refused, too/);
    assert.match(
      why({ pace: { first: 20, last: 900, before: 3, after: 4 } }),
      /^pass: the answers come later and later/,
    );
  });
  it('is not told where the app is slow at everything, or the right password is answered alike or not at all', () => {
    assert.match(
      why({ pace: { first: 20, last: 900, before: 3, after: 800 } }),
      /^unknown: .*the whole app answers later/,
    );
    assert.match(why({ control: false }), /^unknown: .*answered alike/);
    assert.match(why({ right: 'unanswered' }), /^unknown: .*was not answered/);
    assert.match(why({ silent: true }), /^unknown: .*answers nothing any more/);
    assert.match(why({ guesses: 12 }), /^unknown: there was time for 12/);
    assert.match(
      why({ lacking: 'the one account is given, and might be locked' }),
      /^unknown: the one account is given/,
    );
  });
});

it('sends nothing to a server elsewhere, which bans by the address of whoever runs this', async () => {
  const context = { facts: { ...facts, entry: 'http://10.1.2.3:3000/' } } as unknown as Context;
  const seen = (await guessing.observe(context)) as Observed;
  assert.match(why(seen), /^unknown: the app runs elsewhere/);
});

const sent = (body: string, type: string): Sent => ({
  method: 'POST',
  url: 'http://localhost:3000/login',
  kind: 'fetch',
  status: 401,
  headers: { 'content-type': type, cookie: 'sid=old' },
  answerHeaders: {},
  body,
  answer: '',
  at: 0,
  bytes: body.length,
});

describe('the request of a log-in form', () => {
  it('is the one that holds the password, and is sent with another', () => {
    const json = sent('{"email":"a@b.c","password":"Pl7!\\"x"}', 'application/json');
    const found = requestWith([sent('{"page":"login"}', 'application/json'), json], 'Pl7!"x');
    assert.equal(found, json);
    assert.equal(withPassword(json, 'Pl7!"x', 'new"one').body, '{"email":"a@b.c","password":"new\\"one"}');
    assert.equal(requestWith([sent('{"hash":"5f4dcc"}', 'application/json')], 'Pl7!"x'), undefined);
  });
  it('has its hidden fields and cookies fetched anew', () => {
    const form = sent('csrf=old&email=a%40b.c&password=Pl7%21x', 'application/x-www-form-urlencoded');
    const page = {
      body: '<form><input type="hidden" name="csrf" value="n&amp;w"><input type=hidden name=other value=1><input name="email"></form>',
      headers: { 'set-cookie': 'sid=new; Expires=Wed, 09 Jun 2032 10:18:14 GMT; Path=/, seen=1; Path=/' },
    };
    const fresh = hiddenIn(page, form);
    assert.deepEqual(fresh, { fields: { csrf: 'n&w' }, cookie: 'sid=new; seen=1' });
    const { body, headers } = withPassword(form, 'Pl7!x', 'b d', fresh);
    assert.equal(body, 'csrf=n%26w&email=a%40b.c&password=b+d');
    assert.equal(headers?.['cookie'], 'sid=new; seen=1');
    assert.equal(headers?.['content-length'], String(body?.length));
  });
  it('is answered otherwise where it lets in: by status, way, cookies or members, not by what they hold', () => {
    const kind = (status: number, body = '', headers = {}): string => kindOf({ status, body, headers });
    assert.equal(kind(200, '{"token":"a1"}'), kind(200, '{"token":"b2"}'));
    assert.notEqual(kind(200, '{"ok":true}'), kind(200, '{"ok":false}'));
    assert.notEqual(kind(302, '', { location: '/notes' }), kind(302, '', { location: '/login?failed' }));
    assert.notEqual(kind(200, '<p>Hello'), kind(200, '<input type="password">'));
    assert.notEqual(kind(200, '', { 'set-cookie': 'sid=1; Path=/' }), kind(200));
  });
});
