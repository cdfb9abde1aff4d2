import { z } from 'zod';
import type { Context } from '../../model/context.ts';
import type { Facts } from '../../model/facts.ts';
import { type Cause, notApplicable, unknown, type Verdict } from '../../model/verdict.ts';
import { cite, noWay } from './ground.ts';
import { evidenceId } from './observed.ts';
import { mayTake } from './phantom.ts';

/** Why an edit, a move or a deletion cannot be tried: it is not there (shown), or the ground is missing. */
export const lacking = z.object({
  absent: z.boolean(),
  because: z.string(),
  cause: z.custom<Cause>((v) => typeof v === 'string').optional(),
  wants: z.string().optional(),
  evidence: z.array(evidenceId),
});
export type Lacking = z.infer<typeof lacking>;

/** That it is not there is shown; that it is not known is not. */
export const verdictOn = ({ absent, because, cause, wants, evidence }: Lacking): Verdict =>
  absent ? notApplicable(because, cite(...evidence)) : unknown(cause ?? 'no-way-found', because, wants);

/** Settings, or a profile, were not found: not one is there, or nobody knows. */
export function noSettings(facts: Facts, context: Context): Lacking {
  if (facts.kind === 'api') return { absent: true, because: 'no pages, so no form', evidence: [...facts.evidence] };
  if (facts.absent.includes('settings'))
    return {
      absent: true,
      because: 'nothing on its pages and in its menus leads to settings or a profile',
      evidence: [
        context.journal.note({
          kind: 'note',
          who: 'survey',
          says: `looked for settings or a profile behind controls that are called so, menus of the header and the account's own name: ${facts.pages.slice(0, 12).join(', ')}`,
        }),
      ],
    };
  const v = noWay(facts);
  const tried = facts.tried.find((t) => t.includes('not saved') || t.includes('not ours'));
  return {
    absent: false,
    because: facts.record
      ? `no form of the account was found that could be saved${tried ? ` (${tried})` : ''}`
      : v.because,
    cause: 'no-way-found',
    wants: 'an account that may be changed: a sign-up, or --start on a copy',
    evidence: [],
  };
}

export function notThere(facts: Facts, what: 'edit' | 'move' | 'delete', context: Context): Lacking | undefined {
  const record = facts.record;
  if (facts.kind === 'api' && what === 'move' && facts.evidence.length)
    return { absent: true, because: 'no pages, so nothing to drag or tick', evidence: [...facts.evidence] };
  if (!record || record.kind === 'echo') {
    const v = noWay(facts);
    return {
      absent: false,
      because: v.because,
      cause: 'no-way-found',
      wants: v.status === 'unknown' ? (v.wants ?? '') : '',
      evidence: [],
    };
  }
  if (record.kind === 'phantom' && facts[what] && mayTake(context)) return undefined;
  if (record.kind === 'phantom')
    return {
      absent: false,
      because:
        'what is made is acknowledged and never there, so there is nothing of ours to change (see answers-come-from-data)',
      cause: 'root-cause',
      wants: '--start: on a copy, a row that was there is changed instead',
      evidence: [...record.evidence],
    };
  if (record.kind !== 'kept')
    return {
      absent: false,
      because: 'the record is not kept at all (see records-survive-reload)',
      cause: 'root-cause',
      wants: 'a record that is still there after a reload',
      evidence: [...record.evidence],
    };
  if (facts[what]) return undefined;
  const word = { edit: 'edit', move: 'move, tick or archive', delete: 'delete' }[what];
  if (facts.kind === 'api' && facts.absent.includes(what))
    return {
      absent: true,
      because: `what describes the API names no request that could ${what} a record`,
      evidence: [...record.evidence],
    };
  if (facts.absent.includes(what))
    return {
      absent: true,
      because: `nothing to ${word} was found in the record's row, its page or its menus`,
      evidence: [
        context.journal.note({
          kind: 'note',
          who: 'survey',
          says: `looked for a way to ${word} in the record's row, its own page, dialog and menus: ${facts.tried.slice(-6).join('; ')}`,
        }),
      ],
    };
  if (facts.kind === 'api')
    return {
      absent: false,
      because: `no request of this collection is known that could ${what} a record of it, and what others do is not known`,
      cause: 'no-way-found',
      wants: `recipes.${what} in plummet.config.ts`,
      evidence: [],
    };
  return {
    absent: false,
    because: `a way to ${word} the record was not learned (${facts.tried.find((t) => t.startsWith({ edit: 'edit', move: 'mov', delete: 'delet' }[what])) ?? 'it was not found in the time'})`,
    cause: 'no-way-found',
    // A move has no recipe in the config.
    ...(what === 'move' ? {} : { wants: `recipes.${what} in plummet.config.ts` }),
    evidence: [],
  };
}
