import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../../model/facts.ts';
import { roles } from './roles.ts';

const read = (url: string, o: object = {}) => ({
  url: `http://a.test${url}`,
  status: 200,
  told: false,
  shown: false,
  adminTold: false,
  refused: false,
  evidence: 'e2',
  ...o,
});
const tried = {
  searched: 3,
  addresses: ['http://a.test/api/admin/users'],
  admin: 'none',
  ordinary: 'in',
  ended: false,
  victims: 2,
  asked: [read('/api/admin/users', { status: 403, refused: true })],
  note: 'e1',
  reproduce: '',
};
const verdict = (o: object, door: object = { kind: 'password', account: 'signed-up' }): string => {
  const facts = { kind: 'pages', door } as Facts;
  const { status, because, ...rest } = roles.claims[0].judge({ ...tried, ...o }, facts, {});
  return `${status}${'cause' in rest ? ` (${rest.cause})` : ''}: ${because}`;
};

test('what B is told of others and its own pages do not show is a leak', () => {
  assert.match(
    verdict({ asked: [read('/api/admin/users', { told: true })] }),
    /^fail: \/api\/admin\/users gave B, an ordinary account, the address of another/,
  );
  assert.match(
    verdict({ asked: [read('/admin'), read('/api/admin/users', { status: 403, refused: true })] }),
    /^pass: 2 addresses .*\/api\/admin\/users \(403\) refused/,
    'a frame that is drawn has leaked nothing',
  );
});

test('an administrator shows what there is to be refused', () => {
  assert.match(
    verdict({ admin: 'in', asked: [read('/users', { status: 200, adminTold: true })] }),
    /^pass: of what the administrator is told of others, B is told nothing: \/users/,
  );
  assert.match(verdict({ admin: 'out' }), /^unknown \(control-failed\): the administrator/);
});

test('what pages show that every account is led to is no leak, and no refusal', () => {
  const staff = read('/staff', { shown: true });
  assert.match(verdict({ victims: 0, asked: [staff] }), /^unknown \(unclear\): .*every account is led to/);
  assert.match(verdict({ asked: [staff] }), /^unknown \(needs-more\)/);
  assert.match(
    verdict({ admin: 'in', asked: [{ ...staff, adminTold: true }, read('/admin', { status: 404 })] }),
    /^unknown/,
    'what the administrator is told and B as well is no pass',
  );
});

test('a refusal of who is logged out by then shows nothing', () => {
  assert.match(verdict({ ended: true }), /^unknown \(control-failed\): when all had been read B/);
});

test('without a refusal and an administrator it is not told', () => {
  assert.match(verdict({ asked: [read('/admin', { status: 404 })] }), /^unknown \(needs-more\): .*\/admin: 404/);
  assert.match(verdict({ victims: 0 }), /^unknown \(control-failed\)/);
  assert.match(verdict({ ordinary: 'none' }, { kind: 'password', account: 'given' }), /^unknown \(needs-more\)/);
});

test('where nothing is for administrators, or there is nobody else, it does not apply', () => {
  assert.match(verdict({ addresses: [], asked: [] }), /^not-applicable: 3 pages and scripts were searched/);
  assert.match(verdict({ addresses: [], asked: [], searched: 0 }), /^unknown \(could-not-look\)/);
  assert.match(verdict({ ordinary: 'none' }, { kind: 'password', account: 'shown' }), /^not-applicable: one account/);
});
