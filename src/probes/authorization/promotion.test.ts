import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sent } from '../../model/browser.ts';
import type { Facts } from '../../model/facts.ts';
import { echoOf } from './effects.ts';
import { promotion } from './promotion.ts';

const taken = { by: 'sign-up', came: 'taken', fields: ['role'], effects: [], offers: [], evidence: 'e2' };
const tried = { signUp: true, saved: false, tried: 2, trials: [taken], note: 'e1', reproduce: '' };
const verdict = (o: object): string => {
  const facts = { kind: 'pages', door: { kind: 'password' } } as Facts;
  const { status, because, ...rest } = promotion.claims[0].judge({ ...tried, ...o }, facts, {});
  return `${status}${'cause' in rest ? ` (${rest.cause})` : ''}: ${because}`;
};

test('what the account is given and its twin is not accuses', () => {
  const effects = [
    {
      url: 'http://a.test/api/admin/users',
      page: false,
      says: 'is given /api/admin/users, where its twin is refused (403)',
      evidence: 'e3',
    },
  ];
  assert.match(
    verdict({ trials: [{ ...taken, effects }] }),
    /^fail: .*by sign-up with role is given \/api\/admin\/users, where its twin is refused/,
  );
});

test('a field that is kept or refused and changes nothing is none', () => {
  assert.match(verdict({}), /^pass: sign-up with role was taken: .*2 addresses/);
  assert.match(verdict({ trials: [{ ...taken, came: 'refused' }] }), /^pass: sign-up with role was refused/);
  assert.match(
    verdict({ trials: [{ ...taken, offers: ['link “Users” → /users'] }] }),
    /^unknown \(unclear\)/,
    'what leads to a refusal is no offer any more',
  );
  assert.match(verdict({ trials: [{ ...taken, offers: ['button “Close”'] }] }), /^pass/);
  assert.match(verdict({ trials: [{ ...taken, offers: ['button “Admin tools”'] }] }), /^unknown \(unclear\)/);
});

test('a role that is echoed is told apart by what is shut to the twin', () => {
  const trials = [{ ...taken, echo: 'role: admin', shut: false }];
  assert.match(
    verdict({ trials }),
    /^unknown \(needs-more\): .*says of the account “role: admin”, as it does not of its twin/,
  );
  assert.match(verdict({ trials: [{ ...taken, echo: 'role: admin', shut: true }] }), /^pass/);
});

test('an echo is in a row or a token of the account, and in none of its twin', () => {
  const row = (email: string, more: object) =>
    ({ answer: JSON.stringify({ users: [{ email, ...more }] }), headers: {} }) as unknown as Sent;
  const one = row('one@h.test', { admin: true });
  assert.equal(
    echoOf([one], ['one@h.test'], [one, row('twin@h.test', { admin: false })], ['twin@h.test']),
    'admin: true',
  );
  assert.equal(echoOf([one], ['one@h.test'], [one, row('twin@h.test', { admin: true })], ['twin@h.test']), undefined);
  assert.equal(echoOf([row('other@h.test', { admin: true })], ['one@h.test'], [], []), undefined);
  const payload = Buffer.from(JSON.stringify({ sub: 'one@h.test', role: 'admin' })).toString('base64url');
  const token = {
    answer: '',
    headers: { authorization: `Bearer eyJhbGciOiJIUzI1NiJ9.${payload}.x` },
  } as unknown as Sent;
  assert.equal(echoOf([token], ['one@h.test'], [token], ['twin@h.test']), 'role: admin');
});

test('where the honest request was not taken nothing is said', () => {
  assert.match(
    verdict({ trials: [{ ...taken, came: 'control', fields: [] }] }),
    /^unknown \(control-failed\): the honest request of sign-up/,
  );
  assert.match(verdict({ trials: [{ ...taken, came: 'ended' }] }), /^unknown \(control-failed\): .*was logged out/);
  assert.match(verdict({ trials: [] }), /^unknown/);
  assert.match(verdict({ lacking: 'no account' }), /^unknown \(control-failed\): no account/);
  assert.match(verdict({ signUp: false }), /^not-applicable/);
});
