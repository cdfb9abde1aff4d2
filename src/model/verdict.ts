import type { Citations, EvidenceId } from './evidence.ts';

export type Status = 'pass' | 'fail' | 'unknown' | 'not-applicable';

/** Why a claim could not be told. */
export type Cause =
  | 'intent'
  | 'unstable'
  | 'could-not-look'
  | 'no-way-found'
  | 'control-failed'
  | 'no-time'
  | 'disturbed'
  | 'crash'
  | 'permission'
  | 'development-server'
  | 'root-cause'
  | 'unclear'
  | 'needs-more';

export interface Finding {
  /** Place in the app: an address, a form, an endpoint. */
  readonly where: string;
  readonly because: string;
  readonly evidence: Citations;
  /** A short self-contained script that shows it without Plummet. */
  readonly reproduce: string;
  /** Stable between runs of the same app. */
  readonly fingerprint: string;
  /** The claim whose failure is the root of this one. */
  readonly root?: string;
}

/** Nothing but unknown can be said without evidence. */
export type Verdict =
  | { readonly status: 'pass' | 'not-applicable'; readonly because: string; readonly evidence: Citations }
  | {
      readonly status: 'fail';
      readonly because: string;
      readonly wrongIf: string;
      readonly findings: readonly [Finding, ...Finding[]];
    }
  | {
      readonly status: 'unknown';
      readonly because: string;
      readonly cause: Cause;
      readonly wants?: string;
      readonly evidence?: readonly EvidenceId[];
    };

export const pass = (because: string, evidence: Citations): Verdict => ({ status: 'pass', because, evidence });
export const notApplicable = (because: string, evidence: Citations): Verdict => ({
  status: 'not-applicable',
  because,
  evidence,
});
export const unknown = (cause: Cause, because: string, wants?: string, evidence?: readonly EvidenceId[]): Verdict => ({
  status: 'unknown',
  because,
  cause,
  ...(wants ? { wants } : {}),
  ...(evidence?.length ? { evidence } : {}),
});
/** The fingerprint leaves marks, digits and ports out, so that it is the same tomorrow. */
export function fail(
  claim: string,
  f: { where: string; because: string; wrongIf: string; evidence: Citations; reproduce?: string; root?: string },
): Verdict {
  const where = f.where.replace(/^https?:\/\/[^/]+/, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/gi, '#');
  return {
    status: 'fail',
    because: f.because,
    wrongIf: f.wrongIf,
    findings: [
      {
        where: f.where,
        because: f.because,
        evidence: f.evidence,
        reproduce: f.reproduce ?? '',
        fingerprint: `${claim}@${where || '/'}`,
        ...(f.root ? { root: f.root } : {}),
      },
    ],
  };
}
