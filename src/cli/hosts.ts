import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { list } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('0.0.0.0', 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addAddress('::', 'ipv6');

const local = new BlockList();
local.addSubnet('10.0.0.0', 8, 'ipv4');
local.addSubnet('172.16.0.0', 12, 'ipv4');
local.addSubnet('192.168.0.0', 16, 'ipv4');
local.addSubnet('169.254.0.0', 16, 'ipv4');
local.addSubnet('fc00::', 7, 'ipv6');
local.addSubnet('fe80::', 10, 'ipv6');

export type Reach = 'loopback' | 'private' | 'public';
export type Resolve = (host: string) => Promise<readonly string[]>;

/** How far an address reaches; an IPv4 address inside an IPv6 one is taken for what it is. */
export function reachOf(address: string): Reach {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const bare = mapped ?? address.replace(/%.*$/, '');
  const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4';
  if (loopback.check(bare, family)) return 'loopback';
  return local.check(bare, family) ? 'private' : 'public';
}

const system: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/** The farthest that any address of the host reaches. A name that nothing answers to is a Failure. */
export async function reachOfHost(
  host: string,
  resolve: Resolve = system,
): Promise<{ reach: Reach; addresses: readonly string[] }> {
  const name = host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  // RFC 6761: these are this machine, whatever a name server says.
  if (name === 'localhost' || name.endsWith('.localhost')) return { reach: 'loopback', addresses: [] };
  const addresses = isIP(name) ? [name] : await resolve(name).catch(() => [] as string[]);
  if (addresses.length === 0)
    throw new Failure(
      'E_HOST',
      `No address is known for ${name}. Is the name right, and is the app's machine reachable from here?`,
    );
  const reaches = addresses.map(reachOf);
  return {
    reach: reaches.includes('public') ? 'public' : reaches.includes('private') ? 'private' : 'loopback',
    addresses,
  };
}

/** An audit writes, and tells lies to the app's pages: only what runs here or on a private network is audited. Gives how far the target reaches. */
export async function refusePublic(url: string, resolve?: Resolve): Promise<Reach> {
  const host = new URL(url).hostname;
  const { reach, addresses } = await reachOfHost(host, resolve);
  if (reach !== 'public') return reach;
  const at = addresses.length && addresses[0] !== host ? ` (${list(addresses.slice(0, 3))})` : '';
  throw new Failure(
    'E_PUBLIC',
    `${host}${at} is on the public network. An audit writes records, makes accounts and disturbs what it finds, so only apps on this machine or a private network are audited. Run the app here and give that address.`,
  );
}
