import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Facts } from '../../model/facts.ts';
import type { Recipe } from '../../model/recipe.ts';
import { accounts, saysItWaits } from './accounts.ts';

const recipe = (id: 'sign-up' | 'log-in', ...values: string[]): Recipe => ({
  id,
  steps: values.map((value) => ({ do: 'fill', on: { role: 'textbox', name: value, tag: 'input', css: value }, value })),
});
/** Of an account that was made and did not come in. */
const judged = (signUp: Recipe, logIn: Recipe): ReturnType<(typeof accounts.claims)[0]['judge']> =>
  accounts.claims[0].judge(
    {
      door: 'sign-up and log-in',
      kind: 'password',
      doorEvidence: ['e1'],
      signUp: { said: 'ok', because: 'POST 201', evidence: 'e2' },
      pending: false,
      login: true,
      in: false,
      evidence: 'e3',
      where: 'http://h/',
      reproduce: '',
    },
    { door: { kind: 'password', says: '', signUp, logIn, evidence: ['e1'] } } as unknown as Facts,
    {},
  );

it('who was not asked for the password was not refused', () => {
  const made = recipe('sign-up', '{email}', '{password}');
  const missed = judged(made, recipe('log-in', '{email}'));
  assert.equal(missed.status, 'unknown');
  assert.match(missed.because, /asks for no password/);
  assert.equal(judged(made, recipe('log-in', '{email}', '{password}')).status, 'fail');
  assert.equal(judged(recipe('sign-up', '{email}'), recipe('log-in', '{email}')).status, 'fail');
});

it('an account that waits for somebody is not lost', () => {
  for (const text of [
    'This account is waiting for approval by an admin.',
    'Please check your e-mail.',
    'Your account has not been activated yet.',
    'Log in\nAccount pending',
  ])
    assert.ok(saysItWaits(text), text);
  for (const text of [
    'The e-mail you entered is not registered.',
    'E-mail or password is wrong.',
    'No account? Sign up',
  ])
    assert.ok(!saysItWaits(text), text);
});
