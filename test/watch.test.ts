/** What is broken is told as it is found, filmed, and shown again: by the command, on an app that keeps nothing. */
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { RunningFixture } from '../fixtures/contract.ts';
import memory from '../fixtures/memory-only/fixture.ts';
import { paint, pixelsOf } from '../src/drivers/browser/paint.ts';
import { commandIn } from './command.ts';

const dir = mkdtempSync(join(tmpdir(), 'plummet-watch-'));
// Root's browser is somebody else's, and must come through.
chmodSync(dir, 0o711);
after(() => rmSync(dir, { recursive: true, force: true }));

const plummet = commandIn(dir);

const reload = 'persistence/records-survive-reload';
const backend = 'fail-loud/absent-backend-is-an-error';

describe('what is broken can be watched', () => {
  let app: RunningFixture;
  let lines: Record<string, unknown>[];
  before(async () => {
    app = await memory.start();
    const told = await plummet(
      'reload',
      app.url,
      '--only',
      `${reload},${backend}`,
      '--ndjson',
      '--trace',
      '--out',
      'run',
    );
    assert.equal(told.code, 1, told.out + told.err);
    assert.equal(told.err, '');
    lines = told.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  });
  after(() => app?.close());

  it('is told on lines of JSON, once for each claim', () => {
    const kinds = lines.map(({ kind }) => kind);
    assert.equal(kinds[0], 'start');
    assert.equal(kinds.at(-1), 'summary');
    const verdicts = lines.filter(({ kind }) => kind === 'verdict');
    assert.deepEqual(verdicts.map(({ claim }) => claim).sort(), [reload, backend].sort());
    assert.equal(verdicts.find(({ claim }) => claim === reload)?.['status'], 'fail');
    assert.deepEqual([lines.at(-1)?.['exit'], lines.at(-1)?.['folder']], [1, 'run']);
  });

  it('is filmed, for the eyes of whoever ran it, and nothing else is', async () => {
    const folder = join(dir, 'run/traces');
    const names = readdirSync(folder).sort();
    assert.ok(
      names.length > 0 &&
        names.every((name) =>
          /^(persistence-records-survive-reload|fail-loud-absent-backend-is-an-error)\.\d-A\.zip$/.test(name),
        ),
      `${names}`,
    );
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of names) {
      assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
      const zip = readFileSync(join(folder, name));
      assert.ok(zip.includes('trace.trace') && zip.includes('trace.network'), 'Playwright has its two lists in it');
    }
    const name = 'persistence-records-survive-reload.1-A.zip';
    const command = `npx playwright show-trace traces/${name}`;
    assert.ok(readFileSync(join(dir, 'run/report.html'), 'utf8').includes(command));
    for (const [format, words] of [
      ['markdown', command],
      ['text', `npx playwright show-trace run/traces/${name}`],
    ] as const)
      assert.ok((await plummet('report', 'run', '--format', format)).out.includes(words), format);
    const { out } = await plummet('dispute', reload, 'run', '--out', 'held');
    assert.match(out, /Packed/);
    assert.deepEqual(
      readdirSync(join(dir, 'held')).filter((name) => /trace|zip/.test(name)),
      [],
    );
  });

  it('shows nobody the rows that were there before', async () => {
    const blobs = join(dir, 'run/blobs');
    const greys: number[] = [];
    for (const name of readdirSync(blobs)) {
      const pixels = await pixelsOf(readFileSync(join(blobs, name)));
      assert.ok(pixels, name);
      let count = 0;
      for (let at = 0; at < pixels.bytes.length; at += pixels.channels)
        if (paint.every((shade, channel) => pixels.bytes[at + channel] === shade)) count++;
      greys.push(count);
    }
    assert.ok(greys.filter((count) => count > 2000).length > greys.length / 2, `${greys}`);
  });

  it('is shown again, and leaves no run behind', async () => {
    const unseen = await plummet('replay', reload, 'run');
    if (process.platform === 'linux') {
      assert.equal(unseen.code, 64);
      assert.match(
        unseen.err,
        /no display here .* plummet replay persistence\/records-survive-reload run --headless\./,
      );
    }
    const { code, out, err } = await plummet('replay', reload, 'run', '--headless');
    assert.equal(code, 1, out + err);
    assert.match(
      out,
      /^Shown again: A record is still there after the page is reloaded\. \(persistence\/records-survive-reload\)\nThe record \w+ is gone after a reload/,
    );
    assert.ok(!readdirSync(dir).includes('.plummet'));
  });
});
