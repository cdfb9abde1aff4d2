import type { EvidenceId } from '../../model/evidence.ts';
import type { Facts } from '../../model/facts.ts';
import type { Intent } from '../../model/run.ts';
import { fail, notApplicable, unknown, type Verdict } from '../../model/verdict.ts';
import { cite } from './ground.ts';

/** There is no door, or a name alone opens it. */
export const isDoorless = ({ kind, door }: Facts): boolean =>
  kind !== 'dead' && (door.kind === 'none' || door.kind === 'name');

/** Where nothing asks for a proof of who somebody is, its owner's word decides what asks for a session; undefined where something does. */
export function withoutProof(claim: string, facts: Facts, { login }: Intent, door: EvidenceId): Verdict | undefined {
  if (login === 'open') return notApplicable('it is meant to be open to everyone (login: open)', cite(door));
  if (!isDoorless(facts)) return undefined;
  const without = facts.door.kind === 'name' ? 'a name alone opens it, without any proof' : 'it opens without a login';
  if (login === 'required')
    return fail(claim, {
      where: facts.entry,
      because: `${without}, and a login is meant to be required (login: required)`,
      wrongIf: 'there is a door that was not found',
      evidence: cite(door, ...facts.door.evidence),
    });
  return unknown(
    'intent',
    `${without}: whether that is meant, only its owner can say`,
    '--intent login=required|open',
    [door, ...facts.door.evidence],
  );
}
