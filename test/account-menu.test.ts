/** A door without a form element behind a menu, and a profile that takes a new password: the account is used as its owner would, and stays as it is. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type AccountMenu, serveAccountMenu } from '../fixtures/account-menu/server.ts';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';

const accounts = 'persistence/accounts-survive';
const profile = 'persistence/saved-forms-keep-their-values';

async function at(
  app: Promise<AccountMenu>,
  claims: readonly string[],
  check: (of: (claim: string) => Run['results'][number] | undefined, run: Run, events: string) => void,
): Promise<void> {
  const running = await app;
  let events = '';
  try {
    const run = await audited(running.url, claims, {
      ended: (dir) => {
        events = readFileSync(join(dir, 'events.ndjson'), 'utf8');
      },
    });
    check((claim) => run.results.find((r) => r.claim === claim), run, events);
    assert.deepEqual(running.passwords, [], 'no password was changed');
  } finally {
    await running.close();
  }
}
const told = (run: Run): string => JSON.stringify([run.facts.door, run.facts.tried, run.results], undefined, 1);

describe('an account behind a menu', { concurrency: 3 }, () => {
  it('logs in from a fresh browser, and its profile is kept', () =>
    at(serveAccountMenu(), [accounts, profile], (of, run) => {
      assert.equal(of(accounts)?.status, 'pass', told(run));
      assert.equal(of(profile)?.status, 'pass', told(run));
    }));

  it('is lost where the log-in knows none that was made', () =>
    at(serveAccountMenu({ forgetful: true }), [accounts], (of, run) => {
      assert.equal(of(accounts)?.status, 'fail', told(run));
      assert.match(run.facts.door.logInRefused ?? '', /the answer was 401/, told(run));
    }));

  it('has a profile that this browser alone knows, though it says that it was saved', () =>
    at(serveAccountMenu({ profile: 'local' }), [profile], (of, run, events) => {
      const survey = events.slice(0, events.indexOf('the survey ends'));
      assert.equal(survey.match(/clicked button “Save changes”/g)?.length, 1, 'it was saved once, and that was enough');
      const result = of(profile);
      assert.equal(result?.status, 'fail', told(run));
      assert.match(result?.because ?? '', /in a fresh browser its field holds “”/);
    }));
});
