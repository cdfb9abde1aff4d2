import type { DoorFacts, RecordFacts } from './facts.ts';
import type { Mark } from './mark.ts';
import type { Recipe, Step } from './recipe.ts';
import type { Run } from './run.ts';

/** How an app was used when it was last surveyed: what is done, and nothing of what was seen. Each is done anew before it is used. */
export interface Remembered {
  /** Where it was read, as a person calls it. */
  readonly from: string;
  readonly door: Pick<DoorFacts, 'kind' | 'account' | 'signUp' | 'logIn'>;
  readonly create: Recipe;
  /** In a sentence: which form on which page. */
  readonly says: string;
  readonly carries: RecordFacts['carries'];
  readonly longText?: RecordFacts['longText'];
  /** Addresses of the lists in which records were seen. */
  readonly seenAt: readonly string[];
  readonly edit?: Recipe;
  readonly delete?: Recipe;
}

/** What of a run can be done again by others: undefined with the reason where its way to write cannot. Pure. */
export function remember(run: Run, from: string): { readonly known: Remembered } | { readonly because: string } {
  const { facts, ledger } = run;
  const { record, door, kind } = facts;
  if (kind === 'api') return { because: 'an API is entered by what describes it, which is read anew each time' };
  if (record?.kind !== 'kept') return { because: 'that run found no way to write a record that is kept' };
  if (record.create.given || door.logIn?.given) return { because: 'that run went by the recipes of the config' };
  const ours = [...record.marks, ...ledger.map(({ mark }) => mark.split('@')[0] ?? mark)].filter((one) => one !== '');
  const bare = <T>(value: T): boolean => !names(JSON.stringify(value ?? null), ours);
  const { signUp, logIn, account } = door;
  if (![signUp, logIn, record.create].every(bare))
    return { because: 'its steps name what that run wrote, and the next writes something else' };
  const says = bare(record.says) ? record.says : 'a form';
  const seenAt = record.places.filter((place) => place.what === 'list' && bare(place.url)).map(({ url }) => url);
  const { longText } = record;
  return {
    known: {
      from,
      door: {
        kind: door.kind,
        ...(account ? { account } : {}),
        ...(signUp ? { signUp } : {}),
        ...(logIn ? { logIn } : {}),
      },
      create: record.create,
      says,
      carries: record.carries,
      ...(longText && bare(longText) ? { longText } : {}),
      seenAt: [...new Set(seenAt)],
      ...(facts.edit && !facts.edit.given && bare(facts.edit) ? { edit: facts.edit } : {}),
      ...(facts.delete && !facts.delete.given && !facts.delete.unproven && bare(facts.delete)
        ? { delete: facts.delete }
        : {}),
    },
  };
}

const names = (text: string, marks: readonly Mark[]): boolean =>
  marks.some((mark) => text.toLowerCase().includes(mark.toLowerCase()));

export const wayNames = ['sign up', 'log in', 'write', 'edit', 'delete'] as const;
export type WayName = (typeof wayNames)[number];

/** Its recipes by what they do. */
export const waysOf = ({ door, create, edit, delete: remove }: Remembered): Record<WayName, Recipe | undefined> => ({
  'sign up': door.signUp,
  'log in': door.logIn,
  write: create,
  edit,
  delete: remove,
});

/** Which ways differ, with the steps of each; one that is gone or new has none on that side. Which row it was learned in does not count. */
export function differences(
  before: Remembered,
  after: Remembered,
): { readonly way: WayName; readonly was?: readonly Step[]; readonly is?: readonly Step[] }[] {
  const [old, fresh] = [waysOf(before), waysOf(after)];
  return wayNames.flatMap((way) => {
    const [was, is] = [old[way]?.steps, fresh[way]?.steps];
    if (JSON.stringify(was, inAnyRow) === JSON.stringify(is, inAnyRow)) return [];
    return [{ way, ...(was ? { was } : {}), ...(is ? { is } : {}) }];
  });
}

const inAnyRow = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'inRow' in value && value.inRow ? { ...value, css: undefined } : value;
