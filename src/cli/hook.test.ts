/** What the stop hook answers, with audits that find what they are told to; the real thing is in test/loop.test.ts. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, describe, it } from 'node:test';
import { facts, run } from '../../test/sample-run.ts';
import { Failure } from '../model/failure.ts';
import type { Result, Run } from '../model/run.ts';
import type { AuditOptions } from '../model/target.ts';
import { fail, pass, unknown } from '../model/verdict.ts';
import { runHook } from './hook.ts';
import type { Io } from './parts.ts';
import { standingOf } from './standing.ts';

const root = mkdtempSync(join(tmpdir(), 'hook-'));
after(() => rmSync(root, { recursive: true, force: true }));

const [reload, edits] = ['persistence/records-survive-reload', 'persistence/edits-persist'];
const broken = (claim: string): Result => ({
  claim,
  ...fail(claim, { where: '/', because: 'gone', wrongIf: 'elsewhere', evidence: ['e1'] }),
});
const shown = (claim: string): Result => ({ claim, ...pass('seen', ['e1']) });
const open = (claim: string): Result => ({ claim, ...unknown('no-time', 'late') });

const url = 'http://127.0.0.1:1/';
/** `learned`: it surveyed, and did not go by what an earlier run knew. */
const stored = (
  results: readonly Result[],
  { profile = 'audit', learned = true, at = url }: { profile?: Run['profile']; learned?: boolean; at?: string } = {},
): Run =>
  run({
    results: [...results],
    asked: results.map(({ claim }) => claim),
    profile,
    target: { url: at, permit: 'writes', seed: 7, intent: {} },
    facts: { ...facts, door: { ...facts.door, account: 'shown' } },
    timings: learned ? { survey: 1 } : { recall: 1 },
  });

function folder(runs: readonly Run[], config = ''): string {
  const cwd = mkdtempSync(join(root, 'app-'));
  if (config) writeFileSync(join(cwd, 'plummet.config.json'), config);
  runs.forEach((one, at) => {
    const dir = join(cwd, '.plummet', `2026-01-0${at + 1}-000000-app`);
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'run.json'), JSON.stringify(one));
  });
  return cwd;
}

/** What it answers, and which claims it asked. */
async function hook(
  cwd: string,
  finds: readonly Result[] | Failure,
  input = '{}',
): Promise<{ answer: unknown; asked: readonly string[] | undefined }> {
  const own = new PassThrough();
  const silent = { write: () => undefined, tty: false, columns: 80 };
  let asked: readonly string[] | undefined;
  const io: Io = {
    cwd,
    out: silent,
    err: silent,
    alone: () => own,
    env: { XDG_STATE_HOME: join(cwd, 'state') },
    input: async () => input,
    now: () => new Date('2026-02-01T00:00:00Z'),
    parts: async () =>
      ({
        audit: async (options: AuditOptions) => {
          asked = options.claims;
          if (finds instanceof Failure) throw finds;
          return { run: stored(finds, { learned: false }), dir: options.out };
        },
        probedClaims: () => [reload, edits],
        backendsOf: () => [],
        suspectsIn: () => [],
      }) as unknown as Awaited<ReturnType<Io['parts']>>,
    interrupts: () => () => undefined,
    kill: () => assert.fail('it was killed'),
  };
  assert.equal(await runHook(io), 0);
  const text = String(own.read() ?? '');
  return { answer: text && JSON.parse(text), asked };
}

describe('the stop hook', () => {
  it('asks again what is broken, by all the runs here of that address', async () => {
    const cwd = folder([
      stored([broken('section/that-was-asked-once'), shown(edits)]),
      stored([broken(reload), broken(edits), shown('persistence/deletions-persist')]),
      stored([broken('persistence/moves-persist')], { at: 'http://127.0.0.1:2/' }),
      stored([shown(reload), open(edits)], { learned: false }),
    ]);
    assert.deepEqual((await standingOf(cwd))?.broken, [edits]);
    const { answer, asked } = await hook(cwd, [broken(edits)]);
    assert.deepEqual(asked, [edits]);
    assert.match(
      JSON.stringify(answer),
      /^\{"decision":"block","reason":"Plummet asked .* 1 thing .*persistence\/edits-persist\) gone\. Brief: \.plummet\//,
    );
  });

  it('forgets nothing that is broken over runs that asked less, were cut short or asked nothing', async () => {
    const nothing: Run = { ...stored([]), facts: { ...facts, record: undefined } as unknown as Run['facts'] };
    const whole = stored([broken(reload), broken(edits), shown('persistence/deletions-persist')]);
    const cwd = folder([
      whole,
      stored([shown('persistence/deletions-persist')]),
      { ...stored([open(reload), open(edits)]), facts: nothing.facts, interrupted: true },
      nothing,
    ]);
    const standing = await standingOf(cwd);
    assert.deepEqual(standing?.broken, [reload, edits]);
    assert.deepEqual(standing.run.facts, JSON.parse(JSON.stringify(whole.facts)), 'by a run that wrote a record');
    assert.deepEqual((await hook(cwd, [shown(reload), shown(edits)])).asked, [reload, edits]);
  });

  it('lets go where all holds, without a word', async () => {
    assert.deepEqual(await hook(folder([stored([broken(edits)])]), [shown(edits)]), { answer: '', asked: [edits] });
    assert.deepEqual(await hook(folder([stored([shown(edits)])]), []), { answer: '', asked: undefined });
  });

  it('sends on again only who came further', async () => {
    const before = [stored([broken(reload), broken(edits)])];
    const active = '{"stop_hook_active":true}';
    assert.match(
      JSON.stringify((await hook(folder(before), [shown(reload), broken(edits)], active)).answer),
      /"block"/,
    );
    assert.deepEqual((await hook(folder(before), [broken(reload), broken(edits)], active)).answer, {
      systemMessage: `Still broken: ${reload} and ${edits}.`,
    });
    assert.deepEqual((await hook(folder(before), [broken(reload), open(edits)], active)).answer, {
      systemMessage: `Still broken: ${reload}. Could not be told: ${edits}.`,
    });
    assert.match(
      JSON.stringify((await hook(folder(before), [broken(reload), broken(edits)], 'no json')).answer),
      /"block"/,
    );
  });

  it('stops nobody because it could not look', async () => {
    assert.match(JSON.stringify((await hook(folder([]), [])).answer), /"systemMessage":"Plummet has no address/);
    const none = await hook(folder([], `{"target":"${url}"}`), new Failure('E_APP', 'The app does not answer.'));
    assert.deepEqual(none.answer, { systemMessage: 'Plummet could not look: The app does not answer.' });
    const account = stored([broken(edits)]);
    const withAccount = { ...account, facts: { ...facts, door: { ...facts.door, account: 'given' as const } } };
    assert.match(
      JSON.stringify((await hook(folder([withAccount]), [])).answer),
      /or set login in plummet\.config\.ts\./,
    );
    assert.match(
      JSON.stringify((await hook(folder([stored([broken(edits)])]), [open(edits)])).answer),
      /"systemMessage":"Plummet could not tell persistence\/edits-persist: late\./,
    );
  });
});
