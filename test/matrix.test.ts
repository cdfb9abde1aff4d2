/**
 * The fixtures' own truth against the tool: a sound app has no failure and nothing unknown that could be told; a planted defect turns
 * its claims red for the reason it gives, and no other. All of them, five at a time, for an audit waits for much of its time; PLUMMET_MATRIX=name[:defect],… picks some
 * (`json-spa:sound` is the app without a defect).
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Defect, Fixture } from '../fixtures/contract.ts';
import { probedClaims } from '../src/audit.ts';
import type { Result } from '../src/model/run.ts';
import { audited } from './audited.ts';

const root = join(import.meta.dirname, '..');

const files = ['examples', 'fixtures'].flatMap((base) =>
  readdirSync(join(root, base))
    .map((name) => join(root, base, name, 'fixture.ts'))
    .filter((file) => existsSync(file)),
);
const fixtures = await Promise.all(files.map(async (file) => ((await import(file)) as { default: Fixture }).default));
const picked = process.env['PLUMMET_MATRIX']?.split(',');
const isPicked = (fixture: string, defect: string): boolean =>
  picked === undefined || picked.some((p) => p === fixture || p === `${fixture}:${defect}`);

const ladder = probedClaims('reload').filter((claim) => claim.startsWith('persistence/'));
const reasonOf = (r: Result): string => (r.status === 'fail' ? r.findings[0].because : r.because);

const sectionOf = (claim: string): string => claim.slice(0, claim.indexOf('/'));
/** Sections about users: asked only where a fixture says what is true of them, since most are about other things. */
const aboutUsers = ['authentication', 'authorization', 'secrets'];
const isAsked = ({ omits = [], sound }: Fixture, claim: string): boolean =>
  !omits.includes(claim) &&
  (!aboutUsers.includes(sectionOf(claim)) || Object.keys(sound).some((one) => sectionOf(one) === sectionOf(claim)));
/** A defect is asked what it breaks and what it leaves; the ladder too, unless it is about users alone. */
const isAskedOf = ({ fails, keeps = [] }: Defect, claim: string): boolean =>
  claim in fails ||
  keeps.includes(claim) ||
  (ladder.includes(claim) && Object.keys(fails).some((one) => !aboutUsers.includes(sectionOf(one))));

async function resultsOf(fixture: Fixture, defect: Defect | undefined, claims: readonly string[]): Promise<Result[]> {
  const app = await fixture.start(defect?.name);
  try {
    // The app is thrown away.
    return [
      ...(
        await audited(app.url, claims, {
          keepRows: true,
          backends: app.backends ?? [],
          ...(app.admin ? { admin: app.admin } : {}),
        })
      ).results,
    ];
  } finally {
    await app.close();
  }
}

/** What is wrong with the verdicts, one line each. */
function wrong(results: readonly Result[], fixture: Fixture, defect: Defect | undefined): string[] {
  return results.flatMap((result) => {
    const said = `${result.claim} is ${result.status} (${reasonOf(result)})`;
    const reason = defect?.fails[result.claim];
    if (reason && result.status !== 'fail') return [`${said}, must fail`];
    if (reason) return reason.test(reasonOf(result)) ? [] : [`${said}, must say ${reason}`];
    const allowed = defect ? defect.otherwise?.[result.claim] : undefined;
    if (result.status === 'fail') return allowed?.includes('fail') ? [] : [`${said}, must not fail`];
    const expected = fixture.sound[result.claim];
    return (!defect || defect.keeps?.includes(result.claim)) && expected && result.status !== expected
      ? [`${said}, must be ${expected}`]
      : [];
  });
}

describe('matrix', { concurrency: 5 }, () => {
  for (const fixture of fixtures) {
    // An app that is itself a defect has no sound form.
    if (Object.keys(fixture.sound).length > 0 && isPicked(fixture.name, 'sound'))
      it(`${fixture.name}, sound`, async () => {
        assert.deepEqual(
          wrong(
            await resultsOf(
              fixture,
              undefined,
              probedClaims().filter((claim) => isAsked(fixture, claim)),
            ),
            fixture,
            undefined,
          ),
          [],
        );
      });
    for (const defect of fixture.defects)
      if (isPicked(fixture.name, defect.name))
        it(`${fixture.name}, ${defect.name}`, async () => {
          const claims = probedClaims().filter((claim) => isAskedOf(defect, claim));
          assert.deepEqual(wrong(await resultsOf(fixture, defect, claims), fixture, defect), []);
        });
  }
});
