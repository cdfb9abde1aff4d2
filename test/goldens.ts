/** What each format makes of the one run in test/golden/run. `npm run golden` writes it to the files beside; a test compares them byte by byte. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunEvent } from '../src/model/evidence.ts';
import type { Run } from '../src/model/run.ts';
import { gates } from '../src/report/gates.ts';
import { type Format, type ReportInput, reports } from '../src/report/reports.ts';

export const folder = path.join(import.meta.dirname, 'golden');

const names: Readonly<Record<Format, string>> = {
  text: 'report.txt',
  terse: 'report.terse.txt',
  json: 'run/run.json',
  html: 'report.html',
  markdown: 'report.md',
  sarif: 'report.sarif',
  junit: 'report.junit.xml',
  badge: 'badge.svg',
  shields: 'badge.json',
};

export const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

export const run = JSON.parse(read('run/run.json')) as Run;

const input: ReportInput = {
  run,
  events: read('run/events.ndjson')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent),
  files: { report: '.plummet/golden/report.html', folder: '.plummet/golden' },
};

/** The suite of that run, were it started by a command: its files one after the other, since it is no code of this project. */
function suite(): string {
  const start = [{ name: 'app', run: 'npm start', cwd: '/srv/board', env: ['DATABASE_URL', 'PGHOST', 'API_KEY'] }];
  const made = gates({ ...run, target: { ...run.target, start } }, { folder: 'e2e/plummet', cwd: () => '../../' });
  if ('why' in made) throw new Error(made.why);
  return Object.entries({ ...made.suite, 'plummet-gates.yml': made.workflow })
    .map(([name, text]) => `==> ${name} <==\n${text}`)
    .join('\n');
}

/** Name of the file → what is to stand in it. */
export const goldens = (): Map<string, string> =>
  new Map([
    ...Object.entries(reports).map(([format, report]): [string, string] => [names[format as Format], report(input)]),
    ['gates.txt', suite()],
  ]);
