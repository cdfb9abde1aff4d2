import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { facts, results, run } from '../../test/sample-run.ts';
import type { Result } from '../model/run.ts';
import { reports } from '../report/reports.ts';
import type { Io, Stream } from './parts.ts';
import { perform } from './run-audit.ts';
import { type Teller, tellerOf } from './tell.ts';

const cwd = mkdtempSync(join(tmpdir(), 'plummet-tell-'));
after(() => rmSync(cwd, { recursive: true }));

function desk(): { io: Io; out: () => string; err: () => string } {
  let [out, err] = ['', ''];
  const sink = (write: (text: string) => void): Stream => ({ write, tty: true, columns: 80 });
  return {
    io: {
      cwd,
      out: sink((text) => {
        out += text;
      }),
      err: sink((text) => {
        err += text;
      }),
      interrupts: () => () => undefined,
    } as unknown as Io,
    out: () => out,
    err: () => err,
  };
}

/** A run as it is told: what is found, and what is known at the end. */
function told(teller: Teller, found: readonly Result[], of = run()): void {
  teller.begin({ url: of.target.url, claims: of.asked }, join(cwd, 'it'));
  teller.progress({ stage: 'survey', says: 'looking', at: 12 });
  for (const result of found) teller.found(result);
  teller.say('a word');
  teller.end();
  teller.show(of, join(cwd, 'it'), 1);
}

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('--ndjson: each line is an object, each claim that was asked has one verdict, the last line is the sum', () => {
  const { io, out, err } = desk();
  told(tellerOf({ ndjson: true }, io), results.slice(0, 3));
  const lines = linesOf(out());
  const sample = run();
  assert.deepEqual(
    lines.map(({ kind }) => kind).filter((kind) => kind !== 'verdict'),
    ['start', 'progress', 'note', 'summary'],
  );
  assert.deepEqual(
    lines.flatMap(({ kind, claim }) => (kind === 'verdict' ? [String(claim)] : [])),
    sample.asked,
  );
  const place = lines.findIndex(({ kind }) => kind === 'note');
  assert.deepEqual(
    lines.slice(2, place).map(({ claim }) => claim),
    sample.asked.slice(0, 3),
    'what is found is told when it is found',
  );
  assert.deepEqual(lines[0], { kind: 'start', schema: 1, url: sample.target.url, folder: 'it', asked: sample.asked });
  const last = lines.at(-1) as Record<string, unknown>;
  assert.deepEqual([last['exit'], last['folder']], [1, 'it']);
  assert.deepEqual(last['counts'], { pass: 1, fail: 4, unknown: 2, 'not-applicable': 1 });
  assert.deepEqual(
    last['fail'],
    sample.results.flatMap(({ claim, status }) => (status === 'fail' ? [claim] : [])),
  );
  assert.match(String(lines[2]?.['next']), /^plummet verify it persistence\/records-survive-reload$/);
  assert.equal(err(), '', 'stdout has it all');
});

test('--ndjson: what the end knows better is told again, as revised', () => {
  const { io, out } = desk();
  const late = { claim: results[0]?.claim ?? '', status: 'unknown', because: 'late', cause: 'no-time' } as const;
  told(tellerOf({ ndjson: true }, io), [late]);
  const of = linesOf(out()).filter(({ claim }) => claim === late.claim);
  assert.deepEqual(
    of.map(({ kind, status }) => [kind, status]),
    [
      ['verdict', 'unknown'],
      ['revised', 'fail'],
    ],
  );
});

test('--ndjson: a run that does not come about ends with why', async () => {
  const { io, out } = desk();
  const fails = perform(io, () => Promise.reject(new Error('no \u001b[2J luck')), { ndjson: true });
  await assert.rejects(fails, /luck/);
  assert.deepEqual(linesOf(out()), [{ kind: 'failure', exit: 70, says: 'no luck' }]);
});

test('--terse: a line for each claim that is no pass, and one of sum; nothing else, and no colour', () => {
  const { io, out, err } = desk();
  told(tellerOf({ terse: true }, io), results);
  const lines = out().trimEnd().split('\n');
  const open = run().results.filter(({ status }) => status !== 'pass');
  assert.deepEqual(
    lines
      .slice(0, -1)
      .map((line) => line.split('\t')[1])
      .sort(),
    open.map(({ claim }) => claim).sort(),
  );
  assert.ok(lines.every((line) => /^(fail|unknown|not-applicable|sum)\t/.test(line) && !line.includes('\x1b')));
  assert.match(lines[0] ?? '', /\tplummet verify it \S+$/);
  assert.match(lines.at(-1) ?? '', /^sum\t4 fail, 2 unknown, 1 pass, 1 not-applicable\tready: .*\tit$/);
  assert.equal(err(), '\r\x1b[2Ka word\n', 'what a person has to know is told beside it, and no progress');
});

test('--terse: nothing that the app says passes for a field, a line or a command', () => {
  const evil = "gone\n\tfail\tplummet --start 'rm -rf'\u001b[2J";
  const [first] = results;
  assert.ok(first?.status === 'fail');
  const finding = { ...first.findings[0], where: evil, because: evil };
  const hostile = run({
    facts: { ...facts, title: evil },
    results: [{ ...first, claim: "it's; reboot", because: evil, findings: [finding] }],
  });
  const [line = '', sum, ...more] = reports
    .terse({ run: hostile, events: [], files: { folder: 'a b' } })
    .trimEnd()
    .split('\n');
  assert.deepEqual(more, []);
  assert.match(sum ?? '', /^sum\t/);
  assert.deepEqual(line.split('\t').length, 4);
  assert.equal(line.split('\t')[3], "plummet verify 'a b' 'it'\\''s; reboot'");
});

test('two that want stdout for themselves are refused', () => {
  assert.throws(() => tellerOf({ json: true, terse: true }, desk().io), /--json and --terse each want stdout/);
});
