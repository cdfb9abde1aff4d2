import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../../model/facts.ts';
import { forgedRequests } from './forged-requests.ts';

const way = (said: string, o: { came?: boolean; cookie?: boolean; written?: boolean } = {}) => ({
  way: said,
  came: true,
  cookie: false,
  written: false,
  ...o,
});
const tried = {
  kept: true,
  sent: true,
  where: 'http://127.0.0.1:3000/notes',
  write: 'POST http://127.0.0.1:3000/notes',
  cookies: ['sid (SameSite=Lax)'],
  open: false,
  control: true,
  ways: [way('a form (x)'), way('fetch with credentials (x)')],
  evidence: ['e1', 'e2'],
  reproduce: '',
};
const verdict = (o: object): string => {
  const { status, because, ...rest } = forgedRequests.claims[0].judge({ ...tried, ...o }, {} as Facts, {});
  return `${status}${'cause' in rest ? ` (${rest.cause})` : ''}: ${because}`;
};

test('what is not written is refused, and it is said how it was tried', () => {
  assert.match(verdict({}), /^pass: .*SameSite=Lax.*a form \(x\) came without the cookie.*an aged cookie/);
});

test('only a mark that A reads back accuses, and only where the write is refused without a cookie', () => {
  const written = [way('a form (x)', { cookie: true, written: true })];
  assert.match(
    verdict({ ways: written, cookies: ['sid (without SameSite)'] }),
    /^fail: .*in A's name: a form \(x\), with A's cookie \(sid \(without SameSite\).*first two minutes/,
  );
  assert.match(verdict({ ways: written, open: true }), /^not-applicable: .*taken without any cookie/);
  assert.match(verdict({ ways: [way('a form (x)', { written: true })] }), /^unknown \(unclear\)/);
  assert.match(
    verdict({ ways: [way('a form (x)', { came: false, written: true, cookie: true })] }),
    /^unknown/,
    'a browser that took it for the same site shows nothing',
  );
});

test('where it was not tried nothing is said of it', () => {
  assert.match(verdict({ control: false }), /^unknown \(control-failed\)/);
  assert.match(verdict({ ways: [] }), /^unknown \(could-not-look\)/);
  assert.match(verdict({ ways: [way('a form (x)', { came: false })] }), /^unknown \(could-not-look\): no form/);
  assert.match(verdict({ untried: 'it is a socket' }), /^unknown \(control-failed\): it is a socket/);
  assert.match(verdict({ idle: 'no cookie' }), /^not-applicable: no cookie/);
  assert.match(verdict({ kept: false }), /^unknown \(root-cause\)/);
});
