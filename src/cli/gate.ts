import type { Wanted } from '../config/accept.ts';
import type { Waiver } from '../config/schema.ts';
import { claimsNamed } from '../config/select.ts';
import { asSentence, clip, list, oneLine, plural } from '../lib/text.ts';
import { catalogue } from '../model/catalogue.ts';
import { changes } from '../model/changes.ts';
import { criterionName } from '../model/criteria.ts';
import type { Intent, Result, Run } from '../model/run.ts';
import type { Baseline } from './baseline.ts';

export type GateRun = Pick<Run, 'tool' | 'target' | 'profile' | 'startedAt' | 'asked' | 'results' | 'score'>;

/** One criterion, and what came of it. */
export interface Checked {
  /** The claim's id, or the entry of `accept`. */
  readonly claim: string;
  readonly status: Result['status'] | 'not-asked';
  readonly met: boolean;
  /** Why, where it is not plain. */
  readonly because?: string;
  readonly waiver?: Waiver;
  /** The waiver's last day is over. */
  readonly expired: boolean;
  /** Of a sentence: the claims that show it. */
  readonly parts?: readonly Checked[];
}

export interface Around {
  readonly waivers: readonly Waiver[];
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly baseline?: Baseline;
  /** Claims that this version can ask; where it is not given, nothing is said of that. */
  readonly probed?: readonly string[];
}

/** What had to be shown, and was it? Unknown and not asked are unmet; a waiver lets one through until its last day is over. Pure. */
export function gate(run: GateRun, wanted: readonly Wanted[], around: Around): Checked[] {
  const status = new Map(run.results.map((result) => [result.claim, result]));
  const asked = new Set(run.asked);
  const own = [
    ...new Set([...run.asked, ...wanted.flatMap((one) => (one.kind === 'claims' ? one.claims : []))]),
  ].filter((claim) => criterionName(claim) !== undefined);
  const floor = catalogue.filter(({ tier }) => tier === 'floor').map(({ id }) => id);
  /** What a waiver lets through: an entry of accept as it stands there, or the claims that it names. */
  const waivedBy = ({ claim: named }: Waiver): readonly string[] => {
    const entry = wanted.find(({ says }) => says === named);
    if (entry?.kind === 'claims') return entry.claims;
    if (entry?.kind === 'floor') return floor;
    return entry ? [entry.says] : claimsNamed([named], 'waivers', own);
  };
  const granted = around.waivers.map((waiver) => ({ waiver, to: new Set(waivedBy(waiver)) }));

  /** With what lets it through. `name`: under which it may be waived. */
  const checked = (one: Omit<Checked, 'met' | 'expired' | 'waiver'>, name: string): Checked => {
    const shown = isShown(one.status);
    const all = granted.filter(({ to }) => to.has(name)).map(({ waiver }) => waiver);
    const waiver = all.find(({ until }) => until >= around.today) ?? all[0];
    const expired = waiver !== undefined && waiver.until < around.today;
    return {
      ...one,
      met: shown || (waiver !== undefined && !expired),
      ...(waiver && !shown ? { waiver } : {}),
      expired: expired && !shown,
    };
  };

  const claim = (id: string): Checked => {
    const result = status.get(id);
    const name = criterionName(id);
    const found = result?.status ?? (asked.has(id) ? 'unknown' : 'not-asked');
    const because =
      found === 'not-asked'
        ? name === undefined && around.probed && !around.probed.includes(id)
          ? 'this version has no probe for it'
          : undefined
        : found === 'fail' || found === 'unknown'
          ? result?.because
          : undefined;
    return checked({ claim: name ?? id, status: found, ...(because ? { because } : {}) }, id);
  };

  const meaning = (says: string, claims: readonly string[], intent: Intent): Checked => {
    const untold = Object.entries(intent).filter(
      ([setting, answer]) => run.target.intent[setting as keyof Intent] !== answer,
    );
    if (untold.length)
      return checked(
        {
          claim: says,
          status: 'unknown',
          because: `that run was not told ${list(untold.map(([setting, answer]) => `${setting}=${answer}`))}: ask once more`,
        },
        says,
      );
    const parts = claims.map(claim);
    const some = (...states: Checked['status'][]): boolean => parts.some((part) => states.includes(part.status));
    const status = some('fail') ? 'fail' : some('unknown', 'not-asked') || !some('pass') ? 'unknown' : 'pass';
    // Where none of it applies, nothing shows that it is so.
    const because = some('pass', 'fail', 'unknown', 'not-asked')
      ? undefined
      : 'none of what would show it applies here';
    const one = checked({ claim: says, status, ...(because ? { because } : {}), parts }, says);
    return { ...one, met: one.met || (because === undefined && parts.every(({ met }) => met)) };
  };

  const ready = (says: string, least: number): Checked => {
    const { ready: now, coverage } = run.score;
    if (now === undefined) return checked({ claim: says, status: 'unknown', because: 'the run has no number' }, says);
    const because = `${now} of 100, over the ${plural(coverage.asked, 'floor claim')} asked`;
    return checked({ claim: says, status: now >= least ? 'pass' : 'fail', because }, says);
  };

  const held = (says: string): Checked => {
    const { baseline } = around;
    if (!baseline)
      return checked(
        { claim: says, status: 'unknown', because: 'there is no baseline: plummet gate --save-baseline' },
        says,
      );
    const waived = (id: string): boolean => claim(id).met;
    const since = `since the baseline of ${baseline.startedAt.slice(0, 10)}`;
    const worse = changes(baseline, run).changed.filter(({ change, claim: id }) => change === 'new' && !waived(id));
    const named = (ids: readonly string[]): string => list([...new Set(ids)].map((id) => criterionName(id) ?? id));
    if (worse.length)
      return checked(
        { claim: says, status: 'fail', because: `broken ${since}: ${named(worse.map((one) => one.claim))}` },
        says,
      );
    // What was shown and is not told any more may be broken by now.
    const lost = baseline.results.filter(
      (was) => was.status !== 'fail' && was.status !== 'unknown' && !waived(was.claim),
    );
    return lost.length
      ? checked(
          {
            claim: says,
            status: 'unknown',
            because: `no longer told ${since}: ${named(lost.map((one) => one.claim))}`,
          },
          says,
        )
      : checked({ claim: says, status: 'pass', because: since }, says);
  };

  const all = wanted.flatMap((one): Checked[] => {
    switch (one.kind) {
      case 'floor':
        return floor.filter((id) => asked.has(id) || status.has(id)).map(claim);
      case 'claims':
        return one.claims.map(claim);
      case 'ready':
        return [ready(one.says, one.least)];
      case 'meaning':
        return [meaning(one.says, one.meaning.claims, one.meaning.intent)];
      case 'no-new-failure':
        return [held(one.says)];
    }
  });
  return [...new Map(all.map((one) => [one.claim, one])).values()];
}

const isShown = (status: Checked['status']): boolean => status === 'pass' || status === 'not-applicable';

/** A gate that asks nothing is not passed. */
export const passes = (checked: readonly Checked[]): boolean => checked.length > 0 && checked.every(({ met }) => met);

const words: Readonly<Record<Checked['status'], string>> = {
  pass: 'shown',
  'not-applicable': 'not applicable',
  fail: 'broken',
  unknown: 'not told',
  'not-asked': 'not asked in this run',
};

/** One line each, then the sum. */
export function gateText(checked: readonly Checked[]): string {
  const unmet = checked.filter(({ met }) => !met).length;
  const sum =
    checked.length === 0
      ? 'The gate asks for nothing that this run holds: closed.'
      : unmet
        ? `Closed: ${unmet} of ${plural(checked.length, 'criterion', 'criteria')} unmet.`
        : `Open: ${plural(checked.length, 'criterion', 'criteria')} met.`;
  return `${[...checked.flatMap((one) => lines(one, '  ')), '', sum].join('\n')}\n`;
}

function lines({ claim, status, met, because, waiver, expired, parts = [] }: Checked, indent: string): string[] {
  const until = waiver
    ? `: ${expired ? 'the waiver ended' : 'waived until'} ${waiver.until} (${oneLine(waiver.reason)}, ${oneLine(waiver.who)})`
    : '';
  const why = because ? `${until ? '. ' : ': '}${until ? asSentence(short(because)) : short(because)}` : '';
  return [
    `${indent}${met ? (isShown(status) ? '✓' : '~') : '✗'} ${claim}  ${words[status]}${until}${why}`,
    ...parts.flatMap((part) => lines(part, `${indent}    `)),
  ];
}

const short = (text: string): string => clip(oneLine(text), 240);
