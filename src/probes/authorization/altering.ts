/** B tries to change and to delete what A made: by B's own honest request with A's names in it. What A then reads decides. */
import type { Sent } from '../../model/browser.ts';
import type { Context } from '../../model/context.ts';
import type { EvidenceId } from '../../model/evidence.ts';
import type { Place } from '../../model/facts.ts';
import { holds, type Mark } from '../../model/mark.ts';
import { isTelemetry, wasRefused } from '../../model/said.ts';
import { notThere } from '../_shared/alteration.ts';
import { plant } from '../_shared/ground.ts';
import { type Pair, type Pairs, renamed } from '../_shared/ids.ts';
import { between, forOther, type Person, recipeIn, rereads, send } from '../_shared/two-users.ts';
import type { Attempt } from './observation.ts';
import { sparing } from './sparing.ts';

/** What is known when the trials begin, and how the records are called now. */
export interface Ground {
  readonly a: Person;
  readonly b: Person;
  /** Parts of addresses of the survey's user, and what they are for B. */
  readonly theirs: readonly Pair[];
  /** B's list shows A's records. */
  readonly shared: boolean;
  /** Marks that a trial has put in the place of others. */
  readonly now: Map<Mark, Mark>;
}

type Trials = readonly { readonly url: string; readonly body: string }[];

const spared = {
  missing: "the number of A's record may be that of a record which B's account, which was given, held before",
  wants: 'a second account that may be made here (no --login2, no --header2)',
};

const nothing = { control: false, where: '', evidence: [] };

/** B edits a record of their own, then A's by the same request, then another of their own, which must work. */
export async function change(context: Context, ground: Ground): Promise<Attempt & { write?: Sent }> {
  const { facts, ledger } = context;
  const { a, b, theirs, now } = ground;
  const none = notThere(facts, 'edit', context);
  if (none || !facts.edit) return { ...nothing, ...(none ? { none } : {}) };
  const [victim = ''] = a.marks;
  const [own = '', other = ''] = b.marks;
  const fresh = context.mark();
  const done = await b.session.do(recipeIn(facts.edit, theirs), {
    mark: own,
    new: fresh,
    own: b.created[0]?.url ?? '',
  });
  if (done.missing)
    return {
      ...nothing,
      evidence: [done.evidence],
      missing: `B could not edit a record of their own: ${done.missing}`,
    };
  ledger.renamed(own, fresh);
  now.set(own, fresh);
  const offer = await offered(context, 'edit', ground);
  const pairs = between(context, b, own, a, victim);
  const write = writeOf(
    done.writes,
    (w) => !!(holds(w.body, fresh) || holds(w.url, fresh)) && forOther(w, pairs).length > 0,
  );
  const evidence = [done.evidence, ...(offer?.evidence ?? [])];
  const base = { ...nothing, ...(offer?.offered ? { offered: offer.offered } : {}) };
  if (!write) return { ...base, evidence, missing: unnamed('edit', pairs.record) };
  const [target, proof] = [context.mark(), context.mark()];
  const spare = between(context, b, own, b, other);
  const sendAs = async (trials: Trials, mark: Mark, pairsTo: Pairs, who: Person, of: Mark): Promise<void> => {
    for (const { url, body } of trials) {
      const to = { url: url.replaceAll(fresh, mark), body: body.replaceAll(fresh, mark) };
      evidence.push((await sendTo(context, ground, write, to, { spare, pairs: pairsTo, who, of })).evidence);
    }
  };
  const trials = await sparing(context, b, [own, fresh], { write, pairs, victim });
  if (!trials.length) return { ...base, ...spared, evidence };
  await sendAs(trials, target, pairs, a, victim);
  const proofs = forOther(write, spare);
  await sendAs(proofs, proof, spare, b, other);
  const worked = proofs.length ? await cameTo(context, b, other, proof, 2500, true) : undefined;
  if (worked?.came) rename(context, now, other, proof);
  const after = await cameTo(context, a, victim, target, worked?.came ? 300 : 2000);
  if (after.came) rename(context, now, victim, target);
  evidence.push(...(worked ? [worked.evidence] : []), after.evidence);
  return {
    ...base,
    control: worked?.came ?? false,
    ...(after.came || after.stayed ? { taken: after.came } : {}),
    where: `${write.method} ${trials[0]?.url ?? write.url}`,
    write,
    evidence,
  };
}

/** B deletes a record of their own, then A's by the same request, then another of their own, which must go. */
export async function remove(context: Context, ground: Ground): Promise<Attempt> {
  const { facts, ledger } = context;
  const { a, b, theirs, now } = ground;
  const none = notThere(facts, 'delete', context);
  if (none || !facts.delete) return { ...nothing, ...(none ? { none } : {}) };
  const [beside = '', victim = ''] = a.marks;
  const [own = '', other = ''] = b.marks;
  const named = (mark: Mark): Mark => now.get(mark) ?? mark;
  const done = await b.session.do(recipeIn(facts.delete, theirs), { mark: named(own), own: b.created[0]?.url ?? '' });
  if (done.missing)
    return {
      ...nothing,
      evidence: [done.evidence],
      missing: `B could not delete a record of their own: ${done.missing}`,
    };
  const offer = await offered(context, 'delete', ground);
  const pairs = between(context, b, own, a, victim);
  const write = writeOf(done.writes, (w) => forOther(w, pairs).length > 0);
  const evidence = [done.evidence, ...(offer?.evidence ?? [])];
  const base = { ...nothing, ...(offer?.offered ? { offered: offer.offered } : {}) };
  if (!write) return { ...base, evidence, missing: unnamed('delete', pairs.record) };
  const spare = between(context, b, own, b, other);
  const trials = await sparing(context, b, [own, named(own)], { write, pairs, victim });
  if (!trials.length) return { ...base, ...spared, evidence };
  const places = placesOf(a, victim);
  const stood = await stands(a, victim, places);
  const gone = await goes(context, b, other, named(other), spare);
  for (const to of trials)
    evidence.push((await sendTo(context, ground, write, to, { spare, pairs, who: a, of: victim })).evidence);
  const proofs = forOther(write, spare);
  for (const to of proofs)
    evidence.push((await sendTo(context, ground, write, to, { spare, pairs: spare, who: b, of: other })).evidence);
  const went = await gone();
  const control = proofs.length > 0 && went.gone;
  if (control) ledger.removed(named(other));
  const still = await rereads(context, a, victim)([victim]);
  evidence.push(went.evidence, ...(still ? [still.evidence] : []));
  let taken: boolean | undefined;
  const answered = still?.has.includes(victim) ?? false;
  if (answered && (await isListed(a, victim))) taken = false;
  else if (places.length) {
    const seen = await a.session.look(victim, 'gone', {
      places,
      ...(a.lists.length ? { sentinel: named(beside) } : {}),
    });
    evidence.push(seen.evidence);
    // What an answer to A still holds, and the page does not show, may stand further down.
    if (seen.seen === 'yes') taken = false;
    else if (seen.seen === 'no' && !answered && stood && (await isNowhere(a, victim, places))) taken = true;
    if (taken) ledger.removed(victim);
  }
  return {
    ...base,
    control,
    ...(taken === undefined ? {} : { taken }),
    where: `${write.method} ${trials[0]?.url ?? write.url}`,
    evidence,
  };
}

/** Where a record of theirs stands: in their lists, else at addresses of its own. None where it has none. */
const placesOf = (who: Person, mark: Mark): Place[] =>
  who.lists.length ? [...who.lists] : who.pages(mark).map((url) => ({ url, what: 'own' as const }));

/** Is it seen where it is to be looked for? What was not seen there has not gone from there either. */
const stands = async (who: Person, mark: Mark, places: readonly Place[]): Promise<boolean> =>
  who.listed.has(mark) ||
  (places.length > 0 && (await who.session.look(mark, 'seen', { places, within: 1500 })).seen === 'yes');

/**
 * Looks at a record of this person's now; what is returned tells later whether it has gone. By the reads of lists that hold it, for these tell
 * it of every page; where none does, it must be seen where it lives, and then not be found to the end. `spare`: what others are called where it is.
 */
async function goes(
  context: Context,
  who: Person,
  mark: Mark,
  named: Mark,
  spare: Pairs,
): Promise<() => Promise<{ gone: boolean; evidence: EvidenceId }>> {
  const back = spare.record.map(({ from, to }) => ({ from: to, to: from }));
  const reads = rereads(context, who, mark, (read) => !renamed(read, back));
  const places = placesOf(who, mark);
  const read = (await reads([named]))?.has.includes(named) ?? false;
  const stood = read || (await stands(who, named, places));
  return async () => {
    const look = await who.session.look(named, 'gone', { places, within: 1000 });
    if (!stood || look.seen !== 'no') return { gone: false, evidence: look.evidence };
    // A read may tell of a trash and a history, too: then the list's first page, where it stood, decides.
    const gone = read
      ? !(await reads([named]))?.has.includes(named) || who.listed.has(mark)
      : await isNowhere(who, named, places);
    return { gone, evidence: look.evidence };
  };
}

function rename({ ledger }: Context, now: Map<Mark, Mark>, old: Mark, fresh: Mark): void {
  ledger.renamed(old, fresh);
  now.set(old, fresh);
}

/** What was deleted may still be read by its id, with a flag: the list says that it stands. */
const isListed = async (who: Person, mark: Mark): Promise<boolean> =>
  !who.lists.length || (await who.session.look(mark, 'seen', { places: who.lists, within: 1500 })).seen === 'yes';

/** Before anybody is accused, the lists are gone through to their end. */
const isNowhere = async ({ session }: Person, mark: Mark, places: readonly Place[]): Promise<boolean> =>
  (await session.look(mark, 'seen', { places, within: 1000 })).seen === 'no';

const sendTo = (
  context: Context,
  { b }: Ground,
  write: Sent,
  to: { url: string; body: string },
  { spare, pairs, who, of }: { spare: Pairs; pairs: Pairs; who: Person; of: Mark },
): ReturnType<typeof send> =>
  send(context, b.session, write, to, {
    fresh: spare.record,
    owner: { session: who.session, pairs: [...pairs.record, ...pairs.around] },
    known: who.known(of),
  });

/** Where B sees A's records: does B's page let them do it to one? `offered` is missing where B does not see that one. */
async function offered(
  context: Context,
  what: 'edit' | 'delete',
  { a, b, shared, theirs }: Ground,
): Promise<(Pick<Attempt, 'offered'> & { evidence: EvidenceId[] }) | undefined> {
  const recipe = context.facts[what];
  if (!recipe || !shared || context.facts.kind !== 'pages') return undefined;
  const { mark, outcome } = await plant(context, a.session);
  const fresh = context.mark();
  const done = await b.session.do(recipeIn(recipe, theirs), {
    mark,
    own: outcome.url,
    ...(what === 'edit' ? { new: fresh } : {}),
  });
  if (done.missing) {
    if (what === 'edit') context.ledger.settle(fresh, 'nothing');
    // What B's list does not hold yet (an index, a cache), its page cannot offer either.
    const there = await b.session.look(mark, 'seen', { places: b.lists, within: 3000 });
    return {
      ...(there.seen === 'yes' ? { offered: 'no' } : {}),
      evidence: [outcome.evidence, done.evidence, there.evidence],
    };
  }
  const end = what === 'edit' ? fresh : mark;
  const seen = await a.session.look(end, what === 'edit' ? 'seen' : 'gone', { places: a.lists, within: 2500 });
  if (what === 'edit' && seen.seen === 'yes') context.ledger.renamed(mark, fresh);
  if (what === 'delete' && seen.seen === 'no') context.ledger.removed(mark);
  const worked = seen.seen === (what === 'edit' ? 'yes' : 'no');
  return { offered: worked ? 'done' : 'not-done', evidence: [outcome.evidence, done.evidence, seen.evidence] };
}

/** Does the record bear the new mark, where its maker reads it? `stayed`: it bears the old one alone. */
async function cameTo(
  context: Context,
  who: Person,
  old: Mark,
  fresh: Mark,
  wait: number,
  byReads = false,
): Promise<{ came: boolean; stayed: boolean; evidence: EvidenceId }> {
  const reads = rereads(context, who, old);
  const end = context.clock.now() + wait;
  let now = await reads([fresh, old]);
  while (now && !now.has.includes(fresh) && context.clock.now() < end) {
    await context.clock.sleep(300);
    now = await reads([fresh, old]);
  }
  if (now && !now.has.includes(fresh) && now.has.includes(old))
    return { came: false, stayed: true, evidence: now.evidence };
  if (byReads && now?.has.includes(fresh)) return { came: true, stayed: false, evidence: now.evidence };
  // Histories and letters hold new words, too: the record's place decides.
  const places = placesOf(who, old);
  const seen = await who.session.look(fresh, 'seen', { places, within: 3000 });
  const kept = seen.seen === 'yes' ? undefined : await who.session.look(old, 'seen', { places, within: 2000 });
  return { came: seen.seen === 'yes', stayed: seen.seen === 'no' && kept?.seen === 'yes', evidence: seen.evidence };
}

const writeOf = (writes: readonly Sent[], fits: (write: Sent) => boolean): Sent | undefined =>
  [...writes]
    .sort((one, other) => Number(one.socket ?? false) - Number(other.socket ?? false))
    .find((w) => !isTelemetry(w) && !wasRefused(w) && fits(w));

function unnamed(what: string, names: readonly Pair[]): string {
  return names.length
    ? `no request of the page by which B could ${what} their record names it`
    : 'how requests name a record was not learned: no answer and no address tells it';
}
