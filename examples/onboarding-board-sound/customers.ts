import { createHash, randomUUID } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { isText, type User } from './accounts.ts';
import { transaction } from './database.ts';
import { HttpError, invalid } from './http.ts';

const CHOICES = {
  plan: ['Starter', 'Growth', 'Enterprise'],
  stage: ['new', 'kickoff', 'configuring', 'live'],
  health: ['On track', 'At risk', 'Blocked'],
} as const;
const LIMITS = { company: 200, contact: 200, notes: 10_000 } as const;

interface Values {
  company: string;
  contact: string;
  plan: string;
  stage: string;
  health: string;
  startDate: string;
  notes: string;
  archived: boolean;
}

export interface Customer extends Values {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

const DEFAULTS: Values = {
  company: '',
  contact: '',
  plan: 'Starter',
  stage: 'new',
  health: 'On track',
  startDate: '',
  notes: '',
  archived: false,
};

/** What of the input is a value of a customer; other keys are dropped, wrong values are refused, none is altered. */
function readValues(input: Record<string, unknown>): Partial<Values> {
  const values: Record<string, string | boolean> = {};
  const errors: Record<string, string> = {};
  for (const [field, limit] of Object.entries(LIMITS)) {
    const value = input[field];
    if (value === undefined) continue;
    if (typeof value !== 'string' || !isText(value)) errors[field] = 'This must be text.';
    else if (value.length > limit)
      errors[field] =
        `${value.length.toLocaleString('en')} characters are too many; ${limit.toLocaleString('en')} fit.`;
    else values[field] = value;
  }
  if (typeof values.company === 'string' && !values.company.trim()) errors.company = 'Enter the company name.';
  for (const [field, choices] of Object.entries(CHOICES)) {
    const value = input[field];
    if (value === undefined) continue;
    if (typeof value !== 'string' || !(choices as readonly string[]).includes(value))
      errors[field] = `Choose one of: ${choices.join(', ')}.`;
    else values[field] = value;
  }
  const { startDate, archived } = input;
  if (startDate !== undefined) {
    if (startDate !== '' && !isDay(startDate)) errors.startDate = 'Enter a date from 2000 to 2099.';
    else values.startDate = startDate as string;
  }
  if (archived !== undefined) {
    if (typeof archived !== 'boolean') errors.archived = 'This must be true or false.';
    else values.archived = archived;
  }
  if (Object.keys(errors).length) throw invalid(errors);
  return values as Partial<Values>;
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function fromRow(row: Record<string, SQLOutputValue>): Customer {
  const { start_date, created_at, updated_at, updated_by, archived, ...rest } = row;
  return {
    ...rest,
    startDate: start_date,
    archived: archived === 1,
    createdAt: created_at,
    updatedAt: updated_at,
    updatedBy: updated_by,
  } as unknown as Customer;
}

const missing = (): HttpError => new HttpError(404, { error: 'This customer does not exist any more.' });

function stale(current: Customer): HttpError {
  return new HttpError(409, {
    error: `${current.updatedBy} changed this customer in the meantime. Look at it again; what you do next goes on top of theirs.`,
    current,
  });
}

export class Customers {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  list(): Customer[] {
    return this.#database.prepare('SELECT * FROM customers ORDER BY created_at DESC, id').all().map(fromRow);
  }

  get(id: string): Customer {
    const row = this.#database.prepare('SELECT * FROM customers WHERE id = ?').get(id);
    if (!row) throw missing();
    return fromRow(row);
  }

  /** With a key that was used before for the same content, nothing is created: the first customer is given again. */
  create(
    input: Record<string, unknown>,
    key: string | undefined,
    user: User,
  ): { customer: Customer; created: boolean } {
    const values = { ...DEFAULTS, ...readValues(input) };
    if (!values.company.trim()) throw invalid({ company: 'Enter the company name.' });
    if (key !== undefined && !/^[\w-]{8,100}$/.test(key))
      throw new HttpError(400, { error: 'The Idempotency-Key must be 8 to 100 letters, digits or dashes.' });
    const content = createHash('sha256').update(JSON.stringify(values)).digest('hex');
    return transaction(this.#database, () => {
      const before =
        key &&
        this.#database
          .prepare('SELECT content_hash, customer_id FROM creations WHERE account_id = ? AND key = ?')
          .get(user.id, key);
      if (before) {
        if (before.content_hash !== content)
          throw new HttpError(422, { error: 'This Idempotency-Key was used for other values.' });
        return { customer: this.get(String(before.customer_id)), created: false };
      }
      const id = randomUUID();
      const now = new Date().toISOString();
      this.#database
        .prepare(
          'INSERT INTO customers (id, company, contact, plan, stage, health, start_date, notes, archived, version, created_at, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)',
        )
        .run(
          id,
          values.company,
          values.contact,
          values.plan,
          values.stage,
          values.health,
          values.startDate,
          values.notes,
          values.archived ? 1 : 0,
          now,
          now,
          user.name,
        );
      if (key)
        this.#database
          .prepare('INSERT INTO creations (account_id, key, content_hash, customer_id) VALUES (?, ?, ?, ?)')
          .run(user.id, key, content, id);
      return { customer: this.get(id), created: true };
    });
  }

  /** Changes the given fields alone. From an old copy it is refused, unless it asks for nothing that is not so already. */
  update(id: string, input: Record<string, unknown>, user: User): Customer {
    const changes = readValues(input);
    const version = readVersion(input.version);
    return transaction(this.#database, () => {
      const current = this.get(id);
      const different = Object.entries(changes).some(([field, value]) => current[field as keyof Values] !== value);
      if (!different) return current;
      if (version !== current.version) throw stale(current);
      const next = { ...current, ...changes };
      this.#database
        .prepare(
          'UPDATE customers SET company = ?, contact = ?, plan = ?, stage = ?, health = ?, start_date = ?, notes = ?, archived = ?, version = version + 1, updated_at = ?, updated_by = ? WHERE id = ?',
        )
        .run(
          next.company,
          next.contact,
          next.plan,
          next.stage,
          next.health,
          next.startDate,
          next.notes,
          next.archived ? 1 : 0,
          new Date().toISOString(),
          user.name,
          id,
        );
      return this.get(id);
    });
  }

  remove(id: string, input: Record<string, unknown>): void {
    const version = readVersion(input.version);
    transaction(this.#database, () => {
      const current = this.get(id);
      if (version !== current.version) throw stale(current);
      this.#database.prepare('DELETE FROM customers WHERE id = ?').run(id);
    });
  }
}

function readVersion(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
    throw invalid({ version: 'Say which version of the customer this is for.' });
  return value;
}
