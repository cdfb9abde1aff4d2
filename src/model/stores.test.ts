import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backendsIn } from './stores.ts';

const away = (variables: Record<string, string>): string[] =>
  backendsIn(variables)
    .filter((backend) => !backend.here)
    .map((backend) => backend.host);

describe('stores that an environment names', () => {
  it('on this machine: by address, name, or without a host', () => {
    const variables = {
      DATABASE_URL: 'postgres://app:pw@127.0.0.1:5432/app',
      REDIS_URL: 'redis://localhost:6379/0',
      MONGO: 'mongodb://[::1]:27017/app',
      PGHOST: 'localhost',
    };
    assert.deepEqual(
      backendsIn(variables)
        .map((b) => b.variable)
        .sort(),
      Object.keys(variables).sort(),
    );
    assert.deepEqual(away(variables), []);
    assert.deepEqual(
      backendsIn({ DATABASE_URL: 'postgres:///app', FILE: 'sqlite:///tmp/a.db', OTHER: 'file:./dev.db' }),
      [],
    );
  });
  it('elsewhere: a name that may lead anywhere, a cluster, a hosted store', () => {
    assert.deepEqual(
      away({
        DATABASE_URL: 'postgresql://u:p@ep-cool-1.eu-central-1.aws.neon.tech/db?sslmode=require',
        MONGODB_URI: 'mongodb+srv://u:p@cluster0.abcde.mongodb.net/app',
        DB_HOST: 'db.internal',
        CACHE: 'redis://10.0.0.7:6379',
        VITE_SUPABASE_URL: 'https://abcdefgh.supabase.co',
      }),
      [
        'ep-cool-1.eu-central-1.aws.neon.tech',
        'cluster0.abcde.mongodb.net',
        'db.internal',
        '10.0.0.7',
        'abcdefgh.supabase.co',
      ],
    );
  });
  it('elsewhere: at the near end of a tunnel', () => {
    const variables = { DATABASE_URL: 'postgres://u@localhost:5433/app', REDIS_URL: 'redis://localhost' };
    assert.deepEqual(
      backendsIn(variables, ['localhost:5433']).map((b) => [b.variable, b.here]),
      [
        ['DATABASE_URL', false],
        ['REDIS_URL', true],
      ],
    );
  });
  it('and not what is no store: its own address, links, words', () => {
    assert.deepEqual(
      away({
        PUBLIC_URL: 'https://example.com',
        HOMEPAGE: 'https://example.org/a',
        NAME: 'db',
        PATH: '/bin:/usr/bin',
        HOST: '0.0.0.0',
      }),
      [],
    );
  });
});
