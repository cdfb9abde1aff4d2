import { createHash, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { sqliteCode, UNIQUE_VIOLATION } from './database.ts';
import { HttpError, invalid } from './http.ts';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const SESSION_SECONDS = 14 * 24 * 60 * 60;
const WINDOW = 15 * 60 * 1000;
const TRIES_FROM_ONE_PLACE = 10;
const TRIES_FROM_ANYWHERE = 100;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface Session {
  readonly user: User;
  readonly hash: string;
}

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString('hex')}:${(await derive(password.normalize('NFC'), salt, 32)).toString('hex')}`;
}

async function verify(password: string, stored: string): Promise<boolean> {
  const [, salt = '', key = ''] = stored.split(':');
  const derived = await derive(password.normalize('NFC'), Buffer.from(salt, 'hex'), 32);
  return timingSafeEqual(derived, Buffer.from(key, 'hex'));
}

// Spent on unknown addresses, so that they take as long as known ones.
const NOBODY = `scrypt:${'00'.repeat(16)}:${'00'.repeat(32)}`;

export class Accounts {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async signUp(input: Record<string, unknown>): Promise<User> {
    const { name, email, password } = input;
    const errors: Record<string, string> = {};
    if (typeof name !== 'string' || !name.trim()) errors.name = 'Enter your name.';
    else if (name.length > 100 || !isText(name)) errors.name = 'Use a name of at most 100 characters.';
    if (
      typeof email !== 'string' ||
      email.length > 254 ||
      !isText(email) ||
      !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim())
    )
      errors.email = 'Enter an email address, like name@company.com.';
    if (typeof password !== 'string' || password.length < 10) errors.password = 'Use at least 10 characters.';
    else if (password.length > 200) errors.password = 'Use at most 200 characters.';
    if (Object.keys(errors).length) throw invalid(errors);

    const user = { id: randomUUID(), name: (name as string).trim(), email: (email as string).trim().toLowerCase() };
    const hash = await hashPassword(password as string);
    try {
      this.#database
        .prepare('INSERT INTO accounts (id, email, name, password_hash, created_at) VALUES (?, ?, ?, ?, ?)')
        .run(user.id, user.email, user.name, hash, new Date().toISOString());
    } catch (error) {
      if (sqliteCode(error) === UNIQUE_VIOLATION)
        throw invalid({ email: 'There is an account with this address already. Log in instead.' });
      throw error;
    }
    return user;
  }

  async logIn(input: Record<string, unknown>, address: string): Promise<User> {
    const { email, password } = input;
    const errors: Record<string, string> = {};
    if (typeof email !== 'string' || !email.trim()) errors.email = 'Enter your email address.';
    if (typeof password !== 'string' || !password) errors.password = 'Enter your password.';
    if (Object.keys(errors).length) throw invalid(errors);

    const name = (email as string).trim().toLowerCase().slice(0, 254);
    const here = `${name} from ${address}`;
    // Counted before the password is looked at: tries in parallel meet the limit too.
    if (this.#tries(here) > TRIES_FROM_ONE_PLACE || this.#tries(name) > TRIES_FROM_ANYWHERE) {
      throw new HttpError(
        429,
        { error: 'Too many tries. Wait a quarter of an hour, then try again.' },
        { 'retry-after': String(WINDOW / 1000) },
      );
    }
    const row = this.#database.prepare('SELECT id, name, email, password_hash FROM accounts WHERE email = ?').get(name);
    const right = await verify((password as string).slice(0, 1000), row ? String(row.password_hash) : NOBODY);
    if (!row || !right) throw new HttpError(401, { error: 'This address and this password do not go together.' });
    this.#database.prepare('DELETE FROM login_attempts WHERE subject IN (?, ?)').run(here, name);
    return { id: String(row.id), name: String(row.name), email: String(row.email) };
  }

  #tries(subject: string): number {
    const now = Date.now();
    this.#database.prepare('DELETE FROM login_attempts WHERE at < ?').run(now - WINDOW);
    this.#database.prepare('INSERT INTO login_attempts (subject, at) VALUES (?, ?)').run(subject, now);
    return Number(this.#database.prepare('SELECT count(*) AS n FROM login_attempts WHERE subject = ?').get(subject)?.n);
  }

  /** A new session, as the value and the lifetime of its cookie. Only a hash of the token is kept. */
  open(user: User): { token: string; seconds: number } {
    const token = randomBytes(32).toString('base64url');
    this.#database.prepare('DELETE FROM sessions WHERE expires_at < ?').run(Date.now());
    this.#database
      .prepare('INSERT INTO sessions (token_hash, account_id, expires_at) VALUES (?, ?, ?)')
      .run(hashToken(token), user.id, Date.now() + SESSION_SECONDS * 1000);
    return { token, seconds: SESSION_SECONDS };
  }

  find(token: string | undefined): Session | undefined {
    return token ? this.findByHash(hashToken(token)) : undefined;
  }

  findByHash(hash: string): Session | undefined {
    const row = this.#database
      .prepare(
        'SELECT a.id, a.name, a.email FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = ? AND s.expires_at > ?',
      )
      .get(hash, Date.now());
    return row && { hash, user: { id: String(row.id), name: String(row.name), email: String(row.email) } };
  }

  close(hash: string): void {
    this.#database.prepare('DELETE FROM sessions WHERE token_hash = ?').run(hash);
  }
}

/** Text that the store gives back exactly as it was: no lone halves of a character, no NUL. */
export function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}
