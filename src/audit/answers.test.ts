import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Journal } from '../model/evidence.ts';
import { listener } from './answers.ts';

const hidden: string[] = [];
const said: string[] = [];
const journal: Journal = {
  note: ({ says }) => `e${said.push(says)}`,
  redact: (value) => value,
  hide: (secret) => void hidden.push(secret),
};
const get = (answer: string, token = '', body = ''): Parameters<ReturnType<typeof listener>['heard']>[1] => ({
  method: 'GET',
  url: 'http://localhost:3000/api/users/7?page=1',
  headers: token ? { authorization: `Bearer ${token}` } : {},
  body,
  answer,
});
const [a, b, key] = ['a-session-of-A-0001', 'a-session-of-B-0002', 'a-key-of-the-app-03'];

it('what another is known by is told, one’s own and what both carry is not; nothing is kept in full', () => {
  const { heard, ours, answers } = listener(journal);
  ours('Pl7!plumbobvaneZ');
  heard('A', get(`{"token":"${a}"}`, a, '{"password":"Pl7!plumbobvaneZ"}'));
  heard('A', get('[]', key));
  heard('B', get(`{"key":"${key}","all":["${a}","${b}"]}`, b));
  heard('B', get('[]', key));
  assert.equal(answers.read, 4);
  assert.equal(answers.doors, 1);
  assert.deepEqual(
    answers.spills.map(({ what, where, who, short }) => [what, where, who, short]),
    [["another user's session", 'GET /api/users/7', 'B', 'a-s… 19 characters']],
  );
  heard('nobody', get('{"sent":"Pl7!plumbobvaneZ"}'));
  heard('nobody', get('{"sent":"Pl7!plumbobvaneZ"}'));
  assert.deepEqual(
    answers.spills.map(({ what }) => what),
    ['a password in the clear', "another user's session"],
    'the same at one place is told once',
  );
  assert.ok(hidden.includes(a) && hidden.includes('Pl7!plumbobvaneZ'));
  assert.ok(!JSON.stringify([answers.spills, said]).includes('plumbobvane'));
});

it('a password that the app shows to be typed is not told', () => {
  const { heard, answers } = listener(journal);
  const shown = '{"demo":{"id":1,"email":"demo@example.com","password":"demo1234"}}';
  heard('A', get(shown));
  assert.equal(answers.spills.length, 1);
  heard('A', get('{}', '', '{"password":"demo1234"}'));
  assert.deepEqual(answers.spills, []);
});
