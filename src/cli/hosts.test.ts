import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachOf } from '../lib/reach.ts';
import { refusePublic } from './hosts.ts';

test('which addresses are near', () => {
  for (const near of ['127.0.0.1', '127.9.9.9', '::1', '0.0.0.0', '::ffff:127.0.0.1'])
    assert.equal(reachOf(near), 'loopback', near);
  for (const near of [
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.1.1',
    'fd00::1',
    '::ffff:10.0.0.1',
    'fe80::1%eth0',
  ])
    assert.equal(reachOf(near), 'private', near);
  for (const far of ['8.8.8.8', '172.32.0.1', '172.15.0.1', '11.0.0.1', '100.64.0.1', '2001:4860::1', '::ffff:8.8.8.8'])
    assert.equal(reachOf(far), 'public', far);
});

test('a name is as far as its farthest address; localhost asks no name server', async () => {
  const never = (): Promise<string[]> => assert.fail('asked');
  assert.equal(await refusePublic('http://localhost:1', never), 'loopback');
  assert.equal(await refusePublic('http://app.localhost', never), 'loopback');
  assert.equal(await refusePublic('http://[::1]:3000', never), 'loopback');
  assert.equal(await refusePublic('http://0x7f.1/', never), 'loopback');
  assert.equal(await refusePublic('http://nas.test', async () => ['192.168.1.2']), 'private');
  await assert.rejects(
    refusePublic('http://both.test', async () => ['127.0.0.1', '8.8.8.8']),
    /both\.test \(127\.0\.0\.1 and 8\.8\.8\.8\) is on the public network/,
  );
  await assert.rejects(
    refusePublic('http://gone.test', async () => {
      throw new Error('ENOTFOUND');
    }),
    /No address is known for gone\.test/,
  );
});
