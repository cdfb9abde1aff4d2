export const STAGES = [
  { id: 'new', name: 'New' },
  { id: 'kickoff', name: 'Kickoff' },
  { id: 'configuring', name: 'Configuring' },
  { id: 'live', name: 'Live' },
];
export const PLANS = ['Starter', 'Growth', 'Enterprise'];
export const HEALTH = ['On track', 'At risk', 'Blocked'];
export const MONTHLY = { Starter: 490, Growth: 1290, Enterprise: 3900 };
export const LIMITS = { company: 200, contact: 200, notes: 10_000 };

export const stageName = (id) => STAGES.find((stage) => stage.id === id)?.name ?? id;
export const slug = (text) => text.toLowerCase().replace(/\s+/g, '-');

/** What a save can fail with: a sentence for the reader, and perhaps one for each field. */
export class SaveError extends Error {
  constructor(message, { errors = {}, status = 0, current } = {}) {
    super(message);
    this.errors = errors;
    this.status = status;
    this.current = current;
  }
}

export function check(values) {
  const errors = {};
  if (!values.company?.trim()) errors.company = 'Enter the company name.';
  for (const [field, limit] of Object.entries(LIMITS)) {
    const length = values[field]?.length ?? 0;
    if (length > limit)
      errors[field] = `${length.toLocaleString('en')} characters are too many; ${limit.toLocaleString('en')} fit.`;
  }
  return errors;
}

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayAndYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

export function showDate(text) {
  if (!text) return 'No date';
  const date = new Date(`${text}T00:00:00Z`);
  return (date.getUTCFullYear() === new Date().getFullYear() ? day : dayAndYear).format(date);
}

export function isoDay(offset = 0) {
  const date = new Date();
  date.setDate(date.getDate() + offset);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

export function matches(customer, { text, plan, health }) {
  if (plan && customer.plan !== plan) return false;
  if (health && customer.health !== health) return false;
  const needle = text.trim().toLowerCase();
  return (
    !needle ||
    [customer.company, customer.contact, customer.notes].some((value) => value.toLowerCase().includes(needle))
  );
}

export const byNewest = (a, b) =>
  a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.id < b.id ? -1 : 1;
