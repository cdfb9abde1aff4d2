import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { unpackInto } from './bundled.ts';
import { untar } from './tar.ts';

const dir = mkdtempSync(join(tmpdir(), 'plummet-test-'));
const linux = process.platform === 'linux' && process.arch === 'x64';
after(() => rmSync(dir, { recursive: true, force: true }));

test('sees a damaged browser, puts a whole one in its place, and leaves that alone', {
  timeout: 60_000,
  skip: !linux,
}, async () => {
  const cache = join(dir, 'cache');
  const { version } = JSON.parse(
    readFileSync(new URL('../../../node_modules/@sparticuz/chromium/package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  const damaged = join(cache, `browser-${version}`);
  mkdirSync(damaged, { recursive: true, mode: 0o755 });
  writeFileSync(join(damaged, 'chromium'), 'half');
  writeFileSync(join(damaged, 'manifest.json'), JSON.stringify({ version, files: { chromium: 5 } }));
  const first = await unpackInto(cache);
  assert.ok(statSync(first.path).size > 100_000_000);
  assert.equal(statSync(first.path).mode & 0o777, 0o755);
  assert.ok(existsSync(join(first.path, '../lib/libnss3.so')));
  assert.ok(!readFileSync(join(first.path, '../fonts.conf'), 'utf8').includes('/tmp/fonts'));
  const before = statSync(first.path).mtimeMs;
  const started = performance.now();
  await unpackInto(cache);
  assert.ok(performance.now() - started < 1000);
  assert.equal(statSync(first.path).mtimeMs, before);
});

test('runs nothing out of a folder that others may write to, or that is a link', { skip: !linux }, async () => {
  const open = join(dir, 'open');
  mkdirSync(open);
  chmodSync(open, 0o777);
  await assert.rejects(unpackInto(open), /can be written to by other users/);
  symlinkSync(open, join(dir, 'link'));
  await assert.rejects(unpackInto(join(dir, 'link')), /is not a folder/);
});

test('reads a tar archive, and refuses one that leaves its folder', {
  skip: process.platform === 'win32',
}, async () => {
  const from = join(dir, 'from');
  mkdirSync(join(from, 'in'), { recursive: true });
  writeFileSync(join(from, 'in/one.sh'), 'x'.repeat(700), { mode: 0o755 });
  writeFileSync(join(from, 'two'), '');
  const archive = execFileSync('tar', ['cf', '-', '--format=ustar', '-C', from, 'in', 'two']);
  assert.deepEqual(await untar(archive, join(dir, 'to')), { 'in/one.sh': 700, two: 0 });
  assert.equal(statSync(join(dir, 'to/in/one.sh')).mode & 0o777, 0o755);
  const evil = Buffer.from(archive);
  evil.write('../evil\0', archive.indexOf('two\0'));
  await assert.rejects(untar(evil, join(dir, 'to')), /outside its folder/);
  await assert.rejects(untar(archive.subarray(0, 1100), join(dir, 'to')), /ends inside a file/);
});
