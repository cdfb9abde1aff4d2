import { asSentence } from '../lib/text.ts';
import type { Result } from '../model/run.ts';
import { type Chapter, chapters, type Entry, type ReportInput, saysOf, tamed, took } from './outline.ts';

/**
 * JUnit's XML as Jenkins' schema of it has it (junit-4.xsd of dtkit, which later ones only widen, and which GitLab, GitHub's actions and Azure
 * read): a suite for each section, a case for each claim. `skipped` says what could not be told and what does not apply: neither is a failure.
 * Cases are told apart by classname and name, so both are ids that never change.
 */
export function junit(untamed: ReportInput): string {
  const { run } = tamed(untamed);
  const suites = chapters(run);
  const all = suites.flatMap(({ entries }) => entries);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'Plummet', ...sums(all), time: (took(run) / 1000).toFixed(3) })}>`,
    ...suites.map((suite) => chapter(suite, run.startedAt)),
    '</testsuites>',
    '',
  ].join('\n');
}

function chapter({ id, title, entries }: Chapter, startedAt: string): string {
  const head = {
    name: `${id}: ${title}`,
    ...sums(entries),
    skipped: entries.filter(({ result }) => isSkipped(result)).length,
    // Without a zone, as the Ant task writes it.
    timestamp: startedAt.slice(0, 19),
    package: `plummet.${id}`,
  };
  return [`  <testsuite${attributes(head)}>`, ...entries.map((entry) => testcase(entry, id)), '  </testsuite>'].join(
    '\n',
  );
}

const sums = (entries: readonly Entry[]): { tests: number; failures: number; errors: number } => ({
  tests: entries.length,
  failures: entries.filter(({ result }) => result.status === 'fail').length,
  errors: 0,
});

const isSkipped = ({ status }: Result): boolean => status === 'unknown' || status === 'not-applicable';

function testcase({ result, says, severity }: Entry, section: string): string {
  const name = result.claim.startsWith(`${section}/`) ? result.claim.slice(section.length + 1) : result.claim;
  const open = `    <testcase${attributes({ name, classname: `plummet.${section}` })}>`;
  return [open, `      ${outcome(result, says, severity ?? 'broken')}`, '    </testcase>'].join('\n');
}

function outcome(result: Result, says: string, severity: string): string {
  switch (result.status) {
    case 'fail':
      return `<failure${attributes({ type: severity, message: `Broken: ${says}` })}>${escaped(why(result))}</failure>`;
    case 'unknown':
      return `<skipped>${escaped(`Not told: ${says} ${asSentence(result.because)}${result.wants ? ` It takes: ${result.wants}.` : ''}`)}</skipped>`;
    case 'not-applicable':
      return `<skipped>${escaped(`Not applicable: ${says} ${asSentence(result.because)}`)}</skipped>`;
    case 'pass':
      return `<system-out>${escaped(`${says} ${asSentence(result.because)} (${result.evidence.join(', ')})`)}</system-out>`;
  }
}

function why(result: Extract<Result, { status: 'fail' }>): string {
  const lines = result.findings.flatMap(({ where, because, evidence, root }) => [
    asSentence(because),
    `Where: ${where}`,
    `Evidence: ${evidence.join(', ')}`,
    ...(root ? [`Root: ${saysOf(root)} (${root})`] : []),
  ]);
  return [...lines, `Wrong if: ${result.wrongIf}`].join('\n');
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');

/** What XML 1.0 §2.2 does not let in, also as a reference: controls are gone already, halves of characters and two non-characters are not. */
const notXml = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** For text and attributes alike; `]]>` cannot end what is no CDATA section. */
const escaped = (text: string): string =>
  text.replace(notXml, '\ufffd').replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
