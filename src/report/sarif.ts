import { asSentence, clip } from '../lib/text.ts';
import { type ClaimInfo, catalogue, type Severity, severityPoints } from '../model/catalogue.ts';
import type { Finding } from '../model/verdict.ts';
import { asJson } from './json.ts';
import { type EntryOf, entriesOf, type ReportInput, saysOf, tamed } from './outline.ts';
import { type Spot, spotOf } from './spot.ts';

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const satisfies Record<
  Severity,
  string
>;
const infos = new Map(catalogue.map((info) => [info.id, info]));
/** What GitHub calls the levels of rules that are not about security. */
const problems = { error: 'error', warning: 'warning', note: 'recommendation' } as const;
/** The base of addresses inside the app (SARIF §3.14.14). Its port may change from run to run; what is relative to it stays. */
const base = 'APP';

/**
 * SARIF 2.1.0 (OASIS standard of 27 March 2020): one run, a rule for each claim that is broken, a result for each finding. What could not be
 * told is no result: `kind: open` (§3.27.9) would say it, but GitHub's code scanning shows each result as an alert, whatever its kind.
 */
export function sarif(untamed: ReportInput): string {
  const { run } = tamed(untamed);
  const broken = entriesOf(run, 'fail');
  return asJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Plummet', version: run.tool.version, rules: broken.map(({ result }) => rule(result.claim)) },
        },
        // §3.17: a profile is a category of its own, or the results of a quick run would close the alerts of a whole one.
        automationDetails: { id: `plummet/${run.profile}/` },
        invocations: [
          { executionSuccessful: !run.interrupted, startTimeUtc: run.startedAt, endTimeUtc: run.finishedAt },
        ],
        ...(URL.canParse(run.target.url)
          ? { originalUriBaseIds: { [base]: { uri: new URL('/', run.target.url).href } } }
          : {}),
        columnKind: 'utf16CodeUnits',
        results: broken.flatMap((entry, ruleIndex) =>
          entry.result.findings.map((finding) => result(entry, finding, ruleIndex, run.target.url)),
        ),
      },
    ],
  });
}

/** §3.49, from the catalogue: the same in every run. The three descriptions are asked for by GitHub, which ranks and filters by the properties. */
function rule(claim: string): object {
  const info = infos.get(claim);
  if (!info) {
    const text = { text: message(saysOf(claim)) };
    return { id: claim, shortDescription: text, fullDescription: text, help: text };
  }
  const weakness = info.references.flatMap((name) => /^CWE-(\d+)$/.exec(name)?.[1] ?? []);
  return {
    id: claim,
    shortDescription: { text: message(info.says) },
    fullDescription: { text: message(clip(info.shown, 1000)) },
    help: { text: message(help(info)) },
    ...(weakness[0] ? { helpUri: `https://cwe.mitre.org/data/definitions/${weakness[0]}.html` } : {}),
    defaultConfiguration: { level: levels[info.severity] },
    properties: {
      tags: [
        info.section,
        info.tier,
        ...(weakness.length ? ['security'] : []),
        ...weakness.map((number) => `external/cwe/cwe-${number}`),
      ],
      // Each was confirmed from scratch before it was reported.
      precision: 'high',
      // GitHub's bounds, 9, 7 and 4, part our points as our severities do.
      ...(weakness.length
        ? { 'security-severity': severityPoints[info.severity].toFixed(1) }
        : { 'problem.severity': problems[levels[info.severity]] }),
      references: info.references,
    },
  };
}

const help = ({ id, says, shown, fooledBy, references }: ClaimInfo): string =>
  [
    says,
    `How it is shown: ${shown}`,
    fooledBy && `What must not fool it: ${fooledBy}`,
    references.length > 0 && `References: ${references.join(', ')}.`,
    `How to fix it: plummet explain ${id}`,
  ]
    .filter(Boolean)
    .join('\n\n');

/** §3.27. */
function result(entry: EntryOf<'fail'>, finding: Finding, ruleIndex: number, app: string): object {
  const { result: verdict, severity = 'medium' } = entry;
  const spot = spotOf(finding.where, app);
  return {
    ruleId: verdict.claim,
    ruleIndex,
    kind: 'fail',
    level: levels[severity],
    message: {
      text: message(
        [
          asSentence(finding.because),
          `Where: ${finding.where}`,
          `Wrong if: ${verdict.wrongIf}`,
          finding.root && `Root: ${saysOf(finding.root)} (${finding.root})`,
        ]
          .filter(Boolean)
          .join('\n'),
      ),
    },
    locations: [location(spot, finding.where)],
    partialFingerprints: fingerprints(spot, finding),
    properties: {
      evidence: finding.evidence,
      ...(finding.root ? { root: finding.root } : {}),
      ...(finding.reproduce ? { reproduce: finding.reproduce } : {}),
    },
  };
}

/**
 * §3.28. GitHub refuses a whole file of which one location is logical alone, or has an address of http (“SARIF URI scheme "http" did not match
 * the checkout URI scheme "file"”, which is what the export of ZAP runs into). As in nuclei's export, the path in the app stands where that of
 * a file does; here relative to the app, so that a viewer that resolves bases still gets the true address. The logical location has the words. A region is asked for too: where there are
 * no lines, its first letter.
 */
function location(spot: Spot, where: string): object {
  const line = spot.kind === 'file' ? Math.max(1, spot.line) : 1;
  return {
    physicalLocation: {
      artifactLocation: spot.kind === 'file' ? { uri: spot.path } : { uri: spot.path, uriBaseId: base },
      region: { startLine: line, startColumn: 1, endLine: line, endColumn: 1 },
    },
    logicalLocations: [{ fullyQualifiedName: where || '/', kind: 'resource' }],
  };
}

/** §3.27.17. GitHub reads no key but primaryLocationLineHash, and computes that itself where the file is in the repository. */
function fingerprints(spot: Spot, { fingerprint }: Finding): Record<string, string> {
  return {
    'plummetFinding/v1': fingerprint,
    ...(spot.kind === 'file' ? {} : { primaryLocationLineHash: fingerprint }),
  };
}

/** Plain text of a message: braces are doubled, for they hold places (§3.11.5), and brackets escaped, for they begin links (§3.11.6). */
const message = (text: string): string => text.replace(/[{}]/g, '$&$&').replace(/[\\[\]]/g, '\\$&');
