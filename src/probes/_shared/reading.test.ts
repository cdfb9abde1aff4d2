import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sent } from '../../model/browser.ts';
import { headersTo, isStillIn, ownRead, typedIn } from './reading.ts';

const sent = (url: string, more: Partial<Sent> = {}): Sent => ({
  method: 'GET',
  url: `http://a.test${url}`,
  kind: 'fetch',
  status: 200,
  headers: {},
  answerHeaders: { 'content-type': 'application/json' },
  body: '',
  answer: '{}',
  at: 0,
  bytes: 0,
  ...more,
});
const me = sent('/api/me', { answer: '{"email":"plumbob@example.com"}', headers: { authorization: 'Bearer 1' } });
const words = sent('/locales/en.json', { headers: { accept: 'text/plain' } });

test('who asks goes along, though the last request was for a file', () => {
  assert.deepEqual(headersTo('http://a.test', [me, words]), { authorization: 'Bearer 1' });
  const key = sent('/api/me', { headers: { 'x-auth-token': '1', rsc: '1' } });
  assert.deepEqual(headersTo('http://a.test', [key, words]), { 'x-auth-token': '1', accept: 'text/plain' });
  assert.deepEqual(headersTo('http://b.test', [me]), { accept: '*/*' });
});

test('a session is tried by what told it of itself', async () => {
  const logIn = sent('/login', { method: 'POST', body: 'email=plumbob%40example.com&password=x' });
  assert.deepEqual(typedIn([logIn]), ['plumbob@example.com', 'plumbob']);
  assert.equal(ownRead([me, words], ['plumbob@example.com']), me);
  assert.equal(ownRead([sent('/', { kind: 'document', answerHeaders: {} }), words], ['plumbob']), words);
  const answered = (status: number, answer: string): Promise<boolean> => {
    const session = {
      who: 'B',
      window: { first: { fetch: async () => ({ status, body: answer }) }, traffic: () => [] },
    } as never;
    const context = { clock: { now: () => 0 }, journal: { note: () => 'e1' } } as never;
    return isStillIn(context, session, me, ['plumbob']);
  };
  assert.equal(await answered(200, me.answer), true);
  assert.equal(await answered(200, '{"email":null}'), false, 'nothing of its own');
  assert.equal(await answered(401, '{}'), false);
});
