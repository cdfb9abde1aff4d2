import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AllowList,
  FOREIGN_REFUSED,
  isLoopback,
  opaqueRefusal,
  parseBackend,
  refusal,
  TAKEN,
  tunnelRefusal,
  WRITE_REFUSED,
} from './allow.ts';
import { endToEnd, kindOf } from './headers.ts';

const local: AllowList = {
  target: new URL('http://localhost:3000/'),
  backends: ['127.0.0.1:4000'],
  allowForeign: false,
};
const taken: AllowList = { ...local, taken: [3001] };
const open: AllowList = { ...local, allowForeign: true };
const remote: AllowList = { target: new URL('https://app.test/'), backends: [], allowForeign: true };

test('who may be read and written', () => {
  const cases: [AllowList, string, string, string | undefined][] = [
    [local, 'POST', 'http://localhost:3000/x', undefined],
    [local, 'POST', 'http://127.0.0.1:3000/x', undefined],
    [local, 'POST', 'http://[::1]:3000/x', undefined],
    [local, 'DELETE', 'http://localhost:4000/x', undefined],
    [local, 'GET', 'http://localhost:5000/x', undefined],
    [local, 'OPTIONS', 'http://localhost:5000/x', undefined],
    [local, 'POST', 'http://localhost:5000/x', WRITE_REFUSED],
    [local, 'GET', 'http://example.test/x', FOREIGN_REFUSED],
    [local, 'GET', 'http://localhost.example.test:3000/x', FOREIGN_REFUSED],
    [local, 'GET', 'http://127.0.0.1.example.test:3000/x', FOREIGN_REFUSED],
    [open, 'GET', 'http://example.test/x', undefined],
    [open, 'POST', 'http://example.test/x', WRITE_REFUSED],
    [remote, 'GET', 'http://localhost:5432/', FOREIGN_REFUSED],
    [remote, 'GET', 'http://app.test:8080/', undefined],
    [remote, 'POST', 'http://app.test/', WRITE_REFUSED],
    [taken, 'GET', 'http://localhost:3001/x', TAKEN],
    [taken, 'POST', 'http://127.0.0.1:3000/x', undefined],
  ];
  for (const [list, method, url, expected] of cases)
    assert.equal(refusal(list, new URL(url), method, false), expected, `${method} ${url}`);
  assert.equal(refusal(local, new URL('http://localhost:5000/ws'), 'GET', true), WRITE_REFUSED);
  assert.equal(refusal(open, new URL('http://example.test/ws'), 'GET', true), WRITE_REFUSED);
});

test('what cannot be read passes to its own servers, and to 443 outside where that is allowed', () => {
  assert.equal(opaqueRefusal(local, 'localhost', 3000), undefined);
  assert.equal(opaqueRefusal(local, 'localhost', 5000), WRITE_REFUSED);
  assert.equal(tunnelRefusal(local, 'example.test', 443), FOREIGN_REFUSED);
  assert.equal(tunnelRefusal(open, 'example.test', 443), undefined);
  assert.equal(tunnelRefusal(open, 'example.test', 25), FOREIGN_REFUSED);
  assert.equal(tunnelRefusal(remote, '127.0.0.1', 443), FOREIGN_REFUSED);
});

test('names of this machine, and backends', () => {
  for (const name of ['localhost', 'LOCALHOST.', 'a.localhost', '127.9.9.9', '[::1]', '0.0.0.0', '[::ffff:7f00:1]'])
    assert.ok(isLoopback(name), name);
  for (const name of ['example.test', '10.0.0.1', '128.0.0.1', 'notlocalhost']) assert.ok(!isLoopback(name), name);
  assert.deepEqual(parseBackend('[::1]:80'), { host: '[::1]', port: 80 });
  assert.deepEqual(parseBackend('https://api.test'), { host: 'api.test', port: 443 });
  assert.throws(() => parseBackend('a b:1'), /not a host:port: a b:1/);
});

test('headers of the connection are dropped, the others keep order, case and repetition', () => {
  const raw = [
    'Host',
    'a',
    'Proxy-Connection',
    'keep-alive',
    'X-One',
    '1',
    'connection',
    'close, x-hop',
    'X-Hop',
    'h',
    'Set-Cookie',
    'a=1',
    'Set-Cookie',
    'b=2',
  ];
  assert.deepEqual(endToEnd(raw), ['Host', 'a', 'X-One', '1', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']);
});

test('what a request is for', () => {
  const url = new URL('http://a.test/x');
  assert.equal(kindOf(url, { 'sec-fetch-dest': 'iframe' }), 'document');
  assert.equal(kindOf(url, { 'sec-fetch-dest': 'empty' }), 'fetch');
  assert.equal(kindOf(url, { 'sec-fetch-dest': 'empty', accept: 'text/html' }), 'fetch');
  const navigation = { accept: 'text/html,application/xhtml+xml', 'upgrade-insecure-requests': '1' };
  assert.equal(kindOf(url, { 'sec-fetch-dest': 'empty', ...navigation }), 'document');
  assert.equal(kindOf(url, { upgrade: 'websocket' }), 'socket');
  assert.equal(kindOf(url, { accept: 'text/html,*/*' }), 'document');
  assert.equal(kindOf(new URL('http://a.test/x.mjs?1'), { accept: '*/*' }), 'script');
  assert.equal(kindOf(url, { accept: '*/*', origin: 'http://a.test' }), 'fetch');
  assert.equal(kindOf(url, { accept: 'application/json' }), 'fetch');
});
