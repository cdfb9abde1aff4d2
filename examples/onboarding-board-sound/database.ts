import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const MIGRATIONS = join(import.meta.dirname, 'migrations');

/** Opens the file, brings its schema up to date, and throws where that cannot be done. */
export function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 1500 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    migrate(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function migrate(database: DatabaseSync): void {
  transaction(database, () => {
    database.exec(
      'CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
    );
    const applied = new Set(
      database
        .prepare('SELECT name FROM schema_migrations')
        .all()
        .map((row) => row.name),
    );
    const names = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql'));
    for (const name of names.sort()) {
      if (applied.has(name)) continue;
      database.exec(readFileSync(join(MIGRATIONS, name), 'utf8'));
      database
        .prepare('INSERT INTO schema_migrations (name, applied_at) VALUES (?, ?)')
        .run(name, new Date().toISOString());
    }
  });
}

/** All or nothing. The write lock is taken at the start, so that what is read inside cannot change before the write. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Throws unless the store can be read and would take a write now. */
export function assertHealthy(database: DatabaseSync): void {
  transaction(database, () => database.prepare('SELECT count(*) FROM schema_migrations').get());
}

export function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;
}

export const UNIQUE_VIOLATION = 2067;
