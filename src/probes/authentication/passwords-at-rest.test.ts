import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Facts } from '../../model/facts.ts';
import { formsOf, isAside, isBase, judgeKept, type Observed } from './passwords-at-rest.ts';

const facts = {
  kind: 'pages',
  evidence: ['e1'],
  door: { kind: 'password', says: '', evidence: ['e1'], logIn: { id: 'log-in', steps: [], given: true } },
} as unknown as Facts;
const base: Observed = { own: true, kept: ['data/app.db'], found: [], unread: [], evidence: 'e7' };
const why = (more: Partial<Observed>): string => {
  const v = judgeKept({ ...base, ...more }, facts);
  return `${v.status}: ${v.status === 'fail' ? v.findings[0].because : v.because}`;
};

describe('passwords at rest', () => {
  it('pass where the account was seen and no form of its password', () => {
    assert.match(why({}), /^pass: data\/app\.db holds the address of the account, and neither/);
  });
  it('fail in any form, wherever it stands', () => {
    assert.match(
      why({ found: [{ path: 'data/app.db', as: 'as a bare sha1 of it' }] }),
      /^fail: .* is kept as a bare sha1 of it: in data\/app\.db/,
    );
    assert.match(
      why({ kept: [], found: [{ path: 'what it prints', as: 'as it was typed' }] }),
      /^fail: .* as it was typed: in what it prints/,
    );
  });
  it('are not told where the store is not seen, nor by a password that others chose', () => {
    assert.match(why({ kept: [] }), /^unknown: where the app keeps its accounts was not seen/);
    assert.match(why({ unread: ['DATABASE_URL'] }), /^unknown: it cannot be seen what the app keeps at DATABASE_URL/);
    assert.match(
      why({ own: false, found: [{ path: 'seed.js', as: 'as it was typed' }] }),
      /^unknown: the password that was given stands/,
    );
    assert.match(why({ evidence: undefined }), /^unknown: no account of our own/);
  });
  it('are in no picture and no cache where the account stands in a database', () => {
    assert.ok(isBase('/app/data/app.sqlite-wal', []) && isBase('127.0.0.1:5432, users', ['127.0.0.1:5432']));
    assert.ok(!isBase('/app/data/users.json', ['127.0.0.1:5432']));
    for (const path of ['/app/uploads/7.png', '/app/.next/cache/webpack/0.pack.gz', '/app/node_modules/.cache/x/0'])
      assert.ok(isAside(path), path);
    for (const path of [
      '/app/data/app.db',
      '/app/data/users.bin',
      '/app/backup.zip',
      '/app/app.log.1.gz',
      '/app/dump.sql.gz',
      'DATABASE_URL',
    ])
      assert.ok(!isAside(path), path);
  });
  it('have the forms that anybody can try', async () => {
    const forms = await formsOf('Pl7!plumbobvane');
    assert.equal(forms.get('UGw3IXBsdW1ib2J2YW5l'), 'in base64');
    assert.deepEqual(
      [...new Set(forms.values())],
      ['as it was typed', 'in base64', 'as a bare md5 of it', 'as a bare sha1 of it', 'as a bare sha256 of it'],
    );
  });
});
