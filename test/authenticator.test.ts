/** Doors that ask for the code of an authenticator app: a secret that is shown to an account of ours is enough, and without one it is said what to give. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Guarded, serveGuarded, type Tells } from '../fixtures/authenticator/server.ts';
import type { Run } from '../src/model/run.ts';
import type { AuditOptions } from '../src/model/target.ts';
import { audited } from './audited.ts';

const reload = 'persistence/records-survive-reload';
const accounts = 'persistence/accounts-survive';
const others = 'concurrency/others-see-the-change';

async function at(
  tells: Tells,
  claims: readonly string[],
  check: (run: Run, app: Guarded, written: string) => void,
  more: Pick<Partial<AuditOptions>, 'login'> = {},
): Promise<void> {
  const app = await serveGuarded(tells);
  let written = '';
  try {
    const run = await audited(app.url, claims, {
      ...more,
      ended: (dir) => {
        written = readdirSync(dir, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.(json|ndjson|txt|html)$/.test(name))
          .map((name) => readFileSync(join(dir, name), 'utf8'))
          .join('\n');
      },
    });
    check(run, app, written);
  } finally {
    await app.close();
  }
}
const told = (run: Run): string =>
  JSON.stringify([run.facts.door, run.facts.tried, run.results.map((r) => [r.claim, r.status, r])], null, 1);
const of = (run: Run, claim: string): string | undefined => run.results.find((r) => r.claim === claim)?.status;

/** In no way in which a page may write it. */
const nowhere = (app: Guarded, written: string): void => {
  assert.ok(written.length > 1000);
  for (const secret of app.secrets)
    for (const text of [secret, secret.toLowerCase(), secret.replace(/.{4}(?=.)/g, '$& ')])
      assert.ok(!written.toLowerCase().includes(text.toLowerCase()), `${text} is in the run`);
};

// They wait for the next code most of the time.
describe('a door that asks for the code of an authenticator app', { concurrency: 6 }, () => {
  it('an address tells the secret, and how the code is computed: A, a newcomer and B come in, each with codes of their own', () =>
    at('address', [reload, accounts, others], (run, app, written) => {
      assert.equal(run.facts.record?.kind, 'kept', told(run));
      assert.equal(run.facts.door.says, 'sign-up, with the code of an authenticator app, and log-in');
      for (const claim of [reload, accounts, others]) assert.equal(of(run, claim), 'pass', told(run));
      assert.ok(new Set(app.entered).size >= 3, String(app.entered));
      const times = [...new Set(app.entered)].map((who) => app.entered.filter((one) => one === who).length);
      assert.ok(times.filter((n) => n > 1).length >= 2, `A and the newcomer came in again: ${app.entered}`);
      assert.deepEqual(app.refused, [], 'no code was sent twice');
      nowhere(app, written);
    }));

  it('a text tells it', () =>
    at('text', [reload], (run, app, written) => {
      assert.equal(of(run, reload), 'pass', told(run));
      assert.ok(app.entered.length >= 3, 'after the sign-up, from a fresh browser, and to look');
      assert.deepEqual(app.refused, []);
      nowhere(app, written);
    }));

  it('a text tells it that comes up at a press', () =>
    at('press', [reload], (run, app, written) => {
      assert.equal(of(run, reload), 'pass', told(run));
      assert.deepEqual(app.refused, []);
      nowhere(app, written);
    }));

  it('a picture alone tells nothing: the door stays closed, and what to give is said', () =>
    at('picture', [reload, accounts], (run, app) => {
      assert.equal(run.facts.door.kind, 'closed', told(run));
      assert.match(run.facts.door.says, /^sign-up asks for a code of the moment, and no secret was shown/);
      assert.match(run.facts.door.wants ?? '', /^plummet login http:/);
      for (const claim of [reload, accounts]) assert.equal(of(run, claim), 'unknown', told(run));
      assert.deepEqual(app.entered, []);
    }));

  it('one that can wait is no door', () =>
    at('later', [reload, accounts], (run) => {
      assert.equal(run.facts.door.kind, 'password', told(run));
      for (const claim of [reload, accounts]) assert.equal(of(run, claim), 'pass', told(run));
    }));

  it('the account that is given has set up its own: the code is not guessed', () =>
    at(
      'text',
      [reload],
      (run, app) => {
        assert.ok(!app.entered.includes('ada@example.com'));
        assert.match(told(run), /logging in as ada@example\.com: asks for a code of the moment/);
      },
      { login: { user: 'ada@example.com', password: 'Sounding-7' } },
    ));
});
