import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from './launch.ts';
import { passable, tempHome } from './leash.ts';

/** The command lines of all processes that name the text; zombies have none. */
function naming(text: string): string[] {
  if (!existsSync('/proc/self/cmdline'))
    return spawnSync('pgrep', ['-fl', text], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(text));
}

/** Processes of one process group, whatever their command line: helpers of the browser do not name the profile. */
function inGroup(group: number): string[] {
  return spawnSync('ps', ['-eo', 'pgid=,stat=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => {
      const [pgid, stat = 'Z'] = line.trim().split(/\s+/);
      return Number(pgid) === group && !stat.startsWith('Z');
    });
}

test('3 s after our SIGKILL neither the browser nor its folder is left', {
  timeout: 30_000,
  skip: process.platform === 'win32',
}, async () => {
  const script = `
    import { launchBrowser } from ${JSON.stringify(new URL('./launch.ts', import.meta.url).href)};
    const { browser } = await launchBrowser({});
    await (await browser.newPage()).goto('data:text/html,hi');
    const { spawnSync } = await import('node:child_process');
    const line = spawnSync('ps', ['-eo', 'ppid=,pgid=,args='], { encoding: 'utf8' }).stdout.split('\\n').find((one) => parseInt(one) === process.pid && one.includes('--user-data-dir'));
    process.stdout.write(JSON.stringify({ group: Number(line.trim().split(/ +/)[1]), dir: /--user-data-dir=(\\S+?plummet-\\w{6})/.exec(line)[1] }) + '\\n');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    child.once('exit', () => reject(new Error('the child ended early')));
  });
  const { group, dir } = JSON.parse(line) as { group: number; dir: string };
  assert.ok(existsSync(dir));
  assert.ok(naming(basename(dir)).length > 0, 'the browser runs');
  assert.ok(inGroup(group).length > 1, 'and its helpers');
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  const deadline = Date.now() + 3000;
  while (Date.now() < deadline && (existsSync(dir) || naming(basename(dir)).length > 0 || inGroup(group).length > 0))
    await sleep(50);
  assert.deepEqual(naming(basename(dir)), []);
  assert.deepEqual(inGroup(group), []);
  assert.equal(existsSync(dir), false);
});

test('two that start at once have a folder each, and nobody else is led there', { timeout: 30_000 }, async () => {
  const before = os.tmpdir();
  const starting = [launchBrowser({}), launchBrowser({})];
  let led = 0;
  const watching = setInterval(() => (led += Number(os.tmpdir() !== before || process.env['TMPDIR'] !== given)), 1);
  const given = process.env['TMPDIR'];
  const both = await Promise.all(starting);
  clearInterval(watching);
  assert.equal(led, 0);
  const profiles = spawnSync('ps', ['-eo', 'ppid=,args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((one) => Number.parseInt(one, 10) === process.pid && one.includes('--user-data-dir'))
    .map((one) => /--user-data-dir=(\S+)/.exec(one)?.[1] ?? '');
  assert.equal(profiles.length, 2);
  for (const profile of profiles) assert.equal(profile.match(/plummet-\w{6}/g)?.length, 1, profile);
  await both[0]?.close();
  // The other lives on.
  await both[1]?.browser.newPage();
  await both[1]?.close();
  for (const profile of profiles) assert.equal(existsSync(profile), false);
});

test('closing leaves nothing', { timeout: 30_000 }, async () => {
  const before = process.env['TMPDIR'];
  const launched = await launchBrowser({});
  await launched.browser.newPage();
  assert.equal(process.env['TMPDIR'], before, 'the temp folder of our own process is as it was');
  const own =
    spawnSync('ps', ['-eo', 'ppid=,args='], { encoding: 'utf8' })
      .stdout.split('\n')
      .find((one) => Number.parseInt(one, 10) === process.pid && one.includes('--user-data-dir')) ?? '';
  const dir = /--user-data-dir=(\S+?plummet-\w{6})/.exec(own)?.[1] ?? '';
  assert.ok(existsSync(dir));
  await launched.close();
  await launched.close();
  assert.equal(existsSync(dir), false);
  assert.deepEqual(naming(basename(dir)), []);
});

test('release ends what runs in the folder, and only that', { skip: process.platform === 'win32' }, async () => {
  const home = await tempHome();
  writeFileSync(join(home.dir, 'file'), '');
  const inside = spawn('/bin/sh', ['-c', 'read -r line', home.dir]);
  const outside = spawn('/bin/sh', ['-c', 'read -r line', 'plummet-other1']);
  const ended = new Promise((resolve) => inside.once('exit', (_code, signal) => resolve(signal)));
  await home.release();
  assert.equal(await ended, 'SIGKILL');
  assert.equal(outside.exitCode, null);
  assert.equal(outside.signalCode, null);
  outside.kill('SIGKILL');
  assert.equal(existsSync(home.dir), false);
});

test('a folder below a closed one cannot be passed through by others', async () => {
  const home = await tempHome();
  assert.equal(await passable('/'), true);
  assert.equal(await passable(join(home.dir, 'absent')), false);
  await home.release();
});
