import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { run } from '../../test/sample-run.ts';
import type { Result } from '../model/run.ts';
import type { AuditOptions } from '../model/target.ts';
import { pass, unknown } from '../model/verdict.ts';
import type { Io } from './parts.ts';
import { main } from './program.ts';

const cwd = mkdtempSync(join(tmpdir(), 'plummet-replay-test-'));
after(() => rmSync(cwd, { recursive: true }));
const reload = 'persistence/records-survive-reload';
const before = run({ facts: { ...run().facts, door: { kind: 'none', says: 'open', evidence: [] } } });
mkdirSync(join(cwd, '.plummet/latest'), { recursive: true });
writeFileSync(join(cwd, '.plummet/latest/run.json'), JSON.stringify(before));

const stream = (write: (text: string) => void): object => ({ write, tty: false, columns: 80 });

/** The words, where asking again gives this. */
async function replay(again: Result | undefined, words: readonly string[], env: Io['env'] = {}) {
  let [out, err] = ['', ''];
  const asked: AuditOptions[] = [];
  let walked = 0;
  const parts = {
    async audit(options: AuditOptions) {
      asked.push(options);
      return { run: { ...before, results: again ? [again] : [] }, dir: options.out };
    },
    async replay() {
      walked++;
      return { acts: 3, departures: [], left: [] };
    },
    probedClaims: () => before.asked,
    backendsOf: () => [],
  };
  const io = {
    cwd,
    env: { XDG_STATE_HOME: join(cwd, 'state'), ...env },
    out: stream((text) => {
      out += text;
    }),
    err: stream((text) => {
      err += text;
    }),
    now: () => new Date(0),
    interrupts: () => () => undefined,
    parts: async () => parts,
  } as unknown as Io;
  const code = await main(['replay', ...words], io);
  return { code, out, err, asked, walked };
}
const broken = before.results.find(({ claim }) => claim === reload);
assert.ok(broken?.status === 'fail');

test('a run is walked again, a claim or a fingerprint is asked again', async () => {
  assert.equal((await replay(broken, [])).walked, 1);
  assert.equal((await replay(broken, ['latest'])).walked, 1);
  for (const words of [[reload], ['records-survive-reload', 'latest'], [broken.findings[0].fingerprint]]) {
    const { asked, walked, out, code } = await replay(broken, [...words, '--headless']);
    assert.deepEqual([walked, asked.map(({ claims }) => claims)], [0, [[reload]]]);
    assert.equal(asked[0]?.from?.run.startedAt, before.startedAt, 'by what that run learned');
    assert.match(out, /^Shown again: A record is still there after the page is reloaded\./);
    assert.equal(code, 1);
  }
});

test('a finding is shown slowly in a window, where there is a display', async () => {
  const [asked] = (await replay(broken, [reload], { DISPLAY: ':9' })).asked;
  assert.deepEqual(asked?.browser, { headed: true, slow: 300 });
  const [quick] = (await replay(broken, [reload, '--slow', '50'], { DISPLAY: ':9' })).asked;
  assert.equal(quick?.browser.slow, 50);
  const [unseen] = (await replay(broken, [reload, '--headless'])).asked;
  assert.deepEqual(unseen?.browser, { headed: false, slow: 0 });
  const none = await replay(broken, [reload]);
  if (process.platform === 'linux')
    assert.match(none.err, /neither DISPLAY nor WAYLAND_DISPLAY is set\).* --headless\./);
});

test('it says what came of it', async () => {
  const elsewhere = {
    ...broken,
    findings: [{ ...broken.findings[0], fingerprint: 'other', where: '/other' }],
  } as const;
  for (const [again, words, expected] of [
    [elsewhere, /^Broken again, but elsewhere \(\/other\): /, 1],
    [{ claim: reload, ...pass('it is there', ['e1']) }, /^Not shown again: .*\nIt is there\.$/m, 0],
    [
      { claim: reload, ...unknown('no-time', 'late', '--deep') },
      /^Could not be told this time: .*\nlate\.\nIt takes --deep$/m,
      2,
    ],
  ] as const) {
    const { out, code } = await replay(again, [reload, '--headless']);
    assert.match(out, words);
    assert.equal(code, expected);
  }
});

test('what was not broken is not shown again', async () => {
  const { code, err } = await replay(undefined, ['edits-persist', '--headless']);
  assert.equal(code, 64);
  assert.match(err, /edits-persist was not broken in that run \(unknown\)/);
  assert.match((await replay(undefined, ['nosuch'])).err, /no claim is called "nosuch"/);
});
