import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Reach, reachOf } from '../lib/reach.ts';
import { list } from '../lib/text.ts';
import { Failure } from '../model/failure.ts';

export type Resolve = (host: string) => Promise<readonly string[]>;

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
