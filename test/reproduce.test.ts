/** The script that a finding carries shows the same fault by itself: its own browser, its own account, its own record, no Plummet. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { findBrowser } from '../src/drivers/browser/find.ts';
import { audited } from './audited.ts';

const root = join(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'plummet-reproduce-'));
after(() => rmSync(dir, { recursive: true, force: true }));

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
];

async function printed(code: string): Promise<string> {
  const browser = await findBrowser();
  const script = spawn(process.execPath, ['--input-type=module', '-'], {
    cwd: root,
    env: { ...process.env, ...browser.env, CHROME: browser.path },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [script.stdout, script.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  // Pictures go beside the run, not into the tree.
  script.stdin.end(
    code.replace(/path: '([\w-]+\.png)'/g, (_, name: string) => `path: ${JSON.stringify(join(dir, name))}`),
  );
  await new Promise((resolve) => script.once('close', resolve));
  return said;
}

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
