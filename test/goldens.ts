/** What each format makes of the one run in test/golden/run. `npm run golden` writes it to the files beside; a test compares them byte by byte. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunEvent } from '../src/model/evidence.ts';
import type { Run } from '../src/model/run.ts';
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

/** Name of the file → what is to stand in it. */
export const goldens = (): Map<string, string> =>
  new Map(Object.entries(reports).map(([format, report]) => [names[format as Format], report(input)]));
