import { createClient } from '@redis/client';
import { at, type Dialect, nameIn, rowsAtMost } from './dialect.ts';

/** Redis and Valkey: another of the server's numbered databases, an empty one (COPY … DB, since Redis 6.2). */
export const redis: Dialect = {
  free: (address) =>
    on(address, async (ask) => {
      const [, count = '16'] = (await ask('CONFIG', 'GET', 'databases').catch(() => [])) as string[];
      // One that is empty may be in use all the same: somebody is connected to it.
      const used = new Set([
        '0',
        nameIn(address),
        ...(String(await ask('INFO', 'keyspace')).match(/(?<=db)\d+(?=:)/g) ?? []),
        ...(String(await ask('CLIENT', 'LIST').catch(() => '')).match(/(?<=\bdb=)\d+/g) ?? []),
      ]);
      const [name, saved] = Array.from({ length: Number(count) }, (_, n) => String(Number(count) - 1 - n)).filter(
        (n) => !used.has(n),
      );
      if (name === undefined || saved === undefined) throw new Error('none of its other databases are free');
      // Neither is free for anybody else from now on.
      for (const n of [name, saved]) await on(at(address, n), (other) => other('SET', sign, 'plummet'));
      return [name, saved];
    }),
  size: (address) =>
    on(address, async (ask) => {
      const keys = Number(await ask('DBSIZE'));
      // One command copies all, and the server does nothing else meanwhile.
      return keys > 200_000 ? Number.POSITIVE_INFINITY : keys;
    }),
  async copy(address, from, to) {
    await on(at(address, to), (ask) => ask('FLUSHDB'));
    await on(at(address, from), (ask) => ask('EVAL', copyAll, '0', to));
    await on(at(address, to), async (ask) => {
      if (!(await ask('DBSIZE'))) await ask('SET', sign, 'plummet');
    });
  },
  drop: async (address, name) => void (await on(at(address, name), (ask) => ask('FLUSHDB'))),
  rows: (address) =>
    on(address, async (ask) => {
      const found: { table: string; text: string }[] = [];
      let cursor = '0';
      do {
        const [next, keys] = (await ask('SCAN', cursor, 'COUNT', '1000')) as [string, string[]];
        for (const key of keys) {
          const read = reads[String(await ask('TYPE', key))];
          const value = read && (await ask(...read(key)).catch(() => undefined));
          found.push({ table: key.replace(/[:/].*/s, ''), text: `${key} ${JSON.stringify(value ?? '')}` });
        }
        cursor = next;
        if (found.length > rowsAtMost) throw new Error('it has more keys than are looked through');
      } while (cursor !== '0');
      return found.filter(({ table }) => table !== sign);
    }),
};

/** A key in what would be empty, so that nobody else takes it; among an app's own keys it has no business. */
const sign = 'plummet-copy';
const copyAll = `local at = '0'
repeat
  local page = redis.call('SCAN', at, 'COUNT', 1000)
  at = page[1]
  for _, key in ipairs(page[2]) do redis.call('COPY', key, key, 'DB', ARGV[1]) end
until at == '0'`;

/** How a value of each type is read. */
const reads: Readonly<Record<string, (key: string) => string[]>> = {
  string: (key) => ['GET', key],
  hash: (key) => ['HGETALL', key],
  list: (key) => ['LRANGE', key, '0', '999'],
  set: (key) => ['SMEMBERS', key],
  zset: (key) => ['ZRANGE', key, '0', '999'],
  stream: (key) => ['XREVRANGE', key, '+', '-', 'COUNT', '999'],
  'ReJSON-RL': (key) => ['JSON.GET', key],
};

async function on<T>(address: string, use: (ask: (...words: string[]) => Promise<unknown>) => Promise<T>): Promise<T> {
  const client = createClient({ url: address, RESP: 2, socket: { connectTimeout: 5000, reconnectStrategy: false } });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use((...words) => client.sendCommand(words));
  } finally {
    client.destroy();
  }
}
