import type { Waiver } from '../config/schema.ts';
import { claimsNamed } from '../config/select.ts';
import { oneLine, plural } from '../lib/text.ts';
import { catalogue } from '../model/catalogue.ts';
import type { Result, Run } from '../model/run.ts';

/** One claim that had to be shown. */
export interface Checked {
  readonly claim: string;
  readonly status: Result['status'] | 'not-asked';
  readonly met: boolean;
  readonly waiver?: Waiver;
  /** The waiver's last day is over. */
  readonly expired: boolean;
}

/** What had to be shown, and was it? Unknown and not asked are unmet; a waiver lets one through until its last day is over. `today` is YYYY-MM-DD. */
export function gate(
  run: Pick<Run, 'asked' | 'results'>,
  accept: 'floor' | readonly string[],
  waivers: readonly Waiver[],
  today: string,
): Checked[] {
  const status = new Map(run.results.map((result) => [result.claim, result.status]));
  const asked = new Set(run.asked);
  const wanted =
    accept === 'floor'
      ? catalogue
          .filter((info) => info.tier === 'floor' && (asked.has(info.id) || status.has(info.id)))
          .map((info) => info.id)
      : claimsNamed(accept, 'accept');
  const granted = waivers.map((waiver) => ({ waiver, claims: claimsNamed([waiver.claim], 'waivers') }));
  return wanted.map((claim) => {
    const found = status.get(claim) ?? (asked.has(claim) ? 'unknown' : 'not-asked');
    const shown = found === 'pass' || found === 'not-applicable';
    const all = granted.filter(({ claims }) => claims.includes(claim)).map(({ waiver }) => waiver);
    const waiver = all.find(({ until }) => until >= today) ?? all[0];
    const expired = waiver !== undefined && waiver.until < today;
    return {
      claim,
      status: found,
      met: shown || (waiver !== undefined && !expired),
      ...(waiver && !shown ? { waiver } : {}),
      expired: expired && !shown,
    };
  });
}

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
  const lines = checked.map(({ claim, status, met, waiver, expired }) => {
    const until = waiver
      ? `: ${expired ? 'the waiver ended' : 'waived until'} ${waiver.until} (${oneLine(waiver.reason)}${waiver.who ? `, ${oneLine(waiver.who)}` : ''})`
      : '';
    return `  ${met ? (waiver ? '~' : '✓') : '✗'} ${claim}  ${words[status]}${until}`;
  });
  const unmet = checked.filter(({ met }) => !met).length;
  const sum =
    checked.length === 0
      ? 'The gate asks for nothing that this run holds: closed.'
      : unmet
        ? `Closed: ${unmet} of ${plural(checked.length, 'claim')} unmet.`
        : `Open: ${plural(checked.length, 'claim')} met.`;
  return `${[...lines, '', sum].join('\n')}\n`;
}
