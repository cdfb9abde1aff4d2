/** Apps without a sign-up, whose administrator makes the accounts: A makes B, and whoever else is wanted, when a claim asks for another. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Administered, ada, type Making, serveAdministered } from '../fixtures/made-by-admin/server.ts';
import type { Result, Run } from '../src/model/run.ts';
import { audited } from './audited.ts';

const reload = 'persistence/records-survive-reload';
const survive = 'persistence/accounts-survive';
const others = 'concurrency/others-see-the-change';

async function at(
  making: Making,
  claims: readonly string[],
  check: (run: Run, app: Administered) => void,
): Promise<void> {
  const app = await serveAdministered(making);
  try {
    const run = await audited(app.url, claims, { login: ada });
    check(run, app);
    assert.deepEqual(
      app.accounts.slice(0, 2).map(({ email, password }) => [email, password]),
      [
        [ada.user, ada.password],
        ['bob@example.com', 'Fathom-8-deep'],
      ],
      'who was there is as before',
    );
    assert.ok(!JSON.stringify(run).includes(ada.password), 'the password is nowhere in the run');
  } finally {
    await app.close();
  }
}
const of = (run: Run, claim: string): Result | undefined => run.results.find((r) => r.claim === claim);
const told = (run: Run): string => JSON.stringify([run.facts.door, run.facts.tried, run.results], null, 1);
const because = (run: Run, claim: string): string => {
  const result = of(run, claim);
  return result === undefined || result.status === 'fail' ? told(run) : result.because;
};
const made = (app: Administered): Administered['accounts'] => app.accounts.slice(2);

describe('accounts that an administrator makes', { concurrency: 2 }, () => {
  it('B is somebody else, with the least rights, and sees what A writes; a newcomer logs in', () =>
    at('sound', [reload, survive, others], (run, app) => {
      for (const claim of [reload, survive, others]) assert.equal(of(run, claim)?.status, 'pass', told(run));
      assert.match(because(run, survive), /^an account made by A logs in from a fresh browser/);
      assert.match(because(run, others), /^what A writes, B sees/);
      assert.ok(made(app).length >= 2, 'B, and one that no other probe uses');
      for (const { email, role } of made(app)) {
        assert.equal(role, 'member');
        assert.ok(app.entered.includes(email), `${email} logged in`);
        assert.ok(run.ledger.some((one) => one.what === 'account' && one.mark === email && one.how === 'made by A'));
      }
      assert.equal(run.facts.door.addUser?.id, 'add-user');
    }));

  it('nobody is made where no claim asks for another', () =>
    at('sound', [reload], (run, app) => {
      assert.equal(of(run, reload)?.status, 'pass', told(run));
      assert.deepEqual(made(app), []);
    }));

  it('what is made does not log in: there is no B, and the claims say why', () =>
    at('deaf', [survive, others], (run, app) => {
      for (const claim of [survive, others]) {
        assert.equal(of(run, claim)?.status, 'unknown', told(run));
        assert.match(because(run, claim), /the log-in does not let in the account that it made/);
      }
      assert.equal(made(app).length, 1, 'one was tried');
      assert.equal(run.facts.door.addUser, undefined);
    }));

  it('what is made must choose another password first: there is no B, and the claims say why', () =>
    at('first', [survive, others], (run) => {
      for (const claim of [survive, others]) {
        assert.equal(of(run, claim)?.status, 'unknown', told(run));
        assert.match(because(run, claim), /must choose a new password when it first logs in/);
      }
    }));

  it('no page makes accounts: there is no second, and the form for one’s own password is left alone', () =>
    at('none', [survive, others], (run, app) => {
      assert.equal(of(run, survive)?.status, 'not-applicable', told(run));
      assert.match(because(run, others), /^no second account could be had$/);
      assert.ok(!app.asked.includes('POST /password'));
    }));
});
