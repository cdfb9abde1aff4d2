import { asSentence, clip, plural, wrap } from '../lib/text.ts';
import type { RunEvent } from '../model/evidence.ts';
import type { Run } from '../model/run.ts';
import { leftBehind } from '../model/score.ts';
import { filmsToWatch } from './film.ts';
import {
  byReason,
  type Chapter,
  chapters,
  cited,
  duration,
  type EntryOf,
  hours,
  isOf,
  type ReportInput,
  saysOf,
  tamed,
  took,
} from './outline.ts';
import { answerWith, coverage, effortNote, effortRange, ledgerNote, ready, readyNote } from './words.ts';

const most = { evidence: 4, findings: 3, ledger: 8 };
const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
type Paint = (style: keyof typeof styles, text: string) => string;

/** The report for a terminal. Whatever the app sent is stripped of control characters; without color there is no escape sequence at all. */
export function text(untamed: ReportInput): string {
  const input = tamed(untamed);
  const { run, color = false } = input;
  const width = Math.max(48, Math.min(input.width ?? 80, 100));
  const paint: Paint = (style, words) => (color ? `\x1b[${styles[style]}m${words}\x1b[0m` : words);
  const page = new Page(width, paint);
  page.line(`${paint('bold', 'Plummet')} ${run.tool.version}  ${run.target.url}`);
  page.line(
    paint(
      'dim',
      `${run.profile}, ${duration(took(run))}, permit ${run.target.permit}, seed ${run.target.seed}${run.interrupted ? ', interrupted: what was not reached is unknown' : ''}`,
    ),
  );
  asked(page, input);
  const events = new Map(input.events.map((event) => [event.id, event]));
  for (const chapter of chapters(run)) section(page, chapter, events, input);
  summary(page, input);
  return `${page.lines.join('\n')}\n`;
}

/** Lines of a fixed width, with labels in a column. */
class Page {
  readonly lines: string[] = [];
  readonly width: number;
  readonly paint: Paint;
  constructor(width: number, paint: Paint) {
    this.width = width;
    this.paint = paint;
  }
  line(words = ''): void {
    this.lines.push(words);
  }
  /** A wrapped paragraph after a sign of one character. */
  item(sign: string, style: keyof typeof styles, words: string, heavy = false): void {
    wrap(words, this.width - 4).forEach((part, at) =>
      this.line(`  ${at ? ' ' : this.paint(style, sign)} ${heavy ? this.paint('bold', part) : part}`),
    );
  }
  /** A wrapped paragraph with its label in the margin. */
  field(label: string, words: string, column = 11, indent = 4): void {
    if (!words) return;
    const margin = ' '.repeat(indent);
    wrap(words, this.width - indent - column).forEach((part, at) =>
      this.line(`${margin}${this.paint('dim', (at ? '' : label).padEnd(column))}${part}`),
    );
  }
  /** A command with its label in the margin, to be copied in one piece. */
  whole(label: string, command: string): void {
    this.line(`    ${this.paint('dim', label.padEnd(11))}${command}`);
  }
}

function asked(page: Page, { run }: ReportInput): void {
  if (run.questions.length === 0) return;
  page.line();
  page.line(page.paint('bold', `${plural(run.questions.length, 'question')} that only you can answer`));
  for (const question of run.questions) {
    page.item('?', 'yellow', question.asks, true);
    page.field('Answer', `--intent ${answerWith[question.setting]}; to keep it: plummet init`);
    page.field('Decides', question.decides.join(', '));
  }
}

function section(page: Page, chapter: Chapter, events: ReadonlyMap<string, RunEvent>, input: ReportInput): void {
  page.line();
  page.line(`${page.paint('bold', chapter.id)}  ${page.paint('dim', chapter.title)}`);
  for (const { says } of chapter.entries.filter(isOf('pass'))) page.item('✓', 'green', says);
  for (const { says, result } of chapter.entries.filter(isOf('not-applicable')))
    page.item('–', 'dim', `Not applicable: ${says} ${asSentence(result.because)}`);
  for (const entry of chapter.entries.filter(isOf('fail'))) broken(page, entry, events, input);
  for (const group of byReason(chapter.entries.filter(isOf('unknown')))) open(page, group);
}

function broken(page: Page, entry: EntryOf<'fail'>, events: ReadonlyMap<string, RunEvent>, input: ReportInput): void {
  const { result } = entry;
  page.item('✗', 'red', entry.says, true);
  page.field('Why', asSentence(result.because));
  const [first, ...more] = result.findings;
  page.field('Where', first.where);
  for (const finding of more.slice(0, most.findings - 1)) page.field('and', `${finding.where}: ${finding.because}`);
  if (more.length >= most.findings) page.field('', `and ${more.length - most.findings + 1} more`);
  const ids = cited(result);
  ids.slice(0, most.evidence).forEach((id, at) => page.field(at ? '' : 'Evidence', evidence(id, events)));
  if (ids.length > most.evidence) page.field('', `and ${ids.slice(most.evidence).join(', ')}`);
  filmsToWatch(input, result.claim, input.files?.folder).forEach((command, at) =>
    page.whole(at ? '' : 'Watch it', command),
  );
  page.field('Wrong if', result.wrongIf);
  if (first.root) page.field('Root', `${saysOf(first.root)} (${first.root})`);
  page.field(
    'Claim',
    [
      result.claim,
      entry.severity,
      entry.hours === undefined ? '' : first.root ? 'hours counted at its root' : `about ${hours(entry.hours)} h`,
    ]
      .filter(Boolean)
      .join(', '),
  );
}

function evidence(id: string, events: ReadonlyMap<string, RunEvent>): string {
  const event = events.get(id);
  const files = (event?.blobs ?? []).map((name) => ` blobs/${name}`).join('');
  return event ? `${id} ${clip(event.says, 160)}${files}` : id;
}

function open(page: Page, group: readonly EntryOf<'unknown'>[]): void {
  const [first] = group;
  if (!first) return;
  for (const { says } of group) page.item('?', 'yellow', says);
  page.field('Not told', asSentence(first.result.because));
  page.field('It takes', first.result.wants ?? '');
  page.field(
    group.length > 1 ? 'Claims' : 'Claim',
    [...group.map(({ result }) => result.claim), first.result.cause].join(', '),
  );
}

/** What to type next: to go on, to see whether what was broken is mended, or to ask what this run could not. */
function nextStep(run: Run, folder: string): string {
  const { url } = run.target;
  if (run.interrupted) return `plummet --resume ${folder}`;
  if (run.results.some((r) => r.status === 'fail')) return `when it is mended: plummet verify ${folder}`;
  if (run.facts.kind === 'dead') return `when it runs: plummet ${url}`;
  if (!run.facts.record) return `how it gets in, what it finds and what it lacks: plummet survey ${url}`;
  if (run.profile === 'reload') return `all that an address can show: plummet ${url}`;
  if (run.mode === 'url')
    return `what is left after it is stopped and killed: plummet ${url} --start "<how it starts>"`;
  return 'say what you accept, and hold each run to it: plummet init, plummet gate';
}

function summary(page: Page, { run, files }: ReportInput): void {
  page.line();
  page.line(page.paint('dim', '─'.repeat(page.width)));
  const say = (label: string, main: string, note = ''): void => {
    const rows = wrap(main, page.width - 18);
    rows.forEach((part, at) =>
      page.line(`  ${(at ? '' : label).padEnd(16)}${label && !at ? page.paint('bold', part) : part}`),
    );
    for (const part of wrap(note, page.width - 18)) page.line(`${' '.repeat(18)}${page.paint('dim', part)}`);
  };
  say('Is ready', ready(run), `${readyNote(run)} ${coverage(run)}`);
  say('Effort to fix', effortRange(run), effortNote(run));
  say('The sentence', run.sentence);
  say('Left behind', ledgerNote(run));
  const left = leftBehind(run);
  for (const made of left.slice(0, most.ledger)) say('', `${made.what} ${made.mark}, ${made.how}`);
  if (left.length > most.ledger) say('', `and ${left.length - most.ledger} more, in run.json`);
  for (const [at, note] of run.notes.entries()) say(at ? '' : 'Notes', note);
  if (files?.report) page.line(`  ${'Report'.padEnd(16)}${files.report}`);
  if (files?.folder) page.line(`  ${'Run'.padEnd(16)}${files.folder}`);
  if (files?.folder) page.line(`  ${'Next'.padEnd(16)}${nextStep(run, files.folder)}`);
}
