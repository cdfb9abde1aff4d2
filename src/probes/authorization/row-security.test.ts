import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../../model/facts.ts';
import { rowSecurity } from './row-security.ts';

const table = { table: 'notes', column: 'title', own: true, nobody: false, b: false, evidence: ['e2'] };
const tried = {
  requests: 9,
  service: 'Supabase',
  host: '127.0.0.1:54321',
  tables: [table],
  public: false,
  shared: false,
  note: 'e1',
  reproduce: '',
};
const verdict = (o: object, more: object = { record: {} }): string => {
  const facts = { kind: 'pages', door: {}, ...more } as Facts;
  const { status, because, ...rest } = rowSecurity.claims[0].judge({ ...tried, ...o }, facts, {});
  return `${status}${'cause' in rest ? ` (${rest.cause})` : ''}: ${because}`;
};

test("A's row in the hands of nobody, or of B who is not shown it, accuses", () => {
  assert.match(
    verdict({ tables: [{ ...table, nobody: true, b: true }] }),
    /^fail: the table notes gives A's row to the public key alone/,
  );
  assert.match(verdict({ tables: [{ ...table, b: true }] }), /^fail: .* to B, whose own pages do not show it/);
  assert.match(verdict({ tables: [{ ...table, b: true }], shared: true }), /^pass/);
  assert.match(verdict({ tables: [{ ...table, nobody: true }], public: true }), /^not-applicable: .*public/);
});

test('it takes a table that gives A its own row', () => {
  assert.match(
    verdict({}),
    /^pass: notes of 127\.0\.0\.1:54321 gave A's rows to A, and not to the public key alone or to B/,
  );
  assert.match(verdict({ tables: [{ ...table, own: false }] }), /^unknown \(control-failed\)/);
  assert.match(verdict({ tables: [] }), /^unknown \(control-failed\)/);
});

test('without a hosted backend it does not apply, and one that was kept back or is another is not told', () => {
  assert.match(verdict({ service: undefined }), /^not-applicable: of 9 requests/);
  assert.match(verdict({ service: undefined, requests: 0 }), /^unknown/);
  assert.match(verdict({ service: 'Firebase' }), /^unknown \(no-way-found\): .*Firebase/);
  assert.match(
    verdict({ service: undefined }, { hosted: { name: 'Supabase', host: 'x.supabase.co' }, evidence: [] }),
    /^unknown \(permission\)/,
  );
});
