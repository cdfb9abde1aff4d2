import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sent } from '../../model/browser.ts';
import { enriched, extrasFor } from './extras.ts';

const mark = 'bolanefit';
const form = 'application/x-www-form-urlencoded';
const role = { role: 'admin', isAdmin: true };

test('fields stand beside the one that holds the account, however deep', () => {
  assert.deepEqual(enriched(`{"email":"${mark}@example.com"}`, 'application/json', mark, role), {
    body: `{"email":"${mark}@example.com","role":"admin","isAdmin":true}`,
    added: ['role', 'isAdmin'],
  });
  assert.equal(
    enriched(`{"user":{"name":"${mark}"},"x":[1]}`, 'application/json', mark, role)?.body,
    `{"user":{"name":"${mark}","role":"admin","isAdmin":true},"x":[1]}`,
  );
  assert.equal(
    enriched(`email=${mark}%40example.com&a=b`, form, mark, role)?.body,
    `email=${mark}%40example.com&a=b&role=admin&isAdmin=true`,
  );
  assert.equal(
    enriched(`user%5Bemail%5D=${mark}`, form, mark, { role: 'admin' })?.body,
    `user%5Bemail%5D=${mark}&user%5Brole%5D=admin`,
  );
});

test('what the form itself offers is left as it is, and a body without the account is none', () => {
  assert.deepEqual(enriched(`{"email":"${mark}","role":"member"}`, 'application/json', mark, role)?.added, ['isAdmin']);
  assert.deepEqual(enriched(`email=${mark}&role=member`, form, mark, role)?.added, ['isAdmin']);
  assert.equal(enriched('{"a":1}', 'application/json', mark, role), undefined);
  assert.equal(enriched('a=1', form, mark, role), undefined);
});

test('what the app tells of its users says how it is called, and in what way it is written', () => {
  const told = (answer: unknown): Sent =>
    ({
      kind: 'fetch',
      answerHeaders: { 'content-type': 'application/json' },
      answer: JSON.stringify(answer),
    }) as unknown as Sent;
  const extras = extrasFor(
    [
      told({
        user: {
          email: `${mark}@example.com`,
          userRole: 'USER',
          roles: ['Member'],
          premium: false,
          level: 3,
          called: 'x',
        },
      }),
      told({ role: 'MEMBER' }),
    ],
    mark,
  );
  assert.deepEqual(
    [extras['userRole'], extras['roles'], extras['premium'], extras['role']],
    ['ADMIN', ['Admin'], true, 'admin'],
  );
  assert.ok(!('level' in extras) && !('called' in extras));
});
