import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spotOf } from './spot.ts';

const app = 'http://localhost:4100/';
const rows: readonly (readonly [string, ReturnType<typeof spotOf>])[] = [
  ['http://localhost:4100/', { kind: 'app', path: '/' }],
  ['http://localhost:4100/board', { kind: 'app', path: '/board' }],
  ['http://localhost:4100/board, the form "New customer"', { kind: 'app', path: '/board' }],
  ['http://localhost:4100/a/1042/b?tab=1#top', { kind: 'app', path: '/a/:id/b' }],
  ['http://localhost:4100/a/0b8f8a3e-3f2c-4d1e-9a51-2f6d0c7c1d11', { kind: 'app', path: '/a/:id' }],
  ['GET http://127.0.0.1:9/api/x', { kind: 'app', path: '/api/x' }],
  ['POST /api/x', { kind: 'app', path: '/api/x' }],
  ['//evil.example/x', { kind: 'app', path: '/x' }],
  ['localhost:4100', { kind: 'app', path: '/' }],
  ['the disk', { kind: 'app', path: '/' }],
  ['', { kind: 'app', path: '/' }],
  ['javascript:alert(1)', { kind: 'app', path: '/' }],
  ['src/db.js:12', { kind: 'file', path: 'src/db.js', line: 12 }],
  ['./Dockerfile:3', { kind: 'file', path: 'Dockerfile', line: 3 }],
  ['../../etc/passwd.txt:1', { kind: 'app', path: '/' }],
];
for (const [where, spot] of rows)
  test(`"${where}" is at ${spot.path}`, () => assert.deepEqual(spotOf(where, app), spot));
