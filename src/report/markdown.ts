import { asSentence, clip, list, plural } from '../lib/text.ts';
import { severityPoints } from '../model/catalogue.ts';
import { block, code, inert, inHtml } from './markdown/inert.ts';
import {
  byReason,
  cited,
  duration,
  type EntryOf,
  entriesOf,
  hours,
  type ReportInput,
  saysOf,
  tamed,
  took,
} from './outline.ts';
import { answerWith, coverage, effortNote, effortRange, ledgerNote, ready, readyNote } from './words.ts';

/** GitHub takes a comment of 65,536 characters; GitLab a million. */
const most = { whole: 60_000, evidence: 4, findings: 3, notes: 5 };

/** The report for a pull request: what is broken first, one fold each, and the rest in two. Nothing that the app said becomes more than text. */
export function markdown(untamed: ReportInput): string {
  const input = tamed(untamed);
  const broken = byRoot(entriesOf(input.run, 'fail'));
  const whole = write(input, broken, broken.length, true);
  if (whole.length <= most.whole) return whole;
  for (let shown = broken.length; ; shown = Math.floor(shown / 2)) {
    const shorter = write(input, broken, shown, false);
    if (shorter.length <= most.whole || shown === 0) return clip(shorter, most.whole);
  }
}

/** A broken claim, and those whose root it is. */
interface Broken {
  readonly entry: EntryOf<'fail'>;
  readonly followers: readonly EntryOf<'fail'>[];
}

/** What hangs on another broken claim is told there. The gravest first, of those that stand for themselves. */
function byRoot(broken: readonly EntryOf<'fail'>[]): Broken[] {
  const rootOf = new Map(broken.map(({ result }) => [result.claim, result.findings[0].root]));
  /** The deepest root that is broken too; two that name each other have none. */
  const deepest = (claim: string, seen: readonly string[] = []): string => {
    const root = rootOf.get(claim);
    if (root === undefined || root === claim || !rootOf.has(root)) return claim;
    return seen.includes(root) ? (seen[0] ?? claim) : deepest(root, [...seen, claim]);
  };
  const groups = Map.groupBy(broken, ({ result }) => deepest(result.claim));
  const points = ({ entry }: Broken): number => severityPoints[entry.severity ?? 'low'];
  return [...groups]
    .flatMap(([root, entries]) => {
      const entry = entries.find(({ result }) => result.claim === root) ?? entries[0];
      return entry ? [{ entry, followers: entries.filter((other) => other !== entry) }] : [];
    })
    .sort((one, other) => points(other) - points(one));
}

/** `shown`: how many of what is broken are told in full. */
function write(input: ReportInput, broken: readonly Broken[], shown: number, scripts: boolean): string {
  const { run } = input;
  const parts = [
    `## Plummet: ${counts(input)}`,
    inert(run.sentence),
    `**Is ready:** ${ready(run)}. ${readyNote(run)} ${coverage(run)}`,
    `**Effort to fix:** ${effortRange(run)}. ${effortNote(run)}`.trim(),
    questions(input),
    ...broken.slice(0, shown).map((one) => fold(heading(one), details(one, input, scripts))),
    ...(shown < broken.length
      ? [
          `And broken as well: ${list(broken.slice(shown).map(({ entry }) => code(entry.result.claim)))}. The whole is in report.html.`,
        ]
      : []),
    untold(input, shown === broken.length),
    sound(input, shown === broken.length),
    foot(input),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function counts({ run }: ReportInput): string {
  const count = (status: 'pass' | 'fail' | 'unknown'): number => entriesOf(run, status).length;
  return list([`${count('fail')} broken`, `${count('unknown')} not told`, `${count('pass')} shown`]);
}

function questions({ run }: ReportInput): string {
  if (run.questions.length === 0) return '';
  const rows = run.questions.map(
    ({ setting, asks, decides }) =>
      `- ${inert(asks)} Answer: ${code(`--intent ${answerWith[setting] ?? setting}`)}; decides ${list(decides.map(code))}.`,
  );
  return `**${plural(rows.length, 'question')} that only you can answer**\n\n${rows.join('\n')}`;
}

/** Blank lines around the inside let Markdown be read there again (CommonMark §4.6, HTML blocks of kind 6). */
const fold = (summary: string, inside: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${inside}\n\n</details>`;

function heading({ entry: { says, severity }, followers }: Broken): string {
  const more = followers.length ? ` (and ${followers.length} more by it)` : '';
  return `Broken${severity ? ` (${severity})` : ''}: <b>${inHtml(says)}</b>${more}`;
}

function details({ entry, followers }: Broken, { events }: ReportInput, scripts: boolean): string {
  const { result, hours: usual } = entry;
  const [first, ...more] = result.findings;
  const said = new Map(events.map((event) => [event.id, event.says]));
  const ids = cited(result);
  const rows = [
    ['Where', code(first.where)],
    ...more.slice(0, most.findings - 1).map((next) => ['And', `${code(next.where)}: ${inert(next.because)}`]),
    ['And', more.length >= most.findings ? `${more.length - most.findings + 1} more places` : ''],
    [
      'Evidence',
      list(
        ids
          .slice(0, most.evidence)
          .map((id) => `${inert(id)}${said.has(id) ? ` (${inert(clip(said.get(id) ?? '', 160))})` : ''}`),
      ),
    ],
    ['Wrong if', inert(result.wrongIf)],
    ['Root', first.root ? `${inert(saysOf(first.root))} (${code(first.root)})` : ''],
    ['Claim', `${code(result.claim)}${usual === undefined || first.root ? '' : `, about ${hours(usual)} h to fix`}`],
  ].flatMap(([label, words]) => (words ? [`- ${label}: ${words}`] : []));
  return [
    inert(asSentence(result.because)),
    rows.join('\n'),
    ...(followers.length ? ['Broken by it as well:', followers.map(follower).join('\n')] : []),
    ...(scripts && first.reproduce
      ? [
          fold(
            'A script that shows it without Plummet',
            block(first.reproduce, /^(\/\/|import )/.test(first.reproduce) ? 'js' : 'sh'),
          ),
        ]
      : []),
  ].join('\n\n');
}

const follower = ({ says, result }: EntryOf<'fail'>): string =>
  `- ${inert(says)} ${inert(asSentence(result.because))} (${code(result.claim)})`;

/** Claims that stay open for one reason share a line. `full`: with reasons. */
function untold({ run }: ReportInput, full: boolean): string {
  const open = entriesOf(run, 'unknown');
  if (open.length === 0) return '';
  const rows = byReason(open).flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { because, wants } = first.result;
    const reason = full ? ` ${inert(asSentence(because))}${wants ? ` It takes: ${inert(wants, 'within')}.` : ''}` : '';
    return [
      `- ${group.map(({ says }) => inert(says)).join(' ')}${reason} (${list(group.map(({ result }) => code(result.claim)))})`,
    ];
  });
  return fold(`${open.length} not told`, rows.join('\n'));
}

function sound({ run }: ReportInput, full: boolean): string {
  const held = entriesOf(run, 'pass');
  const beside = entriesOf(run, 'not-applicable');
  if (held.length + beside.length === 0) return '';
  const rows = [
    ...held.map(({ says, result }) => `- ${inert(says)} (${code(result.claim)})`),
    ...beside.map(
      ({ says, result }) => `- Not applicable: ${inert(says)}${full ? ` ${inert(asSentence(result.because))}` : ''}`,
    ),
  ];
  return fold(
    list(
      [held.length ? `${held.length} shown` : '', beside.length ? `${beside.length} not applicable` : ''].filter(
        Boolean,
      ),
    ),
    rows.join('\n'),
  );
}

function foot({ run }: ReportInput): string {
  const { target, tool } = run;
  return [
    `${code(target.url)}, ${inert(run.profile)}, ${duration(took(run))}, permit ${inert(target.permit)}, seed ${inert(String(target.seed))}, Plummet ${inert(tool.version)}${run.interrupted ? '. Interrupted: what was not reached is not told' : ''}.`,
    `Left behind: ${inert(ledgerNote(run))}`,
    ...run.notes.slice(0, most.notes).map((note) => `Note: ${inert(asSentence(note))}`),
    ...(entriesOf(run, 'fail').length ? ['When it is mended: `plummet verify`'] : []),
  ].join('  \n');
}
