import type { DatabaseKind } from '../../model/databases.ts';
import type { Dialect } from './dialect.ts';

/** Loaded when one is needed: most apps need none. */
export const dialects: Record<DatabaseKind, () => Promise<Dialect>> = {
  postgres: async () => (await import('./postgres.ts')).postgres,
  mysql: async () => (await import('./mysql.ts')).mysql,
  redis: async () => (await import('./redis.ts')).redis,
};
