/** The fixtures' own truth against the tool: a sound app has no failure, a planted defect turns its claims red for the reason it gives. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Fixture } from '../fixtures/contract.ts';
import { audit, probedClaims } from '../src/audit.ts';
import type { Result } from '../src/model/run.ts';

/** Fixture, and the defect (undefined: the sound app). All others: PLUMMET_MATRIX=name[:defect],… */
const usual: readonly [string, string?][] = [['json-spa'], ['memory-only', 'as-built'], ['json-spa', 'edit-not-sent']];
const wanted = process.env['PLUMMET_MATRIX']?.split(',').map((text): [string, string?] => {
  const [name = '', defect] = text.split(':');
  return [name, defect];
});

const dir = mkdtempSync(join(tmpdir(), 'plummet-matrix-'));
after(() => rmSync(dir, { recursive: true, force: true }));

async function resultsOf(fixture: Fixture, defect: string | undefined, claims: readonly string[]): Promise<Result[]> {
  const app = await fixture.start(defect);
  try {
    const { run } = await audit({
      url: app.url,
      profile: 'audit',
      permit: 'writes',
      budget: 180_000,
      out: mkdtempSync(join(dir, 'run-')),
      claims,
      intent: {},
      backends: [],
      browser: { headed: false, slow: 0 },
      seed: 1,
      signal: new AbortController().signal,
      progress: () => undefined,
    });
    return [...run.results];
  } finally {
    await app.close();
  }
}

const reasonOf = (r: Result): string => (r.status === 'fail' ? r.findings[0].because : r.because);

describe('matrix', () => {
  for (const [name, planted] of wanted ?? usual) {
    it(`${name}${planted ? `, ${planted}` : ', sound'}`, async () => {
      const { default: fixture } = (await import(`../fixtures/${name}/fixture.ts`)) as { default: Fixture };
      const defect = fixture.defects.find((d) => d.name === planted);
      const claims = probedClaims().filter((c) => !defect || c in defect.fails || c.startsWith('persistence/records-'));
      for (const result of await resultsOf(fixture, planted, claims)) {
        const reason = defect?.fails[result.claim];
        const said = `${result.claim}: ${result.status}, ${reasonOf(result)}`;
        if (reason) {
          assert.equal(result.status, 'fail', said);
          assert.match(reasonOf(result), reason);
        } else {
          assert.ok(result.status !== 'fail' || defect?.otherwise?.[result.claim]?.includes('fail'), said);
          const expected = fixture.sound[result.claim];
          if (!defect && expected) assert.equal(result.status, expected, said);
        }
      }
    });
  }
});
