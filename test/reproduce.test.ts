/** The script that a finding carries shows the same fault by itself: its own browser, its own account, its own record, no Plummet. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { audited } from './audited.ts';
import { printed } from './printed.ts';

const root = join(import.meta.dirname, '..');

interface Case {
  readonly fixture: string;
  readonly defect: string;
  readonly claim: string;
  /** What the script must print. */
  readonly prints: RegExp;
}

const cases: readonly Case[] = [
  {
    fixture: 'memory-only',
    defect: 'as-built',
    claim: 'persistence/records-survive-reload',
    prints: /on the page after saving: true\nafter a reload: false\nin a fresh browser: false/,
  },
  {
    fixture: 'json-spa',
    defect: 'tick-not-saved',
    claim: 'persistence/moves-persist',
    prints: /in a fresh browser: .*plum[a-z]+.*\| false/is,
  },
  {
    fixture: 'server-rendered',
    defect: 'csrf',
    claim: 'authentication/forged-requests-are-refused',
    prints: /what a page on another site wrote is there: true/,
  },
  {
    fixture: 'hosted-notes',
    defect: 'table-without-row-security',
    claim: 'authorization/row-security-holds',
    prints: /rows of A that the public key alone is given: 1/,
  },
  {
    fixture: 'roles',
    defect: 'open-admin-route',
    claim: 'authorization/roles-are-checked',
    prints: /the address gives an ordinary account the address of another: true/,
  },
  {
    fixture: 'roles',
    defect: 'mass-assignment-at-sign-up',
    claim: 'authorization/nobody-promotes-themselves',
    prints: /with more fields the account is answered 200 where its twin is answered 403/,
  },
  {
    fixture: 'roles',
    defect: 'mass-assignment-at-edit',
    claim: 'authorization/nobody-promotes-themselves',
    prints: /with more fields the page tells the account of its twin: true and the twin of it: false/,
  },
  {
    fixture: 'json-spa',
    defect: 'any-password',
    claim: 'authentication/wrong-passwords-are-refused',
    prints: /with a wrong password a password field is still shown: false {2}the record is shown: true/,
  },
  {
    fixture: 'json-spa',
    defect: 'password-echoed',
    claim: 'secrets/answers-hold-no-secrets',
    prints: /POST \/api\/signup holds the password that was typed/,
  },
  {
    fixture: 'server-rendered',
    defect: 'reveals-accounts',
    claim: 'authentication/accounts-are-not-revealed',
    prints: /known: 401 .*is wrong.*\nunknown: 401 .*Nobody has an account/s,
  },
  {
    fixture: 'api-orders',
    defect: 'never-stored',
    claim: 'persistence/records-reach-other-browsers',
    prints: /POST \/api\/orders 201\n.*in a fresh browser: false/s,
  },
  {
    fixture: 'api-orders',
    defect: 'change-not-stored',
    claim: 'persistence/edits-persist',
    prints: /PATCH \/api\/orders\/[\w-]+ 200\n.*new text in a fresh browser: false {2}old text: true/s,
  },
  {
    fixture: 'api-graphql',
    defect: 'never-stored',
    claim: 'persistence/records-reach-other-browsers',
    prints: /POST \/graphql 200\n.*in a fresh browser: false/s,
  },
  {
    fixture: 'api-graphql',
    defect: 'change-not-stored',
    claim: 'persistence/edits-persist',
    prints: /POST \/graphql 200\n.*new text in a fresh browser: false {2}old text: true/s,
  },
  {
    fixture: 'server-rendered',
    defect: 'redirect-carries-body',
    claim: 'authentication/private-data-needs-a-session',
    prints: /nobody asks GET \S+\/notes and is answered 303 with what A wrote: true/,
  },
  {
    fixture: 'json-spa',
    defect: 'gate-in-the-browser',
    claim: 'authentication/writes-need-a-session',
    prints: /nobody sends POST \S+\/api\/tasks and is answered 201\nA sees what nobody wrote: true/,
  },
  {
    fixture: 'server-rendered',
    defect: 'cookie-flags',
    claim: 'authentication/sessions-are-guarded',
    prints: /set: sid=…; Path=\/\n.*sid HttpOnly: false/s,
  },
  {
    fixture: 'server-rendered',
    defect: 'fixation',
    claim: 'authentication/login-renews-the-session',
    prints: /it is still the same: true\nthe session reads it: true\nthe session of before the log-in reads it: true/,
  },
  {
    fixture: 'server-rendered',
    defect: 'logout-forgets-nothing',
    claim: 'authentication/logout-ends-the-session',
    prints: /the session reads it: true\nafter logging out, the kept session reads it: true/,
  },
];

describe('reproduction', { concurrency: 2 }, () => {
  for (const { fixture, defect, claim, prints } of cases)
    it(`${fixture}, ${defect}: ${claim}`, async () => {
      const { default: made } = await import(join(root, 'fixtures', fixture, 'fixture.ts'));
      const app = await made.start(defect);
      try {
        const run = await audited(app.url, [claim], { backends: app.backends ?? [] });
        const result = run.results.find((r) => r.claim === claim);
        assert.ok(result?.status === 'fail', `${result?.status}`);
        assert.match(await printed(result.findings[0].reproduce), prints);
      } finally {
        await app.close();
      }
    });
});
