import { catalogue } from './catalogue.ts';
import type { Result, Run } from './run.ts';
import type { Finding } from './verdict.ts';

/**
 * fixed: broken, and now shown or not applicable. new: broken now, and not before; also where more places of a broken claim are.
 * still: broken both times. untold: broken, and now not told or not asked: neither mended nor broken. shown: open, and now shown.
 * lost: shown, and now open.
 */
export type Change = 'new' | 'still' | 'untold' | 'fixed' | 'lost' | 'shown';

export interface Changed {
  readonly claim: string;
  readonly change: Change;
  readonly before: Result['status'] | 'not-asked';
  readonly after: Result['status'] | 'not-asked';
  /** Why it stands as it stands now; where it was not asked, why it stood as it did. */
  readonly because: string;
  /** Of what is broken: new places of what is new, all of what is still broken. */
  readonly findings: readonly Finding[];
}

export interface Changes {
  readonly before: { readonly url: string; readonly startedAt: string };
  readonly after: { readonly url: string; readonly startedAt: string };
  /** In the order of the catalogue; what stayed as it was and is not broken is left out. */
  readonly changed: readonly Changed[];
  /** Why the two should be compared with care. */
  readonly notes: readonly string[];
}

type Side = Pick<Run, 'tool' | 'target' | 'profile' | 'startedAt' | 'interrupted' | 'asked' | 'results'>;

const order = new Map(catalogue.map(({ id }, at) => [id, at]));

/** What came of each claim between two runs. */
export function changes(before: Side, after: Side): Changes {
  const [was, is] = [before, after].map((run) => new Map(run.results.map((one) => [one.claim, one])));
  const claims = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].sort(
    (a, b) => (order.get(a) ?? Infinity) - (order.get(b) ?? Infinity) || (a < b ? -1 : 1),
  );
  return {
    before: { url: before.target.url, startedAt: before.startedAt },
    after: { url: after.target.url, startedAt: after.startedAt },
    changed: claims.flatMap((claim) => changesOf(claim, was?.get(claim), is?.get(claim))),
    notes: notes(before, after),
  };
}

function changesOf(claim: string, was: Result | undefined, is: Result | undefined): Changed[] {
  const [before, after] = [was?.status ?? 'not-asked', is?.status ?? 'not-asked'] as const;
  const because = (is ?? was)?.because ?? '';
  const told = (change: Change, findings: readonly Finding[] = []): Changed[] => [
    { claim, change, before, after, because, findings },
  ];
  if (was?.status === 'fail' && is?.status === 'fail') {
    const more = added(was.findings, is.findings);
    return [
      ...told(
        'still',
        is.findings.filter((one) => !more.includes(one)),
      ),
      ...(more.length ? told('new', more) : []),
    ];
  }
  if (is?.status === 'fail') return told('new', is.findings);
  const open = (status: typeof after): boolean => status === 'unknown' || status === 'not-asked';
  if (was?.status === 'fail') return open(after) ? told('untold', was.findings) : told('fixed');
  if (open(before) && after === 'pass') return told('shown');
  // What was not asked this time is no loss: the flags were other ones.
  if (before === 'pass' && after === 'unknown') return told('lost');
  return [];
}

/** Places that came to those that were. Where one of those is gone, what was broken may merely have been found elsewhere: that is not new. */
function added(were: readonly Finding[], are: readonly Finding[]): readonly Finding[] {
  const [old, now] = [were, are].map((findings) => new Set(findings.map(({ fingerprint }) => fingerprint)));
  if (!old || !now || [...old].some((fingerprint) => !now.has(fingerprint))) return [];
  return are.filter(({ fingerprint }) => !old.has(fingerprint));
}

function notes(before: Side, after: Side): string[] {
  const hosts = [before, after].map(({ target }) => URL.parse(target.url)?.hostname ?? target.url);
  const left = before.results.filter(({ claim }) => !after.results.some((one) => one.claim === claim)).length;
  return [
    hosts[0] === hosts[1] ? '' : `the runs are of different addresses: ${before.target.url} and ${after.target.url}`,
    before.tool.version === after.tool.version
      ? ''
      : `the runs were judged by versions ${before.tool.version} and ${after.tool.version}`,
    before.interrupted || after.interrupted ? 'one of the runs was interrupted' : '',
    left ? `${left} of the claims of the first run were not asked in the second` : '',
    before.startedAt > after.startedAt ? 'the first run is the later one' : '',
  ].filter(Boolean);
}

/** Is anything broken that was not? */
export const worse = ({ changed }: Changes): boolean => changed.some(({ change }) => change === 'new');
