/** What was seen of A's records by B, judged. Pure. */
import type { Facts } from '../../model/facts.ts';
import type { Claim } from '../../model/probe.ts';
import type { Intent } from '../../model/run.ts';
import { fail, notApplicable, pass, unknown, type Verdict } from '../../model/verdict.ts';
import { verdictOn } from '../_shared/alteration.ts';
import { cite } from '../_shared/ground.ts';
import type { Attempt, Observed, Walked } from './observation.ts';

const ask = '--intent records=private|shared|public';
const open = (intent: Intent): boolean => intent.records === 'shared' || intent.records === 'public';
/** A door that proves who comes keeps users apart; without one, whether they are to be is for its owner to say. */
const proves = ({ door }: Facts): boolean => door.kind !== 'none' && door.kind !== 'name';

/** Why nothing was tried. */
function stopped({ stop, note }: Observed, { door, record }: Facts): Verdict | undefined {
  if (!stop) return undefined;
  switch (stop.why) {
    case 'local':
      return notApplicable(`${stop.because} (root cause: persistence/writes-leave-the-browser)`, cite(note));
    case 'unkept':
      return unknown('root-cause', `${stop.because} (see persistence)`, undefined, record?.evidence);
    case 'alone':
      if (door.kind === 'password' || door.kind === 'given') {
        if (door.account === 'shown' || door.account === 'published')
          return notApplicable(
            'one account, which the app itself makes known, and no way to make another: all others are anonymous',
            cite(note, ...door.evidence),
          );
        const refused = door.addUserRefused;
        return unknown(
          'needs-more',
          `no second account could be had${refused ? `; of the form by which A makes accounts: ${refused}` : ''}`,
          door.kind === 'given' ? '--header2 with the login of another user' : '--login2 user:password',
          [note],
        );
      }
      return notApplicable(stop.because, cite(note));
    case 'outside':
      return unknown('could-not-look', stop.because, '--login2 user:password', [note]);
    case 'not-made':
      return unknown('control-failed', stop.because, undefined, [note]);
  }
}

const sharing = (o: Observed): boolean => o.lists.some((l) => l.shown);
const hiding = (o: Observed): Observed['lists'][number] | undefined =>
  sharing(o) ? undefined : o.lists.find((l) => l.control && l.carried !== undefined && !l.partly);

/** Whether B is a stranger is not known, where it hangs on that. */
const unseen = (o: Observed, { records }: Intent, because: string): Verdict | undefined => {
  const part = sharing(o) || records === 'private' ? undefined : o.lists.find((l) => l.partly);
  return (
    part &&
    unknown(
      'could-not-look',
      `${because}; whether B's list shows A's record is not known: it has pages that were not gone through (${part.url})`,
      ask,
      [part.evidence],
    )
  );
};

const askRecords = (because: string, o: Observed, more: readonly `e${number}`[] = []): Verdict =>
  unknown('intent', `${because}: whether that is meant, only its owner can say`, ask, [...more, o.note]);

const elsewhere = ({ who, url }: Walked): string =>
  who === 'B' ? `B's own pages show A's record elsewhere (${url})` : `nobody, without a log-in, comes upon it (${url})`;

const openly = ({ url, evidence }: Walked): Verdict =>
  notApplicable(`what A writes is public by design: nobody, without a log-in, comes upon it (${url})`, cite(evidence));

const wrongIf = 'records are meant to be shared (--intent records=shared)';

function judgeLists(o: Observed, facts: Facts, intent: Intent): Verdict {
  const stop = stopped(o, facts);
  if (stop) return stop;
  const id = 'authorization/lists-show-only-mine';
  if (open(intent)) return notApplicable(`records are ${intent.records} (records: ${intent.records})`, cite(o.note));
  const shown = o.lists.find((l) => l.shown);
  const hidden = hiding(o);
  if (shown) {
    const refused = o.read && !o.read.leak && o.read.tried > 0 && o.read.control && o.read.page;
    if (o.walked?.who === 'nobody' && intent.records !== 'private') return openly(o.walked);
    if (intent.records === 'private' || (refused && proves(facts)))
      return fail(id, {
        where: shown.url,
        because: refused
          ? `B's list shows a record of A that B is then refused to open (${shown.url})`
          : `B's list shows a record of A (${shown.url})`,
        wrongIf: 'the list is meant for all, and only its details are private',
        evidence: cite(shown.evidence, ...(o.read?.evidence ?? [])),
        reproduce: o.reproduce.list,
      });
    return askRecords("B's lists show A's records", o, [shown.evidence]);
  }
  if (hidden) {
    const because = `the answer to B's own list holds a record of A, which the page does not show (${hidden.carried})`;
    if (o.walked && intent.records !== 'private')
      return askRecords(elsewhere(o.walked), o, [o.walked.evidence, hidden.evidence]);
    if (!proves(facts) && intent.records !== 'private') return askRecords(because, o, [hidden.evidence]);
    return fail(id, {
      where: hidden.carried ?? hidden.url,
      because,
      wrongIf,
      evidence: cite(hidden.evidence),
      reproduce: o.reproduce.list,
    });
  }
  const part = o.lists.find((l) => l.partly);
  if (part)
    return unknown('could-not-look', `B's list has pages that were not gone through (${part.url})`, undefined, [
      part.evidence,
    ]);
  const seen = o.lists.filter((l) => l.control);
  if (!o.lists.length) return unknown('no-way-found', 'the records have no list that was found', undefined, [o.note]);
  if (seen.length < o.lists.length)
    return unknown(
      'control-failed',
      "B's own record was not seen in B's list",
      undefined,
      o.lists.map((l) => l.evidence),
    );
  return pass(
    `B's lists show B's records and none of A's, nor do the answers to them hold any`,
    cite(...seen.map((l) => l.evidence)),
  );
}

function judgeRead(o: Observed, facts: Facts, intent: Intent): Verdict {
  const stop = stopped(o, facts);
  if (stop) return stop;
  const { read } = o;
  if (!read) return unknown('could-not-look', 'reading was not tried');
  if (open(intent)) return notApplicable(`records are ${intent.records} (records: ${intent.records})`, cite(o.note));
  const { leak } = read;
  if (leak) {
    const because = `B asked for ${leak.where}, and got what A wrote`;
    if (intent.records !== 'private') {
      if (sharing(o)) return askRecords("B's lists show A's records, and B can open them", o, [leak.evidence]);
      const part = unseen(o, intent, because);
      if (part) return part;
      if (!proves(facts)) return askRecords(because, o, [leak.evidence]);
      if (o.walked) return askRecords(elsewhere(o.walked), o, [o.walked.evidence, leak.evidence]);
      if (leak.nobody === 'asking' && !leak.guessable)
        return askRecords(`${because}; so does nobody, by an address that cannot be guessed`, o, [leak.evidence]);
    }
    return fail('authorization/strangers-cannot-read-my-records', {
      where: leak.where,
      because,
      wrongIf,
      evidence: cite(leak.evidence),
      reproduce: o.reproduce.read,
    });
  }
  // B has read it there, whatever is refused elsewhere.
  if (sharing(o) && intent.records !== 'private')
    return o.walked?.who === 'nobody' ? openly(o.walked) : askRecords("B's lists show A's records", o);
  if (sharing(o) && !read.tried)
    return fail('authorization/strangers-cannot-read-my-records', {
      where: o.lists.find((l) => l.shown)?.url ?? facts.entry,
      because: "B's list shows what A wrote, which has no other address",
      wrongIf,
      evidence: cite(...o.lists.map((l) => l.evidence)),
      reproduce: o.reproduce.list,
    });
  if (!read.control)
    return unknown('control-failed', "B's own record is not read in this way either", undefined, read.evidence);
  if (!read.tried && !o.lists.some((l) => l.control))
    return unknown('no-way-found', 'no request that reads a record by its name was learned', undefined, [o.note]);
  return pass(
    read.tried
      ? `A's record was asked for as B in ${read.tried} ${read.tried === 1 ? 'way' : 'ways'}, and no answer holds what A wrote`
      : "a record is read by its lists alone, and B's hold none of A's",
    cite(...read.evidence, o.note),
  );
}

function judgeAttempt(
  what: 'change' | 'delete',
  tried: Attempt | undefined,
  o: Observed,
  facts: Facts,
  intent: Intent,
): Verdict {
  const stop = stopped(o, facts);
  if (stop) return stop;
  if (!tried) return unknown('could-not-look', `to ${what} it was not tried`);
  if (tried.none) return verdictOn(tried.none);
  const shared = sharing(o);
  const lets = `the page lets B ${what} records of A`;
  const everyones =
    shared && tried.offered === 'done' && intent.records !== 'private'
      ? open(intent)
        ? notApplicable(`records are ${intent.records}, and ${lets}`, cite(...tried.evidence))
        : askRecords(`B's lists show A's records, and ${lets}`, o, tried.evidence)
      : undefined;
  if (everyones) return everyones;
  if (tried.taken || (shared && tried.offered === 'done')) {
    const because = tried.taken
      ? `B sent ${tried.where}, and A's record was ${what === 'change' ? 'changed' : 'deleted'}`
      : lets;
    const part = unseen(o, intent, because);
    if (part) return part;
    const apart = shared ? tried.offered === 'no' : proves(facts);
    if (!apart && intent.records !== 'private')
      return askRecords(shared ? `${because}; B's lists show A's records` : because, o, tried.evidence);
    return fail(`authorization/strangers-cannot-${what}-my-records`, {
      where: tried.where || facts.entry,
      because: shared && apart ? `${because}, though the page lets B ${what} only B's own` : because,
      wrongIf,
      evidence: cite(...tried.evidence),
      reproduce: what === 'change' ? o.reproduce.change : o.reproduce.remove,
    });
  }
  if (tried.missing !== undefined)
    return unknown(
      'no-way-found',
      tried.missing,
      tried.wants ?? `recipes.${what === 'change' ? 'edit' : 'delete'} in plummet.config.ts`,
      tried.evidence,
    );
  if (tried.taken === undefined)
    return unknown('unclear', `what came of B's request to ${what} A's record is not clear`, undefined, tried.evidence);
  if (!tried.control)
    return unknown(
      'control-failed',
      `the same request did not ${what} another record of B's own either`,
      undefined,
      tried.evidence,
    );
  return pass(
    `B sent ${tried.where}, and A's record is as it was; for a record of B's own the same worked`,
    cite(...tried.evidence),
  );
}

export const judges: readonly [Claim<Observed>, ...Claim<Observed>[]] = [
  { id: 'authorization/strangers-cannot-read-my-records', judge: judgeRead },
  {
    id: 'authorization/strangers-cannot-change-my-records',
    judge: (o, facts, intent) => judgeAttempt('change', o.change, o, facts, intent),
  },
  {
    id: 'authorization/strangers-cannot-delete-my-records',
    judge: (o, facts, intent) => judgeAttempt('delete', o.remove, o, facts, intent),
  },
  { id: 'authorization/lists-show-only-mine', judge: judgeLists },
];
