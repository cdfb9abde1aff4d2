/**
 * The fixtures' own truth against the tool: a sound app has no failure and nothing unknown that could be told; a planted defect turns
 * its claims red for the reason it gives, and no other. All of them, six at a time, for an audit waits for much of its time; PLUMMET_MATRIX=name[:defect],… picks some
 * (`json-spa:sound` is the app without a defect).
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Defect, Fixture, RunningFixture } from '../fixtures/contract.ts';
import { probedClaims } from '../src/audit.ts';
import type { Result } from '../src/model/run.ts';
import { audited } from './audited.ts';
import { printed } from './printed.ts';

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

/** Defects that are audited in one instance: those that do not touch each other, or what was picked. */
function groupsOf({ name, defects, together = [] }: Fixture): Defect[][] {
  const wanted = defects.filter((defect) => isPicked(name, defect.name));
  const groups = together.map((names) => wanted.filter((defect) => names.includes(defect.name)));
  const alone = wanted.filter((defect) => !groups.some((group) => group.includes(defect)));
  return [...groups.filter((group) => group.length > 0), ...alone.map((defect) => [defect])];
}

/** All that is wrong with several defects in one app. */
const joined = (all: readonly Defect[]): Defect => ({
  name: all.map(({ name }) => name).join('+'),
  says: '',
  fails: Object.assign({}, ...all.map(({ fails }) => fails)),
  keeps: all.flatMap(({ keeps = [] }) => keeps),
  otherwise: Object.assign({}, ...all.map(({ otherwise }) => otherwise)),
  prints: Object.assign({}, ...all.map(({ prints }) => prints)),
});

async function resultsOf(app: RunningFixture, claims: readonly string[]): Promise<readonly Result[]> {
  const { backends = [], admin } = app;
  // The app is thrown away.
  return (await audited(app.url, claims, { keepRows: true, backends, ...(admin ? { admin } : {}) })).results;
}

async function inApp<T>(
  fixture: Fixture,
  defect: string | undefined,
  work: (app: RunningFixture) => Promise<T>,
): Promise<T> {
  const app = await fixture.start(defect);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** The script of a finding shows it by itself: its own browser, its own account, its own record, no Plummet. */
async function reproduces(app: RunningFixture, defect: Defect, results: readonly Result[]): Promise<void> {
  for (const [claim, prints] of Object.entries(defect.prints ?? {})) {
    const result = results.find((one) => one.claim === claim);
    assert.ok(result?.status === 'fail');
    assert.match(
      await printed(result.findings[0].reproduce, { APP_URL: new URL(app.url).origin, TRIES: '12' }),
      prints,
    );
  }
}

/** Defects are found for the reasons that they say, and their scripts show them on a fresh instance. */
async function shows(fixture: Fixture, defects: readonly Defect[]): Promise<void> {
  const defect = joined(defects);
  const claims = probedClaims().filter((claim) => defects.some((one) => isAskedOf(one, claim)));
  const results = await inApp(fixture, defect.name, async (app) => {
    const found = await resultsOf(app, claims);
    assert.deepEqual(wrong(found, fixture, defect), []);
    // A script names the backend of the instance that was audited.
    if (app.backends) await reproduces(app, defect, found);
    return app.backends ? undefined : found;
  });
  if (results && defect.prints) await inApp(fixture, defect.name, (app) => reproduces(app, defect, results));
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
    return (!defect || defect.keeps?.includes(result.claim)) && !allowed && expected && result.status !== expected
      ? [`${said}, must be ${expected}`]
      : [];
  });
}

describe('matrix', { concurrency: 6 }, () => {
  for (const fixture of fixtures) {
    // An app that is itself a defect has no sound form.
    if (Object.keys(fixture.sound).length > 0 && isPicked(fixture.name, 'sound'))
      it(`${fixture.name}, sound`, async () => {
        const claims = probedClaims().filter((claim) => isAsked(fixture, claim));
        const results = await inApp(fixture, undefined, (app) => resultsOf(app, claims));
        assert.deepEqual(wrong(results, fixture, undefined), []);
      });
    for (const defects of groupsOf(fixture))
      it(`${fixture.name}, ${defects.map(({ name }) => name).join(' + ')}`, () => shows(fixture, defects));
  }
});
