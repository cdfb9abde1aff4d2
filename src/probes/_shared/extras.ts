/** Fields that nobody was asked for, added to what an honest form sends. */
import { jsonOf, type Members, objectsIn } from '../../model/answer.ts';
import type { Sent } from '../../model/browser.ts';
import { holds, type Mark } from '../../model/mark.ts';

export type Extras = Readonly<Record<string, unknown>>;

/** What apps call it that somebody is more than others. */
const usual: Extras = {
  role: 'admin',
  isAdmin: true,
  is_admin: true,
  admin: true,
  is_staff: true,
  is_superuser: true,
  verified: true,
};
const speaks =
  /^(user_?|account_?)?(roles?|type|group|permissions?|level|plan|tier|rank)$|^(is_?)?(admin|administrator|staff|superuser|moderator|owner|verified|active|approved|premium)$/i;

/** The usual ones and those that the app itself tells of its users, by the kind of value that stands there. */
export function extrasFor(traffic: readonly Sent[], account: Mark): Extras {
  const told = traffic
    .filter((r) => r.kind !== 'script' && /json/.test(r.answerHeaders['content-type'] ?? ''))
    .flatMap((r) => objectsIn(jsonOf(r.answer)))
    .filter((one) => Object.values(one).some((value) => typeof value === 'string' && holds(value, account)))
    .flatMap((one) => Object.entries(one))
    .filter(([name, value]) => speaks.test(name) && value !== null);
  const mightier = (value: unknown): unknown => {
    if (typeof value === 'boolean') return true;
    const word = Array.isArray(value) ? value[0] : value;
    const admin =
      typeof word !== 'string'
        ? undefined
        : word && word === word.toUpperCase()
          ? 'ADMIN'
          : /^[A-Z]/.test(word)
            ? 'Admin'
            : 'admin';
    return Array.isArray(value) ? [admin ?? 'admin'] : admin;
  };
  const learned = told.flatMap(([name, value]) => {
    const by = mightier(value);
    return by === undefined ? [] : [[name, by] as const];
  });
  return { ...usual, ...Object.fromEntries(learned) };
}

export interface Enriched {
  readonly body: string;
  /** Names of what was added. */
  readonly added: readonly string[];
}

/** Into the object that holds the mark, of JSON; beside its field, of a form. Undefined for any other body. What the form itself sends is left as it is. */
export function enriched(body: string, type: string, mark: Mark, extras: Extras): Enriched | undefined {
  if (/x-www-form-urlencoded/i.test(type)) {
    const fields = new URLSearchParams(body);
    const [name = ''] = [...fields].find(([, value]) => holds(value, mark)) ?? [];
    const within = (key: string): string =>
      name.replace(/\[?[\w-]+\]?$/, (last) => (last.startsWith('[') ? `[${key}]` : key));
    const added = Object.keys(extras).filter((key) => name && !fields.has(within(key)));
    for (const key of added) fields.append(within(key), String(extras[key]));
    return name ? { body: fields.toString(), added } : undefined;
  }
  const value = jsonOf(body);
  const held = objectsIn(value).find((one) =>
    Object.values(one).some((each) => typeof each === 'string' && holds(each, mark)),
  );
  if (!held) return undefined;
  const added = Object.keys(extras).filter((key) => !(key in held));
  const more = Object.fromEntries(added.map((key) => [key, extras[key]]));
  const add = (one: unknown): unknown => {
    if (one === held) return { ...held, ...more };
    if (Array.isArray(one)) return one.map(add);
    return one && typeof one === 'object'
      ? Object.fromEntries(Object.entries(one as Members).map(([k, v]) => [k, add(v)]))
      : one;
  };
  return { body: JSON.stringify(add(value)), added };
}
