import assert from 'node:assert/strict';
import { it } from 'node:test';
import { signed } from '../../lib/jwt.ts';
import type { Sent } from '../../model/browser.ts';
import { renewed, renewingIn } from './refreshing.ts';

const token = (id: number): string => signed({ alg: 'HS256' }, { id }, 's');
const held = [{ kind: 'header', name: 'authorization', value: `Bearer ${token(2)}` }] as const;
const post = (path: string, body: string, answer: string, more: Partial<Sent> = {}): Sent => ({
  method: 'POST',
  url: `http://h${path}`,
  kind: 'fetch',
  status: 200,
  headers: {},
  answerHeaders: {},
  body,
  answer,
  at: 0,
  bytes: 9,
  ...more,
});

it('what got a new token is sent next with what it gave last', () => {
  const renewing = renewingIn(
    [
      post(
        '/api/login',
        '{"email":"a","password":"b"}',
        `{"accessToken":"${token(1)}","refreshToken":"first-of-them"}`,
      ),
      post(
        '/api/refresh',
        '{"refreshToken":"first-of-them"}',
        `{"accessToken":"${token(2)}","refreshToken":"second-of-them"}`,
      ),
    ],
    held,
  );
  assert.ok(renewing);
  assert.equal(renewing.request.body, '{"refreshToken":"second-of-them"}');
  assert.ok(renewing.secrets.includes('second-of-them'));
  const answer = { status: 200, headers: {}, body: `{"accessToken":"${token(3)}"}`, evidence: 'e1' } as const;
  assert.equal(renewed(answer, renewing), token(3));
  assert.equal(renewed({ ...answer, status: 401 }, renewing), undefined);
});

it('a refresh token in a cookie is followed there', () => {
  const sid = [{ kind: 'cookie', name: 'access', value: token(2) }] as const;
  const traffic = [
    post('/auth/refresh', '', '{}', {
      headers: { cookie: 'refresh=first-of-them' },
      answerHeaders: { 'set-cookie': `access=${token(2)}; HttpOnly\nrefresh=second-of-them; HttpOnly` },
    }),
  ];
  const renewing = renewingIn(traffic, sid);
  assert.equal(renewing?.request.headers?.['cookie'], 'refresh=second-of-them');
  const set = { 'set-cookie': `access=${token(3)}; HttpOnly, refresh=x` };
  assert.equal(renewing && renewed({ status: 200, headers: set, body: '', evidence: 'e1' }, renewing), token(3));
});

it('a form with a token of its own, and a log-in, get no new session', () => {
  const set = { answerHeaders: { 'set-cookie': 'sid=rolling-on-and-on' } };
  const sid = [{ kind: 'cookie', name: 'sid', value: 'rolling-on' }] as const;
  assert.equal(renewingIn([post('/notes', 'csrf_token=abcdefghijkl&title=x', '', set)], sid), undefined);
  assert.equal(renewingIn([post('/token', 'username=a&password=b', '', set)], sid), undefined);
});
