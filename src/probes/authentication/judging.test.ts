import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Facts } from '../../model/facts.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { Ending } from './ending.ts';
import { cookiesFrom, judgeGuard, lacks } from './guarding.ts';
import { judgeEnding, judgeRenewal, judgeTrial } from './judging.ts';
import { logInOf, type Renewal } from './renewing.ts';
import type { Trial } from './trying.ts';

const about = { by: 'the cookie sid', where: 'http://h/notes', reproduce: '' };
const minutes = 60;

const ended = (o: Partial<Ending>): Verdict =>
  judgeEnding(
    { control: 'Log out', out: true, still: false, refresh: 'unseen', refreshable: false, evidence: ['e1'], ...o },
    about,
  );

it('a session that reads on after the log-out was not ended, and one that does not was', () => {
  assert.equal(ended({}).status, 'pass');
  assert.equal(ended({ still: true }).status, 'fail');
  assert.match(ended({ still: true, lives: 7 * 86_400 }).because, /still reads the record; its token lives 7 days/);
});

it('a short token passes where what renews it is dead, and is not told where that was not seen', () => {
  const short = { still: true, lives: 15 * minutes } as const;
  assert.match(
    ended({ ...short, refresh: 'dead', refreshable: true }).because,
    /15 minutes at most; what got a new one/,
  );
  assert.equal(ended({ ...short, refresh: 'dead', refreshable: true }).status, 'pass');
  assert.equal(ended(short).status, 'pass');
  assert.equal(ended({ ...short, refreshable: true }).status, 'unknown');
  assert.equal(ended({ ...short, lives: 16 * minutes }).status, 'fail');
  assert.match(ended({ refresh: 'alive', refreshable: true }).because, /still gets a new token/);
});

it('nothing is said of a log-out that was not found, did not happen, or had nothing to end', () => {
  for (const o of [{ control: undefined }, { out: false, still: true }, { none: 'it did not read' }])
    assert.equal(ended(o).status, 'unknown');
});

const renewed = (o: Partial<Renewal> | undefined): Verdict =>
  judgeRenewal(o && { name: 'sid', before: 'other', reads: false, ...o }, { door: { kind: 'password' } } as Facts, {
    ...about,
    evidence: ['e1'],
  });

it('a log-in renews a session that was there before, and only such a one', () => {
  assert.equal(renewed(undefined).status, 'not-applicable');
  assert.equal(renewed({ before: 'none' }).status, 'not-applicable');
  assert.equal(renewed({}).status, 'pass');
  assert.match(renewed({ before: 'same', reads: true }).because, /is the same before and after/);
  assert.match(renewed({ reads: true }).because, /had before the log-in reads/);
  assert.equal(renewed({ before: 'same' }).status, 'unknown');
});

it('the log-in is the post with the password, also where the page sent it late', () => {
  const post = (body: string) =>
    ({ method: 'POST', url: 'http://h/', headers: {}, body, answerHeaders: {}, answer: '', at: 0 }) as never;
  const [load, enter, write] = ['{"event":"load"}', 'email=a&password=c', 'title=plum&password=d'].map(post);
  assert.ok(load && enter && write);
  const body = (early: (typeof load)[], all: (typeof load)[]) =>
    logInOf(early, all, (text) => text.includes('plum'))?.body;
  assert.equal(body([load, enter], [load, enter, write]), 'email=a&password=c');
  assert.equal(body([load], [load, write]), '{"event":"load"}');
  assert.equal(body([], [enter, write]), 'email=a&password=c');
  assert.equal(body([], [load, write]), undefined);
  assert.equal(renewed({ before: 'unseen' }).status, 'unknown');
});

const tried = (o: Partial<Trial>): Verdict =>
  judgeTrial(
    'authentication/tokens-cannot-be-forged',
    {
      by: 'header authorization',
      alg: 'HS256',
      control: true,
      sent: 10,
      taken: [],
      given: false,
      source: false,
      evidence: ['e1'],
      ...o,
    },
    about,
  );

it('only a forgery that was taken is a forgery', () => {
  const guess = { where: 'server.js:9', literal: true, taken: true };
  assert.equal(tried({}).status, 'pass');
  assert.match(
    tried({ taken: ['another signature', 'no signature'] }).because,
    /another signature is taken .* \(and 1 more/,
  );
  assert.match(tried({ guess }).because, /secret that stands in server.js:9 is taken/);
  assert.equal(tried({ guess, given: true }).status, 'unknown');
  assert.equal(tried({ guess: { ...guess, taken: false } }).status, 'unknown');
  assert.equal(tried({ control: false }).status, 'unknown');
  assert.match(tried({ source: true }).because, /no text of its source/);
});

const set = (...lines: string[]) => [{ answerHeaders: { 'set-cookie': lines.join('\n') } }] as never;
const sid = [{ kind: 'cookie', name: 'sid', value: 'v' }] as const;

it('reads the attributes of the cookie that carries the session, as it was set last', () => {
  assert.deepEqual(cookiesFrom(sid, set('sid=v; HTTPONLY; samesite=Lax; Path=/', 'csrf=x'), {}), [
    { name: 'sid', httpOnly: true, sameSite: 'lax', secure: false },
  ]);
  assert.deepEqual(
    cookiesFrom(sid, [], { cookies: [{ name: 'sid', value: 'v', sameSite: 'Lax' }] })[0]?.httpOnly,
    false,
  );
  assert.deepEqual(cookiesFrom([{ ...sid[0], kind: 'header' }], set('sid=v'), {}), []);
});

it('asks for Secure on https alone, and for one guard where all cookies are needed', () => {
  const bare = { name: 'a', httpOnly: false, sameSite: '', secure: false };
  const guarded = { name: 'b', httpOnly: true, sameSite: 'strict', secure: false };
  const of = (cookies: (typeof bare)[], more = {}) => ({ cookies, enough: false, https: false, by: 'it', ...more });
  assert.deepEqual(lacks(of([bare])).length, 2);
  assert.deepEqual(lacks(of([bare, guarded])), []);
  assert.equal(lacks(of([bare, guarded], { enough: true })).length, 2);
  assert.match(lacks(of([guarded], { https: true }))[0] ?? '', /not Secure/);
  assert.match(lacks(of([{ ...guarded, sameSite: 'none' }]))[0] ?? '', /SameSite=None/);
  assert.equal(judgeGuard(of([guarded]), ['e1'])?.status, 'pass');
  assert.equal(judgeGuard(of([]), ['e1'])?.status, 'not-applicable');
});
