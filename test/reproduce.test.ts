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
        const run = await audited(app.url, [claim]);
        const result = run.results.find((r) => r.claim === claim);
        assert.ok(result?.status === 'fail', `${result?.status}`);
        assert.match(await printed(result.findings[0].reproduce), prints);
      } finally {
        await app.close();
      }
    });
});
