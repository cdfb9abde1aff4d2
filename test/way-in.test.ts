/** Doors without a sign-up: what the source or the page tells opens them, few times tried; what nobody can open here is named. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { account, code, type Door } from '../fixtures/members-only/app.ts';
import { type Members, serveMembers } from '../fixtures/members-only/server.ts';
import { logInByHand } from '../src/audit.ts';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';
import { freePort } from './servers.ts';

const reload = 'persistence/records-survive-reload';
const root = mkdtempSync(join(tmpdir(), 'way-in-'));
after(() => rmSync(root, { recursive: true, force: true }));

async function at(
  door: Door,
  check: (run: Run, app: Members) => void,
  files?: Readonly<Record<string, string>>,
): Promise<void> {
  const app = await serveMembers(door);
  try {
    const source = files && mkdtempSync(join(root, 'app-'));
    for (const [name, text] of Object.entries(files ?? {})) writeFileSync(join(source ?? '', name), text);
    const run = await audited(app.url, [reload], source === undefined ? {} : { source });
    check(run, app);
    if (source)
      assert.deepEqual(readdirSync(source).sort(), Object.keys(files ?? {}).sort(), 'the source is as it was');
  } finally {
    await app.close();
  }
}
const told = (run: Run): string => JSON.stringify([run.facts.door, run.facts.tried]);

describe('a way in that is told', { concurrency: 2 }, () => {
  it('by the README of the source: it opens, and says where it was read', () =>
    at(
      'password',
      (run, { tries }) => {
        assert.equal(run.facts.record?.kind, 'kept', told(run));
        assert.equal(run.facts.door.account, 'published');
        assert.match(run.facts.door.says, /^log-in as ada, an account told by README\.md:3$/);
        assert.equal(run.results[0]?.status, 'pass');
        assert.ok(!JSON.stringify(run).includes(account.password), 'the password is nowhere in the run');
        assert.equal(new Set(tries).size, 1, 'nothing else was tried');
      },
      { 'README.md': `# Members\n\nLogin: ${account.user} / ${account.password}\n` },
    ));

  it('by nothing: the door stays shut, and what to give is said', () =>
    at('password', (run, { tries }) => {
      assert.equal(run.facts.door.kind, 'closed', told(run));
      assert.match(run.facts.door.wants ?? '', /--login user:password.*--source/);
      assert.equal(run.facts.record, undefined);
      assert.equal(run.results[0]?.status, 'unknown');
      assert.deepEqual(tries, [], 'nothing was guessed');
    }));

  it('by seeds that are wrong: each is tried once, and the right one opens', () =>
    at(
      'password-and-google',
      (run, { tries }) => {
        assert.equal(run.facts.record?.kind, 'kept', told(run));
        assert.match(run.facts.door.says, /seed\.js:2/);
        assert.deepEqual(tries.slice(0, 2), ['bob bob-pw1', `${account.user} ${account.password}`]);
      },
      {
        'seed.js': `const users = [{ username: 'bob', password: 'bob-pw1' },\n { username: '${account.user}', password: '${account.password}' }];\n`,
      },
    ));

  it('where it speaks of a lock, nothing more is tried', () =>
    at(
      'locking',
      (run, { tries }) => {
        assert.equal(run.facts.door.kind, 'closed', told(run));
        assert.equal(tries.length, 3, String(tries));
        assert.match(told(run), /nothing more is tried, since it speaks of a lock/);
      },
      {
        'seed.js': `const users = [\n${[1, 2, 3, 4, 5].map((n) => `{ username: 'user${n}', password: 'sesame-${n}' },`).join('\n')}\n];\n`,
      },
    ));

  it('by the log of an app that we started, after what its source tells', async () => {
    const port = await freePort();
    const cwd = mkdtempSync(join(root, 'started-'));
    for (const name of ['app.ts', 'start.ts'])
      cpSync(join(import.meta.dirname, '../fixtures/members-only', name), join(cwd, name));
    writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }');
    const env = {
      PORT: String(port),
      PATH: `${join(import.meta.dirname, '../node_modules/.bin')}:${process.env['PATH']}`,
    };
    const run = await audited(`http://127.0.0.1:${port}/`, [reload], {
      permit: 'disrupts',
      start: [{ name: 'app', run: 'exec node start.ts', cwd, env }],
    });
    assert.equal(run.facts.record?.kind, 'kept', told(run));
    assert.equal(run.facts.door.says, 'log-in as ada, an account told by its log');
    assert.match(run.facts.tried.join(), /logging in as ada read in app\.ts:\d+: the answer was 401/);
  });

  it('by the page beside a lone password field: the code is entered', () =>
    at('code', (run, { tries }) => {
      assert.equal(run.facts.record?.kind, 'kept', told(run));
      assert.equal(run.facts.door.says, 'a code alone shown on the page');
      assert.equal(new Set(tries).size, 1);
      assert.equal(tries[0], code);
    }));
});

describe('a door that nobody can open here is named, with what to give', { concurrency: 2 }, () => {
  for (const [door, says] of [
    ['google', /^a log-in by Google or GitHub alone/],
    ['passkey', /^a log-in by a passkey alone/],
    ['captcha', /^a log-in behind a captcha/],
  ] as const)
    it(door, () =>
      at(door, (run) => {
        assert.equal(run.facts.door.kind, 'closed', told(run));
        assert.match(run.facts.door.says, says);
        assert.match(run.facts.door.wants ?? '', /^plummet login http:.*--storage-state/);
        assert.equal(run.results[0]?.status, 'unknown');
      }),
    );

  it('a form beside a button of Google is a door like any other', () =>
    at('password-and-google', (run) => {
      assert.equal(run.facts.door.says, 'a log-in that could not be opened', told(run));
      assert.match(run.facts.door.wants ?? '', /^--login user:password/);
    }));
});

describe('a session that a person began', () => {
  const file = join(root, 'session.json');
  const enter = async (url: string, word: string): Promise<string | undefined> => {
    let filled = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      filled = resolve;
    });
    return logInByHand({
      url,
      headed: false,
      done,
      signal: new AbortController().signal,
      // Stands in for the person.
      opened: (page) =>
        void (async () => {
          await page.getByLabel('Username').fill(account.user);
          await page.getByLabel('Password').fill(word);
          await page.getByRole('button', { name: 'Log in' }).click();
          await page.waitForURL(/\/$|enter/);
          await page.getByRole('button', { name: word === account.password ? 'Add note' : 'Log in' }).waitFor();
        })().then(filled),
    });
  };

  it('is what the browser holds, and a run comes in with it; one that is over is said to be', async () => {
    const app = await serveMembers('password');
    try {
      const state = await enter(app.url, account.password);
      assert.match(state ?? '', /"sid"/);
      writeFileSync(file, state ?? '');
      const run = await audited(app.url, [reload], { storageState: file });
      assert.equal(run.facts.record?.kind, 'kept', told(run));
      assert.equal(run.facts.door.kind, 'given');
      const sid = (JSON.parse(state ?? '') as { cookies: { value: string }[] }).cookies[0]?.value ?? '';
      assert.ok(!JSON.stringify(run).includes(sid), 'the session is nowhere in the run');
      writeFileSync(file, (state ?? '').replaceAll(sid, 'long-since-over'));
      const over = await audited(app.url, [reload], { storageState: file });
      assert.equal(over.facts.door.kind, 'closed');
      assert.match(over.facts.door.wants ?? '', /^plummet login http.* again/);
      assert.equal(over.results[0]?.status, 'unknown');
    } finally {
      await app.close();
    }
  });

  it('there is none where the log-in failed', async () => {
    const app = await serveMembers('password');
    try {
      assert.equal(await enter(app.url, 'not-it'), undefined);
    } finally {
      await app.close();
    }
  });

  it('wants a display, and says what to do without one', async (t) => {
    if (process.platform !== 'linux') return t.skip('windows need no DISPLAY there');
    const before = { ...process.env };
    delete process.env['DISPLAY'];
    delete process.env['WAYLAND_DISPLAY'];
    try {
      const never = new Promise<void>(() => undefined);
      const asked = logInByHand({
        url: 'http://127.0.0.1:9/',
        headed: true,
        done: never,
        signal: new AbortController().signal,
      });
      await assert.rejects(asked, /no display here.*--storage-state/);
    } finally {
      process.env = before;
    }
  });
});
