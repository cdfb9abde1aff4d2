import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sent } from '../../model/browser.ts';
import { adminAddresses, isDeed, searched } from './admin-addresses.ts';

const sent = (url: string, answer: string, more: Partial<Sent> = {}): Sent => ({
  method: 'GET',
  url: `http://a.test${url}`,
  kind: 'script',
  status: 200,
  headers: {},
  answerHeaders: { 'content-type': 'text/javascript' },
  body: '',
  answer,
  at: 0,
  bytes: 0,
  ...more,
});
const at = (answer: string, ...others: Sent[]): string[] =>
  adminAddresses([sent('/app.js', answer), ...others], 'http://a.test/');

test('addresses that scripts, pages and requests name are found, up to where only the script knows on', () => {
  assert.deepEqual(at('if (u.role === "admin") go("/admin"); api("GET", "/api/admin/users")'), [
    'http://a.test/api/admin/users',
    'http://a.test/admin',
  ]);
  assert.deepEqual(at('get(`/api/admin/users/${id}`), get("/staff/:id/edit")'), [
    'http://a.test/api/admin/users',
    'http://a.test/staff',
  ]);
  assert.deepEqual(at('', sent('/', '<a href="/backoffice?tab=1">x</a>', { kind: 'document' })), [
    'http://a.test/backoffice',
  ]);
  assert.deepEqual(at('', sent('/api/admin/stats?x=1', '{}', { kind: 'fetch', answerHeaders: {} })), [
    'http://a.test/api/admin/stats?x=1',
  ]);
});

test('what a client puts before them is learned from what was asked', () => {
  const asked = sent('/api/v1/me', '{}', { kind: 'fetch', answerHeaders: {} });
  assert.deepEqual(at('client.get("/admin/users")', asked), [
    'http://a.test/api/v1/admin/users',
    'http://a.test/admin/users',
  ]);
});

test('roles, files, other words and other hosts are none', () => {
  assert.deepEqual(
    at(
      '"admin"; "/assets/admin.js"; "/badminton"; "/administer"; "http://b.test/admin"; "@mui/admin"; "./admin/x"; "//b.test/admin"',
    ),
    [],
  );
  assert.equal(searched([sent('/app.js', ''), sent('/app.js', ''), sent('/', '', { kind: 'document' })]), 2);
});

test('what does something when it is opened is never named', () => {
  for (const path of [
    '/admin/users/5/delete',
    '/admin/logout',
    '/admin/user_log_out',
    '/staff/sign-out',
    '/admin/impersonate/7',
    '/admin/login-as/7',
    '/api/admin/reset-db',
    '/admin/cache/clear',
    '/api/admin/deleteUser',
    '/admin/users?action=ban&id=5',
  ])
    assert.ok(isDeed(`http://a.test${path}`), path);
  for (const path of ['/admin/running', '/admin/benefits', '/admin/refunds', '/admin/users', '/admin/logs/output'])
    assert.ok(!isDeed(`http://a.test${path}`), path);
  assert.deepEqual(
    at(
      'get("/api/admin/seed"), get("/api/admin/users")',
      sent('/', '<a href="/admin/logout">x</a>', { kind: 'document' }),
    ),
    ['http://a.test/api/admin/users'],
  );
});
