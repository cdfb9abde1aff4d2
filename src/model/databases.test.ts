import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { databasesIn } from './databases.ts';

const found = (variables: Record<string, string>): unknown[] =>
  databasesIn(variables).map(({ address, variable, renamed }) => [variable, address, renamed('other')]);

describe('databases that variables name', () => {
  for (const [says, variables, is] of [
    [
      'an address with its parameters',
      { DATABASE_URL: 'postgresql://u:p%40w@localhost/app?schema=public' },
      [
        [
          'DATABASE_URL',
          'postgres://u:p%40w@127.0.0.1:5432/app?schema=public',
          { DATABASE_URL: 'postgresql://u:p%40w@localhost/other?schema=public' },
        ],
      ],
    ],
    [
      'the driver of a Python library',
      { SQLALCHEMY_DATABASE_URI: 'mysql+pymysql://u:p@127.0.0.1:3307/app' },
      [
        [
          'SQLALCHEMY_DATABASE_URI',
          'mysql://u:p@127.0.0.1:3307/app',
          { SQLALCHEMY_DATABASE_URI: 'mysql+pymysql://u:p@127.0.0.1:3307/other' },
        ],
      ],
    ],
    [
      'the form that Java has, with its user beside it',
      {
        SPRING_DATASOURCE_URL: 'jdbc:mariadb://localhost/app',
        SPRING_DATASOURCE_USERNAME: 'u',
        SPRING_DATASOURCE_PASSWORD: 'p',
      },
      [
        [
          'SPRING_DATASOURCE_URL',
          'mysql://u:p@127.0.0.1:3306/app',
          { SPRING_DATASOURCE_URL: 'jdbc:mariadb://localhost/other' },
        ],
      ],
    ],
    [
      'Redis without a number',
      { REDIS_URL: 'redis://localhost:6380' },
      [['REDIS_URL', 'redis://127.0.0.1:6380/0', { REDIS_URL: 'redis://localhost:6380/other' }]],
    ],
    [
      'a family of variables',
      { DB_CONNECTION: 'mysql', DB_HOST: '127.0.0.1', DB_DATABASE: 'app', DB_USERNAME: 'u', DB_PASSWORD: 'p w' },
      [['DB_HOST', 'mysql://u:p%20w@127.0.0.1:3306/app', { DB_DATABASE: 'other' }]],
    ],
    [
      'the family of PostgreSQL',
      { PGHOST: 'localhost', PGDATABASE: 'app', PGUSER: 'u' },
      [['PGHOST', 'postgres://u@127.0.0.1:5432/app', { PGDATABASE: 'other' }]],
    ],
    [
      'not one elsewhere',
      { DATABASE_URL: 'postgres://u:p@db.internal/app', REDIS_HOST: '10.0.0.1', REDIS_DB: '1' },
      [],
    ],
    [
      'not one that no variable can name otherwise',
      { REDIS_HOST: 'localhost', DB_HOST: 'localhost', DB_NAME: 'a' },
      [],
    ],
  ] as [string, Record<string, string>, unknown[]][])
    it(says, () => assert.deepEqual(found(variables), is));
});
