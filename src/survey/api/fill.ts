/** Bodies that an API takes, from its schemas: the mark in the field that is most like a title, and as little beside as will do. */
import type { Control } from '../../model/browser.ts';
import type { RecordFacts } from '../../model/facts.ts';
import type { Constraint } from '../constraints.ts';
import { valueFor } from '../values.ts';
import type { Operation, Schema } from './document.ts';

export type Carries = RecordFacts['carries'];

export interface Wishes {
  readonly today: string;
  /** Values that the app itself shows under these names. */
  readonly known: Readonly<Record<string, unknown>>;
  /** Properties that need not be there are given too. */
  readonly all: boolean;
  /** At a door the account's own values are given. */
  readonly door: boolean;
  /** Properties that are left to the app: a record's own id. */
  readonly without?: readonly string[];
}

const titles =
  /^(title|name|subject|label|heading|headline|summary|text|content|body|message|note|notes|comment|description|caption|details?)$/i;
const isFree = ({ enum: among, const: only, format, pattern, maxLength = 99 }: Schema): boolean =>
  !among &&
  only === undefined &&
  (pattern === undefined || takesWords(pattern)) &&
  maxLength >= 9 &&
  !/^(date|time|uri|url|uuid|email|ipv|byte|binary|password|id$)/.test(format ?? '');

/** Does the pattern take what is a mark, and a longer text? */
function takesWords(pattern: string): boolean {
  try {
    return ['sounding', 'the lead of a line'].every((text) => new RegExp(pattern, 'u').test(text));
  } catch {
    return false;
  }
}

export const typeOf = (schema: Schema): string | undefined => {
  const type = Array.isArray(schema.type) ? schema.type.find((t) => t !== 'null') : schema.type;
  return (type as string | undefined) ?? (schema.properties ? 'object' : schema.items ? 'array' : undefined);
};

/** Path of the property that carries the mark, and as what: a text first, a required one before others, else a number. */
export function carrierIn(schema: Schema): { path: readonly string[]; carries: Carries } | undefined {
  const found = leavesOf(schema)
    .flatMap(({ path, schema: leaf, required }): { path: readonly string[]; carries: Carries; rank: number }[] => {
      const name = path.at(-1) ?? '';
      const type = typeOf(leaf);
      if (leaf.readOnly || /^(id|_id|uuid|password)$|_?[iI]d$/.test(name)) return [];
      const rank = 4 * Number(titles.test(name)) + 3 * Number(required) - 2 * (path.length - 1);
      if (type === 'string' && isFree(leaf) && !/mail|phone|url|code|sku|status|type|date|currency|country/i.test(name))
        return [{ path, carries: 'text', rank: rank + 10 }];
      if (type === 'number' && (leaf.maximum ?? 99_999) >= 99_999) return [{ path, carries: 'number', rank }];
      if (type === 'integer' && (leaf.maximum ?? 99_999) >= 99_999) return [{ path, carries: 'whole', rank }];
      return [];
    })
    .sort((a, b) => b.rank - a.rank)[0];
  return found && { path: found.path, carries: found.carries };
}

interface Leaf {
  readonly path: readonly string[];
  readonly schema: Schema;
  readonly required: boolean;
}

/** Plain properties down to two levels; those of what lists hold are not the record's own. */
export function leavesOf(schema: Schema, path: readonly string[] = []): Leaf[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    typeOf(property) === 'object' && path.length < 2
      ? leavesOf(property, [...path, name])
      : [{ path: [...path, name], schema: property, required: schema.required?.includes(name) ?? false }],
  );
}

/** What a request sends: its body, or, of an operation of GraphQL, that with the operation (GraphQL over HTTP, 6.2). */
export const sentBy = ({ document }: Operation, body: string): string =>
  document === undefined ? body : `{"query":${JSON.stringify(document)},"variables":${body}}`;

/** The body as JSON with placeholders. `marked`: {mark}, or {new} for an edit, stands there. */
export function bodyOf(
  schema: Schema,
  marked: { path: readonly string[]; carries: Carries; as: '{mark}' | '{new}' } | undefined,
  wishes: Wishes,
  example?: unknown,
): string {
  const value = made(schema, '', wishes, marked, example) as Record<string, unknown>;
  // A number has no quotes, and neither has what stands for one.
  return JSON.stringify(value).replace(/"#(\{[\w.]+\})"/g, '$1');
}

type Marked = Parameters<typeof bodyOf>[1];

function made(schema: Schema, name: string, wishes: Wishes, marked: Marked, example: unknown): unknown {
  if (marked && marked.path.length === 0) return marked.carries === 'text' ? marked.as : `#${marked.as}`;
  const type = typeOf(schema);
  if (type === 'object') {
    const given = (example ?? schema.example ?? {}) as Record<string, unknown>;
    const wanted = Object.entries(schema.properties ?? {}).filter(
      ([key, property]) =>
        !property.readOnly &&
        !(name === '' && wishes.without?.includes(key)) &&
        (schema.required?.includes(key) ||
          marked?.path[0] === key ||
          (wishes.all && !/^_?id$/.test(key)) ||
          // Some documents say of nothing that it must be there.
          (wishes.door && !schema.required?.length)),
    );
    return Object.fromEntries(
      wanted.map(([key, property]) => {
        const below = marked && marked.path[0] === key ? { ...marked, path: marked.path.slice(1) } : undefined;
        return [key, made(property, key, wishes, below, given[key])];
      }),
    );
  }
  if (type === 'array') {
    const [first] = Array.isArray(example) ? (example as unknown[]) : [];
    const least = Math.max(schema.minItems ?? 0, wishes.all || first !== undefined ? 1 : 0, 1);
    return Array.from({ length: least }, () => made(schema.items ?? {}, name, wishes, undefined, first));
  }
  return plain(schema, name, wishes, example);
}

function plain(schema: Schema, name: string, { known, today, door }: Wishes, example: unknown): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.default ?? schema.enum.find((one) => one !== null);
  if (known[name] !== undefined) return known[name];
  const shown = example ?? schema.example ?? schema.examples?.[0];
  const type = typeOf(schema);
  if (type === 'boolean') return shown ?? schema.default ?? false;
  if (type === 'integer' || type === 'number')
    return shown ?? schema.default ?? Math.max(schema.minimum ?? 1, Math.min(3, schema.maximum ?? 3));
  // An account's own values are made up by us; of other texts an example shows the form.
  const text = textFor(schema, name, today, door);
  return !door && (schema.pattern || text.startsWith('sounding')) ? (shown ?? text) : text;
}

const kinds: Readonly<Record<string, string>> = {
  email: 'email',
  date: 'date',
  'date-time': 'datetime-local',
  time: 'time',
  uri: 'url',
  url: 'url',
  password: 'password',
};

function textFor(schema: Schema, name: string, today: string, door: boolean): string {
  if (schema.format === 'uuid') return '5e0d0000-0000-4000-a000-000000000001';
  const called = name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
  const type = /passw/i.test(name) ? 'password' : (kinds[schema.format ?? ''] ?? 'text');
  const field = { ...blank, type, name: called, attr: name, describedBy: schema.description ?? '' };
  const takes: Constraint = {
    ...(schema.minLength ? { shortest: schema.minLength } : {}),
    ...(schema.maxLength ? { longest: schema.maxLength } : {}),
    ...(schema.pattern ? { pattern: schema.pattern.replace(/^\^|\$$/g, '') } : {}),
  };
  const value = valueFor(field, takes, { door, today, nthDate: 0 }) ?? 'sounding {alt}';
  return schema.format === 'date-time' ? `${value.slice(0, 16)}:00Z` : value;
}

const blank: Control = {
  ref: 0,
  role: 'textbox',
  tag: 'input',
  type: 'text',
  name: '',
  attr: '',
  placeholder: '',
  autocomplete: '',
  value: '',
  text: '',
  href: '',
  css: '',
  describedBy: '',
  required: true,
  disabled: false,
  invalid: false,
  checked: false,
  pressable: false,
  opens: '',
  suggests: false,
  fixed: false,
  accepts: '',
  draggable: false,
  editable: true,
  submits: false,
  min: '',
  max: '',
  step: '',
  minLength: 0,
  maxLength: 0,
  pattern: '',
  options: [],
  region: 'main',
  group: 0,
  template: -1,
  row: -1,
  rows: [],
  x: 0,
  y: 0,
  width: 0,
  height: 0,
  hidden: false,
};
