/** Mail of an app that we start is caught, and what it says is done: doors that wait for a letter open, and say by what. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Run } from '../src/model/run.ts';
import { audited } from './audited.ts';
import { freePort } from './servers.ts';

const root = join(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'plummet-mail-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const reload = 'persistence/records-survive-reload';
const accounts = 'persistence/accounts-survive';
/** What a letter must not loosen: B has an account by a letter of its own. */
const users = [
  'authentication/private-data-needs-a-session',
  'authentication/writes-need-a-session',
  'authorization/strangers-cannot-read-my-records',
  'authorization/lists-show-only-mine',
];

/** The app in a folder of its own, and started there. */
async function started(env: Record<string, string>, file?: string, more: readonly string[] = []): Promise<Run> {
  const port = await freePort();
  const folder = mkdtempSync(join(dir, 'app-'));
  cpSync(join(root, 'fixtures/by-mail'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  if (file !== undefined) writeFileSync(join(folder, '.env'), file);
  const PATH = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
  return audited(`http://127.0.0.1:${port}/`, [reload, accounts, ...more], {
    permit: 'disrupts',
    start: [
      {
        name: 'app',
        run: `exec node ${file === undefined ? '' : '--env-file=.env '}server.ts`,
        cwd: folder,
        env: { PORT: `${port}`, DATA: 'notes.sqlite', PATH, ...env },
      },
    ],
  });
}

const said = (run: Run): string =>
  [
    `${run.facts.door.kind}: ${run.facts.door.says}`,
    ...run.results.map((r) => `${r.claim} ${r.status}: ${r.status === 'fail' ? r.findings[0].because : r.because}`),
    ...run.facts.tried,
    ...run.notes,
  ].join('\n');
const of = (run: Run, claim: string): Run['results'][number] | undefined => run.results.find((r) => r.claim === claim);

describe('an app that mails', { concurrency: 2 }, () => {
  it('a sign-up that is confirmed by a link; the host of its own .env is not asked', async () => {
    const run = await started({ DOOR: 'link' }, 'SMTP_HOST=mail.example.com\nSMTP_PORT=587\nSMTP_SECURE=true\n');
    assert.equal(run.facts.door.says, 'sign-up, confirmed by the link that comes by mail, and log-in', said(run));
    for (const claim of [reload, accounts]) assert.equal(of(run, claim)?.status, 'pass', said(run));
    assert.ok(!/token=[\w-]{20}/.test(JSON.stringify(run)), 'no link that lets in is in the run');
  });

  it('a sign-up that is confirmed by a code', async () => {
    const run = await started({ DOOR: 'code' }, undefined, users);
    assert.equal(run.facts.door.says, 'sign-up, confirmed by the code that comes by mail, and log-in', said(run));
    for (const claim of [reload, accounts, ...users]) assert.equal(of(run, claim)?.status, 'pass', said(run));
  });

  it('an address alone, and a link that lets in: there is no account that could be lost', async () => {
    const run = await started({ DOOR: 'magic' }, undefined, users);
    assert.equal(
      run.facts.door.says,
      'an e-mail address without a password, and the link that comes by mail',
      said(run),
    );
    for (const claim of [reload, ...users]) assert.equal(of(run, claim)?.status, 'pass', said(run));
    assert.equal(of(run, accounts)?.status, 'not-applicable', said(run));
    assert.ok(!/token=[\w-]{20}/.test(JSON.stringify(run)), 'no link that lets in is in the run');
  });

  it('a link that leads to a button', async () => {
    const run = await started({ DOOR: 'magic', PRESS: 'yes' });
    assert.equal(of(run, reload)?.status, 'pass', said(run));
    assert.match(JSON.stringify(run.facts.door.logIn), /\{link\}.*log in to notes/, said(run));
  });

  for (const DOOR of ['link', 'code', 'magic'])
    it(`whose mail is never sent (${DOOR}): the door stays closed, and the run says what was waited for`, async () => {
      const run = await started({ DOOR, FAULT: 'silent' });
      assert.equal(run.facts.door.kind, 'closed', said(run));
      assert.match(run.facts.door.says, /no mail to \S+@example\.com came within 10 s/, said(run));
      assert.match(run.facts.door.wants ?? '', /--login user:password/);
      for (const claim of [reload, accounts]) assert.equal(of(run, claim)?.status, 'unknown', said(run));
    });

  it('where its user says: that is left alone, and the run says what would catch it', async () => {
    const run = await started({ DOOR: 'link', SMTP_HOST: '127.0.0.1', SMTP_PORT: `${await freePort()}` });
    assert.equal(run.facts.door.says, 'sign-up asks to confirm an e-mail address', said(run));
    assert.match(run.facts.door.wants ?? '', /so that its mail is caught/);
    for (const claim of [reload, accounts]) assert.equal(of(run, claim)?.status, 'unknown', said(run));
  });
});
